#pragma once

#include <cstdint>
#include <vector>

#include "core/blocks/layers.h"
#include "core/blocks/net.h"
#include "core/dynamics/synann_net/synapse_block.h"
#include "core/graph/graph.h"

namespace plexarium::synann_net {

inline constexpr std::uint32_t nobody = 0xffffffffU;

/// The part of the network that stands in the graph: who is what, and the three blocks that live by the graph's columns
/// (synapses, batch norm of what is read, answers). The columns are the truth between two ticks; `read` takes their values
/// into the blocks, `write` puts what was learnt back.
class Circuit {
 public:
  /// Looks at the graph and replaces the blocks of `net` from number `first` on. What the optimiser remembers of links and
  /// neurons that were there before is kept.
  void build(const Graph& graph, blocks::Net& net, std::size_t first);
  /// Values alone; the structure is the one that was built.
  void read(const Graph& graph, blocks::Net& net) const;
  void write(Graph& graph, blocks::Net& net) const;

  [[nodiscard]] SynapseBlock& synapses(blocks::Net& net) const { return static_cast<SynapseBlock&>(net[first_]); }
  [[nodiscard]] blocks::BatchNorm& norm(blocks::Net& net) const { return static_cast<blocks::BatchNorm&>(net[first_ + 1]); }
  [[nodiscard]] blocks::Block& answers(blocks::Net& net) const { return net[first_ + 2]; }
  [[nodiscard]] std::size_t first() const { return first_; }
  /// Whether there is somebody who answers, and something to answer by.
  [[nodiscard]] bool answering() const { return !motors.empty() && !readers.empty(); }

  // Rows, ascending.
  std::vector<std::uint32_t> pixels;  ///< Sensory neurons.
  std::vector<std::uint32_t> probabilities;
  std::vector<std::uint32_t> synapseRows;
  std::vector<std::uint32_t> motors;
  std::vector<std::uint32_t> readers;  ///< Of synapses and probabilities: whom a motor neuron reads.
  std::vector<std::uint32_t> pixelOf;  ///< By sensory neuron: its pixel; beyond the picture: none.

  enum class Part : std::uint8_t { Unused, Exciting, Beta, Answer };
  [[nodiscard]] bool isRead(std::uint32_t row) const { return readerNumber_[row] != nobody; }
  [[nodiscard]] Part partOf(std::size_t link) const { return places_[link].part; }

 private:
  struct Place {
    Part part = Part::Unused;
    std::uint32_t index = 0;  ///< In the parameter, or in the excitations.
  };
  /// Ids in the order of the parameters, to know them again.
  struct Names {
    std::vector<NeuronId> probabilities, synapses, readers, motors;
  };

  void sort(const Graph& graph);
  void placeLinks(const Graph& graph, SynapseBlock::Wiring& wiring);
  void keepMoments(const Names& before, std::vector<blocks::BlockPointer>& old, blocks::Net& net) const;
  [[nodiscard]] Names names(const Graph& graph) const;

  std::size_t first_ = 0;
  std::vector<std::uint32_t> number_;  ///< By row: its number among those of its kind.
  std::vector<std::uint32_t> readerNumber_;
  std::vector<Place> places_;  ///< By link row.
  Names names_;
};

}  // namespace plexarium::synann_net
