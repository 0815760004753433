#pragma once

#include <memory>
#include <vector>

#include "core/description/description.h"
#include "core/session/snapshot.h"

namespace plexarium::test {

/// Five phases with five shapes, three kinds of links, two neuron fields (one evolves), one link field.
const Description& canvasDescription();

/// A link of a scene that is made by hand; rows instead of ids.
struct MadeLink {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint8_t style = 0;
  float strength = 0.5F;
  Tick carried = never;
};

/// A snapshot without a session: ids 1, 2, ... in the order of `positions`, every neuron calm and half full, named "A", "B",
/// ...
std::shared_ptr<Snapshot> makeSnapshot(const std::vector<Point>& positions, std::vector<MadeLink> links);

/// `neurons` spread evenly over a square with some disorder, `linksEach` links to random others; the same on every run.
std::shared_ptr<Snapshot> makeLargeSnapshot(std::uint32_t neurons, std::uint32_t linksEach);

/// One of everything: every phase and role, a self-link, a mutual pair, all kinds of links, pulses, releases, names.
std::shared_ptr<Snapshot> makeShowcase();

struct MadeGroup {
  Group group;
  std::vector<NeuronId> members;  ///< Its own.
};
/// The same with these groups, given in order of their ids.
std::shared_ptr<Snapshot> grouped(const Snapshot& snapshot, const std::vector<MadeGroup>& groups);

}  // namespace plexarium::test
