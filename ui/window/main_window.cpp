#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDialog>
#include <QDockWidget>
#include <QMenuBar>
#include <QMimeData>
#include <QSettings>
#include <QStatusBar>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>

#include "ui/canvas/canvas_item.h"
#include "ui/inspector/field_editor.h"
#include "ui/sound/listening.h"
#include "ui/training/task_dialog.h"
#include "ui/window/body_commands.h"
#include "ui/window/canvas_view.h"
#include "ui/window/clipboard_commands.h"
#include "ui/window/connectome_commands.h"
#include "ui/window/docks.h"
#include "ui/window/edit_commands.h"
#include "ui/window/file_commands.h"
#include "ui/window/film_commands.h"
#include "ui/window/gallery.h"
#include "ui/window/group_commands.h"
#include "ui/window/help.h"
#include "ui/window/layout_commands.h"
#include "ui/window/module_commands.h"
#include "ui/window/notice_area.h"
#include "ui/window/pace_control.h"
#include "ui/window/record_commands.h"
#include "ui/window/selection_commands.h"
#include "ui/window/status_line.h"
#include "ui/window/time_bar.h"
#include "ui/window/tours.h"
#include "ui/window/view_commands.h"
#include "ui/window/wheel_guard.h"
#include "ui/window/window_theme.h"

