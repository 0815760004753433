#pragma once

#include <QWidget>
#include <span>
#include <vector>

#include "ui/sight/drawing.h"
#include "ui/sight/shown_by_hand.h"
#include "ui/sight/sight_grid.h"

class QSpinBox;
class QToolButton;

namespace plexarium::ui {

class CellPicture;

/// The tools with which a person draws into the picture of what a network is shown, and has it shown what is drawn. Paints
/// the picture while somebody draws; else others do. GUI thread.
class DrawingDesk : public QWidget {
  Q_OBJECT

 public:
  /// Both must outlive it.
  DrawingDesk(FeedControl& control, CellPicture& picture, QWidget* parent = nullptr);

  /// What is drawn goes to the feed of that number (null samples: there is none); they lie in the picture like this. A
  /// drawing that does not fit any more ends. Pictures of one channel can be drawn in.
  void setGround(std::uint32_t feed, const DatasetPointer& samples, const SightGrid& grid);
  [[nodiscard]] bool drawing() const { return !inputs_.empty(); }
  [[nodiscard]] const Drawing& canvas() const { return canvas_; }
  /// Has the network shown a sample of the data until goBack(), as a drawing is.
  void showSample(std::uint64_t sample);

 private:
  QToolButton* addTool(const char* name, const QString& text, const QString& tip);
  void setDrawing(bool on);
  void begin();
  void end();
  void paint(QPointF from, QPointF to, bool erase);
  void hand();
  void showState();

  FeedControl& control_;
  CellPicture& picture_;
  ShownByHand shown_;
  std::uint32_t feed_ = 0;
  DatasetPointer data_;
  SightGrid grid_;
  Drawing canvas_;
  std::vector<double> inputs_;  ///< What is shown while somebody draws; empty: nobody does.
  QToolButton* draw_;
  QSpinBox* brush_;
  QToolButton* clear_;
  QToolButton* centre_;
  QToolButton* goOn_;
};

}  // namespace plexarium::ui
