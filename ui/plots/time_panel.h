#pragma once

#include <QPointF>

#include "core/graph/ids.h"
#include "ui/plots/axes_panel.h"

namespace plexarium::ui {

/// Time along the x axis: runs with the network, its right edge at now, until it is held (by its button, or by panning);
/// then it stands still and can be looked through while what comes is still gathered. GUI thread.
class TimePanel : public AxesPanel {
  Q_OBJECT

 public:
  /// Ticks from the left edge to the right one.
  [[nodiscard]] double span() const { return span_; }

 protected:
  TimePanel(SessionBridge& bridge, const QString& objectName, int period, QWidget* parent);

  void zoom(double factor, QPointF at, Qt::KeyboardModifiers keys) override;
  void pan(QPointF by) override;
  void showAll() override;
  void redraw() final;

  virtual void draw() = 0;  ///< The x axis is right.
  /// Pans and zooms across time; values are in coordinates of the y axis.
  virtual void panValues(double by) = 0;
  virtual void zoomValues(double factor, double at) = 0;
  [[nodiscard]] virtual Tick firstTick() const = 0;  ///< Of what is still remembered.
  /// Where the right edge is while it runs: now.
  [[nodiscard]] virtual double edge() const { return now(); }
  [[nodiscard]] double now() const;

 private:
  double span_ = 200;
};

}  // namespace plexarium::ui
