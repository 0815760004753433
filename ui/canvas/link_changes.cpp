#include "ui/canvas/link_changes.h"

#include <algorithm>

namespace plexarium::ui {
namespace {

/// Walks through the links of a graph in order of their keys.
class Walk {
 public:
  Walk(const std::vector<NeuronId>& ids, const std::vector<std::uint32_t>& firstLink,
       const std::vector<std::uint32_t>& targets)
      : ids_(ids), firstLink_(firstLink), targets_(targets) {
    settle();
  }
  [[nodiscard]] bool done() const { return link_ >= targets_.size(); }
  [[nodiscard]] std::size_t link() const { return link_; }
  [[nodiscard]] LinkKey key() const { return {ids_[row_], ids_[targets_[link_]]}; }
  void next() {
    ++link_;
    settle();
  }

 private:
  void settle() {
    while (!done() && firstLink_[row_ + 1] <= link_) ++row_;
  }
  const std::vector<NeuronId>& ids_;
  const std::vector<std::uint32_t>& firstLink_;
  const std::vector<std::uint32_t>& targets_;
  std::size_t row_ = 0;
  std::size_t link_ = 0;
};

}  // namespace

void LinkChanges::reset() { *this = LinkChanges(); }

void LinkChanges::adopt(const Snapshot& snapshot, double seconds) {
  now_ = seconds;
  const auto& graph = snapshot.graph;
  if (targets_ && (graph.targets != targets_ || graph.firstLink != firstLink_) &&
      std::max(graph.targets->size(), targets_->size()) <= mostLinks) {
    compare(snapshot);
  }
  ids_ = graph.ids;
  firstLink_ = graph.firstLink;
  targets_ = graph.targets;
  if (targets_->size() <= mostLinks) {
    styles_ = snapshot.appearance.linkStyle;
    strengths_ = snapshot.appearance.linkStrength;
  }
  at(seconds);
}

void LinkChanges::compare(const Snapshot& snapshot) {
  std::vector<Change> found;
  Walk before(*ids_, *firstLink_, *targets_);
  Walk now(*snapshot.graph.ids, *snapshot.graph.firstLink, *snapshot.graph.targets);
  const auto& appearance = snapshot.appearance;
  while ((!before.done() || !now.done()) && found.size() <= most) {
    const bool gone = now.done() || (!before.done() && before.key() < now.key());
    const bool born = !gone && (before.done() || now.key() < before.key());
    if (gone && before.link() < styles_.size()) {
      found.push_back({before.key(), false, styles_[before.link()], strengths_[before.link()], now_});
    }
    if (born)
      found.push_back({now.key(), true, appearance.linkStyle[now.link()], appearance.linkStrength[now.link()], now_});
    if (!born) before.next();
    if (!gone) now.next();
  }
  if (found.size() > most) return;
  for (const auto& change : found) std::erase_if(changes_, [&](const Change& old) { return old.key == change.key; });
  changes_.insert(changes_.end(), found.begin(), found.end());
  if (changes_.size() > most) changes_.erase(changes_.begin(), changes_.end() - static_cast<std::ptrdiff_t>(most));
}

void LinkChanges::at(double seconds) {
  now_ = seconds;
  std::erase_if(changes_, [seconds](const Change& change) { return seconds - change.when >= lasting; });
}

float LinkChanges::freshness(const Change& change) const {
  return static_cast<float>(std::clamp(1 - (now_ - change.when) / lasting, 0.0, 1.0));
}

}  // namespace plexarium::ui
