#include "ui/window/wheel_guard.h"

#include <QAbstractScrollArea>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QScrollBar>

namespace plexarium::ui {
namespace {

bool holdsValue(const QWidget& widget) {
  if (qobject_cast<const QComboBox*>(&widget) || qobject_cast<const QAbstractSpinBox*>(&widget)) return true;
  return qobject_cast<const QAbstractSlider*>(&widget) && !qobject_cast<const QScrollBar*>(&widget);
}

bool isScrolled(const QWidget& widget) {
  for (const auto* around = widget.parentWidget(); around != nullptr; around = around->parentWidget()) {
    if (qobject_cast<const QAbstractScrollArea*>(around)) return true;
  }
  return false;
}

}  // namespace

bool WheelGuard::eventFilter(QObject* receiver, QEvent* event) {
  if (event->type() != QEvent::Wheel) return false;
  const auto* const widget = qobject_cast<const QWidget*>(receiver);
  if (widget == nullptr || widget->hasFocus() || !holdsValue(*widget) || !isScrolled(*widget)) return false;
  event->ignore();  // so that it goes on to the parent
  return true;
}

}  // namespace plexarium::ui
