#pragma once

#include <QString>
#include <optional>

#include "core/session/sweep.h"

class QCPColorMap;
class QCPColorScale;
class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCPItemTracer;
class QCPLayer;
class QCPMarginGroup;
class QCustomPlot;

namespace plexarium::ui {

struct WindowTheme;

/// Draws a sweep into a plot: a dot for every value along one axis, or a map of two; words where there is none; and marks of
/// where the living network is, on a layer of their own, so that they move without the rest. GUI thread.
class SweepPicture {
 public:
  /// `plot` must outlive it.
  explicit SweepPicture(QCustomPlot& plot);

  /// Values of `result`, those at the end of each step where it is a map. Fits nothing.
  void show(const SweepResult* result, bool map);
  void say(const QString& words);
  /// Whether what is drawn is of before; shows with the next paint(). True: that is new.
  bool fade(bool on);
  void paint(const WindowTheme& theme, bool dark);
  /// What the colours of a map tell.
  void nameColours(const QString& text);

  struct Marks {
    std::optional<double> across, up, look;
  };
  /// Redraws the marks alone where they have moved.
  void mark(const Marks& marks);

  /// Dots, or cells, that are drawn.
  [[nodiscard]] int drawn() const;
  [[nodiscard]] const Marks& marks() const { return marks_; }

 private:
  void showDots(const SweepResult& result);
  void showMap(const SweepResult& result);
  void setMapVisible(bool visible);

  QCustomPlot& plot_;
  QCPGraph* dots_;
  QCPColorMap* map_;
  QCPColorScale* scale_;
  QCPMarginGroup* together_;
  QCPLayer* layer_;
  QCPItemStraightLine* acrossLine_;
  QCPItemStraightLine* upLine_;
  QCPItemTracer* point_;
  QCPItemText* words_;
  Marks marks_;
  bool isMap_ = false;
  bool faded_ = false;
};

}  // namespace plexarium::ui
