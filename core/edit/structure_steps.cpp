#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "core/edit/steps.h"

namespace plexarium::edit {
namespace {

constexpr std::uint32_t lastId = std::numeric_limits<std::uint32_t>::max() - 1;  // the next id must still fit

/// The lists of a table must agree in length; `fields` is how many columns there may be.
Result<void> checkForm(std::size_t count, std::initializer_list<std::size_t> lists, std::size_t ticks, std::size_t groups,
                       const std::vector<std::vector<double>>& values, std::size_t fields) {
  const auto fits = [&](std::size_t size) { return size == 0 || size == count; };
  const bool even = std::all_of(lists.begin(), lists.end(), [&](std::size_t size) { return size == count; }) &&
                    fits(ticks) && fits(groups) && values.size() <= fields &&
                    std::all_of(values.begin(), values.end(), [&](const auto& column) { return fits(column.size()); });
  if (even) return {};
  return failure("the lists of a table differ in length", {}, "Give one entry per row in every list, or none");
}

Result<void> checkValues(std::span<const Field> fields, const std::vector<std::vector<double>>& values, std::size_t row,
                         const auto& place) {
  for (std::size_t field = 0; field < values.size(); ++field) {
    if (values[field].empty() || checkValue(fields[field], values[field][row])) continue;
    return checkValue(fields[field], values[field][row], place());
  }
  return {};
}

/// Row numbers 0.. of `keys` in ascending order of the keys; equal ones in the order given.
template <typename Key>
std::vector<std::size_t> ascending(const std::vector<Key>& keys) {
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
  return order;
}

template <typename T>
std::vector<T> pick(const std::vector<T>& list, const std::vector<std::size_t>& rows) {
  std::vector<T> picked;
  if (list.empty()) return picked;
  picked.reserve(rows.size());
  for (const auto row : rows) picked.push_back(list[row]);
  return picked;
}

std::vector<std::vector<double>> pick(const std::vector<std::vector<double>>& columns,
                                      const std::vector<std::size_t>& rows) {
  std::vector<std::vector<double>> picked;
  picked.reserve(columns.size());
  for (const auto& column : columns) picked.push_back(pick<double>(column, rows));
  return picked;
}

/// Graph rows of `keys`, ascending and unique; what is absent or named twice refuses (strict) or is skipped.
template <typename Key, typename Find>
Result<std::vector<std::size_t>> rowsOf(const Site& site, const std::vector<Key>& keys, Find find) {
  std::vector<std::size_t> rows;
  rows.reserve(keys.size());
  for (const auto key : keys) {
    const auto row = find(key);
    if (!row && site.strict()) return tl::unexpected(absent(site.graph, key));
    if (row) rows.push_back(*row);
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  if (site.strict() && rows.size() != keys.size()) return failure("the same thing is named twice for removal");
  return rows;
}

/// The table's ids with every 0 replaced by the next free id, in order.
Result<std::vector<NeuronId>> givenIds(const Graph& graph, const std::vector<NeuronId>& wanted) {
  auto next = graph.nextId().value;
  for (const auto id : wanted) {
    if (id.value > lastId) return failure("id " + std::to_string(id.value) + " is too large");
    next = std::max(next, id.value + 1);
  }
  auto ids = wanted;
  for (auto& id : ids) {
    if (id) continue;
    if (next > lastId) return failure("there are no ids left for new neurons", {}, "Save and renumber the model");
    id.value = next++;
  }
  return ids;
}

Result<void> checkNewNeuron(const Site& site, const NeuronTable& table, std::size_t row, NeuronId id) {
  const auto where = [&] {
    const auto& name = table.names[row];
    return "new neuron " + (name.empty() ? std::to_string(id.value) : name + " (id " + std::to_string(id.value) + ")");
  };
  if (site.graph.row(id)) {
    return failure("there is already " + describe(site.graph, id), where(), "Leave the id open to get a free one");
  }
  if (table.ids[row] && id < site.graph.nextId()) {
    return failure("an id is never used again", where(), "Leave the id open to get a free one");
  }
  if (auto checked = checkPosition(table.positions[row], where()); !checked) return checked;
  if (auto checked = checkRole(table.roles[row], where()); !checked) return checked;
  const auto group = table.groups.empty() ? GroupId{} : table.groups[row];
  if (group && findGroup(site.graph.groups(), group) == nullptr) {
    return failure("there is no group " + std::to_string(group.value), where());
  }
  return checkValues(site.description.neuronFields, table.values, row, where);
}

/// The group of a row of the table; none where that is gone.
GroupId groupOf(const Site& site, const NeuronTable& table, std::size_t row) {
  const auto group = table.groups.empty() ? GroupId{} : table.groups[row];
  return findGroup(site.graph.groups(), group) != nullptr ? group : GroupId{};
}

/// Makes graph row `to` what row `from` of the table says.
void overwrite(const Site& site, std::size_t to, const NeuronTable& table, std::size_t from) {
  auto& graph = site.graph;
  graph.setName(to, table.names[from]);
  graph.setRole(to, table.roles[from]);
  graph.setPosition(to, table.positions[from]);
  graph.setMember(to, groupOf(site, table, from));
  graph.lastFired()[to] = table.lastFired.empty() ? never : table.lastFired[from];
  const auto& fields = site.description.neuronFields;
  for (std::size_t field = 0; field < fields.size(); ++field) {
    const bool given = field < table.values.size() && !table.values[field].empty();
    graph.setNeuronValue(to, field, given ? table.values[field][from] : fields[field].initial);
  }
}

/// Which rows of a table go in, and which rows of the graph they replace (both ascending).
struct Plan {
  std::vector<std::size_t> fresh;     ///< Table rows of what is not there yet.
  std::vector<std::size_t> again;     ///< Table rows of what is.
  std::vector<std::size_t> replaced;  ///< Graph rows of `again`.
};

Result<Plan> planNeurons(const Site& site, const NeuronTable& table, const std::vector<NeuronId>& ids) {
  Plan plan;
  NeuronId previous;
  for (const auto row : ascending(ids)) {
    const auto id = ids[row];
    if (id == previous && site.strict()) return failure("id " + std::to_string(id.value) + " is given twice");
    if (std::exchange(previous, id) == id) continue;
    if (site.strict()) {
      if (auto checked = checkNewNeuron(site, table, row, id); !checked) return tl::unexpected(std::move(checked.error()));
    }
    if (const auto present = site.graph.row(id)) {
      plan.again.push_back(row);
      plan.replaced.push_back(*present);
    } else {
      plan.fresh.push_back(row);
    }
  }
  return plan;
}

Result<Plan> planLinks(const Site& site, const LinkTable& table) {
  const auto refused = [&](LinkKey key, const char* what) { return failure(what, describe(site.graph, key)); };
  Plan plan;
  std::optional<LinkKey> previous;
  for (const auto row : ascending(table.keys)) {
    const auto key = table.keys[row];
    if (key == previous && site.strict()) return refused(key, "the link is given twice");
    if (std::exchange(previous, key) == key) continue;
    if (!site.graph.row(key.from) || !site.graph.row(key.to)) {
      if (!site.strict()) continue;
      return tl::unexpected(absent(site.graph, site.graph.row(key.from) ? key.to : key.from));
    }
    const auto present = site.graph.link(key);
    if (present && site.strict()) return refused(key, "there is already such a link");
    if (site.strict()) {
      const auto place = [&] { return describe(site.graph, key); };
      if (auto checked = checkValues(site.description.linkFields, table.values, row, place); !checked) {
        return tl::unexpected(std::move(checked.error()));
      }
    }
    (present ? plan.again : plan.fresh).push_back(row);
    if (present) plan.replaced.push_back(*present);
  }
  return plan;
}

}  // namespace

Result<Done> applyStep(const Site& site, const AddNeurons& step) {
  const auto& table = step.neurons;
  const auto form =
      checkForm(table.size(), {table.names.size(), table.roles.size(), table.positions.size()}, table.lastFired.size(),
                table.groups.size(), table.values, site.description.neuronFields.size());
  if (!form) return tl::unexpected(form.error());
  const auto ids = givenIds(site.graph, table.ids);
  if (!ids) return tl::unexpected(ids.error());
  const auto plan = planNeurons(site, table, *ids);
  if (!plan) return tl::unexpected(plan.error());

  Done done;
  done.touched.topology = true;
  if (!plan->replaced.empty()) done.inverse.emplace_back(AddNeurons{site.graph.neuronTable(plan->replaced)});
  for (std::size_t k = 0; k < plan->again.size(); ++k) overwrite(site, plan->replaced[k], table, plan->again[k]);

  const auto& rows = plan->fresh;
  std::vector<GroupId> groups;
  if (!table.groups.empty()) {
    for (const auto row : rows) groups.push_back(groupOf(site, table, row));
  }
  site.graph.addNeurons({pick(*ids, rows), pick(table.names, rows), pick(table.roles, rows), pick(table.positions, rows),
                         pick(table.lastFired, rows), pick(table.values, rows), std::move(groups)});
  auto inTableOrder = rows;
  std::sort(inTableOrder.begin(), inTableOrder.end());
  done.added = pick(*ids, inTableOrder);
  done.inverse.emplace_back(RemoveNeurons{done.added});
  return done;
}

Result<Done> applyStep(const Site& site, const RemoveNeurons& step) {
  const auto rows = rowsOf(site, step.neurons, [&](NeuronId id) { return site.graph.row(id); });
  if (!rows) return tl::unexpected(rows.error());
  const auto links = site.graph.linksTouching(*rows);
  Done done;
  done.touched.topology = true;
  done.inverse.emplace_back(AddNeurons{site.graph.neuronTable(*rows)});
  done.inverse.emplace_back(AddLinks{site.graph.linkTable(links)});
  std::vector<NeuronId> ids;
  for (const auto row : *rows) ids.push_back(site.graph.ids()[row]);
  if (auto untied = unbind(site, ids); !untied.bindings.empty()) {
    done.touched.embodiment = true;
    done.inverse.emplace_back(std::move(untied));
  }
  site.graph.removeLinks(links);
  site.graph.removeNeurons(*rows);
  return done;
}

Result<Done> applyStep(const Site& site, const AddLinks& step) {
  const auto& table = step.links;
  const auto form =
      checkForm(table.size(), {}, table.lastCarried.size(), 0, table.values, site.description.linkFields.size());
  if (!form) return tl::unexpected(form.error());
  const auto plan = planLinks(site, table);
  if (!plan) return tl::unexpected(plan.error());

  Done done;
  done.touched.topology = true;
  if (!plan->fresh.empty()) done.inverse.emplace_back(RemoveLinks{pick(table.keys, plan->fresh)});
  if (!plan->replaced.empty()) done.inverse.emplace_back(AddLinks{site.graph.linkTable(plan->replaced)});
  site.graph.removeLinks(plan->replaced);
  auto rows = plan->fresh;
  rows.insert(rows.end(), plan->again.begin(), plan->again.end());
  site.graph.addLinks({pick(table.keys, rows), pick(table.lastCarried, rows), pick(table.values, rows)});
  return done;
}

Result<Done> applyStep(const Site& site, const RemoveLinks& step) {
  const auto links = rowsOf(site, step.links, [&](LinkKey key) { return site.graph.link(key); });
  if (!links) return tl::unexpected(links.error());
  Done done;
  done.touched.topology = true;
  done.inverse.emplace_back(AddLinks{site.graph.linkTable(*links)});
  site.graph.removeLinks(*links);
  return done;
}

namespace {

/// From the names within a circuit to the ids that its neurons were given.
class Renaming {
 public:
  Renaming(const AddCircuit& circuit, std::span<const NeuronId> ids) {
    names_.reserve(ids.size());
    for (std::size_t row = 0; row < ids.size(); ++row) names_.emplace_back(circuit.neurons.ids[row], ids[row]);
    std::sort(names_.begin(), names_.end());
  }
  [[nodiscard]] NeuronId meant(NeuronId name) const {
    const auto found =
        std::lower_bound(names_.begin(), names_.end(), name, [](const auto& a, NeuronId b) { return a.first < b; });
    return found != names_.end() && found->first == name ? found->second : name;
  }

 private:
  std::vector<std::pair<NeuronId, NeuronId>> names_;
};

}  // namespace

AddLinks linksOf(const AddCircuit& circuit, std::span<const NeuronId> ids) {
  const Renaming renaming(circuit, ids);
  AddLinks step{circuit.links};
  for (auto& key : step.links.keys) key = {renaming.meant(key.from), renaming.meant(key.to)};
  return step;
}

AddBindings bindingsOf(const AddCircuit& circuit, std::span<const NeuronId> ids) {
  const Renaming renaming(circuit, ids);
  AddBindings step{circuit.bindings};
  for (auto& binding : step.bindings) binding.neuron = renaming.meant(binding.neuron);
  return step;
}

}  // namespace plexarium::edit
