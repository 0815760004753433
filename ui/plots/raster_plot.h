#pragma once

#include <QElapsedTimer>
#include <QRgb>
#include <memory>
#include <vector>

#include "ui/bridge/selection.h"
#include "ui/plots/field_reader.h"
#include "ui/plots/spike_tape.h"
#include "ui/plots/time_panel.h"

namespace plexarium::ui {

class PixelLayer;
class PixelView;

/// Who fired when: one row per neuron, a mark per spike, the selected neurons' rows lit. Rows stand by number, by role, or
/// with the largest on top by rate or by a field that evolves, sorted anew now and then. A click selects, Shift adds; the
/// wheel zooms in time, with Ctrl in neurons. Spikes are asked for only while the plot is on screen. Ticks that were not
/// looked at are shaded (the network was faster than can be watched, or the plot was closed); as soon as the network rests,
/// those that are shown are recalled. GUI thread.
class RasterPlot : public TimePanel {
  Q_OBJECT

 public:
  static constexpr std::size_t capacity = SpikeTape::capacity;

  /// Both must outlive the plot.
  RasterPlot(SessionBridge& bridge, Selection& selection, QWidget* parent = nullptr);
  ~RasterPlot() override;

  /// As SpikeTape does.
  void take(const SpikeBatch& batch) { tape_.take(batch); }
  [[nodiscard]] const SpikeHistory& history() const { return tape_.history(); }
  [[nodiscard]] const Coverage& coverage() const { return tape_.coverage(); }
  /// From top to bottom.
  [[nodiscard]] const std::vector<NeuronId>& rows() const { return rows_; }
  /// Marks painted last.
  [[nodiscard]] std::size_t drawnSpikes() const { return drawn_; }

 protected:
  void begin() override;
  void draw() override;
  void applyTheme(const WindowTheme& theme) override;
  void panValues(double by) override;
  void zoomValues(double factor, double at) override;
  void showAll() override;
  void click(QPointF at, Qt::KeyboardModifiers keys) override;
  [[nodiscard]] QString reading(std::optional<QPointF> at) override;
  [[nodiscard]] Tick firstTick() const override;
  [[nodiscard]] double edge() const override;
  [[nodiscard]] std::string table() const override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  static constexpr std::int32_t gone = -1;

  void onFrame();
  void chooseFields();
  void sort();     ///< By values that change.
  void arrange();  ///< Which neuron is in which row.
  /// By graph row, the smallest on top; empty: by number.
  [[nodiscard]] std::vector<double> sortKeys() const;
  [[nodiscard]] std::vector<double> ratesShown() const;
  void mapLanes();   ///< Which row a lane is.
  void lightRows();  ///< Which rows are selected.
  void showRows();   ///< All of them fit.
  void keepRows();
  void paint(PixelView& view);
  void shadeGaps(PixelView& view) const;
  [[nodiscard]] bool tooFast() const;  ///< Lately not every tick was looked at.
  /// Why nothing is known of a tick; empty where it was looked at or is still to come.
  [[nodiscard]] QString gapAt(Tick tick) const;
  [[nodiscard]] std::optional<std::size_t> rowAt(double y) const;
  [[nodiscard]] QString nameOf(std::size_t row) const;

  Selection& selection_;
  QComboBox* order_;
  SpikeTape tape_;
  FieldReader reader_;
  const Description* description_ = nullptr;
  std::vector<std::size_t> fields_;  ///< That can be sorted by.
  QElapsedTimer sinceSorted_;
  GraphImage arranged_;  ///< What rows_ were made from.
  std::vector<NeuronId> rows_;
  std::vector<std::size_t> graphRow_;    ///< Of each row.
  std::vector<std::int32_t> rowOf_;      ///< By graph row.
  std::vector<std::int32_t> rowOfLane_;  ///< `gone`: no longer in the network.
  std::vector<std::uint8_t> lit_;        ///< By row.
  Tick shownSince_ = 0;                  ///< Nobody looked before.
  std::size_t drawn_ = 0;
  QRgb ink_ = 0, light_ = 0, band_ = 0, shade_ = 0;
};

}  // namespace plexarium::ui
