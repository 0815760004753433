#pragma once

#include <QToolBar>
#include <optional>

#include "ui/bridge/session_bridge.h"

class QComboBox;
class QLabel;
class QSlider;

namespace plexarium::ui {

struct Actions;

/// Where the network is in its recorded past: one tick back and forward, a slider over all of it, and the branches it has
/// taken. Shows the past as the snapshots tell it. GUI thread.
class TimeBar : public QToolBar {
  Q_OBJECT

 public:
  /// Both must outlive the bar.
  TimeBar(SessionBridge& bridge, Actions& actions, QWidget* parent);

 private:
  void stepBack();
  void scrub(int position);
  void goTo(Tick tick);
  void onFrame();
  void showBranches();

  SessionBridge& bridge_;
  Actions& actions_;
  QSlider* slider_;
  QLabel* label_;
  QComboBox* branches_;
  QAction* branchesShown_;
  std::shared_ptr<const std::vector<Branch>> shownBranches_;
  std::uint32_t shownBranch_ = 0;
  Tick shownBegin_ = 0;
  bool going_ = false;          ///< A GoTo has not been answered yet.
  std::optional<Tick> wanted_;  ///< Where to go after it.
};

}  // namespace plexarium::ui
