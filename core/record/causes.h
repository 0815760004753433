#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/graph/ids.h"
#include "core/graph/topology.h"

namespace plexarium {

/// One firing.
struct Spike {
  Tick tick = 0;  ///< The tick it happened in, which is the number of ticks done before.
  NeuronId neuron;
  std::uint32_t branch = 0;  ///< See Branch::number; 0 where there are no branches.
};

/// A firing that helped to bring about a later one over the link between the two neurons.
struct Cause {
  NeuronId from, to;
  Tick fired = 0;    ///< When `from` fired.
  Tick target = 0;   ///< When `to` fired.
  double share = 0;  ///< 0..1; what reached one firing directly adds up to 1.
  double part = 0;   ///< 0..1: the share of this cause in the firing that was asked about, along the strongest way.
};

struct CauseLimits {
  Tick ticks = 100;          ///< How far back from the firing that is asked about.
  std::size_t causes = 500;  ///< The strongest are kept.
};

/// Why did `neuron` fire at `tick`? The firings that led there, backwards in time, strongest first.
///
/// The rule is the same for every dynamics, whose delays and thresholds nobody here knows: a firing of s at a explains a
/// firing of t at b where there is a link from s to t, a < b, and a is not before the firing of t that came before b (what
/// arrived earlier was used up then; one in that very tick was not, since neurons of one tick may fire in any order). Among
/// the firings that explain the same one, the shares fall with distance in time, as 1 / (b - a). Each cause is then asked
/// why it fired in its turn.
///
/// `spikes` of one branch in ascending order of ticks; those later than `tick` do no harm. `topology` with ids. Empty where
/// `neuron` did not fire at `tick` or nothing explains it. O(spikes in the window + links), and per firing that is explained
/// O(its sources). Pure; any thread.
std::vector<Cause> causesOf(NeuronId neuron, Tick tick, std::span<const Spike> spikes, const Topology& topology,
                            const CauseLimits& limits = {});

}  // namespace plexarium
