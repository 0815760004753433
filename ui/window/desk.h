#pragma once

#include <functional>

#include "core/edit/edit.h"
#include "ui/bridge/selection.h"
#include "ui/bridge/session_bridge.h"

class QAction;
class QWidget;

namespace plexarium::ui {

class CanvasView;
class NoticeArea;
struct Actions;

/// What all commands of one window work on, and the usual ways to hand in what they make. The commands belong to the view
/// and go with it; everything else outlives them. GUI thread.
struct Desk {
  SessionBridge& bridge;
  Selection& selection;
  CanvasView& view;
  NoticeArea& notices;
  Actions& actions;
  QWidget& window;

  /// The present network; only where there is one.
  [[nodiscard]] const GraphImage& graph() const { return bridge.snapshot()->graph; }
  /// Calls `what` when the action is triggered and there is a network.
  void on(QAction* action, std::function<void()> what) const;
  /// Says why an edit is not to be.
  void refuse(const Error& error) const;
  /// Hands an edit in, or says why not.
  void submit(Result<Edit> edit) const;
  /// The same, and selects the neurons that it adds.
  void submitAndSelect(Result<Edit> edit) const;
};

}  // namespace plexarium::ui
