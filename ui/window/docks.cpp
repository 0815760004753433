#include "ui/window/docks.h"

#include <QAction>
#include <QTimer>
#include <utility>

#include "ui/analysis/analysis_panel.h"
#include "ui/arena/arena_panel.h"
#include "ui/arena/kymograph.h"
#include "ui/arena/measure_plot.h"
#include "ui/canvas/canvas_item.h"
#include "ui/inspector/inspector.h"
#include "ui/plots/activity_plot.h"
#include "ui/plots/count_plot.h"
#include "ui/plots/gauge_plot.h"
#include "ui/plots/matrix_plot.h"
#include "ui/plots/raster_plot.h"
#include "ui/plots/trace_plot.h"
#include "ui/sight/picture_panel.h"
#include "ui/sight/sight_panel.h"
#include "ui/sweep/sweep_panel.h"
#include "ui/training/confusion_plot.h"
#include "ui/training/dataset_panel.h"
#include "ui/training/learning_plot.h"
#include "ui/training/run_table.h"
#include "ui/training/training_panel.h"
#include "ui/window/actions.h"
#include "ui/window/body_commands.h"
#include "ui/window/breakpoint_list.h"
#include "ui/window/canvas_view.h"
#include "ui/window/notice_area.h"

namespace plexarium::ui {
namespace {

constexpr int noticeSeconds = 8;
constexpr int inspectorWidth = 345;
constexpr int activityHeight = 190;
constexpr int sweepHeight = 330;  // that a surface can be read in
constexpr int arenaWidth = 520;
constexpr int sightWidth = 430;

}  // namespace

Docks::Docks(QMainWindow& window, const Desk& desk, Document& document, FeedControl& feeds, TrainingRecord& trainings,
             BodyCommands& bodies)
    : QObject(&window),
      window_(window),
      desk_(desk),
      document_(document),
      feeds_(feeds),
      trainings_(trainings),
      bodies_(bodies) {
  window_.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  inspector_ = new Inspector(desk_.bridge, document_, desk_.selection);
  activity_ = new ActivityPlot(desk_.bridge);
  inspectorDock_ = add(tr("Inspector"), "inspectorDock", inspector_, Qt::RightDockWidgetArea);
  activityDock_ = add(tr("Activity"), "activityDock", activity_, Qt::BottomDockWidgetArea);
  connect(inspector_, &Inspector::refused, this, &Docks::say);
  makePlots();
  makePictures();
  makeBreakpoints();
  makeArena();
  makeTraining();
  makeDatasets();
  makeSight();
  inspectorDock_->raise();
  activityDock_->raise();
  window_.resizeDocks({inspectorDock_}, {inspectorWidth}, Qt::Horizontal);
  window_.resizeDocks({activityDock_}, {activityHeight}, Qt::Vertical);
}

QDockWidget* Docks::add(const QString& title, const char* name, QWidget* content, Qt::DockWidgetArea area) {
  auto* dock = new QDockWidget(title, &window_);
  dock->setObjectName(QString::fromLatin1(name));
  dock->setWidget(content);
  window_.addDockWidget(area, dock);
  return dock;
}

QDockWidget* Docks::addPlot(const QString& title, const char* name, PlotPanel* plot) {
  auto* dock = add(title, name, plot, Qt::BottomDockWidgetArea);
  window_.tabifyDockWidget(activityDock_, dock);
  connect(plot, &PlotPanel::refused, this, &Docks::say);
  plots_ << plot;
  return dock;
}

void Docks::makePlots() {
  addPlot(tr("Gauges"), "gaugeDock", new GaugePlot(desk_.bridge));
  addPlot(tr("Raster"), "rasterDock", new RasterPlot(desk_.bridge, desk_.selection));
  addPlot(tr("Traces"), "traceDock", new TracePlot(desk_.bridge, desk_.selection));
  addPlot(tr("Matrix"), "matrixDock", new MatrixPlot(desk_.bridge, desk_.selection));
  addPlot(tr("Counts"), "countDock", new CountPlot(desk_.bridge));
  addPlot(tr("Analysis"), "analysisDock", new AnalysisPanel(desk_.bridge, desk_.selection));
  auto* sweep = new SweepPanel(desk_.bridge, desk_.selection);
  auto* sweepDock = addPlot(tr("Sweep"), "sweepDock", sweep);
  connect(inspector_, &Inspector::sweepWanted, sweep, [this, sweep, sweepDock] {
    sweepDock->show();
    sweepDock->raise();
    if (!sweepDock->isFloating() && sweepDock->height() < std::min(sweepHeight, window_.height() / 2)) {
      window_.resizeDocks({sweepDock}, {sweepHeight}, Qt::Vertical);
    }
    sweep->sweepSelection();
  });
}

/// There for those networks that have any, behind the others.
void Docks::makePictures() {
  auto* pictures = new PicturePanel(desk_.bridge, desk_.selection);
  auto* dock = addPlot(tr("Weights"), "pictureDock", pictures);
  dock->hide();
  connect(&document_, &Document::opened, dock, [dock, pictures] { dock->setVisible(pictures->any()); });
}

void Docks::makeBreakpoints() {
  auto* dock = add(tr("Breakpoints"), "breakpointDock", new BreakpointList(desk_), Qt::RightDockWidgetArea);
  dock->hide();
  connect(desk_.actions.stopAtFiring, &QAction::triggered, dock, &QWidget::show);
}

/// What is hovered in one picture of the body stands out in the other.
void Docks::makeArena() {
  auto* measures = new MeasurePlot(desk_.bridge);
  auto* kymograph = new Kymograph(desk_.bridge);
  bodyDocks_ = {addPlot(tr("Body"), "measureDock", measures), addPlot(tr("Curvature"), "kymographDock", kymograph)};
  for (auto* dock : bodyDocks_) dock->hide();
  arena_ = new ArenaPanel(desk_.bridge);
  arenaDock_ = add(tr("Arena"), "arenaDock", arena_, Qt::RightDockWidgetArea);
  window_.splitDockWidget(arenaDock_, inspectorDock_, Qt::Vertical);
  arenaDock_->hide();
  connect(&document_, &Document::opened, arenaDock_, [this] {
    const bool any = !desk_.bridge.snapshot()->worlds.empty();
    if (any) showArena(document_.view().scale <= 0);
    arenaDock_->setVisible(any);
    for (auto* dock : bodyDocks_) dock->setVisible(any);
  });
  connect(&bodies_, &BodyCommands::bodyAdded, arenaDock_, [this] {
    showArena(false);
    // What has come is seen once the snapshot has it: this one, or the next.
    if (!desk_.bridge.snapshot()->worlds.empty()) return fitView();
    connect(&desk_.bridge, &SessionBridge::frame, this, &Docks::fitView, Qt::SingleShotConnection);
  });
  connect(arena_, &ArenaPanel::bodyChosen, measures, &MeasurePlot::setBody);
  connect(arena_, &ArenaPanel::bodyChosen, kymograph, &Kymograph::setBody);
  connect(arena_, &ArenaPanel::bodyChosen, &bodies_, &BodyCommands::setBody);
  connect(arena_, &ArenaPanel::bodyWanted, &bodies_, &BodyCommands::addBody);
  connect(arena_, &ArenaPanel::refused, this, &Docks::say);
  CanvasItem& canvas = desk_.view.canvas();
  connect(arena_, &ArenaPanel::neuronsHovered, this,
          [&canvas](const std::vector<NeuronId>& neurons) { canvas.setPointed(neurons); });
  connect(&canvas, &CanvasItem::hoveredChanged, arena_, [this, &canvas] { arena_->showDriven(canvas.hoveredNeuron()); });
}

void Docks::showArena(bool fitsView) {
  for (auto* dock : bodyDocks_) dock->show();
  if (arenaDock_->isVisible()) return arenaDock_->raise();
  arenaDock_->show();
  window_.resizeDocks({arenaDock_}, {arenaWidth}, Qt::Horizontal);
  window_.resizeDocks({arenaDock_, inspectorDock_}, {3, 2}, Qt::Vertical);
  if (fitsView) fitView();
}

/// Once the docks have taken their room from the canvas.
void Docks::fitView() {
  QTimer::singleShot(0, this, [this] { desk_.view.canvas().fit(); });
}

void Docks::makeTraining() {
  auto* panel = new TrainingPanel(feeds_, trainings_, desk_.selection);
  auto* runs = new RunTable(trainings_);
  trainingDock_ = add(tr("Training"), "trainingDock", panel, Qt::RightDockWidgetArea);
  window_.tabifyDockWidget(inspectorDock_, trainingDock_);
  curvesDock_ = addPlot(tr("Learning"), "learningDock", new LearningPlot(feeds_, trainings_));
  addPlot(tr("Confusion"), "confusionDock", new ConfusionPlot(feeds_, trainings_));
  window_.tabifyDockWidget(activityDock_, add(tr("Runs"), "runDock", runs, Qt::BottomDockWidgetArea));
  connect(panel, &TrainingPanel::refused, this, &Docks::say);
  connect(runs, &RunTable::refused, this, &Docks::say);
  connect(&document_, &Document::opened, trainingDock_, [this] {
    if (!desk_.bridge.snapshot()->feeding) return;
    for (auto* one : {trainingDock_, curvesDock_}) {
      one->show();
      one->raise();
    }
  });
}

/// A tab behind the inspector, for those who want it.
void Docks::makeDatasets() {
  auto* datasets = new DatasetPanel(datasetFolder());
  auto* dock = add(tr("Data"), "datasetDock", datasets, Qt::RightDockWidgetArea);
  window_.tabifyDockWidget(inspectorDock_, dock);
  dock->hide();
  connect(dock->toggleViewAction(), &QAction::triggered, dock, &QWidget::raise);
  auto* panel = trainingDock_->findChild<TrainingPanel*>();
  connect(datasets, &DatasetPanel::feedWanted, panel, [this, panel](const DataSource& source, const SplitPlan& split) {
    panel->chooseSource(source, split);
    trainingDock_->show();
    trainingDock_->raise();
  });
  connect(&desk_.bridge, &SessionBridge::frame, datasets, [this, datasets] {
    if (!datasets->isVisible()) return;
    Fed fed = feeds_.fed().value_or(Fed{});
    // The feed has opened the set by itself; on the dock's page the sample is marked all the same.
    if (fed.data && feeds_.feeding()->feeder().feeds()[fed.feed].plan().source == datasets->source()) {
      fed.data = datasets->data();
    }
    datasets->showFed(fed);
  });
}

/// In the arena's place, above the others; what is hovered in one picture stands out in the other.
void Docks::makeSight() {
  sight_ = new SightPanel(feeds_, trainings_, desk_.selection);
  sightDock_ = add(tr("Sight"), "sightDock", sight_, Qt::RightDockWidgetArea);
  window_.tabifyDockWidget(arenaDock_, sightDock_);
  sightDock_->hide();
  connect(sightDock_->toggleViewAction(), &QAction::triggered, sightDock_, &QWidget::raise);
  connect(&feeds_, &FeedControl::plansSet, sightDock_, [this] { showSight(feeds_.feeding() != nullptr); });
  connect(sight_, &SightPanel::refused, this, &Docks::say);
  CanvasItem& canvas = desk_.view.canvas();
  connect(sight_, &SightPanel::neuronsHovered, this,
          [&canvas](const std::vector<NeuronId>& neurons) { canvas.setPointed(neurons); });
  connect(&canvas, &CanvasItem::hoveredChanged, sight_, [this, &canvas] { sight_->setHovered(canvas.hoveredNeuron()); });
}

/// As soon as a network is fed, and as long as it is.
void Docks::showSight(bool fed) {
  if (std::exchange(fed_, fed) == fed) return;
  sightDock_->setVisible(fed);
  if (!fed) return;
  sightDock_->raise();
  // What comes of the first data that a person has chosen is in the curves.
  curvesDock_->show();
  curvesDock_->raise();
  window_.resizeDocks({sightDock_}, {sightWidth}, Qt::Horizontal);
  window_.resizeDocks({sightDock_, inspectorDock_}, {3, 2}, Qt::Vertical);
  // The canvas is smaller from now on. Where a model was looked at from is known a little later.
  QTimer::singleShot(0, this, [this] {
    if (document_.view().scale <= 0) desk_.view.canvas().fit();
  });
}

void Docks::setDark(bool dark) {
  activity_->setDark(dark);
  arena_->setDark(dark);
  sight_->setDark(dark);
  for (auto* plot : plots_) plot->setDark(dark);
}

void Docks::say(const QString& why) const { desk_.notices.say(why, true, noticeSeconds); }

}  // namespace plexarium::ui
