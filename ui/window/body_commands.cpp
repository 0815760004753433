#include "ui/window/body_commands.h"

#include <QAction>
#include <algorithm>

#include "core/edit/ports.h"
#include "core/graph/groups.h"
#include "ui/arena/body_links.h"
#include "ui/canvas/camera.h"
#include "ui/window/actions.h"
#include "ui/window/canvas_view.h"
#include "ui/window/repeat_dialog.h"
#include "ui/window/touch_dialog.h"

namespace plexarium::ui {
namespace {

constexpr float roomBelow = 12;  // between the network and the neurons of its body, in radii

/// The middle of the space below everything.
Point placeBelow(const GraphImage& graph) {
  if (graph.positions->empty()) return {0, 0};
  Box box;
  for (const Point place : *graph.positions) box.include(place);
  return {(box.left + box.right) / 2, box.bottom + roomBelow};
}

}  // namespace

BodyCommands::BodyCommands(const Desk& desk) : QObject(&desk.view), desk_(desk) {
  desk_.on(desk_.actions.addBody, [this] { addBody(); });
  desk_.on(desk_.actions.addPorts, [this] { addPorts(); });
  desk_.on(desk_.actions.repeatAlongBody, [this] { repeat(); });
  desk_.on(desk_.actions.removeBody, [this] { removeBody(); });
  desk_.on(desk_.actions.touchTest, [this] {
    auto* dialog = new TouchDialog(desk_.bridge, &desk_.window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
  });
}

Embodiment BodyCommands::embodiment() const {
  const Snapshot& now = *desk_.bridge.snapshot();
  Embodiment bodies;
  for (const auto& view : now.worlds) {
    bodies.controllers.push_back(makeController(view->controller, *view->description));
    bodies.controllers.back().parameters = view->parameters;
    bodies.controllers.back().objects = view->objects;
  }
  bodies.bindings = *now.bindings;
  return bodies;
}

Result<Edit> BodyCommands::ports(const Embodiment& bodies, const std::string& controller) const {
  const GraphImage& graph = desk_.graph();
  return makePorts(desk_.bridge.description(), bodies, controller, {}, placeBelow(graph), freeGroupId(*graph.groups));
}

void BodyCommands::addBody() {
  Embodiment bodies = embodiment();
  if (!bodies.controllers.empty()) {
    return desk_.refuse({tr("This network has a body already").toStdString(), {}, {}});
  }
  const WorldDescription& kind = worlds().front().description;
  const Controller body = makeController(kind.key + "_1", kind);
  bodies.controllers.push_back(body);
  auto edit = ports(bodies, body.id);
  if (!edit) return desk_.refuse(edit.error());
  edit->label = tr("Add a body").toStdString();
  edit->steps.insert(edit->steps.begin(), AddControllers{{body}});
  desk_.bridge.submit(std::move(*edit), [this](const Outcome& outcome) {
    if (outcome.error) return desk_.refuse(*outcome.error);
    emit bodyAdded();
  });
}

void BodyCommands::addPorts() {
  const WorldView* body = bodyCalled(*desk_.bridge.snapshot(), body_);
  if (!body) return desk_.refuse({tr("This network has no body").toStdString(), {}, {}});
  desk_.submitAndSelect(ports(embodiment(), body->controller));
}

void BodyCommands::repeat() {
  if (desk_.bridge.snapshot()->worlds.empty()) {
    return desk_.refuse({tr("This network has no body").toStdString(), {}, {}});
  }
  if (desk_.selection.neurons().empty()) {
    return desk_.refuse(
        {tr("No neuron is selected").toStdString(), {}, tr("Select the unit to repeat first").toStdString()});
  }
  auto* dialog = new RepeatDialog(*desk_.bridge.snapshot(), desk_.selection.neurons(), &desk_.window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    const Repetition wanted = dialog->repetition();
    // The edit copies values, too: it is made from the network itself, as it stands between two ticks.
    desk_.bridge.post(Capture{}, [this, wanted](const Outcome& outcome) {
      if (!outcome.capture) return;
      const Model& model = *outcome.capture;
      desk_.submitAndSelect(repeatAlongBody(desk_.bridge.description(), model.graph, model.embodiment, wanted));
    });
  });
  dialog->open();
}

void BodyCommands::removeBody() {
  const Snapshot& now = *desk_.bridge.snapshot();
  const WorldView* seen = bodyCalled(now, body_);
  if (!seen) return desk_.refuse({tr("This network has no body").toStdString(), {}, {}});
  const std::string body = seen->controller;
  RemoveNeurons nodes;
  for (const auto& binding : *now.bindings) {
    if (binding.controller == body) nodes.neurons.push_back(binding.neuron);
  }
  std::ranges::sort(nodes.neurons);
  nodes.neurons.erase(std::unique(nodes.neurons.begin(), nodes.neurons.end()), nodes.neurons.end());
  Edit edit{tr("Remove the body").toStdString(), {}};
  if (!nodes.neurons.empty()) edit.steps.push_back(std::move(nodes));
  edit.steps.push_back(RemoveControllers{{body}});
  desk_.submit(std::move(edit));
}

}  // namespace plexarium::ui
