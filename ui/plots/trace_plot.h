#pragma once

#include <QPointF>
#include <vector>

#include "ui/bridge/selection.h"
#include "ui/plots/curve_panel.h"

class QCPGraph;
class QCPItemStraightLine;

namespace plexarium::ui {

/// Values of neurons over time: the chosen field of those selected, and whatever was pinned, from the watch list. The legend
/// beside the axes tells each curve's value under the cursor, or now. GUI thread.
class TracePlot : public CurvePanel {
  Q_OBJECT

 public:
  static constexpr std::size_t mostCurves = 12;

  struct Curve {
    NeuronId neuron;
    std::size_t field = 0;  ///< Index into Description::neuronFields.
    bool pinned = false;
    std::size_t style = 0;
    QCPGraph* graph = nullptr;
  };

  /// Both must outlive the plot.
  TracePlot(SessionBridge& bridge, Selection& selection, QWidget* parent = nullptr);
  ~TracePlot() override;

  /// Keeps a curve of `field` whatever is selected.
  void pin(NeuronId neuron, std::size_t field);
  [[nodiscard]] const std::vector<Curve>& curves() const { return curves_; }
  /// How many of them the legend has room for.
  [[nodiscard]] int listed() const { return listed_; }

 protected:
  void begin() override;
  void draw() override;
  void applyTheme(const WindowTheme& theme) override;
  [[nodiscard]] QString reading(std::optional<QPointF> at) override;
  [[nodiscard]] std::string table() const override;

 private:
  void onFrame();
  void follow();  ///< Curves for what is selected and pinned, and for nothing else.
  void add(NeuronId neuron, std::size_t field, bool pinned);
  void pinAll();
  void unpinAll();
  void watch();
  void paintCurve(const Curve& curve);
  void arrangeLegend();
  [[nodiscard]] QString legendText(const Curve& curve) const;
  [[nodiscard]] QString nameOf(const Curve& curve) const;

  Selection& selection_;
  QComboBox* field_;
  QToolButton* pin_;
  QToolButton* unpin_;
  QCPItemStraightLine* cursor_;
  int listed_ = 0;
  int legendWidth_ = 0;  ///< Pixels of an entry; never shrinks while the curves stay, so that the axes stand still.
  std::vector<Curve> curves_;
  const Description* description_ = nullptr;
  std::optional<double> cursorTick_;
};

}  // namespace plexarium::ui
