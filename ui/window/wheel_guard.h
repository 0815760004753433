#pragma once

#include <QObject>

namespace plexarium::ui {

/// Keeps values from being changed by a wheel that was meant to scroll: within something that scrolls, a chooser, number or
/// slider without the keyboard's focus leaves the wheel to what it stands in. To be installed on the application. GUI
/// thread.
class WheelGuard : public QObject {
 public:
  using QObject::QObject;

 protected:
  bool eventFilter(QObject* receiver, QEvent* event) override;
};

}  // namespace plexarium::ui
