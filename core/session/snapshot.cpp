#include "core/session/snapshot.h"

#include <algorithm>

namespace plexarium {

std::optional<std::size_t> GraphImage::row(NeuronId id) const {
  const auto found = std::lower_bound(ids->begin(), ids->end(), id);
  if (found == ids->end() || *found != id) return std::nullopt;
  return static_cast<std::size_t>(found - ids->begin());
}

std::optional<std::size_t> GraphImage::link(LinkKey key) const {
  const auto from = row(key.from);
  const auto to = row(key.to);
  if (!from || !to) return std::nullopt;
  const auto begin = targets->begin() + (*firstLink)[*from];
  const auto end = targets->begin() + (*firstLink)[*from + 1];
  const auto found = std::lower_bound(begin, end, static_cast<std::uint32_t>(*to));
  if (found == end || *found != *to) return std::nullopt;
  return static_cast<std::size_t>(found - targets->begin());
}

LinkKey GraphImage::key(std::size_t link) const {
  const auto after = std::upper_bound(firstLink->begin(), firstLink->end(), static_cast<std::uint32_t>(link));
  const auto from = static_cast<std::size_t>(after - firstLink->begin()) - 1;
  return {(*ids)[from], (*ids)[(*targets)[link]]};
}

}  // namespace plexarium
