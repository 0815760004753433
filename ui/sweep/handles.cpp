#include "ui/sweep/handles.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/plots/neuron_names.h"

namespace plexarium::ui {
namespace {

constexpr std::size_t mostNeurons = 6;  // of which values are offered
constexpr double reach = 4;             // times the present value

QString tr(const char* text) { return QCoreApplication::translate("sweep", text); }

QString nameOf(const GraphImage& graph, NeuronId id) {
  const auto row = graph.row(id);
  return row ? neuronName(graph, *row) : QStringLiteral("#%1").arg(id.value);
}

bool sweepable(const Field& field) { return isNumber(field) && field.editable; }

QString helpOf(const Field& field) {
  const QString unit = field.unit.empty() ? QString() : QLatin1Char(' ') + QString::fromStdString(field.unit);
  return tr("%1\nFrom %2 to %3%4.")
      .arg(QString::fromStdString(field.help), QString::number(field.minimum), QString::number(field.maximum), unit);
}

std::optional<std::size_t> first(const std::vector<Field>& fields, auto fits) {
  const auto found = std::ranges::find_if(fields, fits);
  if (found == fields.end()) return std::nullopt;
  return static_cast<std::size_t>(found - fields.begin());
}

/// Neurons with a link to this one, itself left out.
std::vector<NeuronId> sourcesOf(const GraphImage& graph, NeuronId id) {
  std::vector<NeuronId> sources;
  const auto target = graph.row(id);
  for (std::size_t row = 0; target && row < graph.ids->size(); ++row) {
    const auto begin = graph.targets->begin() + (*graph.firstLink)[row];
    const auto end = graph.targets->begin() + (*graph.firstLink)[row + 1];
    if (row != *target && std::binary_search(begin, end, static_cast<std::uint32_t>(*target)))
      sources.push_back((*graph.ids)[row]);
  }
  return sources;
}

std::vector<NeuronId> present(const GraphImage& graph, const std::vector<NeuronId>& neurons) {
  std::vector<NeuronId> there;
  for (const NeuronId id : neurons) {
    if (there.size() < mostNeurons && graph.row(id)) there.push_back(id);
  }
  return there;
}

std::vector<LinkKey> present(const GraphImage& graph, const std::vector<LinkKey>& links) {
  std::vector<LinkKey> there;
  for (const LinkKey key : links) {
    if (there.size() < mostNeurons && graph.link(key)) there.push_back(key);
  }
  return there;
}

std::optional<Handle> heldInput(const Description& description, NeuronId id) {
  if (description.replacements.empty()) return std::nullopt;
  return StimulusHandle{id, description.replacements.front().channel};
}

/// A setting before a state: the state forgets where it began.
std::optional<Handle> settingOf(const Description& description, NeuronId id) {
  const auto& fields = description.neuronFields;
  auto field = first(fields, [](const Field& one) { return sweepable(one) && !one.evolves; });
  if (!field) field = first(fields, sweepable);
  if (field) return NeuronHandle{id, *field};
  if (!description.stimuli.empty()) return StimulusHandle{id, 0};
  return std::nullopt;
}

std::optional<Handle> lookAt(const Description& description, NeuronId id) {
  auto field = first(description.neuronFields, [](const Field& one) { return isNumber(one) && one.evolves; });
  if (!field) field = first(description.neuronFields, isNumber);
  if (!field) return std::nullopt;
  return NeuronHandle{id, *field};
}

QString nameOf(const Description& description, const GraphImage& graph, const Handle& handle) {
  const QString label = QString::fromStdString(fieldOf(description, handle).label);
  if (const auto* neuron = std::get_if<NeuronHandle>(&handle)) {
    return QStringLiteral("%1 · %2").arg(nameOf(graph, neuron->neuron), label);
  }
  if (const auto* link = std::get_if<LinkHandle>(&handle)) {
    return QStringLiteral("%1 → %2 · %3").arg(nameOf(graph, link->link.from), nameOf(graph, link->link.to), label);
  }
  if (const auto* stimulus = std::get_if<StimulusHandle>(&handle)) {
    return tr("%1 · %2, every tick").arg(nameOf(graph, stimulus->neuron), label);
  }
  return label;
}

}  // namespace

NamedHandle named(const Description& description, const GraphImage& graph, const Handle& handle) {
  return {nameOf(description, graph, handle), helpOf(fieldOf(description, handle)), handle};
}

std::vector<NamedHandle> handlesFor(const Description& description, const GraphImage& graph, const Selection& selection) {
  std::vector<NamedHandle> all;
  const auto add = [&](const Handle& handle) { all.push_back(named(description, graph, handle)); };
  auto neurons = present(graph, selection.neurons());
  if (neurons.size() == 1) {
    for (const NeuronId source : present(graph, sourcesOf(graph, neurons.front()))) neurons.push_back(source);
  }
  for (const NeuronId id : neurons) {
    for (std::size_t field = 0; field < description.neuronFields.size(); ++field) {
      if (sweepable(description.neuronFields[field])) add(NeuronHandle{id, field});
    }
    for (std::size_t channel = 0; channel < description.stimuli.size(); ++channel) add(StimulusHandle{id, channel});
  }
  for (const LinkKey key : present(graph, selection.links())) {
    for (std::size_t field = 0; field < description.linkFields.size(); ++field) {
      if (sweepable(description.linkFields[field])) add(LinkHandle{key, field});
    }
  }
  for (std::size_t field = 0; field < description.parameters.size(); ++field) {
    if (sweepable(description.parameters[field])) add(ParameterHandle{field});
  }
  return all;
}

std::vector<NamedHandle> looksFor(const Description& description, const GraphImage& graph, const Selection& selection) {
  std::vector<NamedHandle> all;
  auto neurons = present(graph, selection.neurons());
  for (const LinkKey key : present(graph, selection.links())) {
    if (std::ranges::find(neurons, key.to) == neurons.end()) neurons.push_back(key.to);
  }
  for (const NeuronId id : neurons) {
    for (const bool evolves : {true, false}) {
      for (std::size_t field = 0; field < description.neuronFields.size(); ++field) {
        const auto& one = description.neuronFields[field];
        if (!isNumber(one) || one.evolves != evolves) continue;
        all.push_back(named(description, graph, NeuronHandle{id, field}));
      }
    }
  }
  return all;
}

SweepChoice choiceFor(const Description& description, const GraphImage& graph, const Selection& selection) {
  SweepChoice choice;
  const auto neurons = present(graph, selection.neurons());
  const auto links = present(graph, selection.links());
  if (!neurons.empty()) {
    auto ends = neurons.size() == 1 ? sourcesOf(graph, neurons.front()) : neurons;
    const bool held = ends.size() > 1 && !description.replacements.empty();
    if (!held && neurons.size() == 1) ends = neurons;
    choice.across = held ? heldInput(description, ends[0]) : settingOf(description, ends[0]);
    if (ends.size() > 1) choice.up = held ? heldInput(description, ends[1]) : settingOf(description, ends[1]);
    if (neurons.size() == 1) choice.look = lookAt(description, neurons.front());
  } else if (!links.empty()) {
    if (const auto field = first(description.linkFields, sweepable)) {
      choice.across = LinkHandle{links[0], *field};
      if (links.size() > 1) choice.up = LinkHandle{links[1], *field};
    }
    choice.look = lookAt(description, links[0].to);
  } else if (const auto field = first(description.parameters, sweepable)) {
    choice.across = ParameterHandle{*field};
  }
  return choice;
}

std::optional<double> valueNow(const Snapshot& snapshot, const Description& description, const Handle& handle) {
  const auto shown = shownBy(description, handle);
  if (!shown) return std::nullopt;
  const GraphImage& graph = snapshot.graph;
  if (const auto* parameter = std::get_if<ParameterHandle>(&*shown)) return snapshot.parameters[parameter->parameter];
  if (const auto* link = std::get_if<LinkHandle>(&*shown)) {
    const auto row = graph.link(link->link);
    if (!row) return std::nullopt;
    if (!description.linkFields[link->field].evolves) return columnValue((*graph.linkFields)[link->field], *row);
    const auto seen = std::ranges::find(snapshot.watchedLinks, link->link, &WatchedLink::key);
    if (seen == snapshot.watchedLinks.end()) return std::nullopt;
    return seen->values[link->field];
  }
  const auto& neuron = std::get<NeuronHandle>(*shown);
  const auto row = graph.row(neuron.neuron);
  if (!row) return std::nullopt;
  if (!description.neuronFields[neuron.field].evolves) return columnValue((*graph.neuronFields)[neuron.field], *row);
  const auto seen = std::ranges::find(snapshot.watchedNeurons, neuron.neuron, &WatchedNeuron::id);
  if (seen == snapshot.watchedNeurons.end()) return std::nullopt;
  return seen->values[neuron.field];
}

std::pair<double, double> usualRange(const Field& field, std::optional<double> now) {
  const auto size = [](double value) { return std::isfinite(value) ? std::abs(value) : 0; };
  const double far = reach * std::max({1.0, size(field.initial), size(now.value_or(0))});
  const double low = std::max(field.minimum, -far);
  double high = std::min(field.maximum, std::max(far, low + 1));
  if (field.type == FieldType::Integer) high = std::ceil(high);
  return {field.type == FieldType::Integer ? std::floor(low) : low, high};
}

}  // namespace plexarium::ui
