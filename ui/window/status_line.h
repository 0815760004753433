#pragma once

#include <QObject>

#include "ui/bridge/session_bridge.h"

class QLabel;
class QStatusBar;

namespace plexarium::ui {

/// Tick, rate and size of the network in a status bar; where links come and go by themselves, how many did since it was
/// opened. GUI thread.
class StatusLine : public QObject {
  Q_OBJECT

 public:
  /// Both must outlive the line.
  StatusLine(SessionBridge& bridge, QStatusBar& bar);

 private:
  void begin();
  void count(const std::vector<MetricBucket>& buckets);
  void onFrame();
  [[nodiscard]] QString sizeText() const;

  SessionBridge& bridge_;
  QLabel* tick_;
  QLabel* rate_;
  QLabel* size_;
  double born_ = 0;  ///< Links, since the network was opened.
  double gone_ = 0;
};

}  // namespace plexarium::ui
