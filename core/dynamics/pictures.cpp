#include "core/dynamics/pictures.h"

#include "core/dynamics/synann_net/pictures.h"

namespace plexarium {

MakePictures picturesOf(std::string_view dynamics) {
  if (dynamics == "synann_net") return synann_net::pictures;
  return nullptr;
}

}  // namespace plexarium
