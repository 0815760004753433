#pragma once

#include "ui/plots/time_panel.h"

class QCPGraph;

namespace plexarium::ui {

/// What a body has done over time: one measure of WorldDescription, or the value of a sensor, read in every frame. Bounded
/// memory. GUI thread.
class MeasurePlot : public TimePanel {
  Q_OBJECT

 public:
  static constexpr int capacity = 20'000;  ///< Points.

  /// `bridge` must outlive the plot.
  explicit MeasurePlot(SessionBridge& bridge, QWidget* parent = nullptr);

  [[nodiscard]] int points() const;

 protected:
  void begin() override;
  void draw() override;
  void applyTheme(const WindowTheme& theme) override;
  void panValues(double by) override;
  void zoomValues(double factor, double at) override;
  void showAll() override;
  [[nodiscard]] QString reading(std::optional<QPointF> at) override;
  [[nodiscard]] Tick firstTick() const override;
  [[nodiscard]] std::string table() const override;

 private:
  void onFrame();
  void choose();
  [[nodiscard]] QString unit() const;

  QComboBox* measure_;
  std::vector<QCPGraph*> graphs_;  ///< One for each measure, then one for each sensor; the chosen one is shown.
  const WorldDescription* description_ = nullptr;
  bool ownScale_ = false;  ///< A person chose the range of values.
};

}  // namespace plexarium::ui
