#pragma once

#include <QMainWindow>
#include <filesystem>

#include "ui/bridge/document.h"
#include "ui/bridge/feed_control.h"
#include "ui/bridge/selection.h"
#include "ui/bridge/session_bridge.h"
#include "ui/training/training_record.h"
#include "ui/window/actions.h"
#include "ui/window/desk.h"

namespace plexarium::ui {

class ArenaPanel;
class BodyCommands;
class CanvasView;
class Docks;
class FileCommands;
class NoticeArea;
class PaceControl;
class Tour;
class ViewCommands;

/// The window: composes canvas, docks, actions and commands around one living network. Remembers its shape and mood in
/// QSettings. GUI thread.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  /// Unsaved work is put aside in `recoveryFolder`.
  MainWindow(Registry registry, std::filesystem::path recoveryFolder);
  ~MainWindow() override;

  /// Begins with a model, running: a file, or the welcome model where `file` is empty or cannot be read. Looks for lost
  /// work.
  void start(const QString& file);

  [[nodiscard]] SessionBridge& bridge() { return bridge_; }
  [[nodiscard]] Document& document() { return document_; }
  [[nodiscard]] FeedControl& feeds() { return feeds_; }
  [[nodiscard]] TrainingRecord& trainings() { return trainings_; }
  [[nodiscard]] Selection& selection() { return selection_; }
  [[nodiscard]] Actions& actions() { return actions_; }
  [[nodiscard]] FileCommands& files() { return *files_; }
  [[nodiscard]] NoticeArea& notices() { return *notices_; }
  [[nodiscard]] CanvasView& canvasView() { return *view_; }
  [[nodiscard]] ArenaPanel& arena();
  [[nodiscard]] Tour& tour() { return *tour_; }

 signals:
  void firstFrameShown();  ///< The network has been on screen once.

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  bool focusNextPrevChild(bool next) override;

 private:
  [[nodiscard]] Desk desk();
  void makeCommands();
  void makeToolBar();
  void makeMenus();
  void connectSimulation();
  void connectView();
  void onOpened();
  void onFrame();
  void showRunning(bool running);
  void showTitle();
  void showTasks();
  void setDark(bool dark);
  void restoreShape();

  Actions actions_;
  SessionBridge bridge_;
  Document document_;
  Selection selection_;
  FeedControl feeds_;
  TrainingRecord trainings_;
  CanvasView* view_ = nullptr;
  NoticeArea* notices_ = nullptr;
  FileCommands* files_ = nullptr;
  BodyCommands* bodies_ = nullptr;
  ViewCommands* views_ = nullptr;
  PaceControl* pace_ = nullptr;
  Docks* docks_ = nullptr;
  Tour* tour_ = nullptr;
  double shownPace_ = -1;
  bool shownRunning_ = false;
  bool mayClose_ = false;
};

}  // namespace plexarium::ui
