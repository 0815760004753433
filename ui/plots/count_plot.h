#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "ui/plots/field_reader.h"
#include "ui/plots/plot_panel.h"

class QAbstractBarSeries;
class QAreaSeries;
class QBarCategoryAxis;
class QBarSet;
class QChart;
class QChartView;
class QLineSeries;
class QKeyEvent;
class QMouseEvent;
class QValueAxis;

namespace plexarium::ui {

/// How many: neurons by phase, by role or by any field; links by any field. Values that have names are counted by name, the
/// others in bins. The wheel zooms the values (with Ctrl, or where they have names, the counts), dragging pans, a
/// double-click shows everything, and the reading tells what is under the cursor; the same from the keyboard. At most five
/// times a second. GUI thread.
class CountPlot : public PlotPanel {
  Q_OBJECT

 public:
  /// `bridge` must outlive the plot.
  explicit CountPlot(SessionBridge& bridge, QWidget* parent = nullptr);

  struct Counts {
    std::vector<QString> names;  ///< Empty: bins.
    double low = 0, high = 0;    ///< Of the bins, which are equally wide; both ends belong to them.
    std::vector<std::size_t> counts;
    std::size_t outside = 0;    ///< Values that are in no bin because it was zoomed in.
    std::size_t unbounded = 0;  ///< Values that are infinite and in no bin.
  };
  /// What is drawn.
  [[nodiscard]] const Counts& counts() const { return counts_; }

 protected:
  void begin() override;
  void redraw() override;
  void applyTheme(const WindowTheme& theme) override;
  void paintOn(QPaintDevice& device, QSize size) override;
  [[nodiscard]] std::string table() const override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  enum class Of { Phase, Role, NeuronField, LinkField };
  struct Subject {
    Of of = Of::Phase;
    std::size_t field = 0;
    bool operator==(const Subject&) const = default;
  };
  struct Range {
    double low = 0;
    double high = 0;
  };

  void makeChart();
  void listSubjects();
  [[nodiscard]] std::optional<Subject> subject() const;
  void onLook();
  void countPhases();
  void countRoles();
  void countNamed(const Field& field, const Column& values);
  void countBins(const Column& values);
  void count();
  void show(const QString& unit);
  void showNames();
  void showBins();
  void showReading();
  [[nodiscard]] QString reading(QPointF at) const;
  [[nodiscard]] QPointF valueAt(QPointF pixel) const;
  bool onMouse(const QMouseEvent& event);
  bool onKey(const QKeyEvent& event);
  void zoom(double factor, double at, bool counts);
  void pan(double by);
  void showAll();
  void recount();

  QComboBox* what_;
  QChart* chart_;
  QChartView* view_;
  QBarSet* bars_;
  QAbstractBarSeries* named_;
  QLineSeries* outline_;
  QAreaSeries* binned_;
  QBarCategoryAxis* nameAxis_;
  QValueAxis* valueAxis_;
  QValueAxis* countAxis_;
  FieldReader reader_;
  const Description* description_ = nullptr;
  std::vector<Subject> subjects_;
  Counts counts_;
  std::optional<Subject> counted_;  ///< What counts_ is of.
  std::optional<Range> zoomed_;     ///< The values that the bins are of; nothing: all.
  double countScale_ = 1;           ///< Of the height that shows every count.
  std::optional<QPointF> cursor_;   ///< Pixels of the view.
  std::optional<QPointF> dragged_;  ///< Likewise; the last place of a drag.
};

}  // namespace plexarium::ui
