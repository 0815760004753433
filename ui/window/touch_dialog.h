#pragma once

#include <QDialog>
#include <QThreadPool>

#include "core/session/touch_test.h"
#include "ui/bridge/session_bridge.h"

class QLabel;
class QTableWidget;

namespace plexarium::ui {

/// The classical touch tests on the present network: who answers, by pool, counted on copies of the network on a worker
/// thread; and each of them to watch in the window. GUI thread.
class TouchDialog : public QDialog {
  Q_OBJECT

 public:
  /// `bridge` must have a network and outlive the dialog.
  TouchDialog(SessionBridge& bridge, QWidget* parent);
  ~TouchDialog() override;

 private:
  void measure();
  void showAnswers(std::size_t test, const Result<std::vector<PoolAnswer>>& answers);
  void watch(const NeuronPool& touched);
  void onFrame();

  SessionBridge& bridge_;
  QTableWidget* table_;
  QLabel* note_;
  Stimulate stimulate_;      ///< The touch that is watched,
  Tick left_ = 0;            ///< for so many more ticks;
  Tick last_ = 0;            ///< the tick in which it last came.
  QStringList problems_;     ///< Of the tests that could not be done,
  std::size_t waiting_ = 0;  ///< once all of them have answered.
  QThreadPool worker_;
};

}  // namespace plexarium::ui
