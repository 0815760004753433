#include "core/dynamics/synann/order.h"

#include <algorithm>
#include <limits>

namespace plexarium::synann {
namespace {

constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();

/// Tarjan's search along incoming links, with a stack of its own: a component is found when everybody that it reads has
/// been.
class Search {
 public:
  explicit Search(const Circuit& circuit)
      : circuit_(circuit), seen_(circuit.count(), unseen), low_(circuit.count(), 0), finished_(circuit.count(), 0) {}

  Order run() {
    order_.first.push_back(0);
    for (std::uint32_t row = 0; row < circuit_.count(); ++row) {
      if (circuit_.held[row] == 0 && seen_[row] == unseen) searchFrom(row);
    }
    return std::move(order_);
  }

 private:
  struct Frame {
    std::uint32_t row;
    std::uint32_t next;  ///< Incoming link to look at.
  };

  void enter(std::uint32_t row) {
    seen_[row] = low_[row] = seenCount_++;
    open_.push_back(row);
    path_.push_back({row, circuit_.first[row]});
  }

  void searchFrom(std::uint32_t root) {
    enter(root);
    while (!path_.empty()) {
      auto& [row, next] = path_.back();
      if (next < circuit_.first[row + 1]) {
        look(row, next++);
        continue;
      }
      const auto done = row;
      path_.pop_back();
      if (!path_.empty()) low_[path_.back().row] = std::min(low_[path_.back().row], low_[done]);
      finished_[done] = finishedCount_++;
      if (low_[done] == seen_[done]) close(done);
    }
  }

  void look(std::uint32_t row, std::uint32_t k) {
    const auto source = circuit_.source[k];
    if (circuit_.delay[k] != 0 || circuit_.held[source] != 0) return;
    if (seen_[source] == unseen) return enter(source);
    if (finished_[source] != closed) low_[row] = std::min(low_[row], seen_[source]);
  }

  void close(std::uint32_t root) {
    auto& rows = order_.rows;
    const auto begin = rows.size();
    for (;;) {
      const auto row = open_.back();
      open_.pop_back();
      rows.push_back(row);
      if (row == root) break;
    }
    const auto members = std::span(rows).subspan(begin);
    std::ranges::sort(members, {}, [&](std::uint32_t row) { return finished_[row]; });
    for (const auto row : members) finished_[row] = closed;
    order_.loops.push_back(members.size() > 1 || readsItself(root) ? 1 : 0);
    order_.first.push_back(static_cast<std::uint32_t>(rows.size()));
  }

  [[nodiscard]] bool readsItself(std::uint32_t row) const {
    for (auto k = circuit_.first[row]; k < circuit_.first[row + 1]; ++k) {
      if (circuit_.source[k] == row && circuit_.delay[k] == 0) return true;
    }
    return false;
  }

  static constexpr std::uint32_t closed = unseen;  ///< In finished_: its component has been found.

  const Circuit& circuit_;
  std::vector<std::uint32_t> seen_, low_, finished_;
  std::vector<std::uint32_t> open_;  ///< Seen, and of no component yet.
  std::vector<Frame> path_;
  std::uint32_t seenCount_ = 0;
  std::uint32_t finishedCount_ = 0;
  Order order_;
};

}  // namespace

Order settlingOrder(const Circuit& circuit) { return Search(circuit).run(); }

}  // namespace plexarium::synann
