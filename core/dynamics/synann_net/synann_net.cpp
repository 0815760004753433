#include "core/dynamics/synann_net/synann_net.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "core/dynamics/synann_net/appearance.h"
#include "core/dynamics/synann_net/circuit.h"
#include "core/dynamics/synann_net/creation.h"
#include "core/dynamics/synann_net/learner.h"
#include "core/dynamics/synann_net/state.h"

namespace plexarium::synann_net {
namespace {

using blocks::lotSize;

/// Truth: the graph's columns for weights of links, gains, batch norm and biases between two ticks of a person; in between
/// the blocks' until publish. The features are the learner's alone, and are saved as state.
class SynannNet final : public Dynamics {
 public:
  Result<void> build(Network& network) override;
  void edited(Network& network, const Edited& what) override;
  void stimulate(Network& network, std::span<const Stimulus> stimuli) override;
  void step(Network& network, std::span<double> metrics) override;
  Result<void> learn(Network& network, std::span<const double> targets) override;
  void readout(Network& network, std::span<const std::uint32_t> rows, std::span<double> outputs) override;
  void publish(Network& network, Appearance* appearance) override;
  bool stepMany(Network& network, const Lessons& lessons, std::span<double> metrics, std::span<double> outputs) override;
  Result<std::string> state(Network& network, const std::string* restore) override;

 private:
  /// Samples in pictures_, all of them with a target or all without.
  struct Chunk {
    Tick tick = 0;  ///< Of the first.
    std::size_t count = 0;
    std::span<const std::int32_t> wanted;  ///< Empty: nothing is.
  };

  void adopt(Network& network);
  void readShown(const Graph& graph);
  void draw(std::size_t sample);
  void present(Network& network, const Chunk& chunk, std::span<double> metrics, std::span<double> outputs);
  void look(Network& network, const Chunk& chunk, std::size_t sample, std::span<double> metrics);
  void tell(std::span<double> metrics) const;
  void judge(std::int32_t wanted);
  [[nodiscard]] std::size_t named() const;
  [[nodiscard]] std::size_t room(bool teaches) const;

