#pragma once

#include <QFrame>
#include <functional>
#include <memory>
#include <vector>

#include "ui/bridge/document.h"
#include "ui/bridge/session_bridge.h"

class QLabel;
class QPushButton;

namespace plexarium::ui {

class CanvasView;

/// What a tour looks at to see whether a step is done.
struct TourLook {
  const Snapshot& before;  ///< As the step began, or as the present network was opened.
  const Snapshot& now;
  const Description& description;
  bool stimulated = false;  ///< Somebody stimulated a neuron by hand since the step began: snapshots do not tell.
  bool saved = false;       ///< Likewise.
};

/// One thing to try.
struct TourStep {
  QString title;
  QString text;
  std::function<bool(const TourLook&)> done;
  QString target{};  ///< Object name of the action or widget to point at; empty: none.
  std::function<std::vector<NeuronId>(const Snapshot&)> neurons{};  ///< To point at on the canvas; empty: none.
};

/// A tour as a value.
struct TourPlan {
  QString name;
  std::vector<TourStep> steps;
  QString farewell;  ///< Said when all is done.
};

/// A card over the canvas that says what to try, points at it, watches the network itself for it, and goes on. Can be left
/// at any time; it never changes anything. GUI thread.
class Tour : public QFrame {
  Q_OBJECT

 public:
  /// Lies over `view`, which becomes its parent. The others must outlive the tour.
  Tour(SessionBridge& bridge, const Document& document, CanvasView& view);

  /// From the first step; instead of a tour that is on its way. Does nothing before there is a network.
  void begin(TourPlan plan);
  [[nodiscard]] std::size_t step() const { return step_; }  ///< stepCount(): all done.
  [[nodiscard]] std::size_t stepCount() const { return plan_.steps.size(); }
  void noteStimulus() { stimulated_ = true; }  ///< See TourLook.

 protected:
  bool eventFilter(QObject* host, QEvent* event) override;

 private:
  [[nodiscard]] bool over() const { return step_ >= plan_.steps.size(); }
  void enter(std::size_t step);
  void leave();
  void watch();
  void place();
  void point();
  [[nodiscard]] QRect target() const;

  SessionBridge& bridge_;
  CanvasView& view_;
  TourPlan plan_;
  std::size_t step_ = 0;
  std::shared_ptr<const Snapshot> before_;
  bool stimulated_ = false;
  bool saved_ = false;
  QLabel* count_;
  QLabel* title_;
  QLabel* text_;
  QPushButton* skip_;
  QPushButton* leave_;
  QWidget* frame_ = nullptr;  ///< Around what is pointed at; the window's child.
};

}  // namespace plexarium::ui
