#pragma once

#include <QString>
#include <vector>

namespace plexarium::ui {

/// A model that comes with the program.
struct GalleryEntry {
  QString file;  ///< ":/models/..."
  QString name;
  QString description;
};

/// Those compiled in, by name. Reads only what it shows.
std::vector<GalleryEntry> gallery();

/// The one that a first start shows.
inline const QString welcomeModel = QStringLiteral(":/models/welcome.json");

}  // namespace plexarium::ui
