#include "ui/window/gallery.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

#include "core/io/document.h"
#include "ui/bridge/session_bridge.h"
#include "ui/canvas/cpu_picture.h"

namespace plexarium::ui {
namespace {

constexpr Tick ticksBefore = 40;  // enough for most of them to show what they do
constexpr float pictureRatio = 1;

}  // namespace

std::vector<GalleryEntry> gallery() {
  std::vector<GalleryEntry> entries;
  const QDir folder(QStringLiteral(":/models"));
  for (const auto& info : folder.entryInfoList({QStringLiteral("*.json")}, QDir::Files)) {
    QFile file(info.filePath());
    if (!file.open(QIODevice::ReadOnly)) continue;
    const QJsonObject model = QJsonDocument::fromJson(file.readAll()).object();
    const QString name = model.value(QLatin1String("name")).toString(info.completeBaseName());
    entries.push_back({info.filePath(), name, model.value(QLatin1String("description")).toString()});
  }
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.name.localeAwareCompare(b.name) < 0; });
  return entries;
}

Result<Model> galleryModel(const Registry& registry, const QString& file) {
  QFile source(file);
  if (!source.open(QIODevice::ReadOnly)) return failure("there is no such model", file.toStdString());
  return readModel(registry, source.readAll().toStdString(), file.toStdString());
}

QImage galleryPicture(const Registry& registry, const QString& file, QSize size, bool dark) {
  auto model = galleryModel(registry, file);
  if (!model) return {};
  const auto* entry = registry.find(model->dynamics);
  const auto look = lookAt(registry, std::move(*model), ticksBefore);
  if (!look) return {};
  Scene scene;
  scene.setTheme(dark ? darkTheme() : lightTheme());
  scene.open(&entry->description);
  scene.show(*look, 0);
  CpuPicture picture;
  picture.paintWhole(scene, fitted(scene.geometry().bounds(), size.width(), size.height(), pictureRatio), {});
  return picture.image().copy();
}

}  // namespace plexarium::ui
