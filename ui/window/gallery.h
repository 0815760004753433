#pragma once

#include <QImage>
#include <QString>
#include <vector>

#include "core/dynamics/model.h"
#include "core/dynamics/registry.h"

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

/// One of them, read and checked. Any thread.
Result<Model> galleryModel(const Registry& registry, const QString& file);

/// What a model looks like after it has lived for a moment; null where it cannot be read. Any thread; takes milliseconds.
QImage galleryPicture(const Registry& registry, const QString& file, QSize size, bool dark);

}  // namespace plexarium::ui