  Learner learner_;
  Circuit circuit_;
  std::vector<float> pictures_;  ///< Those of the chunk.
  bool answered_ = false;        ///< It is the one on the retina, and nothing has changed since it was answered.
  // By row, of the last sample.
  std::vector<float> probability_;  ///< Of a sensory neuron its grey, which stays until another is given.
  std::vector<float> survival_;
  std::vector<float> normal_;
};

/// There is a weight for each pair of a probability and a synapse.
Result<void> checkSize(const Graph& graph) {
  const auto units = graph.neuronValues<std::int32_t>(neuron::Unit);
  std::size_t probabilities = 0;
  std::size_t synapses = 0;
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    if (graph.roles()[row] == Role::Inter) ++(units[row] > 0 ? probabilities : synapses);
  }
  if (probabilities * synapses <= mostPairs) return {};
  return failure(std::to_string(probabilities) + " probabilities and " + std::to_string(synapses) +
                     " synapses are too many for one layer",
                 "neurons", "Use fewer of them");
}

Result<void> SynannNet::build(Network& network) {
  if (auto fits = checkSize(network.graph); !fits) return fits;
  learner_.reset(Settings(network.parameters), network.seed);
  circuit_ = {};
  adopt(network);
  return {};
}

/// Takes over the graph's structure and values.
void SynannNet::adopt(Network& network) {
  const auto& graph = std::as_const(network.graph);
  const auto motors = circuit_.motors.size();
  circuit_.build(graph, learner_.net, learner_.features());
  if (circuit_.motors.size() != motors) learner_.forgetLessons();
  learner_.fit();
  readShown(graph);
}

void SynannNet::readShown(const Graph& graph) {
  answered_ = false;
  const auto copy = [&](std::size_t field, std::vector<float>& list) {
    const auto column = graph.neuronValues<float>(field);
    list.assign(column.begin(), column.end());
  };
  copy(neuron::Probability, probability_);
  copy(neuron::Survival, survival_);
  copy(neuron::Normal, normal_);
}

void SynannNet::edited(Network& network, const Edited& what) {
  if (what.parameters) learner_.set(Settings(network.parameters));
  answered_ = false;
  if (what.topology || what.neuronValues || what.linkValues) adopt(network);
}

void SynannNet::stimulate(Network& network, std::span<const Stimulus> stimuli) {
  const auto& graph = std::as_const(network.graph);
  for (const auto& one : stimuli) {
    const auto row = graph.row(one.neuron);
    if (!row || graph.roles()[*row] != Role::Sensory) continue;
    const auto grey = static_cast<float>(one.amount);
    answered_ = answered_ && probability_[*row] == grey;
    probability_[*row] = grey;
  }
}

Result<void> SynannNet::learn(Network& /*network*/, std::span<const double> targets) {
  const auto answers = circuit_.motors.size();
  if (!targets.empty() && targets.size() != answers) {
    return failure(std::to_string(targets.size()) + " targets do not fit " + std::to_string(answers) + " answers", {},
                   "Give one target for each");
  }
  std::int32_t wanted = -1;
  bool any = false;
  for (std::size_t k = 0; k < targets.size(); ++k) {
    any = any || !std::isnan(targets[k]);
    if (!(targets[k] >= 0.5)) continue;
    if (wanted >= 0) return failure("two answers are wanted at once", {}, "A sample has one class");
    wanted = static_cast<std::int32_t>(k);
  }
  if (any && wanted < 0) return failure("no answer is wanted", {}, "Give the answer of the sample's class a target of 1");
  learner_.course.wanted = wanted;
  return {};
}

/// The picture on the retina.
void SynannNet::draw(std::size_t sample) {
  const auto pixels = learner_.settings().pixels();
  float* const picture = pictures_.data() + sample * pixels;
  std::fill_n(picture, pixels, 0.0F);
  for (std::size_t k = 0; k < circuit_.pixels.size(); ++k) {
    if (circuit_.pixelOf[k] < pixels) picture[circuit_.pixelOf[k]] = probability_[circuit_.pixels[k]];
  }
}

/// How many samples may be looked at before the weights change.
std::size_t SynannNet::room(bool teaches) const {
  const auto batch = learner_.settings().lots * lotSize;
  return teaches ? batch - learner_.course.labels.size() : batch;
}

void SynannNet::step(Network& network, std::span<double> metrics) {
  assert(metrics.size() == metric::Count);
  if (!answered_) {
    pictures_.resize(learner_.settings().pixels());
    draw(0);
  }
  const auto wanted = learner_.course.wanted;
  present(network, {network.tick, 1, wanted >= 0 ? std::span(&wanted, 1) : std::span<const std::int32_t>{}}, metrics, {});
}

bool SynannNet::stepMany(Network& network, const Lessons& lessons, std::span<double> metrics, std::span<double> outputs) {
  const auto answers = circuit_.motors.size();
  const auto pixels = learner_.settings().pixels();
  for (std::size_t done = 0; done < lessons.ticks;) {
    const bool teaches = lessons.wanted[done] != noWish;
    Chunk chunk{network.tick + static_cast<Tick>(done), 0, {}};
    const auto most = std::min(lessons.ticks - done, room(teaches));
    pictures_.resize(most * pixels);
    answered_ = false;
    for (; chunk.count < most && (lessons.wanted[done + chunk.count] != noWish) == teaches; ++chunk.count) {
      const auto& rows = circuit_.pixels;
      for (std::size_t k = 0; k < rows.size(); ++k)
        probability_[rows[k]] = lessons.amount(done + chunk.count, k, rows.size());
      draw(chunk.count);
    }
    if (teaches) chunk.wanted = lessons.wanted.subspan(done, chunk.count);
    learner_.course.wanted = lessons.wanted[done + chunk.count - 1];
    present(network, chunk, metrics.subspan(done * metric::Count, chunk.count * metric::Count),
            outputs.subspan(done * answers, chunk.count * answers));
    done += chunk.count;
  }
  return true;
}

/// `metrics`: a row a sample; `outputs`: likewise, or empty. Everybody is answered before anything is learnt from them.
void SynannNet::present(Network& network, const Chunk& chunk, std::span<double> metrics, std::span<double> outputs) {
  if (!answered_) learner_.answer(pictures_, chunk.count);
  answered_ = chunk.count == 1;
  const auto answers = circuit_.motors.size();
  const bool teaches = !chunk.wanted.empty() && circuit_.answering();
  for (std::size_t sample = 0; sample < chunk.count; ++sample) {
    look(network, chunk, sample, metrics.subspan(sample * metric::Count, metric::Count));
    for (std::size_t m = 0; m < answers && !outputs.empty(); ++m)
      outputs[sample * answers + m] = double{probability_[circuit_.motors[m]]};
    if (teaches) judge(chunk.wanted[sample]);
    tell(metrics.subspan(sample * metric::Count, metric::Count));
  }
  if (!teaches) return;
  learner_.gather(pictures_, chunk.wanted);
  if (room(true) > 0) return;
  learner_.learn();
  answered_ = false;
  tell(metrics.last(metric::Count));
}

/// What a sample of the chunk has become: who fires, and how they stand.
void SynannNet::look(Network& network, const Chunk& chunk, std::size_t sample, std::span<double> metrics) {
  auto& net = learner_.net;
  const auto& synapses = circuit_.synapses(net);
  const auto fired = network.graph.lastFired();
  const auto tick = chunk.tick + static_cast<Tick>(sample);
  const auto lot = sample / lotSize;
  const auto k = sample % lotSize;
  const auto pixels = learner_.settings().pixels();
  for (std::size_t p = 0; p < circuit_.pixels.size(); ++p) {
    if (circuit_.pixelOf[p] < pixels && pictures_[sample * pixels + circuit_.pixelOf[p]] >= 0.5F)
      fired[circuit_.pixels[p]] = tick;
  }
  double open = 0;
  for (std::size_t j = 0; j < circuit_.probabilities.size(); ++j) {
    const auto row = circuit_.probabilities[j];
    open += double{probability_[row] = synapses.probability(lot, k, j)};
    if (!circuit_.isRead(row) && probability_[row] >= 0.5F) fired[row] = tick;
  }
  double survives = 0;
  for (std::size_t s = 0; s < circuit_.synapseRows.size(); ++s) {
    const auto row = circuit_.synapseRows[s];
    probability_[row] = synapses.opening(lot, k, s);
    survives += double{survival_[row] = synapses.survival(lot, k, s)};
    if (!circuit_.isRead(row) && probability_[row] >= 0.5F) fired[row] = tick;
  }
  for (std::size_t r = 0; r < circuit_.readers.size(); ++r) {
    const auto row = circuit_.readers[r];
    normal_[row] = net.values(circuit_.first() + 2, lot).channel(r)[k];
    if (normal_[row] > 0) fired[row] = tick;
  }
  if (circuit_.answering()) {
    for (std::size_t m = 0; m < circuit_.motors.size(); ++m)
      probability_[circuit_.motors[m]] = net.output(lot).channel(m)[k];
    fired[circuit_.motors[named()]] = tick;
  }
  const auto mean = [](double sum, std::size_t count) { return sum / static_cast<double>(std::max<std::size_t>(1, count)); };
  metrics[metric::Probability] = mean(open, circuit_.probabilities.size());
  metrics[metric::Survival] = mean(survives, circuit_.synapseRows.size());
}

void SynannNet::judge(std::int32_t wanted) {
  auto& course = learner_.course;
  const double right = named() == static_cast<std::size_t>(wanted) ? 1 : 0;
  ++course.judged;
  course.accuracy += (right - course.accuracy) / std::min(static_cast<double>(course.judged), 1000.0);
}

void SynannNet::tell(std::span<double> metrics) const {
  const auto& course = learner_.course;
  metrics[metric::Loss] = course.loss;
  metrics[metric::Accuracy] = course.accuracy;
  metrics[metric::Rate] = course.rate;
  metrics[metric::Learnt] = static_cast<double>(course.learnt);
  metrics[metric::Batches] = static_cast<double>(course.batches);
}

std::size_t SynannNet::named() const {
  std::size_t best = 0;
  for (std::size_t m = 1; m < circuit_.motors.size(); ++m) {
    if (probability_[circuit_.motors[m]] > probability_[circuit_.motors[best]]) best = m;
  }
  return best;
}

/// Everybody says how probable it was at the last sample; pixels their grey.
void SynannNet::readout(Network& /*network*/, std::span<const std::uint32_t> rows, std::span<double> outputs) {
  for (std::size_t k = 0; k < rows.size(); ++k) outputs[k] = double{probability_[rows[k]]};
}

void SynannNet::publish(Network& network, Appearance* appearance) {
  auto& graph = network.graph;
  assert(graph.neuronCount() == probability_.size());
  circuit_.write(graph, learner_.net);
  std::ranges::copy(probability_, graph.neuronValues<float>(neuron::Probability).begin());
  std::ranges::copy(survival_, graph.neuronValues<float>(neuron::Survival).begin());
  std::ranges::copy(normal_, graph.neuronValues<float>(neuron::Normal).begin());
  // A link is said to have carried when its source fired: nothing is kept for each of them.
  const auto fired = std::as_const(graph).lastFired();
  const auto carried = graph.lastCarried();
  for (std::size_t row = 0; row < fired.size(); ++row) {
    for (auto l = graph.firstLink()[row]; l < graph.firstLink()[row + 1]; ++l) {
      if (circuit_.partOf(l) != Circuit::Part::Unused) carried[l] = fired[row];
    }
  }
  if (appearance != nullptr) show(circuit_, graph, *appearance);
}

Result<std::string> SynannNet::state(Network& /*network*/, const std::string* restore) {
  auto& course = learner_.course;
  const auto first = learner_.features();
  if (restore == nullptr) return course.begun() ? stateText(course, learner_.net, first) : std::string();
  const auto& settings = learner_.settings();
  auto read = readState(*restore, learner_.net, first, settings.pixels(), circuit_.motors.size(), settings.lots * lotSize);
  if (!read) return tl::unexpected(std::move(read.error()));
  course = std::move(*read);
  answered_ = false;
  return *restore;
}

}  // namespace

DynamicsEntry entry() {
  return {description(), []() -> std::unique_ptr<Dynamics> { return std::make_unique<SynannNet>(); }, createNetwork};
}

}  // namespace plexarium::synann_net
