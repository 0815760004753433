#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/dynamics/model.h"
#include "core/edit/edit.h"

namespace plexarium {

// A module is a network that becomes part of another one, or was. Pure functions that make edits and models; any thread.
// They know no dynamics: what a neuron takes along is in the tables (Description::ownParameters, learningField).

/// Each new link gets a value drawn evenly from `least` to `most`.
struct DrawnValue {
  std::size_t field = 0;  ///< Of the link fields.
  double least = 0;
  double most = 0;
};

/// How a module is plugged into a host.
struct Plugging {
  /// Sensory neurons of the module and the host's neurons that stand for them: whoever reads the input then reads the host's
  /// neuron, be it sensory (merged) or any other (bound), and the input itself does not come along. Each input and each
  /// host's neuron once. The module's other inputs come along and stay sensory.
  std::vector<std::pair<NeuronId, NeuronId>> inputs{};
  /// Neurons of the module that the host is to read; empty: its motor neurons.
  std::vector<NeuronId> outputs{};
  /// Motor neurons of the module become interneurons; otherwise the host gets them as outputs of its own.
  bool outputsBecomeInterneurons = true;
  /// How many of `readers` link each output to themselves, drawn evenly; at most all of them.
  std::size_t readersPerOutput = 0;
  /// Neurons of the host; empty: all that are not sensory.
  std::vector<NeuronId> readers{};
  /// Of the links from outputs to readers; a field that is not here has its initial value. A weight of 0: a silent start.
  std::vector<DrawnValue> linkValues{};
  /// Multiplies what the module's neurons learn: 0 locks them, 1 leaves them as they are.
  double learning = 1;
  Point middle{};          ///< Where the middle of the module goes.
  GroupId group{};         ///< A free id (freeGroupId): the module's neurons are in this new group, called as the module is.
  std::uint64_t seed = 1;  ///< Of whatever is drawn.
};

/// One edit that copies the module into the host. What only counts a run (evolving fields that nobody may set) begins anew;
/// everything else comes along, and so do the module's parameters where a neuron has a field for them. Errors: another
/// dynamics, a neuron that is not there or not sensory, one named twice, values out of range, a dynamics without
/// learning by neuron where `learning` is not 1. O(neurons + links) of both.
Result<Edit> plugIn(const Description& description, const Graph& host, std::span<const double> hostParameters,
                    const Model& module, const Plugging& wanted);

/// A part of a network as a network of its own.
struct Extract {
  Model model;                    ///< Begins at tick 0, without bodies and without state that has no column.
  std::vector<NeuronId> inputs;   ///< Its sensory neurons, those that stand for cut links included; ascending.
  std::vector<NeuronId> outputs;  ///< Its motor neurons and whoever was read from outside; ascending.
};

/// Copies neurons with the links among them; ids stay. A neuron outside that is read from inside comes along as an input:
/// sensory, with these links alone. Who was read from outside only becomes a motor neuron. Errors: nobody is chosen, or
/// somebody who is not there.
Result<Extract> extractModule(const Description& description, const Model& whole, std::span<const NeuronId> part);

}  // namespace plexarium
