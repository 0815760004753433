#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/edit/edit.h"
#include "core/random.h"
#include "core/session/snapshot.h"

namespace plexarium {

/// Invents edits of every kind for a network that it sees in a snapshot's image; seeded, so that a failure can be repeated.
/// An image may be older than the network: then some edits are refused, as a person's would be.
class RandomEdits {
 public:
  /// Sets only the network parameters listed; keeps the number of neurons roughly between `fewest` and `most`.
  RandomEdits(const Description& description, std::uint64_t seed, std::vector<std::size_t> parameters, std::size_t fewest,
              std::size_t most);

  Edit next(const GraphImage& image);
  /// Where it has bodies, every third edit is about them: things in arenas, parameters, ties, bodies that come and go.
  Edit next(const Snapshot& seen);

 private:
  std::uint32_t below(std::size_t bound) { return stream_.below(static_cast<std::uint32_t>(bound), draws_++); }
  NeuronId anyNeuron(const GraphImage& image) { return (*image.ids)[below(image.ids->size())]; }
  std::optional<LinkKey> anyLink(const GraphImage& image);
  Point anyPoint();
  double anyValue(const Field& field);
  /// Index of a field that may be edited; nothing where there is none.
  std::optional<std::size_t> anyField(const std::vector<Field>& fields);
  Edit addNeurons(const GraphImage& image);
  Edit anyGrouping(const GraphImage& image);
  Edit anyThing(const WorldView& body);
  Edit anyTie(const Snapshot& seen, const WorldView& body);

  const Description& description_;
  RandomStream stream_;
  std::uint64_t draws_ = 0;
  std::vector<std::size_t> parameters_;
  std::size_t fewest_;
  std::size_t most_;
};

/// What is wrong with an image: a link without an end, rows out of order, lists of different length. Empty: nothing.
std::string faults(const Snapshot& snapshot);
/// The same for a graph.
std::string faults(const Graph& graph);

}  // namespace plexarium
