#pragma once

#include <optional>
#include <vector>

#include "core/graph/wiring.h"

namespace plexarium {

/// Chance of a link over distance d: probability * exp(-d / length), or probability * exp(-(d / length)^2 / 2).
struct DistanceRule {
  bool gaussian = false;
  double probability = 0;
  double length = 1;
  bool selfLinks = false;
};

/// Part of wiring.cpp. Keys in no particular order; nothing where there would be more than maximumWiredLinks.
std::optional<std::vector<LinkKey>> linksByDistance(const WiringRequest& request, const DistanceRule& rule);

}  // namespace plexarium
