#include <algorithm>
#include <cmath>
#include <utility>

#include "core/edit/steps.h"

namespace plexarium::edit {
namespace {

template <typename Key, typename Value>
using Pairs = std::vector<std::pair<Key, Value>>;

std::optional<std::size_t> find(const Graph& graph, NeuronId id) { return graph.row(id); }
std::optional<std::size_t> find(const Graph& graph, LinkKey key) { return graph.link(key); }

/// Writes every value of `wanted` by `exchange(row, value)`, which returns the old one, after all have been looked up and,
/// in strict mode, passed `check(key, value)`. Returns the list that restores, in reverse, so that of two values for one
/// thing the first is restored last.
template <typename Key, typename Value, typename Check, typename Exchange>
Result<Pairs<Key, Value>> assign(const Site& site, const Pairs<Key, Value>& wanted, Check check, Exchange exchange) {
  std::vector<std::pair<std::size_t, const std::pair<Key, Value>*>> found;
  found.reserve(wanted.size());
  for (const auto& pair : wanted) {
    const auto row = find(site.graph, pair.first);
    if (!row && site.strict()) return tl::unexpected(absent(site.graph, pair.first));
    if (!row) continue;
    if (site.strict()) {
      if (auto checked = check(pair.first, pair.second); !checked) return tl::unexpected(std::move(checked.error()));
    }
    found.emplace_back(*row, &pair);
  }
  Pairs<Key, Value> old;
  old.reserve(found.size());
  for (const auto& [row, pair] : found) old.emplace_back(pair->first, exchange(row, pair->second));
  std::reverse(old.begin(), old.end());
  return old;
}

Result<void> checkEditable(std::span<const Field> fields, std::size_t field, const char* kind, bool strict) {
  if (field >= fields.size()) {
    return failure(std::string("there is no ") + kind + " number " + std::to_string(field), {},
                   "There are " + std::to_string(fields.size()));
  }
  if (strict && !fields[field].editable) return failure(fields[field].key + " cannot be edited");
  return {};
}

/// The place is put into words only when it is needed.
template <typename Key>
Result<void> checkFieldValue(const Site& site, const Field& field, Key key, double value) {
  if (checkValue(field, value)) return {};
  return checkValue(field, value, describe(site.graph, key));
}

template <typename Step, typename Key, typename Set>
Result<Done> assignField(const Site& site, const Field& field, const Step& step, const Pairs<Key, double>& wanted,
                         const Column& column, Set set) {
  auto old = assign(
      site, wanted, [&](Key key, double value) { return checkFieldValue(site, field, key, value); },
      [&](std::size_t row, double value) {
        const auto before = columnValue(column, row);
        set(row, value);
        return before;
      });
  if (!old) return tl::unexpected(std::move(old.error()));
  return Done{{Step{step.field, std::move(*old)}}, {}, {}};
}

}  // namespace

Result<Done> applyStep(const Site& site, const SetNeuronField& step) {
  const auto& fields = site.description.neuronFields;
  if (auto checked = checkEditable(fields, step.field, "neuron field", site.strict()); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  auto done = assignField(site, fields[step.field], step, step.values, site.graph.neuronColumn(step.field),
                          [&](std::size_t row, double value) { site.graph.setNeuronValue(row, step.field, value); });
  if (done) done->touched.neuronValues = true;
  return done;
}

Result<Done> applyStep(const Site& site, const SetLinkField& step) {
  const auto& fields = site.description.linkFields;
  if (auto checked = checkEditable(fields, step.field, "link field", site.strict()); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  auto done = assignField(site, fields[step.field], step, step.values, site.graph.linkColumn(step.field),
                          [&](std::size_t link, double value) { site.graph.setLinkValue(link, step.field, value); });
  if (done) done->touched.linkValues = true;
  return done;
}

Result<Done> applyStep(const Site& site, const SetParameter& step) {
  const auto& fields = site.description.parameters;
  if (auto checked = checkEditable(fields, step.parameter, "parameter", site.strict()); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  if (site.strict()) {
    if (auto checked = checkValue(fields[step.parameter], step.value, "network"); !checked) {
      return tl::unexpected(std::move(checked.error()));
    }
  }
  Done done;
  done.inverse = {SetParameter{step.parameter, std::exchange(site.parameters[step.parameter], step.value)}};
  done.touched.parameters = true;
  return done;
}

Result<Done> applyStep(const Site& site, const MoveNeurons& step) {
  auto old = assign(
      site, step.positions, [&](NeuronId id, Point position) { return checkPosition(position, describe(site.graph, id)); },
      [&](std::size_t row, Point position) {
        const auto before = site.graph.positions()[row];
        site.graph.setPosition(row, position);
        return before;
      });
  if (!old) return tl::unexpected(std::move(old.error()));
  return Done{{MoveNeurons{std::move(*old)}}, {}, {}};
}

Result<Done> applyStep(const Site& site, const RenameNeurons& step) {
  auto old = assign(
      site, step.names, [](NeuronId, const std::string&) { return Result<void>{}; },
      [&](std::size_t row, const std::string& name) {
        auto before = site.graph.names()[row];
        site.graph.setName(row, name);
        return before;
      });
  if (!old) return tl::unexpected(std::move(old.error()));
  return Done{{RenameNeurons{std::move(*old)}}, {}, {}};
}

Result<Done> applyStep(const Site& site, const SetRoles& step) {
  auto old = assign(
      site, step.roles, [&](NeuronId id, Role role) { return checkRole(role, describe(site.graph, id)); },
      [&](std::size_t row, Role role) {
        const auto before = site.graph.roles()[row];
        site.graph.setRole(row, role);
        return before;
      });
  if (!old) return tl::unexpected(std::move(old.error()));
  Done done{{SetRoles{std::move(*old)}}, {}, {}};
  done.touched.topology = true;
  return done;
}

std::string describe(const Graph& graph, NeuronId id) {
  const auto row = graph.row(id);
  if (!row || graph.names()[*row].empty()) return "neuron " + std::to_string(id.value);
  return "neuron " + graph.names()[*row] + " (id " + std::to_string(id.value) + ")";
}

std::string describe(const Graph& graph, LinkKey key) {
  return "link from " + describe(graph, key.from) + " to " + describe(graph, key.to);
}

Error absent(const Graph& graph, NeuronId id) {
  return {"there is no such neuron", describe(graph, id), "It may have been removed meanwhile"};
}

Error absent(const Graph& graph, LinkKey key) {
  return {"there is no such link", describe(graph, key), "It may have been removed meanwhile"};
}

Result<void> checkPosition(Point position, const std::string& where) {
  if (std::isfinite(position.x) && std::isfinite(position.y)) return {};
  return failure("the position is not finite", where);
}

Result<void> checkRole(Role role, const std::string& where) {
  if (role == Role::Sensory || role == Role::Inter || role == Role::Motor) return {};
  return failure("role number " + std::to_string(static_cast<int>(role)) + " is none", where,
                 "It may be sensory, inter or motor");
}

}  // namespace plexarium::edit
