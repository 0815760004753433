#include "ui/training/dataset_grid.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/training/dataset_picture.h"

namespace plexarium::ui {
namespace {

constexpr int gap = 8;
constexpr int mostRows = 40;
constexpr int mostColumns = 40;

}  // namespace

PictureGrid::PictureGrid(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Samples as pictures"));
  setFocusPolicy(Qt::StrongFocus);
}

QSize PictureGrid::cell() const { return {side + gap, side + gap + fontMetrics().height()}; }
int PictureGrid::columns() const { return std::clamp((width() - gap) / cell().width(), 1, mostColumns); }
int PictureGrid::rows() const { return std::clamp((height() - gap) / cell().height(), 1, mostRows); }

QRect PictureGrid::place(std::size_t index) const {
  const int across = columns();
  const int number = static_cast<int>(index);
  const QPoint corner(number % across * cell().width(), number / across * cell().height());
  return {corner + QPoint(gap, gap), cell() - QSize(gap, gap)};
}

void PictureGrid::clear() {
  pictures_.clear();
  update();
}

void PictureGrid::add(Picture picture) {
  update(place(pictures_.size()).adjusted(-gap / 2, -gap / 2, gap / 2, gap / 2));
  pictures_.push_back(std::move(picture));
}

void PictureGrid::setMarked(std::optional<std::size_t> sample) {
  if (sample == marked_) return;
  marked_ = sample;
  update();
}

QSize PictureGrid::sizeHint() const { return {5 * cell().width() + gap, 5 * cell().height() + gap}; }
QSize PictureGrid::minimumSizeHint() const { return {2 * cell().width() + gap, cell().height() + gap}; }

void PictureGrid::resizeEvent(QResizeEvent*) {
  if (capacity() == capacity_) return;
  capacity_ = capacity();
  emit capacityChanged();
}

bool PictureGrid::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  for (std::size_t index = 0; index < pictures_.size(); ++index) {
    if (!place(index).contains(help->pos())) continue;
    QToolTip::showText(help->globalPos(), pictures_[index].details, this, place(index));
    return true;
  }
  QToolTip::hideText();
  event->ignore();
  return true;
}

void PictureGrid::paintPicture(QPainter& painter, std::size_t index) {
  const Picture& picture = pictures_[index];
  const QRect box = place(index);
  const QRect square(box.topLeft(), QSize(side, side));
  const bool marked = marked_ == picture.sample;
  if (marked) {
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(box.adjusted(-3, -3, 2, 1));
  }
  if (picture.image.isNull()) {
    painter.fillRect(square, palette().color(QPalette::Button));
  } else {
    drawPicture(painter, picture.image, square);
  }
  painter.setPen(palette().color(marked ? QPalette::Highlight : QPalette::PlaceholderText));
  painter.drawText(QRect(square.bottomLeft() + QPoint(0, 1), QSize(side, fontMetrics().height())), Qt::AlignCenter,
                   fontMetrics().elidedText(picture.caption, Qt::ElideRight, side));
}

void PictureGrid::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  for (std::size_t index = 0; index < pictures_.size(); ++index) {
    if (event->region().intersects(place(index).adjusted(-gap / 2, -gap / 2, gap / 2, gap / 2))) {
      paintPicture(painter, index);
    }
  }
}

}  // namespace plexarium::ui
