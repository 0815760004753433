#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <cstddef>
#include <memory>
#include <vector>

#include "ui/bridge/session_bridge.h"
#include "ui/plots/metric_history.h"

class QCPGraph;
class QCPTextElement;
class QComboBox;
class QCustomPlot;
class QLabel;

namespace plexarium::ui {

/// One metric of the dynamics' table as a scrolling curve: mean as a line, minimum to maximum as a band. Redraws at most 30
/// times a second and not at all while nobody sees it; memory is bounded (MetricHistory). The wheel changes the stretch of
/// time. GUI thread.
class ActivityPlot : public QWidget {
  Q_OBJECT

 public:
  /// `bridge` must outlive the plot.
  explicit ActivityPlot(SessionBridge& bridge, QWidget* parent = nullptr);

  void setDark(bool dark);
  /// The ticks and means of the curve as it was last drawn, for tests.
  [[nodiscard]] std::size_t drawnPoints() const;

 protected:
  void wheelEvent(QWheelEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void begin();
  void take(const std::vector<MetricBucket>& buckets);
  void ask();  ///< Redraw soon.
  void redraw();
  void scaleValues(double low, double high);
  [[nodiscard]] const MetricHistory& chosenHistory() const;

  SessionBridge& bridge_;
  QComboBox* metric_;
  QComboBox* stretch_;
  QLabel* reading_;
  QCustomPlot* plot_;
  QCPGraph* mean_;
  QCPGraph* low_;
  QCPGraph* high_;
  std::vector<MetricHistory> histories_;  ///< One for each stretch of time that can be chosen.
  const Description* description_ = nullptr;
  QTimer redrawTimer_;
  bool stale_ = false;  ///< Something has come that is not drawn yet.
};

}  // namespace plexarium::ui
