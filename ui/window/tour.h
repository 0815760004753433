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

/// First steps: a card over the canvas that says what to try, watches the network itself for it, and goes on. Can be left at
/// any time; it never changes anything. GUI thread.
class Tour : public QFrame {
  Q_OBJECT

 public:
  /// Lies over `host`, which becomes its parent. The others must outlive the tour.
  Tour(SessionBridge& bridge, const Document& document, QWidget* host);

  /// From the first step, which begins paused or running as the network is.
  void begin();
  [[nodiscard]] std::size_t step() const { return step_; }  ///< stepCount(): all done.
  [[nodiscard]] std::size_t stepCount() const { return steps_.size(); }
  /// Somebody stimulated a neuron: the one thing that a snapshot does not tell.
  void noteStimulus() { stimulated_ = true; }

 protected:
  bool eventFilter(QObject* host, QEvent* event) override;

 private:
  struct Step {
    QString title;
    QString text;
    /// Whether it is done, from how things were when the step began and how they are.
    std::function<bool(const Snapshot& before, const Snapshot& now)> done;
  };
  [[nodiscard]] std::vector<Step> makeSteps();
  void enter(std::size_t step);
  void watch();
  void place();

  SessionBridge& bridge_;
  std::vector<Step> steps_;
  std::size_t step_ = 0;
  std::shared_ptr<const Snapshot> before_;
  bool stimulated_ = false;
  bool saved_ = false;
  QLabel* count_;
  QLabel* title_;
  QLabel* text_;
  QPushButton* skip_;
  QPushButton* leave_;
};

}  // namespace plexarium::ui
