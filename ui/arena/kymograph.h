#pragma once

#include <deque>
#include <string>
#include <vector>

#include "ui/plots/time_panel.h"

namespace plexarium::ui {

class PixelView;

/// The curvature of a body over time and along it, as colours: a wave that runs from head to tail shows as slanted stripes.
/// Read in every frame; bounded memory. GUI thread.
class Kymograph : public TimePanel {
  Q_OBJECT

 public:
  static constexpr std::size_t capacity = 6000;  ///< Frames.

  /// `bridge` must outlive the plot.
  explicit Kymograph(SessionBridge& bridge, QWidget* parent = nullptr);

  /// Controller::id of the body to look at; one that is not there: the first.
  void setBody(const std::string& controller);
  [[nodiscard]] std::size_t frames() const { return columns_.size(); }

 protected:
  void begin() override;
  void draw() override {}
  void applyTheme(const WindowTheme& theme) override;
  void panValues(double) override {}
  void zoomValues(double, double) override {}
  [[nodiscard]] QString reading(std::optional<QPointF> at) override;
  [[nodiscard]] Tick firstTick() const override;
  [[nodiscard]] std::string table() const override;

 private:
  struct Column {
    Tick tick = 0;
    std::vector<float> curvature;  ///< Per joint, front to rear.
  };

  void onFrame();
  void paint(PixelView& view);
  [[nodiscard]] const Column* columnAt(double tick) const;

  std::deque<Column> columns_;  ///< Ascending ticks.
  std::string body_;
  QRgb dorsal_ = 0, middle_ = 0, ventral_ = 0;
};

}  // namespace plexarium::ui
