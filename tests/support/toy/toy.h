#pragma once

#include "core/dynamics/registry.h"

/// A dynamics for tests only: proof that a further one needs a folder and a registry line and nothing else.
///
/// Neurons gather charge (their bias each tick and what firing neurons send), fire at 1 and start again. On every tick the
/// network takes away one of its links at random and grows another. Motor neurons learn their bias from targets. Charges
/// live in the dynamics' own memory between publications, and a counter without a column decides where the next link
/// grows, so that a session which forgets to publish, to tell of an edit, or to keep that state is found out.
namespace plexarium::toy {

DynamicsEntry entry();

/// Indices into the description's lists.
enum NeuronField : std::size_t { Bias, Charge };
enum LinkField : std::size_t { Gain, Weight };
enum Parameter : std::size_t { MillisecondsPerTick, Rewires, ThrowAtTick };
enum Metrics : std::size_t { MeanCharge, Fired, Links };

/// `neurons` neurons in a ring with one link each and `links` more at random; seeded.
Model model(std::size_t neurons, std::size_t links, std::uint64_t seed = 1);

}  // namespace plexarium::toy
