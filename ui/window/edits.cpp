#include "ui/window/edits.h"

#include <QCoreApplication>
#include <algorithm>

namespace plexarium::ui {
namespace {

std::string tr(const char* text) { return QCoreApplication::translate("edits", text).toStdString(); }

}  // namespace

Edit addNeuron(const Description& description, Point place) {
  NeuronTable table;
  table.ids = {NeuronId{}};
  table.names = {""};
  table.roles = {Role::Inter};
  table.positions = {place};
  table.values.resize(description.neuronFields.size());
  return {tr("Add neuron"), {AddNeurons{std::move(table)}}};
}

Result<Edit> connectSelected(const Description& description, const GraphImage& graph, const Selection& selection,
                             NeuronId first) {
  if (!selection.contains(first) || !graph.row(first)) {
    return failure(tr("there is nothing to link"), {}, tr("Select a neuron, then, with Ctrl, those it shall lead to"));
  }
  LinkTable table;
  const bool alone = selection.neurons().size() == 1;
  for (const NeuronId to : selection.neurons()) {
    const LinkKey key{first, to};
    if ((to != first || alone) && graph.row(to) && !graph.link(key)) table.keys.push_back(key);
  }
  if (table.keys.empty()) {
    return failure(tr("these neurons are linked already"), {}, tr("There is at most one link from one neuron to another"));
  }
  table.values.resize(description.linkFields.size());
  const std::string label = table.size() == 1 ? tr("Add link") : tr("Add links");
  return Edit{label, {AddLinks{std::move(table)}}};
}

Result<Edit> exchangeSources(const Snapshot& snapshot, const Selection& selection) {
  const auto& links = selection.links();
  if (!selection.neurons().empty() || links.size() != 2 || links[0].to != links[1].to)
    return failure(tr("two links into one neuron can be exchanged"), {}, tr("Select these two alone, with Ctrl"));
  RemoveLinks old{links};
  LinkTable table;
  table.keys = {links[1], links[0]};
  for (const LinkKey key : links) {
    const auto row = snapshot.graph.link(key);
    const auto seen = std::ranges::find(snapshot.watchedLinks, key, &WatchedLink::key);
    if (!row || seen == snapshot.watchedLinks.end())
      return failure(tr("the links are not there"), {}, tr("Select two others"));
    if (const auto& carried = snapshot.appearance.lastCarried; !carried.empty()) table.lastCarried.push_back(carried[*row]);
    table.values.resize(seen->values.size());
    for (std::size_t field = 0; field < seen->values.size(); ++field) table.values[field].push_back(seen->values[field]);
  }
  return Edit{tr("Exchange the sources"), {std::move(old), AddLinks{std::move(table)}}};
}

Result<Edit> removeSelected(const GraphImage& graph, const Selection& selection) {
  RemoveNeurons neurons;
  RemoveLinks links;
  for (const NeuronId id : selection.neurons()) {
    if (graph.row(id)) neurons.neurons.push_back(id);
  }
  // A link that leaves with its neuron must not be asked for a second time.
  for (const LinkKey key : selection.links()) {
    if (graph.link(key) && !selection.contains(key.from) && !selection.contains(key.to)) links.links.push_back(key);
  }
  Edit edit;
  edit.label = links.links.empty() ? tr("Delete neurons") : neurons.neurons.empty() ? tr("Delete links") : tr("Delete");
  if (!links.links.empty()) edit.steps.emplace_back(std::move(links));
  if (!neurons.neurons.empty()) edit.steps.emplace_back(std::move(neurons));
  if (edit.steps.empty()) return failure(tr("nothing is selected"), {}, tr("Click a neuron or a link first"));
  return edit;
}

}  // namespace plexarium::ui
