#pragma once

#include <QPointF>
#include <cstddef>
#include <map>
#include <vector>

#include "ui/plots/axes_panel.h"
#include "ui/plots/metric_history.h"

class QCPGraph;

namespace plexarium::ui {

/// One metric of the dynamics' table as a scrolling curve: mean as a line, minimum to maximum as a band. Memory is bounded
/// (MetricHistory). The other branches of the network's life are drawn behind it, paler. The wheel changes the stretch of
/// time, also of what is held. GUI thread.
class ActivityPlot : public AxesPanel {
  Q_OBJECT

 public:
  /// `bridge` must outlive the plot.
  explicit ActivityPlot(SessionBridge& bridge, QWidget* parent = nullptr);

  /// Points of the curve as it was last drawn.
  [[nodiscard]] std::size_t drawnPoints() const;
  /// Curves of other branches that were last drawn.
  [[nodiscard]] std::size_t drawnBranches() const;

 protected:
  void begin() override;
  void redraw() override;
  void applyTheme(const WindowTheme& theme) override;
  void zoom(double factor, QPointF at, Qt::KeyboardModifiers keys) override;
  void pan(QPointF) override {}  // it follows the network
  void showAll() override;
  [[nodiscard]] QString reading(std::optional<QPointF> at) override;
  [[nodiscard]] std::string table() const override;

 private:
  /// One history for each stretch of time that can be chosen.
  using Histories = std::vector<MetricHistory>;
  using Branches = std::map<std::uint32_t, Histories>;  ///< By Branch::number, its parents' ticks before it began included.
  struct Held {
    Branches branches;
    std::uint32_t present = 0;
  };

  void take(const std::vector<MetricBucket>& buckets);
  Histories& historiesOf(const MetricBucket& bucket);
  void drawOthers(std::size_t metric);
  void scale();
  [[nodiscard]] const MetricHistory& chosenHistory(const Histories& histories) const;
  [[nodiscard]] const Branches& shown() const { return held_ ? held_->branches : branches_; }
  [[nodiscard]] const Histories& present() const;

  QComboBox* metric_;
  QComboBox* stretch_;
  QCPGraph* mean_;
  QCPGraph* low_;
  QCPGraph* high_;
  std::vector<QCPGraph*> others_;
  Branches branches_;
  std::optional<Held> held_;
  Histories none_;
  const Description* description_ = nullptr;
};

}  // namespace plexarium::ui
