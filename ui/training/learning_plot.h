#pragma once

#include <vector>

#include "ui/plots/axes_panel.h"
#include "ui/training/training_record.h"

class QCPGraph;

namespace plexarium::ui {

/// What is learnt, over ticks: loss and accuracy of every output group, on training samples as lines and on validation
/// samples as dots; earlier runs, from their first tick on, behind them. GUI thread.
class LearningPlot : public AxesPanel {
  Q_OBJECT

 public:
  /// Both must outlive the plot.
  LearningPlot(FeedControl& control, TrainingRecord& record, QWidget* parent = nullptr);

  /// Points of all curves as they were last drawn.
  [[nodiscard]] int drawnPoints() const;
  /// Curves of earlier runs that were last drawn.
  [[nodiscard]] int drawnRuns() const { return drawnRuns_; }

 protected:
  void begin() override { ask(); }
  void redraw() override;
  void zoom(double factor, QPointF at, Qt::KeyboardModifiers keys) override;
  void pan(QPointF by) override;
  void showAll() override;
  [[nodiscard]] QString reading(std::optional<QPointF> at) override;
  [[nodiscard]] std::string table() const override;

 private:
  enum class Measure { Error, Accuracy };
  [[nodiscard]] Measure measure() const;
  QCPGraph* addCurve(const QColor& colour, bool dots, bool past);
  int draw(const TrainingRun& run, bool past);

  TrainingRecord& record_;
  QComboBox* measure_;
  QComboBox* smooth_;
  std::optional<TrainingRun> heldRun_;
  bool ownRange_ = false;  ///< A person chose the range of ticks.
  int drawnRuns_ = 0;
};

}  // namespace plexarium::ui
