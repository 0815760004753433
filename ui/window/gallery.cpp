#include "ui/window/gallery.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace plexarium::ui {

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

}  // namespace plexarium::ui
