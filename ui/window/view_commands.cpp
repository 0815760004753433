#include "ui/window/view_commands.h"

#include <QAction>
#include <QMenu>
#include <algorithm>
#include <array>

#include "core/record/causes.h"
#include "ui/canvas/canvas_item.h"
#include "ui/canvas/hover_text.h"
#include "ui/window/actions.h"
#include "ui/window/canvas_view.h"
#include "ui/window/notice_area.h"

namespace plexarium::ui {
namespace {

constexpr Tick whyTicks = 100;     // how far back a firing is explained
constexpr Tick activeTicks = 100;  // a neuron that was silent for longer is "inactive"
constexpr float weakest = 0.25F;   // of the strongest link: what "strong links only" leaves
constexpr int noticeSeconds = 8;

}  // namespace

ViewCommands::ViewCommands(const Desk& desk) : QObject(&desk.view), desk_(desk) {
  CanvasItem& canvas = desk_.view.canvas();
  const Actions& actions = desk_.actions;
  connect(actions.highlight, &QAction::toggled, this, [&canvas](bool on) { canvas.setHighlight(on); });
  connect(actions.miniMap, &QAction::toggled, this, [&canvas](bool on) { canvas.setMiniMapShown(on); });
  for (auto* action : actions.colourings) {
    connect(action, &QAction::toggled, this, [this, action](bool on) {
      if (on) desk_.view.setColouring(static_cast<Colouring>(action->data().toInt()));
    });
  }
  connect(actions.linkAges, &QAction::toggled, this, [this](bool on) { desk_.view.setLinkAges(on); });
  connect(&canvas, &CanvasItem::messageRequested, this,
          [this](const QString& text) { desk_.notices.say(text, false, noticeSeconds); });
  connect(&desk_.selection, &Selection::changed, &canvas, &CanvasItem::clearCauses);
  desk_.on(actions.why, [this] { showWhy(); });
  desk_.on(actions.pin, [this] { togglePins(); });
  connectFilter();
  connect(&desk_.bridge, &SessionBridge::opened, this, &ViewCommands::nameAges);
}

/// The ages of links that are offered, in what the network calls its ticks.
void ViewCommands::nameAges() {
  const QString unit = QString::fromStdString(desk_.bridge.description().tickUnit);
  for (auto* action : desk_.actions.linksBorn) {
    const int ticks = action->data().toInt();
    if (ticks > 0) action->setText(tr("Born in the last %L1 %2s").arg(ticks).arg(unit));
  }
}

void ViewCommands::connectFilter() {
  const Actions& actions = desk_.actions;
  for (auto* action : QList<QAction*>{actions.onlyActive, actions.onlyStrong} + actions.showRoles + actions.linksBorn) {
    connect(action, &QAction::toggled, this, &ViewCommands::applyFilter);
  }
  connect(&desk_.bridge, &SessionBridge::frame, this, &ViewCommands::forgetGoneGroups);
}

void ViewCommands::applyFilter() {
  const Actions& wanted = desk_.actions;
  CanvasFilter filter;
  if (wanted.onlyActive->isChecked()) filter.firedWithin = activeTicks;
  if (wanted.onlyStrong->isChecked()) filter.minimalStrength = weakest;
  for (const auto* action : wanted.linksBorn) {
    if (action->isChecked() && action->data().toInt() > 0) filter.bornWithin = action->data().toInt();
  }
  for (qsizetype role = 0; role < wanted.showRoles.size(); ++role) {
    filter.roles[static_cast<std::size_t>(role)] = wanted.showRoles[role]->isChecked();
  }
  filter.groups = shownGroups_;
  desk_.view.canvas().setFilter(filter);
}

void ViewCommands::fillFilterMenu(QMenu& menu) {
  menu.addActions({desk_.actions.onlyActive, desk_.actions.onlyStrong});
  menu.addSeparator();
  menu.addActions(desk_.actions.showRoles);
  menu.addSeparator();
  menu.addMenu(tr("&Links by age"))->addActions(desk_.actions.linksBorn);
  groupMenu_ = menu.addMenu(tr("Only &groups"));
  groupMenu_->setObjectName(QStringLiteral("groupFilter"));
  connect(groupMenu_, &QMenu::aboutToShow, this, &ViewCommands::fillGroups);
}

void ViewCommands::fillGroups() {
  groupMenu_->clear();
  const auto groups = desk_.bridge.snapshot() ? *desk_.graph().groups : std::vector<Group>();
  if (groups.empty()) return groupMenu_->addAction(tr("There are no groups yet"))->setEnabled(false);
  for (const Group& group : groups) {
    const QString name = QString::fromStdString(group.name).replace(QLatin1Char('&'), QStringLiteral("&&"));
    auto* action = groupMenu_->addAction(name.isEmpty() ? tr("Group %1").arg(group.id.value) : name);
    action->setCheckable(true);
    action->setChecked(std::find(shownGroups_.begin(), shownGroups_.end(), group.id) != shownGroups_.end());
    connect(action, &QAction::toggled, this, [this, id = group.id](bool on) {
      std::erase(shownGroups_, id);
      if (on) shownGroups_.push_back(id);
      applyFilter();
    });
  }
}

/// Or the last of them would leave an empty picture behind.
void ViewCommands::forgetGoneGroups() {
  const auto gone = [this](GroupId id) { return !findGroup(*desk_.graph().groups, id); };
  if (std::erase_if(shownGroups_, gone) > 0) applyFilter();
}

/// Asks what fired lately; the rest happens when the answer is there.
void ViewCommands::showWhy() {
  const auto& neurons = desk_.selection.neurons();
  const auto row = neurons.size() == 1 ? desk_.graph().row(neurons.front()) : std::nullopt;
  if (!row) {
    return desk_.refuse({tr("One neuron must be selected").toStdString(),
                         {},
                         tr("Click the neuron whose firing is to be explained").toStdString()});
  }
  const Tick fired = desk_.bridge.snapshot()->appearance.lastFired[*row];
  if (fired == never) return desk_.refuse({tr("This neuron has not fired yet").toStdString(), {}, {}});
  const Tick back = desk_.bridge.snapshot()->tick - fired + whyTicks;
  desk_.bridge.post(RecallSpikes{back}, [this, neuron = neurons.front(), fired](const Outcome& outcome) {
    if (outcome.error) return desk_.refuse(*outcome.error);
    showCauses(neuron, fired, *outcome.spikes);
  });
}

void ViewCommands::showCauses(NeuronId neuron, Tick fired, const std::vector<Spike>& spikes) {
  const GraphImage& graph = desk_.graph();
  const QString name = displayName(graph, neuron);
  const QString unit = QString::fromStdString(desk_.bridge.description().tickUnit);
  const auto causes = causesOf(neuron, fired, spikes, {*graph.ids, *graph.firstLink, *graph.targets});
  if (causes.empty()) {
    return desk_.notices.say(tr("Nothing in the last %1 %2s drove %3 at %2 %4: it fired by itself or was stimulated.")
                                 .arg(whyTicks)
                                 .arg(unit, name)
                                 .arg(fired),
                             false, noticeSeconds);
  }
  std::vector<CauseLink> links;
  links.reserve(causes.size());
  for (const Cause& cause : causes) links.push_back({{cause.from, cause.to}, static_cast<float>(cause.part)});
  desk_.view.canvas().showCauses(std::move(links));
  desk_.notices.say(tr("What drove %1 at %2 %3: %4 first of all. Select something else to put this away.")
                        .arg(name, unit)
                        .arg(fired)
                        .arg(displayName(graph, causes.front().from)),
                    false, noticeSeconds);
}

/// Pins what is selected, or takes the pins off where all of it is pinned.
void ViewCommands::togglePins() {
  CanvasItem& canvas = desk_.view.canvas();
  const auto& selected = desk_.selection.neurons();
  if (selected.empty()) {
    return desk_.refuse({tr("No neuron is selected").toStdString(), {}, tr("Select neurons first").toStdString()});
  }
  auto pinned = canvas.pinned();
  const auto isPinned = [&](NeuronId id) { return std::find(pinned.begin(), pinned.end(), id) != pinned.end(); };
  if (std::all_of(selected.begin(), selected.end(), isPinned)) {
    std::erase_if(pinned, [&](NeuronId id) { return desk_.selection.contains(id); });
  } else {
    std::copy_if(selected.begin(), selected.end(), std::back_inserter(pinned), [&](NeuronId id) { return !isPinned(id); });
  }
  canvas.setPinned(std::move(pinned));
}

}  // namespace plexarium::ui
