#pragma once

#include <QObject>

#include "ui/bridge/session_bridge.h"

class QLabel;
class QStatusBar;

namespace plexarium::ui {

/// Tick, rate and size of the network in a status bar. GUI thread.
class StatusLine : public QObject {
  Q_OBJECT

 public:
  /// Both must outlive the line.
  StatusLine(SessionBridge& bridge, QStatusBar& bar);

 private:
  void onFrame();

  SessionBridge& bridge_;
  QLabel* tick_;
  QLabel* rate_;
  QLabel* size_;
};

}  // namespace plexarium::ui
