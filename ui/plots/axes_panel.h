#pragma once

#include <QPoint>
#include <optional>

#include "ui/plots/plot_panel.h"

class QCPAxis;
class QCPRange;
class QCustomPlot;

namespace plexarium::ui {

/// A plot with two axes under the mouse: the wheel zooms, dragging pans, a click asks, a double-click shows everything, and
/// the reading tells what is under the cursor. The same from the keyboard: arrows pan, + and - zoom, Home shows everything.
/// GUI thread.
class AxesPanel : public PlotPanel {
  Q_OBJECT

 public:
  [[nodiscard]] QCustomPlot& plot() const { return *plot_; }

 protected:
  AxesPanel(SessionBridge& bridge, const QString& objectName, int period, QWidget* parent);

  /// `factor` below 1 zooms in. Places and distances are in axis coordinates; on a logarithmic axis a distance is a factor.
  virtual void zoom(double factor, QPointF at, Qt::KeyboardModifiers keys) = 0;
  virtual void pan(QPointF by) = 0;
  virtual void showAll() = 0;
  virtual void click(QPointF, Qt::KeyboardModifiers) {}
  /// What is at `at`; nothing: the cursor is elsewhere.
  [[nodiscard]] virtual QString reading(std::optional<QPointF> at) = 0;

  /// What the axes count; left out where there is too little height for it.
  void setLabels(const QString& x, const QString& y);
  void replot();  ///< Draws the plot and renews the reading.
  void applyTheme(const WindowTheme& theme) override;
  void paintOn(QPaintDevice& device, QSize size) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

  /// Shifts and, where it must, shrinks the axis' range so that it lies within `bounds`.
  static void keepWithin(QCPAxis& axis, const QCPRange& bounds);
  /// Fits the axis to the values: grows at once and shrinks only when much room is left over, so that the scale does not
  /// breathe with every pulse.
  static void fitValues(QCPAxis& axis, double low, double high);
  static QString number(double value);

 private:
  [[nodiscard]] QPointF coordinates(QPointF pixel) const;
  [[nodiscard]] QPointF shift(QPointF from, QPointF to) const;  ///< Between two pixels, as QCPAxis::moveRange wants it.
  [[nodiscard]] bool onAxes(QPointF pixel) const;
  bool onWheel(const QWheelEvent& event);
  bool onPress(const QMouseEvent& event);
  bool onMove(const QMouseEvent& event);
  bool onRelease(const QMouseEvent& event);
  bool onKey(const QKeyEvent& event);
  void showReading();
  void onLayout();

  QCustomPlot* plot_;
  QString below_, beside_;          ///< Labels of the axes.
  QRect laidOut_;                   ///< For which the labels have been thinned.
  std::optional<QPointF> pressed_;  ///< Pixels; the last place of a drag.
  std::optional<QPointF> cursor_;   ///< Pixels.
  bool dragged_ = false;
};

}  // namespace plexarium::ui
