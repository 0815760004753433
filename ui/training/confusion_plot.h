#pragma once

#include "ui/plots/plot_panel.h"
#include "ui/training/training_record.h"

namespace plexarium::ui {

/// Which class was taken for which, of one output group: rows are what was wanted, columns what the network said, and the
/// ink is the share of the row. GUI thread.
class ConfusionPlot : public PlotPanel {
  Q_OBJECT

 public:
  /// Both must outlive the plot.
  ConfusionPlot(FeedControl& control, TrainingRecord& record, QWidget* parent = nullptr);

  /// What is shown; null: nothing.
  [[nodiscard]] const Score* shown() const;

 protected:
  void begin() override;
  void redraw() override;
  void applyTheme(const WindowTheme& theme) override;
  void paintOn(QPaintDevice& device, QSize size) override;
  [[nodiscard]] std::string table() const override;

 private:
  class View;
  void fillGroups();
  void paint(QPainter& painter, QSize size) const;
  void paintLabels(QPainter& painter, const QRectF& table, QSizeF cell, const std::vector<std::string>& classes) const;
  [[nodiscard]] const Feed* feed() const;
  [[nodiscard]] std::size_t group() const;

  FeedControl& control_;
  TrainingRecord& record_;
  QComboBox* group_;
  QComboBox* part_;
  View* view_;
  std::vector<std::pair<std::size_t, std::size_t>> groups_;  ///< Feed and output group of each choice.
  std::shared_ptr<const Snapshot> held_;
};

}  // namespace plexarium::ui
