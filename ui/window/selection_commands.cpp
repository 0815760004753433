#include "ui/window/selection_commands.h"

#include <QAction>

#include "ui/canvas/canvas_item.h"
#include "ui/window/actions.h"
#include "ui/window/arrangement.h"
#include "ui/window/canvas_view.h"
#include "ui/window/find_bar.h"
#include "ui/window/neighbourhood.h"

namespace plexarium::ui {

SelectionCommands::SelectionCommands(const Desk& desk)
    : QObject(&desk.view), desk_(desk), find_(new FindBar(desk.bridge, &desk.view)) {
  connectSelecting();
  connectArranging();
  connect(find_, &FindBar::found, this, [this](NeuronId id) {
    desk_.selection.set({id}, {});
    if (const auto row = desk_.graph().row(id)) desk_.view.centreOn((*desk_.graph().positions)[*row]);
  });
  CanvasItem& canvas = desk_.view.canvas();
  connect(find_, &FindBar::stimulateWanted, &canvas, [&canvas](NeuronId id) { emit canvas.stimulateRequested(id, false); });
  connect(find_, &FindBar::left, this, [this] { desk_.view.setFocus(); });
}

void SelectionCommands::connectSelecting() {
  const Actions& actions = desk_.actions;
  const auto selected = [this]() -> const std::vector<NeuronId>& { return desk_.selection.neurons(); };
  const auto select = [this](std::vector<NeuronId> neurons) { desk_.selection.set(std::move(neurons), {}); };
  desk_.on(actions.selectAll, [this, select] { select(*desk_.graph().ids); });
  desk_.on(actions.selectNone, [select] { select({}); });
  desk_.on(actions.invertSelection, [=, this] { select(allBut(desk_.graph(), selected())); });
  desk_.on(actions.selectConnected, [=, this] { select(connectedTo(desk_.graph(), selected())); });
  desk_.on(actions.selectInputs, [=, this] { select(inputsOf(desk_.graph(), selected())); });
  desk_.on(actions.selectOutputs, [=, this] { select(outputsOf(desk_.graph(), selected())); });
  for (auto* action : actions.selectRoles) {
    desk_.on(action, [=, this] { select(withRole(desk_.graph(), static_cast<Role>(action->data().toInt()))); });
  }
  desk_.on(actions.find, [this] { find_->begin(); });
}

void SelectionCommands::connectArranging() {
  for (auto* action : desk_.actions.alignments) {
    desk_.on(action, [this, action] {
      desk_.submit(align(desk_.graph(), desk_.selection.neurons(), static_cast<Alignment>(action->data().toInt())));
    });
  }
}

}  // namespace plexarium::ui
