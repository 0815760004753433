#include <QCoreApplication>

#include "ui/window/tours.h"

namespace plexarium::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("FirstSteps", text); }

/// Some value that only edits change is another one, in a network of the same neurons and links.
bool valueChanged(const TourLook& look) {
  const GraphImage& a = look.before.graph;
  const GraphImage& b = look.now.graph;
  if (*a.ids != *b.ids || *a.firstLink != *b.firstLink || *a.targets != *b.targets) return false;
  return *a.neuronFields != *b.neuronFields || *a.linkFields != *b.linkFields ||
         look.before.parameters != look.now.parameters;
}

TourStep addNeuron() {
  return {tr("Add a neuron"), tr("Double-click on empty space, or press N. The network goes on meanwhile."),
          [](const TourLook& look) { return look.now.graph.ids->size() > look.before.graph.ids->size(); }};
}

TourStep addLink() {
  return {tr("Link it"),
          tr("Drag from the rim of a neuron to another one. Or click the first, click others with Ctrl, and press L."),
          [](const TourLook& look) { return look.now.graph.targets->size() > look.before.graph.targets->size(); }};
}

}  // namespace

TourPlan firstSteps(const SessionBridge& bridge) {
  TourPlan plan{tr("First steps"), {}, tr("File > Gallery has more networks to look into; F1 shows all keys.")};
  auto& steps = plan.steps;
  if (bridge.snapshot()->running) {
    steps.push_back({tr("It lives"),
                     tr("The network runs in the background. Press Space, or the button with two bars above, to pause it."),
                     [](const TourLook& look) { return !look.now.running; }, QStringLiteral("run")});
  }
  steps.push_back({tr("Let it run"), tr("Press Space, or the triangle above. Keys 1 to 6 set the pace."),
                   [](const TourLook& look) { return look.now.running; }, QStringLiteral("run")});
  if (!bridge.description().stimuli.empty()) {
    steps.push_back({tr("Stimulate a neuron"),
                     tr("Hold Alt and click a neuron, or take the Stimulate tool (T) and click. Watch what it "
                        "wakes. Esc puts the tool down."),
                     [](const TourLook& look) { return look.stimulated; }, QStringLiteral("stimulate")});
  }
  steps.push_back(addNeuron());
  steps.push_back(addLink());
  steps.push_back({tr("Change a value"), tr("Click a neuron and change one of its values in the Inspector on the right."),
                   valueChanged, QStringLiteral("inspectorDock")});
  steps.push_back(
      {tr("Take it back"), tr("Press Ctrl+Z. Edits are undone; time is not."),
       [](const TourLook& look) { return !look.now.redoLabel.empty() && look.now.editRevision != look.before.editRevision; },
       QStringLiteral("undo")});
  steps.push_back({tr("Save it"),
                   tr("Press Ctrl+S and give it a name. The file is readable text and holds the run as it is."),
                   [](const TourLook& look) { return look.saved; }, QStringLiteral("save")});
  return plan;
}

}  // namespace plexarium::ui
