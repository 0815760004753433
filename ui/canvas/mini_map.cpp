#include "ui/canvas/mini_map.h"

#include <QMouseEvent>
#include <QPainter>
#include <QQuickWindow>
#include <algorithm>
#include <cmath>

namespace plexarium::ui {
namespace {

constexpr QSizeF largest(190, 130);
constexpr qreal margin = 12;

}  // namespace

MiniMap::MiniMap(const Scene& scene, const Viewpoint& viewpoint, QQuickItem* parent)
    : QQuickPaintedItem(parent), scene_(scene), viewpoint_(viewpoint) {
  setObjectName(QStringLiteral("miniMap"));
  setAcceptedMouseButtons(Qt::LeftButton);
  setVisible(false);
  setAntialiasing(true);
}

void MiniMap::place(QSizeF area) {
  setSize(largest.boundedTo(area * 0.4));
  setPosition(QPointF(area.width() - width() - margin, area.height() - height() - margin));
}

QPointF MiniMap::toMap(Point world) const {
  const Spot spot = camera_.toScreen(world);
  return {spot.x, spot.y};
}

/// Many neurons share a pixel: how bright it is grows with the logarithm of their number.
void MiniMap::draw(qreal ratio) {
  const QSize pixels = (QSizeF(width(), height()) * ratio).toSize();
  if (places_ == scene_.placesRevision() && dots_.size() == pixels) return;
  places_ = scene_.placesRevision();
  const Box box = scene_.geometry().bounds();
  camera_ = fitted(box, static_cast<int>(width()), static_cast<int>(height()), 1, 6);
  Camera fine = camera_;
  fine.scale *= static_cast<float>(ratio);
  fine.width = pixels.width();
  fine.height = pixels.height();
  std::vector<std::uint32_t> counts(static_cast<std::size_t>(pixels.width()) * pixels.height(), 0);
  const auto dot = std::max(1, static_cast<int>(std::lround(fine.scale * 2)));
  for (std::size_t row = 0; row < scene_.geometry().neuronCount(); ++row) {
    const Spot centre = fine.toScreen(scene_.geometry().position(row));
    const int left = static_cast<int>(std::floor(centre.x)) - (dot - 1) / 2;
    const int top = static_cast<int>(std::floor(centre.y)) - (dot - 1) / 2;
    for (int y = std::max(0, top); y < std::min(fine.height, top + dot); ++y) {
      for (int x = std::max(0, left); x < std::min(fine.width, left + dot); ++x)
        ++counts[static_cast<std::size_t>(y) * fine.width + x];
    }
  }
  const std::uint32_t most = counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
  dots_ = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
  const Pixel colour = scene_.theme().node(Tint::Ready).outline;
  for (int y = 0; y < fine.height; ++y) {
    auto* line = reinterpret_cast<Pixel*>(dots_.scanLine(y));
    for (int x = 0; x < fine.width; ++x) {
      const std::uint32_t count = counts[static_cast<std::size_t>(y) * fine.width + x];
      const float share = std::log1p(static_cast<float>(count)) / std::log1p(static_cast<float>(std::max(most, 1U)));
      line[x] = count == 0 ? 0 : faded(colour, 0.3F + 0.7F * share);
    }
  }
}

void MiniMap::paint(QPainter* painter) {
  const qreal ratio = window() ? window()->effectiveDevicePixelRatio() : 1;
  draw(ratio);
  const Theme& theme = scene_.theme();
  const auto translucent = [](Pixel pixel, qreal alpha) {
    QColor colour = QColor::fromRgb(pixel);
    colour.setAlphaF(static_cast<float>(alpha));
    return colour;
  };
  const QRectF area(0, 0, width(), height());
  painter->setPen(QPen(translucent(theme.ink, 0.3), 1));
  painter->setBrush(translucent(theme.corner, 0.88));
  painter->drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
  painter->drawImage(area, dots_);
  if (viewpoint_.unset()) return;
  const QPointF centre = toMap(viewpoint_.view().centre);
  const QSizeF seen = viewpoint_.size() * (camera_.scale / viewpoint_.view().scale);
  const QRectF frame(centre - QPointF(seen.width(), seen.height()) / 2, seen);
  painter->setPen(QPen(translucent(theme.ink, 0.9), 1.4));
  painter->setBrush(translucent(theme.ink, 0.07));
  painter->drawRect(frame & area.adjusted(2, 2, -2, -2));
}

void MiniMap::mousePressEvent(QMouseEvent* event) { mouseMoveEvent(event); }

void MiniMap::mouseMoveEvent(QMouseEvent* event) {
  draw(window() ? window()->effectiveDevicePixelRatio() : 1);
  const QPointF at = event->position();
  const Point world = camera_.toWorld({static_cast<float>(at.x()), static_cast<float>(at.y())});
  emit placePointed({world.x, world.y});
}

}  // namespace plexarium::ui
