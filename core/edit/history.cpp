#include "core/edit/history.h"

#include <algorithm>
#include <cassert>
#include <type_traits>
#include <utility>

#include "core/edit/deed.h"

namespace plexarium {
namespace {

template <typename T>
std::size_t heap(const std::vector<T>& list) {
  return list.capacity() * sizeof(T);
}

std::size_t heap(const std::string& text) { return text.capacity() > std::string{}.capacity() ? text.capacity() : 0; }

std::size_t heap(const std::vector<std::vector<double>>& columns) {
  std::size_t bytes = columns.capacity() * sizeof(std::vector<double>);
  for (const auto& column : columns) bytes += heap(column);
  return bytes;
}

std::size_t heap(const std::vector<std::string>& names) {
  std::size_t bytes = names.capacity() * sizeof(std::string);
  for (const auto& name : names) bytes += heap(name);
  return bytes;
}

std::size_t heap(const std::vector<Group>& groups) {
  std::size_t bytes = groups.capacity() * sizeof(Group);
  for (const auto& group : groups) bytes += heap(group.name);
  return bytes;
}

std::size_t heap(const NeuronTable& table) {
  return heap(table.ids) + heap(table.names) + heap(table.roles) + heap(table.positions) + heap(table.lastFired) +
         heap(table.values) + heap(table.groups);
}

std::size_t heap(const LinkTable& table) { return heap(table.keys) + heap(table.lastCarried) + heap(table.values); }

std::size_t heap(const std::vector<ArenaObject>& objects) {
  std::size_t bytes = objects.capacity() * sizeof(ArenaObject);
  for (const auto& object : objects) bytes += heap(object.kind) + heap(object.values);
  return bytes;
}

std::size_t heap(const std::vector<Controller>& controllers) {
  std::size_t bytes = controllers.capacity() * sizeof(Controller);
  for (const auto& one : controllers) {
    bytes += heap(one.id) + heap(one.type) + heap(one.parameters) + heap(one.objects) + heap(one.state);
  }
  return bytes;
}

std::size_t heap(const std::vector<Binding>& bindings) {
  std::size_t bytes = bindings.capacity() * sizeof(Binding);
  for (const auto& binding : bindings) bytes += heap(binding.controller) + heap(binding.port);
  return bytes;
}

struct StepHeap {
  std::size_t operator()(const AddNeurons& step) const { return heap(step.neurons); }
  std::size_t operator()(const AddLinks& step) const { return heap(step.links); }
  std::size_t operator()(const AddCircuit& step) const {
    return heap(step.neurons) + heap(step.links) + heap(step.bindings);
  }
  std::size_t operator()(const AddControllers& step) const { return heap(step.controllers); }
  std::size_t operator()(const RemoveControllers& step) const { return heap(step.controllers); }
  std::size_t operator()(const SetWorldParameter& step) const { return heap(step.controller) + heap(step.parameter); }
  std::size_t operator()(const AddObjects& step) const { return heap(step.controller) + heap(step.objects); }
  std::size_t operator()(const SetObjects& step) const { return heap(step.controller) + heap(step.objects); }
  std::size_t operator()(const RemoveObjects& step) const { return heap(step.controller) + heap(step.objects); }
  std::size_t operator()(const AddBindings& step) const { return heap(step.bindings); }
  std::size_t operator()(const SetBindings& step) const { return heap(step.bindings); }
  std::size_t operator()(const RemoveBindings& step) const { return heap(step.bindings); }
  std::size_t operator()(const AddGroups& step) const { return heap(step.groups); }
  std::size_t operator()(const SetGroups& step) const { return heap(step.groups); }
  std::size_t operator()(const RemoveGroups& step) const { return heap(step.groups); }
  std::size_t operator()(const AssignGroups& step) const { return heap(step.groups); }
  std::size_t operator()(const RemoveNeurons& step) const { return heap(step.neurons); }
  std::size_t operator()(const RemoveLinks& step) const { return heap(step.links); }
  std::size_t operator()(const SetNeuronField& step) const { return heap(step.values); }
  std::size_t operator()(const SetLinkField& step) const { return heap(step.values); }
  std::size_t operator()(const SetParameter&) const { return 0; }
  std::size_t operator()(const MoveNeurons& step) const { return heap(step.positions); }
  std::size_t operator()(const SetRoles& step) const { return heap(step.roles); }
  std::size_t operator()(const RenameNeurons& step) const {
    std::size_t bytes = heap<std::pair<NeuronId, std::string>>(step.names);
    for (const auto& [id, name] : step.names) bytes += heap(name);
    return bytes;
  }
};

std::size_t memory(const Edit& edit) {
  std::size_t bytes = sizeof(Edit) + heap(edit.label) + heap(edit.mergeKey) + heap<EditStep>(edit.steps);
  for (const auto& step : edit.steps) bytes += std::visit(StepHeap{}, step);
  return bytes;
}

template <typename Pairs>
bool sameKeys(const Pairs& one, const Pairs& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](const auto& a, const auto& b) { return a.first == b.first; });
}

