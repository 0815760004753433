#include "core/dynamics/synann_net/pictures.h"

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "core/blocks/layers.h"
#include "core/dynamics/synann_net/circuit.h"
#include "core/dynamics/synann_net/learner.h"
#include "core/dynamics/synann_net/state.h"

namespace plexarium::synann_net {
namespace {

constexpr float none = std::numeric_limits<float>::quiet_NaN();

std::vector<NeuronId> idsOf(const Graph& graph, const std::vector<std::uint32_t>& rows) {
  std::vector<NeuronId> ids;
  for (const auto row : rows) ids.push_back(graph.ids()[row]);
  return ids;
}

/// A tile for each output, about twice as many values across as down; of several inputs, a row of tiles for each output.
Picture weightsOf(const blocks::Block& block, std::string label) {
  Picture picture;
  const auto& in = block.in();
  const auto& out = block.out();
  picture.label = std::move(label);
  picture.width = in.width + 2 * block.inBorder() + 1 - out.width;
  picture.height = in.height + 2 * block.inBorder() + 1 - out.height;
  picture.values = block.parameters[0].values;
  picture.help = "Each tile is what one of " + std::to_string(out.channels) + " units weighs its input by";
  if (in.channels == 1) {
    const auto square = static_cast<double>(out.channels * picture.height) / static_cast<double>(picture.width);
    picture.across = static_cast<std::size_t>(std::ceil(std::sqrt(2 * square)));
    picture.help += '.';
  } else {
    picture.across = in.channels;
    picture.help += ": a row for each unit, a column for each of " + std::to_string(in.channels) + " inputs.";
  }
  return picture;
}

Picture empty(std::string label, std::string help, std::vector<NeuronId> sources, std::vector<NeuronId> targets) {
  Picture picture{std::move(label), std::move(help), targets.size()};
  picture.height = sources.empty() ? 1 : sources.size();
  picture.values.assign(picture.width * picture.height, none);
  picture.sources = std::move(sources);
  picture.targets = std::move(targets);
  return picture;
}

/// What links of one part weigh, from the columns: the ends in the order of `sources` and `targets`.
void fill(Picture& picture, const Circuit& circuit, const Graph& graph, Circuit::Part part) {
  std::vector<std::uint32_t> row(graph.neuronCount(), nobody);
  std::vector<std::uint32_t> column(graph.neuronCount(), nobody);
  for (std::uint32_t k = 0; k < picture.sources.size(); ++k) row[*graph.row(picture.sources[k])] = k;
  for (std::uint32_t k = 0; k < picture.targets.size(); ++k) column[*graph.row(picture.targets[k])] = k;
  const auto weights = graph.linkValues<float>(link::Weight);
  for (std::uint32_t from = 0; from < graph.neuronCount(); ++from) {
    for (auto l = graph.firstLink()[from]; l < graph.firstLink()[from + 1]; ++l) {
      const auto to = graph.targets()[l];
      if (circuit.partOf(l) == part) picture.values[row[from] * picture.width + column[to]] = weights[l];
    }
  }
}

void addCircuit(const Circuit& circuit, const Graph& graph, std::vector<Picture>& pictures) {
  const auto synapses = idsOf(graph, circuit.synapseRows);
  if (!synapses.empty() && !circuit.probabilities.empty()) {
    pictures.push_back(empty("Beta", "How strongly each probability (downward) inhibits each synapse (across).",
                             idsOf(graph, circuit.probabilities), synapses));
    fill(pictures.back(), circuit, graph, Circuit::Part::Beta);
    pictures.push_back(empty("Alpha", "The gain of each synapse.", {}, synapses));
    const auto gains = graph.neuronValues<float>(neuron::Gain);
    for (std::size_t k = 0; k < synapses.size(); ++k) pictures.back().values[k] = gains[circuit.synapseRows[k]];
  }
  if (!circuit.answering()) return;
  pictures.push_back(empty("Answers", "What each answer (across) makes of each value that it reads (downward).",
                           idsOf(graph, circuit.readers), idsOf(graph, circuit.motors)));
  fill(pictures.back(), circuit, graph, Circuit::Part::Answer);
}

}  // namespace

Result<std::vector<Picture>> pictures(const Model& model) {
  Learner learner;
  const Settings settings(model.parameters);
  learner.reset(settings, model.seed);
  Circuit circuit;
  circuit.build(model.graph, learner.net, learner.features());
  if (!model.dynamicsState.empty()) {
    const auto read = readState(model.dynamicsState, learner.net, learner.features(), settings.pixels(),
                                circuit.motors.size(), settings.lots * blocks::lotSize);
    if (!read) return tl::unexpected(read.error());
  }
  std::vector<Picture> pictures;
  int convolutions = 0, denses = 0;
  for (std::size_t k = 0; k < learner.features(); ++k) {
    const auto* block = dynamic_cast<const blocks::ConvolutionBlock*>(&std::as_const(learner.net)[k]);
    if (block == nullptr) continue;
    const bool dense = block->out().area() == 1;
    const int number = ++(dense ? denses : convolutions);
    pictures.push_back(weightsOf(*block, (dense ? "Dense layer " : "Convolution ") + std::to_string(number)));
  }
  addCircuit(circuit, model.graph, pictures);
  return pictures;
}

}  // namespace plexarium::synann_net
