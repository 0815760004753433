#pragma once

#include <qcustomplot.h>

#include <QImage>
#include <algorithm>
#include <cmath>
#include <functional>

namespace plexarium::ui {

/// The pixels inside the axes, and how coordinates fall on them.
class PixelView {
 public:
  PixelView(QImage& image, QCPRange x, QCPRange y, bool yDown);

  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }
  [[nodiscard]] double x(double coordinate) const { return (coordinate - xZero_) * xStep_; }
  [[nodiscard]] double y(double coordinate) const { return (coordinate - yZero_) * yStep_; }
  [[nodiscard]] double pixelsPerX() const { return xStep_; }
  [[nodiscard]] double pixelsPerY() const { return std::abs(yStep_); }

  /// The pixels that a stretch of coordinates covers, at least one; [first, last) may lie outside the picture.
  struct Pixels {
    int first = 0;
    int last = 0;
  };
  [[nodiscard]] Pixels across(double from, double to) const { return between(x(from), x(to)); }
  [[nodiscard]] Pixels down(double from, double to) const { return between(y(from), y(to)); }

  void fill(Pixels columns, Pixels rows, QRgb colour) {
    const int left = std::max(columns.first, 0), right = std::min(columns.last, width_);
    const int bottom = std::min(rows.last, height_);
    for (int row = std::max(rows.first, 0); row < bottom; ++row) {
      for (int column = left; column < right; ++column) pixels_[row * stride_ + column] = colour;
    }
  }

 private:
  static Pixels between(double a, double b) {
    if (a > b) std::swap(a, b);
    // What is narrower than a pixel is in the one that its middle is in, where the cursor finds it.
    if (b - a < 1) {
      const int only = static_cast<int>(std::floor(std::clamp((a + b) / 2, -1e6, 1e6)));
      return {only, only + 1};
    }
    const int first = static_cast<int>(std::floor(std::clamp(a, -1e6, 1e6) + 0.5));
    return {first, std::max(first + 1, static_cast<int>(std::floor(std::clamp(b, -1e6, 1e6) + 0.5)))};
  }

  QRgb* pixels_;
  std::ptrdiff_t stride_;
  int width_;
  int height_;
  double xZero_, xStep_, yZero_, yStep_;
};

/// Something with too many parts for one object each: painted straight into the pixels between the axes, as fine as the
/// screen is. On drawings (SVG) its pixels become rectangles where those are few. GUI thread.
class PixelLayer : public QCPAbstractPlottable {
  Q_OBJECT

 public:
  using Paint = std::function<void(PixelView&)>;
  /// `paint` finds a transparent picture.
  PixelLayer(QCPAxis* x, QCPAxis* y, Paint paint);

  double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
  QCPRange getKeyRange(bool& found, QCP::SignDomain) const override;
  QCPRange getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const override;

 protected:
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter*, const QRectF&) const override {}

 private:
  Paint paint_;
  QImage image_;
};

}  // namespace plexarium::ui
