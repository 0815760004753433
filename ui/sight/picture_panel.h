#pragma once

#include <QPointF>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/dynamics/pictures.h"
#include "ui/bridge/selection.h"
#include "ui/plots/plot_panel.h"
#include "ui/training/latest_job.h"

class QLabel;

namespace plexarium::ui {

class CellPicture;
class StrengthScale;

/// What a network has learnt, as pictures: those that its dynamics makes of a captured copy (core/dynamics/pictures.h),
/// taken anew twice a second while the network lives and somebody looks, made on another thread. Where a cell is a link, a
/// click selects it. GUI thread.
class PicturePanel : public PlotPanel {
  Q_OBJECT

 public:
  /// Both must outlive the panel.
  PicturePanel(SessionBridge& bridge, Selection& selection, QWidget* parent = nullptr);

  /// Whether networks such as the present one have any. There must be a network.
  [[nodiscard]] bool any() const;
  /// The chosen one, as it is drawn; null: nothing yet.
  [[nodiscard]] const Picture* shown() const;
  [[nodiscard]] const CellPicture& cells() const { return *cells_; }
  /// Middle of a value, in cells.
  [[nodiscard]] QPointF placeOf(std::size_t value) const;

 protected:
  void begin() override;
  void redraw() override;
  void applyTheme(const WindowTheme& theme) override;
  void paintOn(QPaintDevice& device, QSize size) override;
  [[nodiscard]] std::string table() const override;

 private:
  QWidget* makeView();
  void onFrame();
  void look();
  void run(const std::shared_ptr<const Model>& model);
  void adopt(Result<std::vector<Picture>> pictures);
  void offer();
  void showChosen();
  void tell();
  void select(QPointF place);
  [[nodiscard]] std::optional<std::size_t> valueAt(QPointF place) const;
  [[nodiscard]] QString nameOf(std::size_t value) const;

  Selection& selection_;
  QComboBox* choice_;
  CellPicture* cells_;
  StrengthScale* scale_;
  QLabel* words_;
  QWidget* view_;
  std::vector<Picture> pictures_;
  double low_ = 0, high_ = 0;      ///< Of the chosen one.
  std::optional<QPointF> cursor_;  ///< In cells.
  Tick lookedAt_ = 0;
  std::uint64_t revision_ = 0;  ///< Snapshot::editRevision then.
  bool fresh_ = false;          ///< Those two are of this network.
  bool looking_ = false;
  std::uint64_t asked_ = 0;  ///< How often: what a late capture belongs to.
  LatestJob job_;
};

}  // namespace plexarium::ui
