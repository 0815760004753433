#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/plots/time_panel.h"

class QCPGraph;

namespace plexarium::ui {

/// Curves over time that are read off every frame (so between two points there may be ticks that nobody looked at). Those
/// that are visible are fitted into view unless a person chose the range of values. Bounded memory. GUI thread.
class CurvePanel : public TimePanel {
  Q_OBJECT

 public:
  static constexpr int capacity = 20'000;  ///< Points a curve.

 protected:
  CurvePanel(SessionBridge& bridge, const QString& objectName, int period, QWidget* parent);

  /// The value at the present tick; nothing: it is gone, and no line leads to when it is back. There must be a network.
  void note(QCPGraph& curve, std::optional<double> value);
  void fitCurves();
  void letFit() { ownScale_ = false; }  ///< The range of values follows the curves again.
  /// The point at or before a tick, or the last one; null: there is none.
  [[nodiscard]] static std::optional<QPointF> pointAt(const QCPGraph& curve, std::optional<double> tick);
  /// "tick 1,234 · value"
  [[nodiscard]] QString tickText(double tick, const QString& value) const;

  struct Column {
    std::string name;
    const QCPGraph* curve = nullptr;
  };
  /// What is in view, as CSV: a line for every tick at which one of them has a point.
  [[nodiscard]] std::string tableOf(const std::vector<Column>& columns) const;

  void panValues(double by) override;
  void zoomValues(double factor, double at) override;
  void showAll() override;
  [[nodiscard]] Tick firstTick() const override;

 private:
  bool ownScale_ = false;
};

}  // namespace plexarium::ui
