#pragma once

#include <cstdint>
#include <vector>

#include "core/graph/graph.h"

namespace plexarium::transmitter {

/// One end of an electrical link, or of a link's gap junction, as the neuron at the other end sees it.
struct Contact {
  std::uint32_t neighbour;  ///< Row.
  std::uint32_t link;       ///< Link row.
  double share;             ///< contact weight / sum of the neuron's contact weights
};

/// What the hot path needs of the links and only edits change.
struct Wiring {
  std::vector<double> share;  ///< Per link: weight / sum of the source's chemical and inverted weights; electrical: 0.
  bool chemicalOnly = true;
  std::vector<std::uint32_t> firstContact;  ///< neurons + 1 entries, or empty where there are no electrical contacts.
  std::vector<Contact> contacts;            ///< By neuron; link (a, b) is a contact of a and of b, (a, a) one of a.
};

/// O(neurons + links). Links whose weights sum to 0 carry nothing.
Wiring makeWiring(const Graph& graph);

}  // namespace plexarium::transmitter
