#include "core/graph/layout_coarsen.h"

#include <algorithm>
#include <numeric>

namespace plexarium {
namespace {

constexpr std::uint32_t none = 0xffffffffU;

std::size_t degree(const Springs& network, std::uint32_t row) { return network.first[row + 1] - network.first[row]; }

/// The free neighbour without a partner that is held most firmly, light ones preferred; or `none`.
std::uint32_t partner(const Springs& network, std::uint32_t row, const std::vector<std::uint32_t>& group) {
  std::uint32_t best = none;
  double firmest = 0;
  for (auto k = network.first[row]; k < network.first[row + 1]; ++k) {
    const auto other = network.ends[k];
    const double firmness = static_cast<double>(network.weights[k]) / network.masses[other];
    if (group[other] != none || network.frozen[other] != 0 || firmness <= firmest) continue;
    best = other;
    firmest = firmness;
  }
  return best;
}

/// The lightest group beside `row` that may take it in, or `none`.
std::uint32_t host(const Springs& network, std::uint32_t row, const std::vector<std::uint32_t>& group,
                   const std::vector<double>& masses) {
  std::uint32_t best = none;
  for (auto k = network.first[row]; k < network.first[row + 1]; ++k) {
    const auto other = network.ends[k];
    if (group[other] == none || network.frozen[other] != 0) continue;
    if (best == none || masses[group[other]] < masses[best]) best = group[other];
  }
  return best;
}

/// Puts every row into a group and sums up the groups' masses.
void form(const Springs& network, Coarser& coarser) {
  auto& group = coarser.group;
  auto& masses = coarser.network.masses;
  group.assign(network.size(), none);
  // Rows with few springs first: they have the least choice.
  std::vector<std::uint32_t> order(network.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t row) { return degree(network, row); });
  for (const auto row : order) {
    if (group[row] != none) continue;
    const bool frozen = network.frozen[row] != 0;
    const auto other = frozen ? none : partner(network, row, group);
    const auto joined = frozen || other != none ? none : host(network, row, group, masses);
    if (joined != none) {
      group[row] = joined;
      masses[joined] += network.masses[row];
      continue;
    }
    group[row] = static_cast<std::uint32_t>(masses.size());
    masses.push_back(network.masses[row]);
    coarser.network.frozen.push_back(network.frozen[row]);
    if (other == none) continue;
    group[other] = group[row];
    masses[group[row]] += network.masses[other];
  }
}

}  // namespace

Springs springs(const Topology& topology, std::size_t count, std::span<const std::uint8_t> frozen) {
  Springs network;
  network.masses.assign(count, 1);
  network.frozen.assign(count, 0);
  std::ranges::copy(frozen, network.frozen.begin());
  network.first.assign(count + 1, 0);
  const auto everyLink = [&](auto&& visit) {
    for (std::uint32_t row = 0; row < topology.neuronCount(); ++row) {
      for (auto link = topology.firstLink[row]; link < topology.firstLink[row + 1]; ++link) {
        if (topology.targets[link] != row) visit(row, topology.targets[link]);
      }
    }
  };
  std::vector<std::size_t> next(count + 1, 0);
  everyLink([&](std::uint32_t a, std::uint32_t b) { ++next[a + 1], ++next[b + 1]; });
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::uint32_t> both(next.back());
  const auto start = next;
  everyLink([&](std::uint32_t a, std::uint32_t b) { both[next[a]++] = b, both[next[b]++] = a; });
  network.ends.reserve(both.size());
  for (std::size_t row = 0; row < count; ++row) {
    const auto begin = both.begin() + static_cast<std::ptrdiff_t>(start[row]);
    const auto end = both.begin() + static_cast<std::ptrdiff_t>(start[row + 1]);
    std::sort(begin, end);
    network.ends.insert(network.ends.end(), begin, std::unique(begin, end));
    network.first[row + 1] = static_cast<std::uint32_t>(network.ends.size());
  }
  network.weights.assign(network.ends.size(), 1);
  return network;
}

std::vector<std::vector<std::uint32_t>> components(const Springs& network) {
  std::vector<std::vector<std::uint32_t>> found;
  std::vector<bool> seen(network.size(), false);
  for (std::uint32_t seed = 0; seed < network.size(); ++seed) {
    if (seen[seed]) continue;
    auto& rows = found.emplace_back(1, seed);
    seen[seed] = true;
    for (std::size_t next = 0; next < rows.size(); ++next) {
      const auto row = rows[next];
      for (auto k = network.first[row]; k < network.first[row + 1]; ++k) {
        if (seen[network.ends[k]]) continue;
        seen[network.ends[k]] = true;
        rows.push_back(network.ends[k]);
      }
    }
    std::ranges::sort(rows);
  }
  std::ranges::stable_sort(found, std::greater{}, [](const auto& rows) { return rows.size(); });
  return found;
}

Springs part(const Springs& network, const std::vector<std::uint32_t>& rows, std::vector<std::uint32_t>& place) {
  Springs small;
  for (std::uint32_t k = 0; k < rows.size(); ++k) place[rows[k]] = k;
  for (const auto row : rows) {
    for (auto k = network.first[row]; k < network.first[row + 1]; ++k) {
      small.ends.push_back(place[network.ends[k]]);
      small.weights.push_back(network.weights[k]);
    }
    small.first.push_back(static_cast<std::uint32_t>(small.ends.size()));
    small.masses.push_back(network.masses[row]);
    small.frozen.push_back(network.frozen[row]);
  }
  return small;
}

Coarser coarsen(const Springs& network) {
  Coarser coarser;
  form(network, coarser);
  auto& small = coarser.network;
  const auto count = small.masses.size();
  std::vector<std::uint32_t> begin(count + 1, 0);
  for (const auto group : coarser.group) ++begin[group + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::uint32_t> members(network.size());
  auto next = begin;
  for (std::uint32_t row = 0; row < network.size(); ++row) members[next[coarser.group[row]]++] = row;
  std::vector<std::uint32_t> slot(count, none);  // where the spring to a group stands, while this group is filled
  for (std::uint32_t group = 0; group < count; ++group) {
    const auto start = small.ends.size();
    for (auto member = begin[group]; member < begin[group + 1]; ++member) {
      const auto row = members[member];
      for (auto k = network.first[row]; k < network.first[row + 1]; ++k) {
        const auto other = coarser.group[network.ends[k]];
        if (other == group) continue;
        if (slot[other] == none) {
          slot[other] = static_cast<std::uint32_t>(small.ends.size());
          small.ends.push_back(other);
          small.weights.push_back(0);
        }
        small.weights[slot[other]] += network.weights[k];
      }
    }
    for (auto k = start; k < small.ends.size(); ++k) slot[small.ends[k]] = none;
    small.first.push_back(static_cast<std::uint32_t>(small.ends.size()));
  }
  return coarser;
}

}  // namespace plexarium
