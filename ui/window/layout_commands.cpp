#include "ui/window/layout_commands.h"

#include <QAction>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStatusBar>
#include <utility>

#include "ui/canvas/canvas_item.h"
#include "ui/inspector/field_editor.h"
#include "ui/window/actions.h"
#include "ui/window/canvas_view.h"

namespace plexarium::ui {
namespace {

constexpr int movePeriod = 100;                // milliseconds between two pictures of the way there
constexpr std::size_t mostSeenMoving = 20000;  // neurons; more would be work for nothing that the eye can follow
constexpr int progressSteps = 1000;

}  // namespace

/// What the worker reads, by value or immutable.
struct LayoutCommands::Task {
  const Layout* layout = nullptr;
  GraphImage graph;
  std::vector<std::uint8_t> frozen;  ///< Empty: nobody.
  std::string label;
  std::string mergeKey;
  std::uint64_t number = 0;
};

LayoutCommands::LayoutCommands(const Desk& desk, QStatusBar& bar)
    : QObject(&desk.view),
      desk_(desk),
      label_(new QLabel(&bar)),
      progress_(new QProgressBar(&bar)),
      stop_(new QPushButton(tr("Stop"), &bar)) {
  worker_.setMaxThreadCount(1);
  progress_->setRange(0, progressSteps);
  progress_->setTextVisible(false);
  progress_->setFixedWidth(160);
  progress_->setAccessibleName(tr("How far the layout is"));
  stop_->setObjectName(QStringLiteral("stopLayout"));
  stop_->setFocusPolicy(Qt::TabFocus);
  keepKeys(stop_);
  stop_->setToolTip(tr("Keep what has been reached so far"));
  stop_->setAccessibleName(tr("Stop the layout"));
  for (QWidget* widget : std::initializer_list<QWidget*>{label_, progress_, stop_}) bar.addWidget(widget);
  setBusy(false);
  for (auto* action : desk_.actions.layouts) {
    desk_.on(action, [this, action] { begin(*findLayout(action->data().toString().toStdString())); });
  }
  connect(stop_, &QPushButton::clicked, this, [this] { stopper_.request_stop(); });
  connect(&desk_.bridge, &SessionBridge::frame, this, &LayoutCommands::fitWhenThere);
  connect(&desk_.bridge, &SessionBridge::opened, this, [this] {
    awaited_.reset();
    stopper_.request_stop();
    ++number_;
    moving_ = false;
    setBusy(false);
  });
}

LayoutCommands::~LayoutCommands() {
  stopper_.request_stop();
  worker_.waitForDone();
}

std::shared_ptr<LayoutCommands::Task> LayoutCommands::taskFor(const Layout& layout) const {
  auto task = std::make_shared<Task>();
  task->layout = &layout;
  task->graph = desk_.graph();
  task->label = tr("Layout: %1").arg(QString::fromStdString(layout.label)).toStdString();
  const auto& selected = desk_.selection.neurons();
  if (selected.size() < 2) return task;
  task->frozen.assign(task->graph.ids->size(), 1);
  for (const NeuronId id : selected) {
    if (const auto row = task->graph.row(id)) task->frozen[*row] = 0;
  }
  return task;
}

void LayoutCommands::begin(const Layout& layout) {
  if (desk_.graph().ids->empty()) return desk_.refuse({tr("There is nothing to lay out").toStdString(), {}, {}});
  stopper_.request_stop();
  stopper_ = {};
  awaited_.reset();
  auto task = taskFor(layout);
  task->number = ++number_;
  task->mergeKey = "layout " + std::to_string(number_);
  label_->setText(QString::fromStdString(layout.label));
  progress_->setValue(0);
  sinceMove_.start();
  setBusy(true);
  worker_.start([this, task, stop = stopper_.get_token()] {
    const auto tell = [this](auto news) { QMetaObject::invokeMethod(this, std::move(news), Qt::QueuedConnection); };
    LayoutInput input;
    input.positions = *task->graph.positions;
    input.topology = {*task->graph.ids, *task->graph.firstLink, *task->graph.targets};
    input.roles = *task->graph.roles;
    input.frozen = task->frozen;
    LayoutWatch watch;
    watch.stop = stop;
    watch.progress = [&](double share, std::span<const Point> places) {
      tell([this, task, share, copy = std::vector(places.begin(), places.end())] { showProgress(*task, share, copy); });
    };
    auto places = std::make_shared<Result<std::vector<Point>>>(arrange(*task->layout, input, watch));
    tell([this, task, places] { finish(*task, *places); });
  });
}

void LayoutCommands::showProgress(const Task& task, double share, std::span<const Point> places) {
  if (task.number != number_) return;
  progress_->setValue(static_cast<int>(share * progressSteps));
  if (moving_ || sinceMove_.elapsed() < movePeriod || places.size() > mostSeenMoving) return;
  sinceMove_.start();
  move(task, places);
}

void LayoutCommands::finish(const Task& task, const Result<std::vector<Point>>& places) {
  if (task.number != number_) return;
  setBusy(false);
  if (!places) return desk_.refuse(places.error());
  move(task, *places);
  if (task.frozen.empty()) awaited_ = {task.graph.ids->back(), places->back()};
}

/// The edit takes a moment to come back in a snapshot; only then there is something to fit.
void LayoutCommands::fitWhenThere() {
  if (!awaited_) return;
  const auto row = desk_.graph().row(awaited_->first);
  if (row && (*desk_.graph().positions)[*row] != awaited_->second) return;
  awaited_.reset();
  desk_.view.canvas().fit();
}

/// Neurons that have gone meanwhile are passed over; those that have come stay where they are.
void LayoutCommands::move(const Task& task, std::span<const Point> places) {
  MoveNeurons step;
  for (std::size_t row = 0; row < places.size(); ++row) {
    const NeuronId id = (*task.graph.ids)[row];
    if ((task.frozen.empty() || task.frozen[row] == 0) && desk_.graph().row(id))
      step.positions.emplace_back(id, places[row]);
  }
  if (step.positions.empty()) return;
  moving_ = true;
  desk_.bridge.submit({task.label, {std::move(step)}, task.mergeKey}, [this](const Outcome& outcome) {
    moving_ = false;
    if (outcome.error) desk_.refuse(*outcome.error);
  });
}

void LayoutCommands::setBusy(bool busy) {
  busy_ = busy;
  for (QWidget* widget : std::initializer_list<QWidget*>{label_, progress_, stop_}) widget->setVisible(busy);
}

}  // namespace plexarium::ui
