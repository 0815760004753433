#pragma once

#include <QRectF>
#include <QString>
#include <optional>
#include <vector>

#include "ui/plots/plot_panel.h"

class QPainter;

namespace plexarium::ui {

/// The metrics of the dynamics' table now, as pointers on scales: those that count the same unit share one, so that a mark
/// stands beside what it is a mark of. A pointer is the mean since the last picture, the band behind it minimum to maximum.
/// GUI thread.
class GaugePlot : public PlotPanel {
  Q_OBJECT

 public:
  /// `bridge` must outlive the plot.
  explicit GaugePlot(SessionBridge& bridge, QWidget* parent = nullptr);

  /// A metric as it stands.
  struct Pointer {
    std::size_t metric = 0;  ///< Index into Description::metrics.
    double low = 0, mean = 0, high = 0;
  };
  struct Gauge {
    QString unit;
    std::vector<Pointer> pointers;
    double low = 0, high = 0;  ///< Of the scale; 0 belongs to it. Grows at once and shrinks slowly.
  };
  [[nodiscard]] const std::vector<Gauge>& gauges() const { return gauges_; }
  /// Where a gauge stands in the view. Empty before anything has been drawn.
  [[nodiscard]] QRectF placeOf(std::size_t gauge) const;

 protected:
  void begin() override;
  void redraw() override;
  void applyTheme(const WindowTheme& theme) override;
  void paintOn(QPaintDevice& device, QSize size) override;
  [[nodiscard]] std::string table() const override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void take(const std::vector<MetricBucket>& buckets);
  void listGauges();
  void rescale(Gauge& gauge) const;
  [[nodiscard]] std::vector<QRectF> layOut(double width) const;
  void paint(QPainter& painter, double width) const;
  void paintGauge(QPainter& painter, const Gauge& gauge, const QRectF& place) const;
  void paintScale(QPainter& painter, const Gauge& gauge, const QRectF& track) const;
  void showReading();
  [[nodiscard]] QString told(const Pointer& pointer) const;

  QWidget* view_;
  const Description* description_ = nullptr;
  std::vector<Gauge> gauges_;
  std::vector<Pointer> coming_;  ///< By metric: since the last picture.
  double ticks_ = 0;             ///< Of what is coming.
  std::optional<QPointF> cursor_;
};

}  // namespace plexarium::ui
