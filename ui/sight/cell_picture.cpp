#include "ui/sight/cell_picture.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/canvas/theme.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr double leastFrame = 5;  // pixels of a seat within which a frame leaves something to see

}  // namespace

CellPicture::CellPicture(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setContextMenuPolicy(Qt::PreventContextMenu);  // the right button takes ink away
}

void CellPicture::setCells(QSize cells) {
  if (cells == cells_) return;
  cells_ = cells;
  update();
}

void CellPicture::setImage(const QImage& image) {
  image_ = image;
  update();
}

void CellPicture::setSpots(std::vector<Spot> spots) {
  spots_ = std::move(spots);
  update();
}

void CellPicture::setMarks(std::vector<QRectF> marks) {
  if (marks == marks_) return;
  marks_ = std::move(marks);
  update();
}

void CellPicture::setPointed(std::optional<QRectF> place) {
  if (place == pointed_) return;
  pointed_ = place;
  update();
}

void CellPicture::setDark(bool dark) {
  dark_ = dark;
  update();
}

void CellPicture::setPaintable(bool paintable) {
  paintable_ = paintable;
  stroke_ = Qt::NoButton;
  setCursor(paintable ? Qt::CrossCursor : Qt::ArrowCursor);
}

/// Whole pixels of the screen a cell, so that all cells are of one size.
QRectF CellPicture::box() const {
  if (cells_.isEmpty()) return {};
  const double fineness = devicePixelRatioF();
  const double fits = std::min(double(width() - 2) / cells_.width(), double(height() - 2) / cells_.height());
  const double scale = fits * fineness >= 1 ? std::floor(fits * fineness) / fineness : fits;
  const QSizeF size = QSizeF(cells_) * scale;
  const auto whole = [fineness](double place) { return std::round(place * fineness) / fineness; };
  return {QPointF(whole((width() - size.width()) / 2), 1), size};
}

QPointF CellPicture::toCells(QPointF widget) const {
  const QRectF area = box();
  return {(widget.x() - area.left()) * cells_.width() / area.width(),
          (widget.y() - area.top()) * cells_.height() / area.height()};
}

QPointF CellPicture::toWidget(QPointF place) const {
  const QRectF area = box();
  return {area.left() + place.x() * area.width() / cells_.width(), area.top() + place.y() * area.height() / cells_.height()};
}

QRectF CellPicture::toWidget(const QRectF& place) const {
  return {toWidget(place.topLeft()), toWidget(place.bottomRight())};
}

void CellPicture::paintEvent(QPaintEvent*) {
  if (cells_.isEmpty()) return;
  QPainter painter(this);
  const auto& theme = WindowTheme::of(dark_);
  const QRectF area = box();
  painter.fillRect(area, theme.base);
  // Where several cells share a pixel, it has the mean of them.
  painter.setRenderHint(QPainter::SmoothPixmapTransform, area.width() * devicePixelRatioF() < cells_.width());
  if (!image_.isNull()) painter.drawImage(area, image_);
  for (const auto& spot : spots_) painter.fillRect(toWidget(spot.place), spot.colour);
  paintMarks(painter);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(paintable_ ? theme.accent : theme.border);
  painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5));
  if (!pointed_) return;
  const QRectF frame = toWidget(*pointed_).adjusted(-1, -1, 1, 1);
  painter.setPen(QPen(theme.base, 4));
  painter.drawRect(frame);
  painter.setPen(QPen(theme.text, 2));
  painter.drawRect(frame);
}

/// A frame of light around a dark one: it stands out on white and on black.
void CellPicture::paintMarks(QPainter& painter) const {
  const Theme& theme = dark_ ? darkTheme() : lightTheme();
  const QColor lit(theme.node(Tint::Active).outline);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(lit);
  for (const auto& mark : marks_) {
    const QRectF place = toWidget(mark);
    if (place.width() < leastFrame) {
      painter.fillRect(place, lit);
    } else {
      painter.drawRect(place.adjusted(0.5, 0.5, -1, -1));
    }
  }
}

void CellPicture::mousePressEvent(QMouseEvent* event) {
  const bool paints = event->button() == Qt::LeftButton || event->button() == Qt::RightButton;
  if (!paintable_ && event->button() == Qt::LeftButton && !cells_.isEmpty()) emit clicked(toCells(event->position()));
  if (!paintable_ || !paints || stroke_ != Qt::NoButton) return QWidget::mousePressEvent(event);
  stroke_ = event->button();
  last_ = toCells(event->position());
  emit painted(last_, last_, stroke_ == Qt::RightButton);
}

void CellPicture::mouseMoveEvent(QMouseEvent* event) {
  if (cells_.isEmpty()) return;
  const QPointF place = toCells(event->position());
  if (stroke_ != Qt::NoButton) {
    const QPointF from = std::exchange(last_, place);
    emit painted(from, place, stroke_ == Qt::RightButton);
  }
  const bool inside = place.x() >= 0 && place.y() >= 0 && place.x() < cells_.width() && place.y() < cells_.height();
  emit hovered(inside ? std::optional(place) : std::nullopt);
}

void CellPicture::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == stroke_) stroke_ = Qt::NoButton;
}

void CellPicture::leaveEvent(QEvent*) { emit hovered(std::nullopt); }

}  // namespace plexarium::ui
