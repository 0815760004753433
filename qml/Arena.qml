import Plexarium 1.0

ArenaPicture { objectName: "arenaPicture" }
