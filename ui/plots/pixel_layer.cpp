#include "ui/plots/pixel_layer.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace plexarium::ui {
namespace {

constexpr std::size_t mostRectangles = 20'000;  // a drawing of about two megabytes

struct Rectangle {
  QRect area;
  QRgb colour;
};

/// Equal pixels as rectangles, as wide as they get, so that no seams show between them; nothing where they would be too
/// many.
std::optional<std::vector<Rectangle>> rectangles(const QImage& image) {
  std::vector<Rectangle> found;
  std::vector<std::size_t> before, here;  // those that reach the last column and this one
  for (int column = 0; column < image.width(); ++column, before.swap(here)) {
    here.clear();
    int row = 0;
    while (row < image.height()) {
      const QRgb colour = image.pixel(column, row);
      const int first = row;
      while (row < image.height() && image.pixel(column, row) == colour) ++row;
      if (qAlpha(colour) == 0) continue;
      const auto wider = std::ranges::find_if(before, [&](std::size_t index) {
        const auto& [area, hue] = found[index];
        return hue == colour && area.top() == first && area.height() == row - first;
      });
      if (wider != before.end()) {
        found[*wider].area.setRight(column);
        here.push_back(*wider);
        continue;
      }
      if (found.size() == mostRectangles) return {};
      here.push_back(found.size());
      found.push_back({QRect(column, first, 1, row - first), colour});
    }
  }
  return found;
}

}  // namespace

PixelView::PixelView(QImage& image, QCPRange x, QCPRange y, bool yDown)
    : pixels_(reinterpret_cast<QRgb*>(image.bits())),
      stride_(image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb))),
      width_(image.width()),
      height_(image.height()),
      xZero_(x.lower),
      xStep_(width_ / x.size()),
      yZero_(yDown ? y.lower : y.upper),
      yStep_((yDown ? height_ : -height_) / y.size()) {}

PixelLayer::PixelLayer(QCPAxis* x, QCPAxis* y, Paint paint) : QCPAbstractPlottable(x, y), paint_(std::move(paint)) {
  removeFromLegend();
}

QCPRange PixelLayer::getKeyRange(bool& found, QCP::SignDomain) const {
  found = false;
  return {};
}

QCPRange PixelLayer::getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const {
  found = false;
  return {};
}

void PixelLayer::draw(QCPPainter* painter) {
  const QRect area = clipRect();
  if (area.isEmpty()) return;
  const bool vector = painter->modes().testFlag(QCPPainter::pmVectorized);
  const qreal fineness = vector ? 2 : painter->device()->devicePixelRatioF();
  const QSize size = (QSizeF(area.size()) * fineness).toSize();
  if (image_.size() != size) image_ = QImage(size, QImage::Format_ARGB32_Premultiplied);
  image_.setDevicePixelRatio(1);
  image_.fill(Qt::transparent);
  PixelView view(image_, mKeyAxis->range(), mValueAxis->range(), mValueAxis->rangeReversed());
  paint_(view);
  if (const auto parts = vector ? rectangles(image_) : std::nullopt) {
    painter->save();
    painter->translate(area.topLeft());
    painter->scale(1 / fineness, 1 / fineness);
    for (const auto& part : *parts) painter->fillRect(part.area, QColor::fromRgba(part.colour));
    painter->restore();
    return;
  }
  painter->drawImage(QRectF(area), image_, QRectF(image_.rect()));
}

}  // namespace plexarium::ui