/// Whether both steps set the very same things, so that the older inverse alone restores what was before both.
struct SameTargets {
  bool operator()(const SetNeuronField& a, const SetNeuronField& b) const {
    return a.field == b.field && sameKeys(a.values, b.values);
  }
  bool operator()(const SetLinkField& a, const SetLinkField& b) const {
    return a.field == b.field && sameKeys(a.values, b.values);
  }
  bool operator()(const SetParameter& a, const SetParameter& b) const { return a.parameter == b.parameter; }
  bool operator()(const MoveNeurons& a, const MoveNeurons& b) const { return sameKeys(a.positions, b.positions); }
  bool operator()(const RenameNeurons& a, const RenameNeurons& b) const { return sameKeys(a.names, b.names); }
  bool operator()(const SetGroups& a, const SetGroups& b) const {
    return std::ranges::equal(a.groups, b.groups, {}, &Group::id, &Group::id);
  }
  bool operator()(const AssignGroups& a, const AssignGroups& b) const { return sameKeys(a.groups, b.groups); }
  bool operator()(const SetRoles& a, const SetRoles& b) const { return sameKeys(a.roles, b.roles); }
  bool operator()(const SetWorldParameter& a, const SetWorldParameter& b) const {
    return a.controller == b.controller && a.parameter == b.parameter;
  }
  bool operator()(const SetObjects& a, const SetObjects& b) const {
    return a.controller == b.controller && std::ranges::equal(a.objects, b.objects, {}, &ArenaObject::id, &ArenaObject::id);
  }
  bool operator()(const SetBindings& a, const SetBindings& b) const {
    return std::ranges::equal(a.bindings, b.bindings, {}, &Binding::key, &Binding::key);
  }
  template <typename A, typename B>
  bool operator()(const A&, const B&) const {
    return false;
  }
};

bool sameTargets(const Edit& one, const Edit& other) {
  return one.steps.size() == 1 && other.steps.size() == 1 && std::visit(SameTargets{}, one.steps[0], other.steps[0]);
}

const std::string none;

}  // namespace

History::History(const Description& description, std::size_t limit) : description_(description), limit_(limit) {}

const std::string& History::undoLabel() const { return state_.undo.empty() ? none : state_.undo.back()->living.label; }
const std::string& History::redoLabel() const { return state_.redo.empty() ? none : state_.redo.back()->living.label; }

Result<History::Done> History::apply(const Edit& edit, Side living, Side start) {
  auto here = plexarium::apply(edit, description_, living, EditMode::Strict);
  if (!here) return tl::unexpected(std::move(here.error()));
  auto there = plexarium::apply(resolved(edit, here->added), description_, start, EditMode::Tolerant);
  assert(there);  // a table that fits the one fits the other

  auto& [undo, redo, bytes, mergeKey] = state_;
  const bool merges = !edit.mergeKey.empty() && edit.mergeKey == mergeKey && !undo.empty() &&
                      sameTargets(undo.back()->living, here->inverse) && sameTargets(undo.back()->start, there->inverse);
  for (const auto& entry : redo) bytes -= entry->bytes;
  redo.clear();
  if (!merges) push(undo, std::move(here->inverse), std::move(there->inverse));
  mergeKey = edit.mergeKey;
  return Done{here->touched, there->touched, std::move(here->added)};
}

Result<History::Done> History::undo(Side living, Side start) {
  return travel(state_.undo, state_.redo, living, start, "there is nothing to undo");
}

Result<History::Done> History::redo(Side living, Side start) {
  return travel(state_.redo, state_.undo, living, start, "there is nothing to redo");
}

Result<History::Done> History::travel(List& from, List& to, Side living, Side start, const char* nothing) {
  if (from.empty()) return failure(nothing);
  const auto& entry = *from.back();
  auto here = plexarium::apply(entry.living, description_, living, EditMode::Tolerant);
  auto there = plexarium::apply(entry.start, description_, start, EditMode::Tolerant);
  assert(here && there);  // an inverse applies always
  state_.bytes -= entry.bytes;
  from.pop_back();
  state_.mergeKey.clear();
  push(to, std::move(here->inverse), std::move(there->inverse));
  return Done{here->touched, there->touched, std::move(here->added)};
}

void History::push(List& list, Edit living, Edit start) {
  start.label = {};
  const auto bytes = sizeof(Entry) - 2 * sizeof(Edit) + memory(living) + memory(start);
  list.push_back(std::make_shared<const Entry>(Entry{std::move(living), std::move(start), bytes}));
  state_.bytes += bytes;
  forgetOldest();
}

void History::returnToStart() {
  state_.mergeKey.clear();
  for (auto* list : {&state_.undo, &state_.redo}) {
    for (auto& entry : *list) {
      auto fitting = std::make_shared<Entry>(*entry);
      fitting->living.steps = fitting->start.steps;
      fitting->bytes = sizeof(Entry) - 2 * sizeof(Edit) + memory(fitting->living) + memory(fitting->start);
      state_.bytes += fitting->bytes - entry->bytes;
      entry = std::move(fitting);
    }
  }
  forgetOldest();
}

void History::forgetOldest() {
  auto& [undo, redo, bytes, mergeKey] = state_;
  while (bytes > limit_ && undo.size() + redo.size() > 1) {
    auto& oldest = undo.size() > 1 || redo.empty() ? undo : redo;
    bytes -= oldest.front()->bytes;
    oldest.pop_front();
  }
}

}  // namespace plexarium
