#pragma once

#include <QRgb>
#include <array>

#include "ui/bridge/selection.h"
#include "ui/plots/axes_panel.h"
#include "ui/plots/field_reader.h"

class QCPColorScale;

namespace plexarium::ui {

class PixelView;

/// A field of the links as a map: sources from top to bottom, targets from left to right, both by number, colour by value.
/// Where several links share a pixel, the one that is farthest from zero shows. At most five times a second. A click selects
/// the link. GUI thread.
class MatrixPlot : public AxesPanel {
  Q_OBJECT

 public:
  /// Both must outlive the plot.
  MatrixPlot(SessionBridge& bridge, Selection& selection, QWidget* parent = nullptr);

  /// What is drawn; null before the first look.
  [[nodiscard]] const FieldLook* look() const { return reader_.look(); }
  /// What a cell tells when the cursor is over it: target, source.
  [[nodiscard]] QString reading(std::optional<QPointF> at) override;

 protected:
  void begin() override;
  void redraw() override;
  void applyTheme(const WindowTheme& theme) override;
  void zoom(double factor, QPointF at, Qt::KeyboardModifiers keys) override;
  void pan(QPointF by) override;
  void showAll() override;
  void click(QPointF at, Qt::KeyboardModifiers keys) override;
  [[nodiscard]] std::string table() const override;

 private:
  /// Rows from `first` to before `last`.
  struct Stretch {
    std::size_t first = 0;
    std::size_t last = 0;
  };
  struct Found {
    std::size_t source = 0;
    std::size_t link = 0;
    std::size_t links = 0;  ///< In the same place.
  };

  void chooseFields();
  void onLook();
  void scaleColours();
  void keepView();
  void paint(PixelView& view);
  [[nodiscard]] std::optional<std::size_t> field() const;
  [[nodiscard]] double neurons() const;
  [[nodiscard]] QString nameOf(std::size_t row) const;
  /// The rows that one pixel around `at` covers.
  [[nodiscard]] Stretch under(double at, double perPixel) const;
  /// The link farthest from zero in there.
  [[nodiscard]] std::optional<Found> strongest(Stretch sources, Stretch targets) const;
  template <typename Visit>
  void eachLink(Stretch sources, Stretch targets, Visit visit) const;

  Selection& selection_;
  QComboBox* field_;
  QCPColorScale* scale_;
  FieldReader reader_;
  const Description* description_ = nullptr;
  std::array<QRgb, 256> colours_{};
  double low_ = 0, high_ = 1;  ///< Of the colour scale.
  double shownNeurons_ = 0;
  QString trouble_;              ///< Why there is nothing to see.
  std::vector<float> strength_;  ///< Of what a pixel shows.
};

}  // namespace plexarium::ui
