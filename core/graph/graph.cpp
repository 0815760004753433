#include "core/graph/graph.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <numeric>
#include <type_traits>

namespace plexarium {
namespace {

constexpr std::uint32_t inserted = 0xffffffffU;

/// `order[k]` is the old row that comes k-th, or `inserted` for a row filled with `initial`.
template <typename T>
void rearrange(std::vector<T>& values, const std::vector<std::uint32_t>& order, T initial) {
  std::vector<T> moved;
  moved.reserve(order.size());
  for (const auto old : order) moved.push_back(old == inserted ? initial : std::move(values[old]));
  values = std::move(moved);
}

void rearrange(std::vector<Column>& columns, const std::vector<double>& initial, const std::vector<std::uint32_t>& order) {
  for (std::size_t field = 0; field < columns.size(); ++field) {
    std::visit(
        [&](auto& values) {
          using T = typename std::decay_t<decltype(values)>::value_type;
          rearrange(values, order, static_cast<T>(initial[field]));
        },
        columns[field]);
  }
}

/// Appends rows at the end: the usual case (new ids are the highest) without touching the others.
void append(std::vector<Column>& columns, const std::vector<double>& initial, std::size_t count) {
  for (std::size_t field = 0; field < columns.size(); ++field) {
    std::visit(
        [&](auto& values) {
          using T = typename std::decay_t<decltype(values)>::value_type;
          values.resize(values.size() + count, static_cast<T>(initial[field]));
        },
        columns[field]);
  }
}

/// Old rows 0..count-1 without the removed ones.
std::vector<std::uint32_t> remaining(std::size_t count, std::span<const std::size_t> removed) {
  std::vector<std::uint32_t> order;
  order.reserve(count - removed.size());
  auto next = removed.begin();
  for (std::size_t row = 0; row < count; ++row) {
    if (next != removed.end() && *next == row) {
      ++next;
    } else {
      order.push_back(static_cast<std::uint32_t>(row));
    }
  }
  return order;
}

}  // namespace

Graph::Graph(const Description& description) {
  for (const auto& field : description.neuronFields) {
    neuronColumns_.push_back(makeColumn(field.type));
    neuronInitial_.push_back(field.initial);
  }
  for (const auto& field : description.linkFields) {
    linkColumns_.push_back(makeColumn(field.type));
    linkInitial_.push_back(field.initial);
  }
}

std::optional<std::size_t> Graph::row(NeuronId id) const {
  const auto found = std::lower_bound(ids_.begin(), ids_.end(), id);
  if (found == ids_.end() || *found != id) return std::nullopt;
  return static_cast<std::size_t>(found - ids_.begin());
}

void Graph::raiseNextId(NeuronId id) { nextId_ = std::max(nextId_, id); }

void Graph::takeBackIds(NeuronId id) {
  assert(id <= nextId_ && (ids_.empty() || ids_.back() < id));
  nextId_ = id;
}

std::span<Tick> Graph::lastCarried() {
  if (lastCarried_.empty()) lastCarried_.assign(targets_.size(), never);
  return lastCarried_;
}

std::optional<std::size_t> Graph::link(LinkKey key) const {
  const auto from = row(key.from);
  const auto to = row(key.to);
  if (!from || !to) return std::nullopt;
  const auto begin = targets_.begin() + firstLink_[*from];
  const auto end = targets_.begin() + firstLink_[*from + 1];
  const auto found = std::lower_bound(begin, end, static_cast<std::uint32_t>(*to));
  if (found == end || *found != *to) return std::nullopt;
  return static_cast<std::size_t>(found - targets_.begin());
}

std::size_t Graph::source(std::size_t link) const {
  assert(link < targets_.size());
  const auto after = std::upper_bound(firstLink_.begin(), firstLink_.end(), static_cast<std::uint32_t>(link));
  return static_cast<std::size_t>(after - firstLink_.begin()) - 1;
}

LinkKey Graph::key(std::size_t link) const { return {ids_[source(link)], ids_[targets_[link]]}; }

void Graph::setNeuronValue(std::size_t row, std::size_t field, double value) {
  setColumnValue(neuronColumns_[field], row, value);
  ++revisions_.neuronValues;
}

void Graph::setLinkValue(std::size_t link, std::size_t field, double value) {
  setColumnValue(linkColumns_[field], link, value);
  ++revisions_.linkValues;
}

void Graph::setName(std::size_t row, std::string name) {
  names_[row] = std::move(name);
  ++revisions_.labels;
}

void Graph::setRole(std::size_t row, Role role) {
  roles_[row] = role;
  ++revisions_.labels;
}

void Graph::setPosition(std::size_t row, Point position) {
  positions_[row] = position;
  ++revisions_.positions;
}

void Graph::setMember(std::size_t row, GroupId group) {
  assert(!group || findGroup(groups_, group) != nullptr);
  memberOf_[row] = group;
  ++revisions_.groups;
}

void Graph::setGroups(std::vector<Group> groups) {
  assert(checkGroups(groups));
  groups_ = std::move(groups);
  assert(std::ranges::all_of(memberOf_, [&](GroupId id) { return !id || findGroup(groups_, id) != nullptr; }));
  ++revisions_.groups;
}

void Graph::addNeurons(const NeuronTable& table) {
  const auto count = table.size();
  if (count == 0) return;
  assert(std::is_sorted(table.ids.begin(), table.ids.end()) && table.ids.front());
  assert(table.names.size() == count && table.roles.size() == count && table.positions.size() == count);

  const auto old = ids_.size();
  std::vector<std::size_t> rows(count);  // where each new neuron goes
  const bool atEnd = old == 0 || ids_.back() < table.ids.front();
  if (atEnd) {
    std::iota(rows.begin(), rows.end(), old);
    ids_.insert(ids_.end(), table.ids.begin(), table.ids.end());
    names_.resize(old + count);
    roles_.resize(old + count);
    positions_.resize(old + count);
    memberOf_.resize(old + count);
    lastFired_.resize(old + count, never);
    append(neuronColumns_, neuronInitial_, count);
    firstLink_.resize(old + count + 1, firstLink_.back());
  } else {
    std::vector<std::uint32_t> order;
    order.reserve(old + count);
    std::size_t added = 0;
    for (std::size_t row = 0; row <= old; ++row) {
      while (added < count && (row == old || table.ids[added] < ids_[row])) {
        rows[added++] = order.size();
        order.push_back(inserted);
      }
      if (row < old) {
        assert(added == count || table.ids[added] != ids_[row]);
        order.push_back(static_cast<std::uint32_t>(row));
      }
    }
    rearrange(ids_, order, NeuronId{});
    rearrange(names_, order, std::string{});
    rearrange(roles_, order, Role::Inter);
    rearrange(positions_, order, Point{});
    rearrange(memberOf_, order, GroupId{});
    rearrange(lastFired_, order, never);
    rearrange(neuronColumns_, neuronInitial_, order);
    std::vector<std::uint32_t> newRow(old);
    std::vector<std::uint32_t> first(order.size() + 1, 0);
    for (std::size_t row = 0; row < order.size(); ++row) {
      const auto from = order[row];
      const auto fanOut = from == inserted ? 0 : firstLink_[from + 1] - firstLink_[from];
      if (from != inserted) newRow[from] = static_cast<std::uint32_t>(row);
      first[row + 1] = first[row] + fanOut;
    }
    firstLink_ = std::move(first);
    for (auto& target : targets_) target = newRow[target];
  }
  for (std::size_t k = 0; k < count; ++k) {
    const auto row = rows[k];
    ids_[row] = table.ids[k];
    names_[row] = table.names[k];
    roles_[row] = table.roles[k];
    positions_[row] = table.positions[k];
    if (!table.lastFired.empty()) lastFired_[row] = table.lastFired[k];
    if (!table.groups.empty()) memberOf_[row] = table.groups[k];
    assert(!memberOf_[row] || findGroup(groups_, memberOf_[row]) != nullptr);
  }
  for (std::size_t field = 0; field < table.values.size(); ++field) {
    if (table.values[field].empty()) continue;
    for (std::size_t k = 0; k < count; ++k) setColumnValue(neuronColumns_[field], rows[k], table.values[field][k]);
  }
  raiseNextId({table.ids.back().value + 1});
  ++revisions_.topology;
}

void Graph::removeNeurons(std::span<const std::size_t> rows) {
  if (rows.empty()) return;
  const auto order = remaining(ids_.size(), rows);
  std::vector<std::uint32_t> newRow(ids_.size(), inserted);
  std::vector<std::uint32_t> first(order.size() + 1, 0);
  for (std::size_t row = 0; row < order.size(); ++row) {
    newRow[order[row]] = static_cast<std::uint32_t>(row);
    first[row + 1] = firstLink_[order[row] + 1];
  }
  for (auto& target : targets_) {
    target = newRow[target];
    assert(target != inserted);
  }
  firstLink_ = std::move(first);
  assert(firstLink_.back() == targets_.size());
  rearrange(ids_, order, NeuronId{});
  rearrange(names_, order, std::string{});
  rearrange(roles_, order, Role::Inter);
  rearrange(positions_, order, Point{});
  rearrange(memberOf_, order, GroupId{});
  rearrange(lastFired_, order, never);
  rearrange(neuronColumns_, neuronInitial_, order);
  ++revisions_.topology;
}

void Graph::addLinks(const LinkTable& table) {
  const auto count = table.size();
  if (count == 0) return;
  struct New {
    std::uint32_t from, to, index;
  };
  std::vector<New> added(count);
  for (std::size_t k = 0; k < count; ++k) {
    const auto from = row(table.keys[k].from);
    const auto to = row(table.keys[k].to);
    assert(from && to);
    added[k] = {static_cast<std::uint32_t>(*from), static_cast<std::uint32_t>(*to), static_cast<std::uint32_t>(k)};
  }
  std::sort(added.begin(), added.end(),
            [](const New& a, const New& b) { return a.from != b.from ? a.from < b.from : a.to < b.to; });

  std::vector<std::uint32_t> order;
  order.reserve(targets_.size() + count);
  std::vector<std::uint32_t> targets;
  targets.reserve(targets_.size() + count);
  std::vector<std::size_t> rows(count);
  std::vector<std::uint32_t> first(firstLink_.size(), 0);
  std::size_t next = 0;
  for (std::size_t from = 0; from + 1 < firstLink_.size(); ++from) {
    for (std::size_t link = firstLink_[from]; link <= firstLink_[from + 1]; ++link) {
      const bool last = link == firstLink_[from + 1];
      while (next < count && added[next].from == from && (last || added[next].to < targets_[link])) {
        rows[added[next].index] = order.size();
        order.push_back(inserted);
        targets.push_back(added[next].to);
        ++next;
      }
      if (!last) {
        assert(next == count || added[next].from != from || added[next].to != targets_[link]);
        order.push_back(static_cast<std::uint32_t>(link));
        targets.push_back(targets_[link]);
      }
    }
    first[from + 1] = static_cast<std::uint32_t>(order.size());
  }
  firstLink_ = std::move(first);
  targets_ = std::move(targets);
  if (!lastCarried_.empty()) rearrange(lastCarried_, order, never);
  rearrange(linkColumns_, linkInitial_, order);
  if (std::ranges::any_of(table.lastCarried, [](Tick tick) { return tick != never; })) {
    const auto carried = lastCarried();
    for (std::size_t k = 0; k < count; ++k) carried[rows[k]] = table.lastCarried[k];
  }
  for (std::size_t field = 0; field < table.values.size(); ++field) {
    if (table.values[field].empty()) continue;
    for (std::size_t k = 0; k < count; ++k) setColumnValue(linkColumns_[field], rows[k], table.values[field][k]);
  }
  ++revisions_.topology;
}

void Graph::removeLinks(std::span<const std::size_t> links) {
  if (links.empty()) return;
  const auto order = remaining(targets_.size(), links);
  std::size_t gone = 0;
  for (std::size_t from = 0; from < firstLink_.size(); ++from) {
    while (gone < links.size() && links[gone] < firstLink_[from]) ++gone;
    firstLink_[from] -= static_cast<std::uint32_t>(gone);
  }
  rearrange(targets_, order, std::uint32_t{0});
  if (!lastCarried_.empty()) rearrange(lastCarried_, order, never);
  rearrange(linkColumns_, linkInitial_, order);
  ++revisions_.topology;
}

void Graph::rewire(std::vector<std::uint32_t> firstLink, std::vector<std::uint32_t> targets) {
  assert(firstLink.size() == firstLink_.size() && firstLink.front() == 0 && firstLink.back() == targets.size());
  std::vector<std::uint32_t> order(targets.size(), inserted);
  for (std::size_t from = 0; from + 1 < firstLink.size(); ++from) {
    assert(std::adjacent_find(targets.begin() + firstLink[from], targets.begin() + firstLink[from + 1],
                              std::greater_equal<>()) == targets.begin() + firstLink[from + 1]);
    std::uint32_t old = firstLink_[from];
    for (std::uint32_t link = firstLink[from]; link < firstLink[from + 1]; ++link) {
      while (old < firstLink_[from + 1] && targets_[old] < targets[link]) ++old;
      if (old < firstLink_[from + 1] && targets_[old] == targets[link]) order[link] = old;
    }
  }
  firstLink_ = std::move(firstLink);
  targets_ = std::move(targets);
  if (!lastCarried_.empty()) rearrange(lastCarried_, order, never);
  rearrange(linkColumns_, linkInitial_, order);
  ++revisions_.topology;
}

NeuronTable Graph::neuronTable(std::span<const std::size_t> rows) const {
  NeuronTable table;
  for (const auto row : rows) {
    table.ids.push_back(ids_[row]);
    table.names.push_back(names_[row]);
    table.roles.push_back(roles_[row]);
    table.positions.push_back(positions_[row]);
    table.lastFired.push_back(lastFired_[row]);
    if (!groups_.empty()) table.groups.push_back(memberOf_[row]);
  }
  for (const auto& column : neuronColumns_) {
    auto& values = table.values.emplace_back();
    values.reserve(rows.size());
    for (const auto row : rows) values.push_back(columnValue(column, row));
  }
  return table;
}

LinkTable Graph::linkTable(std::span<const std::size_t> links) const {
  LinkTable table;
  for (const auto link : links) {
    table.keys.push_back(key(link));
    table.lastCarried.push_back(lastCarried(link));
  }
  for (const auto& column : linkColumns_) {
    auto& values = table.values.emplace_back();
    values.reserve(links.size());
    for (const auto link : links) values.push_back(columnValue(column, link));
  }
  return table;
}

std::vector<std::size_t> Graph::linksTouching(std::span<const std::size_t> rows) const {
  std::vector<bool> touched(ids_.size(), false);
  for (const auto row : rows) touched[row] = true;
  std::vector<std::size_t> links;
  for (std::size_t from = 0; from < ids_.size(); ++from) {
    for (std::size_t link = firstLink_[from]; link < firstLink_[from + 1]; ++link) {
      if (touched[from] || touched[targets_[link]]) links.push_back(link);
    }
  }
  return links;
}

}  // namespace plexarium
