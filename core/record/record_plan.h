#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/graph/ids.h"

namespace plexarium {

/// What is written of the neurons, of the links, or of the network as a whole.
struct RecordPlan {
  std::vector<NeuronId> neurons{};    ///< Empty: all. Of links: both ends are among them.
  std::vector<std::size_t> fields{};  ///< Indices of neuron fields; empty: firings.
  Tick every = 1;  ///< Values are written each time the count of ticks is a multiple; firings always. >= 1.
  std::vector<std::size_t> linkFields{};  ///< Indices of link fields; where there are any, these and nothing of neurons.
  bool metrics = false;                   ///< All metrics, as means over `every` ticks, and nothing else.
};

/// How far a recording has come.
struct Recorded {
  std::string file;
  Tick ticks = 0;        ///< Followed.
  std::size_t rows = 0;  ///< Written: of a table, or of an array's first dimension.
};

}  // namespace plexarium
