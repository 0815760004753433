#include "ui/training/dataset_picture.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <QStringList>
#include <algorithm>

namespace plexarium::ui {
namespace {

QString tr(const char* text, int n = -1) { return QCoreApplication::translate("Dataset", text, nullptr, n); }

/// 0..255 for a value within the column's range.
int greyOf(const DatasetInfo& info, std::size_t input, double value) {
  const ValueRange range = info.range(input);
  const double width = range.maximum - range.minimum;
  const double share = width > 0 ? (value - range.minimum) / width : 0;
  return static_cast<int>(std::clamp(share, 0.0, 1.0) * 255 + 0.5);
}

}  // namespace

QImage pictureOf(const DatasetInfo& info, std::span<const double> inputs, int side) {
  const auto [width, height, channels] = info.picture;
  QImage picture(static_cast<int>(width), static_cast<int>(height), QImage::Format_RGB32);
  for (std::size_t row = 0; row < height; ++row) {
    auto* line = reinterpret_cast<QRgb*>(picture.scanLine(static_cast<int>(row)));
    for (std::size_t column = 0; column < width; ++column) {
      const std::size_t first = (row * width + column) * channels;
      const auto grey = [&](std::size_t channel) { return greyOf(info, first + channel, inputs[first + channel]); };
      line[column] = channels >= 3 ? qRgb(grey(0), grey(1), grey(2)) : qRgb(grey(0), grey(0), grey(0));
    }
  }
  if (picture.width() <= side && picture.height() <= side) return picture;
  return picture.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

void drawPicture(QPainter& painter, const QImage& picture, const QRect& place) {
  const QSize size = picture.size().scaled(place.size(), Qt::KeepAspectRatio);
  QRect box(QPoint(), size);
  box.moveCenter(place.center());
  painter.setRenderHint(QPainter::SmoothPixmapTransform,
                        size.width() * painter.device()->devicePixelRatioF() < picture.width());
  painter.drawImage(box, picture);
}

QString targetText(const DatasetInfo& info, std::uint32_t label, std::span<const double> targets) {
  if (!info.classes.empty()) return QString::fromStdString(info.classes[label]);
  QStringList parts;
  for (std::size_t k = 0; k < targets.size(); ++k) {
    parts << tr("%1 %2").arg(QString::fromStdString(info.targets[k]), sampleValueText(targets[k]));
  }
  return parts.join(tr(", "));
}

QString inputText(const DatasetInfo& info, std::span<const double> inputs, std::size_t most) {
  QStringList parts;
  for (std::size_t k = 0; k < std::min(most, inputs.size()); ++k) {
    const QString value = sampleValueText(inputs[k]);
    parts << (info.columns.empty() ? value : tr("%1 %2").arg(QString::fromStdString(info.columns[k]), value));
  }
  if (inputs.size() > most) parts << tr("… (%1 values)").arg(countText(inputs.size()));
  return parts.join(info.columns.empty() ? QStringLiteral("  ") : tr(", "));
}

QString partText(Part part) {
  switch (part) {
    case Part::Train:
      return tr("training");
    case Part::Validation:
      return tr("validation");
    case Part::Test:
      return tr("test");
  }
  return {};
}

QString countText(std::size_t count) { return QLocale().toString(static_cast<qulonglong>(count)); }

QString sampleValueText(double value) { return QString::number(value, 'g', 6); }

}  // namespace plexarium::ui
