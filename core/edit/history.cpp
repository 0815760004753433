#include "core/edit/history.h"

#include <algorithm>
#include <cassert>
#include <type_traits>
#include <utility>

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

struct StepHeap {
  std::size_t operator()(const AddNeurons& step) const {
    const auto& table = step.neurons;
    return heap(table.ids) + heap(table.names) + heap(table.roles) + heap(table.positions) + heap(table.lastFired) +
           heap(table.values);
  }
  std::size_t operator()(const AddLinks& step) const {
    return heap(step.links.keys) + heap(step.links.lastCarried) + heap(step.links.values);
  }
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
  bool operator()(const SetRoles& a, const SetRoles& b) const { return sameKeys(a.roles, b.roles); }
  template <typename A, typename B>
  bool operator()(const A&, const B&) const {
    return false;
  }
};

bool sameTargets(const Edit& one, const Edit& other) {
  return one.steps.size() == 1 && other.steps.size() == 1 && std::visit(SameTargets{}, one.steps[0], other.steps[0]);
}

/// The edit with the ids that its new neurons were given, so that another network names them alike.
Edit resolved(Edit edit, const std::vector<NeuronId>& added) {
  auto next = added.begin();
  for (auto& step : edit.steps) {
    if (auto* add = std::get_if<AddNeurons>(&step)) {
      for (auto& id : add->neurons.ids) id = *next++;
    }
  }
  assert(next == added.end());
  return edit;
}

const std::string none;

}  // namespace

History::History(const Description& description, std::size_t limit) : description_(description), limit_(limit) {}

const std::string& History::undoLabel() const { return undo_.empty() ? none : undo_.back().living.label; }
const std::string& History::redoLabel() const { return redo_.empty() ? none : redo_.back().living.label; }

Result<History::Done> History::apply(const Edit& edit, Side living, Side start) {
  auto here = plexarium::apply(edit, description_, living.graph, living.parameters, EditMode::Strict);
  if (!here) return tl::unexpected(std::move(here.error()));
  auto there =
      plexarium::apply(resolved(edit, here->added), description_, start.graph, start.parameters, EditMode::Tolerant);
  assert(there);  // a table that fits the one fits the other

  const bool merges = !edit.mergeKey.empty() && edit.mergeKey == mergeKey_ && !undo_.empty() &&
                      sameTargets(undo_.back().living, here->inverse) && sameTargets(undo_.back().start, there->inverse);
  for (const auto& entry : redo_) bytes_ -= entry.bytes;
  redo_.clear();
  if (!merges) push(undo_, std::move(here->inverse), std::move(there->inverse));
  mergeKey_ = edit.mergeKey;
  return Done{here->touched, there->touched, std::move(here->added)};
}

Result<History::Done> History::undo(Side living, Side start) {
  return travel(undo_, redo_, living, start, "there is nothing to undo");
}

Result<History::Done> History::redo(Side living, Side start) {
  return travel(redo_, undo_, living, start, "there is nothing to redo");
}

Result<History::Done> History::travel(std::deque<Entry>& from, std::deque<Entry>& to, Side living, Side start,
                                      const char* nothing) {
  if (from.empty()) return failure(nothing);
  const auto& entry = from.back();
  auto here = plexarium::apply(entry.living, description_, living.graph, living.parameters, EditMode::Tolerant);
  auto there = plexarium::apply(entry.start, description_, start.graph, start.parameters, EditMode::Tolerant);
  assert(here && there);  // an inverse applies always
  bytes_ -= entry.bytes;
  from.pop_back();
  mergeKey_.clear();
  push(to, std::move(here->inverse), std::move(there->inverse));
  return Done{here->touched, there->touched, std::move(here->added)};
}

void History::push(std::deque<Entry>& list, Edit living, Edit start) {
  start.label = {};
  weigh(list.emplace_back(Entry{std::move(living), std::move(start), 0}));
  forgetOldest();
}

void History::weigh(Entry& entry) {
  bytes_ -= entry.bytes;
  entry.bytes = sizeof(Entry) - 2 * sizeof(Edit) + memory(entry.living) + memory(entry.start);
  bytes_ += entry.bytes;
}

void History::returnToStart() {
  mergeKey_.clear();
  for (auto* list : {&undo_, &redo_}) {
    for (auto& entry : *list) {
      entry.living.steps = entry.start.steps;
      weigh(entry);
    }
  }
  forgetOldest();
}

void History::forgetOldest() {
  while (bytes_ > limit_ && undo_.size() + redo_.size() > 1) {
    auto& oldest = undo_.size() > 1 || redo_.empty() ? undo_ : redo_;
    bytes_ -= oldest.front().bytes;
    oldest.pop_front();
  }
}

}  // namespace plexarium
