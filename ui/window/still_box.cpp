#include "ui/window/still_box.h"

#include <QEvent>
#include <QLabel>

namespace plexarium::ui {
namespace {

constexpr int step = 16;   // pixels: widths of the box
constexpr int slack = 64;  // more than this is given back

}  // namespace

StillBox::StillBox(QLabel* label) : QWidget(label->parentWidget()), label_(label) {
  setSizePolicy(label_->sizePolicy());
  label_->setParent(this);
  fit();
}

QSize StillBox::minimumSizeHint() const {
  const QSize least = label_->minimumSizeHint();
  const QSize wanted = label_->minimumSize();
  return {wanted.width() > 0 ? wanted.width() : least.width(), wanted.height() > 0 ? wanted.height() : least.height()};
}

bool StillBox::event(QEvent* event) {
  if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show) fit();
  return QWidget::event(event);
}

void StillBox::resizeEvent(QResizeEvent* /*event*/) { label_->setGeometry(rect()); }

void StillBox::fit() {
  const QSize wanted = label_->sizeHint().expandedTo(label_->minimumSize());
  const bool fits = wanted.width() <= hint_.width() && wanted.width() > hint_.width() - slack;
  if (fits && wanted.height() == hint_.height()) return;
  hint_ = {(wanted.width() + step - 1) / step * step, wanted.height()};
  updateGeometry();
}

}  // namespace plexarium::ui
