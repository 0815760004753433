#include "ui/window/excerpt.h"

#include <QCoreApplication>
#include <algorithm>
#include <iterator>
#include <numeric>

#include "core/io/document.h"

namespace plexarium::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("Excerpt", text); }

std::vector<std::size_t> allRows(std::size_t count) {
  std::vector<std::size_t> rows(count);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  return rows;
}

/// Middle of the frame around the points, of which there are some.
Point middle(const std::vector<Point>& points) {
  Point low = points.front();
  Point high = low;
  for (const Point point : points) {
    low = {std::min(low.x, point.x), std::min(low.y, point.y)};
    high = {std::max(high.x, point.x), std::max(high.y, point.y)};
  }
  return {std::midpoint(low.x, high.x), std::midpoint(low.y, high.y)};
}

/// The ties of these neurons (ascending), and their bodies as they are born.
Embodiment embodimentOf(const Embodiment& whole, const std::vector<NeuronId>& neurons) {
  Embodiment part;
  std::ranges::copy_if(whole.bindings, std::back_inserter(part.bindings),
                       [&](const Binding& binding) { return std::ranges::binary_search(neurons, binding.neuron); });
  for (Controller controller : whole.controllers) {
    const bool tied = std::ranges::find(part.bindings, controller.id, &Binding::controller) != part.bindings.end();
    if (!tied) continue;
    controller.objects.clear();
    controller.state.clear();
    part.controllers.push_back(std::move(controller));
  }
  return part;
}

/// The excerpt's body of that name is one of `bodies`.
bool isThere(const Model& excerpt, const std::string& controller, BodyViews bodies) {
  const auto* own = findController(excerpt.embodiment, controller);
  return std::ranges::any_of(bodies, [&](const auto& body) {
    return own != nullptr && body->controller == controller && body->description->key == own->type;
  });
}

}  // namespace

Model excerptOf(const Description& description, const Model& model, std::span<const NeuronId> neurons) {
  const Graph& graph = model.graph;
  std::vector<std::size_t> rows;
  for (const NeuronId id : neurons) {
    if (const auto row = graph.row(id)) rows.push_back(*row);
  }
  std::sort(rows.begin(), rows.end());
  std::vector<std::size_t> links;
  for (const std::size_t row : rows) {
    for (std::size_t link = graph.firstLink()[row]; link < graph.firstLink()[row + 1]; ++link) {
      if (std::binary_search(rows.begin(), rows.end(), graph.targets()[link])) links.push_back(link);
    }
  }
  Model excerpt = emptyModel(description);
  excerpt.name =
      tr("Part of %1").arg(model.name.empty() ? tr("a network") : QString::fromStdString(model.name)).toStdString();
  excerpt.parameters = model.parameters;
  NeuronTable neuronTable = graph.neuronTable(rows);
  LinkTable linkTable = graph.linkTable(links);
  neuronTable.lastFired.clear();
  neuronTable.groups.clear();
  linkTable.lastCarried.clear();
  excerpt.embodiment = embodimentOf(model.embodiment, neuronTable.ids);
  excerpt.graph.addNeurons(neuronTable);
  excerpt.graph.addLinks(linkTable);
  return excerpt;
}

Result<Model> readExcerpt(const Registry& registry, const Description& description, std::string_view text) {
  if (text.empty()) return failure(tr("The clipboard holds no text").toStdString());
  auto model = readModel(registry, text, tr("the clipboard holds no network").toStdString());
  if (!model) return model;
  if (model->dynamics != description.key) {
    return failure(tr("These neurons live by other rules (%1)").arg(QString::fromStdString(model->dynamics)).toStdString(),
                   {}, tr("Paste them into a network of the same kind").toStdString());
  }
  if (model->graph.neuronCount() == 0) return failure(tr("The network on the clipboard has no neurons").toStdString());
  return model;
}

Edit addExcerpt(const Model& excerpt, std::string label, std::optional<Point> centre, BodyViews bodies) {
  if (!centre || excerpt.graph.neuronCount() == 0) return addExcerptBeside(excerpt, std::move(label), {}, bodies);
  const auto positions = excerpt.graph.positions();
  const Point from = middle({positions.begin(), positions.end()});
  return addExcerptBeside(excerpt, std::move(label), {centre->x - from.x, centre->y - from.y}, bodies);
}

Edit addExcerptBeside(const Model& excerpt, std::string label, Point offset, BodyViews bodies) {
  const Graph& graph = excerpt.graph;
  AddCircuit circuit{graph.neuronTable(allRows(graph.neuronCount())), graph.linkTable(allRows(graph.linkCount()))};
  for (Point& place : circuit.neurons.positions) place = {place.x + offset.x, place.y + offset.y};
  circuit.neurons.lastFired.clear();
  circuit.neurons.groups.clear();  // They are another network's.
  circuit.links.lastCarried.clear();
  std::ranges::copy_if(excerpt.embodiment.bindings, std::back_inserter(circuit.bindings),
                       [&](const Binding& binding) { return isThere(excerpt, binding.controller, bodies); });
  return {std::move(label), {std::move(circuit)}};
}

}  // namespace plexarium::ui