namespace plexarium::ui {
namespace {

constexpr double zoomStep = 1.25;
constexpr int noticeSeconds = 8;
constexpr int shapeVersion = 5;  // Of the docks and toolbars that saveState remembers.

}  // namespace

MainWindow::MainWindow(Registry registry, std::filesystem::path recoveryFolder)
    : actions_(*this),
      bridge_(std::move(registry)),
      document_(bridge_, std::move(recoveryFolder)),
      feeds_(bridge_),
      trainings_(feeds_) {
  setWindowIcon(QIcon(QStringLiteral(":/icons/plexarium.svg")));
  setAcceptDrops(true);
  qApp->installEventFilter(new WheelGuard(this));
  resize(1280, 820);

  view_ = new CanvasView(bridge_, selection_, this);
  view_->setAcceptDrops(false);  // The window takes what is dropped.
  setCentralWidget(view_);
  view_->load();
  notices_ = new NoticeArea(view_);
  makeCommands();
  makeToolBar();
  docks_ = new Docks(*this, desk(), document_, feeds_, trainings_, *bodies_);
  makeMenus();
  connectSimulation();
  connectView();
  connect(&document_, &Document::opened, this, &MainWindow::onOpened);
  connect(&document_, &Document::changed, this, &MainWindow::showTitle);
  connect(&bridge_, &SessionBridge::frame, this, &MainWindow::onFrame);
  connect(&bridge_, &SessionBridge::refused, this, [this](const QString& why) { notices_->say(why, true, noticeSeconds); });
  restoreShape();
  showTitle();
}

Desk MainWindow::desk() { return {bridge_, selection_, *view_, *notices_, actions_, *this}; }

void MainWindow::makeCommands() {
  const Desk desk = this->desk();
  files_ = new FileCommands(document_, view_->canvas(), *notices_, actions_, *this);
  auto* edits = new EditCommands(desk);
  new ClipboardCommands(desk);
  new SelectionCommands(desk);
  new GroupCommands(desk);
  new ModuleCommands(desk);
  bodies_ = new BodyCommands(desk);
  new ConnectomeCommands(desk);
  new LayoutCommands(desk, *statusBar());
  views_ = new ViewCommands(desk);
  new Listening(desk);
  new FilmCommands(desk, *files_, *statusBar());
  new RecordCommands(desk, *files_, *statusBar());
  new StatusLine(bridge_, *statusBar());
  tour_ = new Tour(bridge_, document_, *view_);
  connect(edits, &EditCommands::stimulated, tour_, &Tour::noteStimulus);
  actions_.tasks->setEnabled(TaskDialog::anyTask(bridge_.registry()));
  desk.on(actions_.tasks, [this] { showTasks(); });
  desk.on(actions_.tour, [this] { tour_->begin(firstSteps(bridge_)); });
  desk.on(actions_.wormTour, [this] { tour_->begin(buildAWorm(bridge_.registry())); });
}

// The parts on screen look at bridge and selection until they are gone.
MainWindow::~MainWindow() {
  delete takeCentralWidget();
  for (auto* dialog : findChildren<QDialog*>()) delete dialog;
  for (auto* dock : findChildren<QDockWidget*>()) delete dock;
}

/// Beside the window, which lives on.
void MainWindow::showTasks() {
  auto* dialog = new TaskDialog(bridge_.registry(), bridge_.description().key, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->show();
}

ArenaPanel& MainWindow::arena() { return docks_->arena(); }

void MainWindow::start(const QString& file) {
  document_.findLostWork();
  document_.load(file.isEmpty() ? welcomeModel : file, true);
  if (file.isEmpty()) return;
  connect(
      &document_, &Document::failed, this,
      [this] {
        if (!bridge_.snapshot()) document_.load(welcomeModel, true);
      },
      Qt::SingleShotConnection);
}

void MainWindow::makeToolBar() {
  auto* bar = addToolBar(tr("Tools"));
  bar->setObjectName(QStringLiteral("toolBar"));
  bar->setMovable(false);
  bar->setIconSize(QSize(20, 20));
  bar->setContextMenuPolicy(Qt::PreventContextMenu);
  bar->addActions({actions_.returnToStart, actions_.run, actions_.step});
  pace_ = new PaceControl(bar);
  bar->addWidget(pace_);
  bar->addSeparator();
  bar->addActions({actions_.select, actions_.stimulate});
  bar->addSeparator();
  bar->addActions({actions_.undo, actions_.redo});
  bar->addSeparator();
  bar->addActions({actions_.fit, actions_.legend});
  addToolBar(Qt::BottomToolBarArea, new TimeBar(bridge_, actions_, this));
  for (auto* button : findChildren<QToolButton*>()) {
    if (!button->defaultAction()) continue;
    button->setAccessibleName(button->defaultAction()->statusTip());
    button->setFocusPolicy(Qt::TabFocus);
    keepKeys(button);
  }
}

void MainWindow::makeMenus() {
  files_->fillMenu(*menuBar()->addMenu(tr("&File")));
  auto* edit = menuBar()->addMenu(tr("&Edit"));
  edit->addActions({actions_.undo, actions_.redo});
  edit->addSeparator();
  edit->addActions({actions_.cut, actions_.copy, actions_.paste, actions_.duplicate, actions_.removeSelected});
  edit->addSeparator();
  edit->addActions({actions_.addNeuron, actions_.connectSelected, actions_.wire, actions_.exchangeSources});
  edit->addSeparator();
  edit->addActions({actions_.plugModule, actions_.saveModule});
  edit->addSeparator();
  edit->addAction(actions_.find);
  auto* selecting = menuBar()->addMenu(tr("Se&lect"));
  selecting->addActions({actions_.selectAll, actions_.selectNone, actions_.invertSelection});
  selecting->addSeparator();
  selecting->addActions({actions_.selectConnected, actions_.selectInputs, actions_.selectOutputs});
  selecting->addSeparator();
  selecting->addActions(actions_.selectRoles);
  auto* arranging = menuBar()->addMenu(tr("&Arrange"));
  arranging->addActions(actions_.layouts);
  arranging->addSeparator();
  arranging->addActions(actions_.alignments);
  arranging->addSeparator();
  arranging->addActions({actions_.turnToSide, actions_.turnToTop});
  arranging->addSeparator();
  arranging->addActions(
      {actions_.group, actions_.ungroup, actions_.foldGroup, actions_.nameGroup, actions_.inputGroup, actions_.outputGroup});
  menuBar()
      ->addMenu(tr("&Body"))
      ->addActions({actions_.addBody, actions_.addPorts, actions_.repeatAlongBody, actions_.removeBody, actions_.touchTest});
  auto* view = menuBar()->addMenu(tr("&View"));
  view->addActions({actions_.fit, actions_.zoomIn, actions_.zoomOut});
  view->addSeparator();
  view->addActions({actions_.why, actions_.highlight, actions_.pin, actions_.listen});
  views_->fillFilterMenu(*view->addMenu(tr("F&ilter")));
  auto* colours = view->addMenu(tr("&Colour by"));
  colours->addActions(actions_.colourings);
  colours->addSeparator();
  colours->addAction(actions_.linkAges);
  view->addSeparator();
  for (auto* dock : findChildren<QDockWidget*>()) view->addAction(dock->toggleViewAction());
  view->addSeparator();
  view->addActions({actions_.miniMap, actions_.legend, actions_.dark});
  auto* simulation = menuBar()->addMenu(tr("&Simulation"));
  simulation->addActions({actions_.run, actions_.step, actions_.stepBack, actions_.returnToStart, actions_.stopAtFiring});
  simulation->addSeparator();
  simulation->addActions(actions_.paces);
  simulation->addSeparator();
  simulation->addActions({actions_.select, actions_.stimulate});
  simulation->addSeparator();
  simulation->addAction(actions_.tasks);
  auto* help = menuBar()->addMenu(tr("&Help"));
  help->addActions({actions_.tour, actions_.wormTour, actions_.keys, actions_.about});
  connect(actions_.keys, &QAction::triggered, this, [this] { showKeys(actions_, this); });
  connect(actions_.about, &QAction::triggered, this, [this] { showAbout(this); });
  connect(actions_.quit, &QAction::triggered, this, &QWidget::close);
}

void MainWindow::connectSimulation() {
  const auto post = [this](Command command) {
    if (bridge_.snapshot()) bridge_.post(std::move(command));
  };
  connect(actions_.run, &QAction::triggered, this, [post](bool run) { post(run ? Command(Run{}) : Command(Pause{})); });
  connect(actions_.step, &QAction::triggered, this, [post] { post(StepTicks{1}); });
  connect(actions_.returnToStart, &QAction::triggered, this, [post] { post(ReturnToStart{}); });
  connect(pace_, &PaceControl::paceChosen, this, [post](double pace) { post(SetPace{pace}); });
  for (auto* action : actions_.paces) {
    connect(action, &QAction::triggered, this, [post, action] { post(SetPace{action->data().toDouble()}); });
  }
  connect(actions_.select, &QAction::triggered, this, [this] {
    // Escape, when there is no tool to leave, lets go of what is selected.
    CanvasItem& canvas = view_->canvas();
    if (canvas.tool() == CanvasItem::Tool::Select) selection_.clear();
    canvas.setTool(CanvasItem::Tool::Select);
  });
  connect(actions_.stimulate, &QAction::triggered, this, [this] { view_->canvas().setTool(CanvasItem::Tool::Stimulate); });
}

void MainWindow::connectView() {
  connect(actions_.fit, &QAction::triggered, this, [this] { view_->canvas().fit(); });
  connect(actions_.zoomIn, &QAction::triggered, this, [this] { view_->canvas().zoomBy(zoomStep); });
  connect(actions_.zoomOut, &QAction::triggered, this, [this] { view_->canvas().zoomBy(1 / zoomStep); });
  connect(actions_.legend, &QAction::toggled, view_, &CanvasView::setLegendShown);
  connect(actions_.dark, &QAction::toggled, this, &MainWindow::setDark);
  connect(view_, &CanvasView::networkPainted, this, &MainWindow::firstFrameShown);
}

void MainWindow::onOpened() {
  pace_->setUnit(QString::fromStdString(bridge_.description().tickUnit));
  pace_->setPace(bridge_.snapshot()->pace);
  if (document_.view().scale > 0) view_->canvas().setView(document_.view());
  onFrame();
}

void MainWindow::onFrame() {
  const Snapshot& now = *bridge_.snapshot();
  showRunning(now.running);
  pace_->setAchieved(now.achievedRate, now.running);
  // Only what the session changed: the slider may be ahead of it.
  if (now.pace == shownPace_) return;
  shownPace_ = now.pace;
  pace_->setPace(now.pace);
}

void MainWindow::showRunning(bool running) {
  actions_.run->setChecked(running);
  if (running == shownRunning_) return;
  shownRunning_ = running;
  actions_.run->setText(running ? tr("&Pause") : tr("&Run"));
  actions_.run->setIcon(themedIcon(running ? QStringLiteral("pause") : QStringLiteral("run"), actions_.dark->isChecked()));
}

void MainWindow::showTitle() {
  setWindowTitle(tr("%1[*] – Plexarium").arg(document_.title()));
  setWindowModified(document_.modified());
}

void MainWindow::setDark(bool dark) {
  applyWindowTheme(*qApp, dark);
  actions_.setDark(dark);
  shownRunning_ = !actions_.run->isChecked();
  showRunning(actions_.run->isChecked());
  view_->setDark(dark);
  docks_->setDark(dark);
}

void MainWindow::restoreShape() {
  const QSettings settings;
  actions_.dark->setChecked(settings.value(QStringLiteral("dark"), true).toBool());
  actions_.legend->setChecked(settings.value(QStringLiteral("legend"), true).toBool());
  setDark(actions_.dark->isChecked());
  restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray());
  restoreState(settings.value(QStringLiteral("docks")).toByteArray(), shapeVersion);
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!mayClose_ && document_.modified()) {
    event->ignore();
    return files_->whenSafe([this] {
      mayClose_ = true;
      close();
    });
  }
  QSettings settings;
  settings.setValue(QStringLiteral("dark"), actions_.dark->isChecked());
  settings.setValue(QStringLiteral("legend"), actions_.legend->isChecked());
  settings.setValue(QStringLiteral("geometry"), saveGeometry());
  settings.setValue(QStringLiteral("docks"), saveState(shapeVersion));
  event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (!FileCommands::droppedFile(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  const QString file = FileCommands::droppedFile(*event->mimeData());
  if (file.isEmpty()) return;
  event->acceptProposedAction();
  files_->open(file);
}

/// Qt keeps a dock that lies behind another tab shown, out of sight: the focus goes past it.
bool MainWindow::focusNextPrevChild(bool next) {
  const auto isBehind = [](const QWidget* widget) {
    while (widget && !qobject_cast<const QDockWidget*>(widget)) widget = widget->parentWidget();
    return widget && widget->visibleRegion().isEmpty();
  };
  const QWidget* began = focusWidget();
  do {
    if (!QMainWindow::focusNextPrevChild(next)) return false;
  } while (focusWidget() != began && isBehind(focusWidget()));
  return true;
}

}  // namespace plexarium::ui
