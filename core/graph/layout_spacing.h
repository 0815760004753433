#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/graph/ids.h"

namespace plexarium {

// What every layout needs to come to good distances. Pure; any thread.

/// Moves the middle of the bounding box to 0.
void centre(std::span<Point> places);
/// Stretches about 0.
void scale(std::span<Point> places, double factor);

/// The distance to the nearest other neuron that a share of the neurons (0..1) stays below; 0 for fewer than two.
double neighbourDistance(std::span<const Point> places, double share);

/// Pushes neurons apart until no two are nearer than minimumSpacing, changing as little as it can. Frozen ones (not 0;
/// empty: nobody) stay, even where they overlap each other. Where there is too little room, the free ones spread out.
void removeOverlaps(std::vector<Point>& places, std::span<const std::uint8_t> frozen, std::uint64_t seed);

/// A group of neurons that keeps its shape while it is packed.
struct Parcel {
  std::vector<std::uint32_t> rows;
  bool fixed = false;  ///< Others are put around it.
};
/// Puts the parcels beside each other, largest first, in shelves of about the golden ratio; below the fixed ones.
void pack(std::span<const Parcel> parcels, std::span<Point> places);

}  // namespace plexarium
