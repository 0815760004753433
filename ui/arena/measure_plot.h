#pragma once

#include <string>

#include "ui/plots/curve_panel.h"

namespace plexarium::ui {

/// What a body has done over time: one measure of WorldDescription, or the value of a sensor, read in every frame. GUI
/// thread.
class MeasurePlot : public CurvePanel {
  Q_OBJECT

 public:
  /// `bridge` must outlive the plot.
  explicit MeasurePlot(SessionBridge& bridge, QWidget* parent = nullptr);

  /// Controller::id of the body to look at; one that is not there: the first.
  void setBody(const std::string& controller);
  [[nodiscard]] int points() const;

 protected:
  void begin() override;
  void draw() override { fitCurves(); }
  void applyTheme(const WindowTheme& theme) override;
  [[nodiscard]] QString reading(std::optional<QPointF> at) override;
  [[nodiscard]] std::string table() const override;

 private:
  void onFrame();
  void choose();
  [[nodiscard]] const QCPGraph* chosen() const;  ///< Null: there is none.
  [[nodiscard]] QString unit() const;

  QComboBox* measure_;
  std::vector<QCPGraph*> graphs_;  ///< One for each measure, then one for each sensor; the chosen one is shown.
  const WorldDescription* description_ = nullptr;
  std::string body_;
};

}  // namespace plexarium::ui
