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
class QValueAxis;

namespace plexarium::ui {

/// How many: neurons by phase, by role or by any field; links by any field. Values that have names are counted by name, the
/// others in bins. At most five times a second. GUI thread.
class CountPlot : public PlotPanel {
  Q_OBJECT

 public:
  /// `bridge` must outlive the plot.
  explicit CountPlot(SessionBridge& bridge, QWidget* parent = nullptr);

  struct Counts {
    std::vector<QString> names;  ///< Empty: bins.
    double low = 0, high = 0;    ///< Of the bins, which are equally wide; both ends belong to them.
    std::vector<std::size_t> counts;
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

 private:
  enum class Of { Phase, Role, NeuronField, LinkField };
  struct Subject {
    Of of = Of::Phase;
    std::size_t field = 0;
  };

  void makeChart();
  void listSubjects();
  [[nodiscard]] std::optional<Subject> subject() const;
  void onLook();
  void countPhases();
  void countRoles();
  void countNamed(const Field& field, const Column& values);
  void countBins(const Column& values);
  void show(const QString& unit);
  void showNames();
  void showBins();

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
};

}  // namespace plexarium::ui
