#include "core/dynamics/sonn/sonn.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>
#include <vector>

#include "core/dynamics/sonn/anatomy.h"
#include "core/dynamics/sonn/appearance.h"
#include "core/dynamics/sonn/chunk.h"
#include "core/dynamics/sonn/creation.h"
#include "core/dynamics/sonn/fields.h"
#include "core/dynamics/sonn/learner.h"
#include "core/dynamics/sonn/state.h"

namespace plexarium::sonn {
namespace {

/// Truth: the graph's columns, but for connections, inputs, shares and, of columns, potentials: these are the members' until
/// publish. Potentials of cells are worked out there, from the last sample and the weights of that moment.
class SonnDynamics final : public Dynamics {
 public:
  Result<void> build(Network& network) override;
  void edited(Network& network, const Edited& what) override;
  void stimulate(Network& network, std::span<const Stimulus> stimuli) override;
  void step(Network& network, std::span<double> metrics) override;
  Result<void> learn(Network& network, std::span<const double> targets) override;
  void readout(Network& network, std::span<const std::uint32_t> rows, std::span<double> outputs) override;
  void publish(Network& network, Appearance* appearance) override;
  bool glance(Network& network, Appearance& appearance) override;
  bool stepMany(Network& network, const Lessons& lessons, std::span<double> metrics, std::span<double> outputs) override;
  Result<std::string> state(Network& network, const std::string* restore) override;

 private:
  void read(Network& network);
  void present(Network& network, const Chunk& chunk, std::span<double> metrics, std::span<double> outputs);
  void look(std::size_t lanes);
  void countSpikes(const Chunk& chunk);
  [[nodiscard]] std::span<const std::uint32_t> spikesOf(std::uint32_t lane) const {
    return std::span(spikes_).subspan(lane * anatomy_.columns.size(), anatomy_.columns.size());
  }
  [[nodiscard]] std::uint32_t named(std::uint32_t lane) const;
  void markFired(Network& network, const Chunk& chunk);
  void markCells(Network& network, const Chunk& chunk);
  void markWinner(Network& network, const Chunk& chunk, std::uint32_t lane);
  void judge(const Chunk& chunk, std::uint32_t lane, double rate, std::span<double> metrics);
  void teach(std::uint32_t wanted, std::uint32_t lane, double rate, std::span<double> metrics);
  [[nodiscard]] double markOf(const std::vector<double>& marks) const;
  Turnover learnFrom(std::uint64_t seed, std::uint32_t taught);
  void keepNear(std::uint32_t taught);
  [[nodiscard]] std::uint32_t room() const;
  [[nodiscard]] double shareOf(std::size_t column, std::uint32_t spikes) const;
  [[nodiscard]] std::int32_t potentialOf(std::size_t cell, std::span<const std::uint8_t> on) const;
  void workOutPotentials();
  void glanceAtNeurons(const Network& network, Appearance& appearance) const;
  void writeNeurons(Graph& graph) const;

  Settings settings_;
  Anatomy anatomy_;
  Learner learner_;
  Evaluator evaluator_;
  Wish wish_;
  std::vector<std::uint8_t> everybody_;  ///< By column: all take part.
  std::vector<std::uint8_t> on_;         ///< By receptor: the sample that is shown, which stays until another is.
  std::vector<std::uint8_t> learns_;     ///< By cell.
  std::vector<std::uint64_t> words_;     ///< By input.
  std::vector<std::uint64_t> spiked_;    ///< By cell: of the last chunk.
  std::vector<std::uint64_t> near_;
  std::vector<std::uint64_t> nearGathered_;  ///< By cell: of the samples whose lessons wait.
  bool nearIsKnown_ = false;                 ///< By the weights of now.
  std::vector<std::uint64_t> again_;         ///< Who would have spiked; nobody asks.
  std::vector<std::uint32_t> spikes_;        ///< Per lane, by column.
  std::vector<std::uint32_t> said_;          ///< By column: spikes at the last sample.
  std::vector<std::uint8_t> taught_;         ///< By column: what the last sample did.
  std::vector<std::int32_t> potentials_;     ///< By cell, for looks.
  std::uint32_t lane_ = 0;                   ///< Of the last sample in near_.
};

Result<void> SonnDynamics::build(Network& network) {
  wish_ = {};
  anatomy_.read(network.graph);
  learner_.reset(anatomy_);
  read(network);
  return {};
}

/// Everything that is in the graph.
void SonnDynamics::read(Network& network) {
  const auto& graph = std::as_const(network.graph);
  settings_ = Settings(network.parameters);
  const auto before = std::exchange(anatomy_.names, {});
  const auto columns = anatomy_.columns.size();
  anatomy_.read(graph);
  if (anatomy_.names != before || anatomy_.columns.size() != columns) {
    learner_.fit(anatomy_);
    wish_ = {};
  }
  learner_.synapses.read(graph, anatomy_);
  on_.resize(anatomy_.receptors.size());
  for (std::size_t receptor = 0; receptor < on_.size(); ++receptor)
    on_[receptor] = graph.neuronValues<std::uint8_t>(neuron::On)[anatomy_.receptors[receptor]];
  learner_.share.resize(anatomy_.inputs.size());
  for (std::size_t input = 0; input < anatomy_.inputs.size(); ++input)
    learner_.share[input] = graph.neuronValues<double>(neuron::Share)[anatomy_.inputs[input]];
  learns_.resize(anatomy_.cells.size());
  for (std::size_t cell = 0; cell < learns_.size(); ++cell)
    learns_[cell] = graph.neuronValues<std::uint8_t>(neuron::Learns)[anatomy_.cells[cell]];
  said_.resize(anatomy_.columns.size());
  for (std::size_t column = 0; column < said_.size(); ++column) {
    const auto potential = graph.neuronValues<std::int32_t>(neuron::Potential)[anatomy_.columns[column]];
    said_[column] = static_cast<std::uint32_t>(std::max(0, potential));
  }
  everybody_.assign(anatomy_.columns.size(), 1);
  words_.assign(anatomy_.inputs.size(), 0);
  near_.clear();
  nearIsKnown_ = false;
  taught_.clear();
}

void SonnDynamics::edited(Network& network, const Edited& what) {
  if (what.topology || what.neuronValues || what.linkValues || what.parameters) read(network);
}

void SonnDynamics::stimulate(Network& network, std::span<const Stimulus> stimuli) {
  const auto roles = network.graph.roles();
  for (const auto& one : stimuli) {
    const auto row = network.graph.row(one.neuron);
    if (row && roles[*row] == Role::Sensory) on_[anatomy_.number[*row]] = one.amount >= 0.5 ? 1 : 0;
  }
}

Result<void> SonnDynamics::learn(Network& /*network*/, std::span<const double> targets) {
  const auto columns = anatomy_.columns.size();
  if (!targets.empty() && targets.size() != columns) {
    return failure(std::to_string(targets.size()) + " targets do not fit " + std::to_string(columns) + " columns", {},
                   "Give one target for each");
  }
  Wish wish;
  wish.takesPart.resize(targets.size());
  for (std::uint32_t column = 0; column < targets.size(); ++column) {
    if (std::isnan(targets[column])) continue;
    wish.takesPart[column] = 1;
    if (targets[column] < 0.5) continue;
    if (wish.wanted != nobody) return failure("two columns are wanted at once", {}, "A sample has one class");
    wish.wanted = column;
  }
  if (std::ranges::count(wish.takesPart, std::uint8_t{1}) == 0) {
    wish_ = {};
    return {};
  }
  if (wish.wanted == nobody)
    return failure("no column is wanted", {}, "Give the column of the sample's class a target of 1");
  wish_ = std::move(wish);
  return {};
}

/// How many samples may teach before the weights change.
std::uint32_t SonnDynamics::room() const {
  const auto gathered = learner_.course.gathered.count;
  return gathered < settings_.block ? settings_.block - gathered : 1;
}

void SonnDynamics::step(Network& network, std::span<double> metrics) {
  assert(on_.size() == anatomy_.receptors.size() && metrics.size() == metric::Count);
  for (std::size_t receptor = 0; receptor < on_.size(); ++receptor) words_[receptor] = on_[receptor];
  Chunk chunk{.first = network.tick, .count = 1, .taught = wish_.takesPart.empty() ? 0U : 1U};
  chunk.wanted[0] = wish_.wanted;
  present(network, chunk, metrics, {});
}

bool SonnDynamics::stepMany(Network& network, const Lessons& lessons, std::span<double> metrics, std::span<double> outputs) {
  if (lessons.graded) return false;
  const auto receptors = on_.size();
  const auto columns = anatomy_.columns.size();
  std::array<std::uint64_t, laneCount> square{};
  for (std::size_t done = 0; done < lessons.ticks;) {
    auto chunk = Chunk::of(lessons, done, room());
    chunk.first = network.tick + static_cast<Tick>(done);
    for (std::size_t word = 0; word < lessons.words; ++word) {
      square.fill(0);
      for (std::size_t k = 0; k < chunk.count; ++k) square[chunk.lane[k]] = lessons.on[(done + k) * lessons.words + word];
      transpose(square);
      const auto first = word * 64;
      std::copy_n(square.begin(), std::min<std::size_t>(64, receptors - first),
                  words_.begin() + static_cast<std::ptrdiff_t>(first));
    }
    for (std::size_t receptor = 0; receptor < receptors; ++receptor)
      on_[receptor] = static_cast<std::uint8_t>(words_[receptor] >> chunk.lastLane() & 1U);
    wish_.takesPart = everybody_;
    present(network, chunk, metrics.subspan(done * metric::Count, chunk.count * metric::Count),
            outputs.subspan(done * columns, chunk.count * columns));
    wish_ = {};
    if (chunk.lastLane() < chunk.taught) wish_ = {chunk.wanted[chunk.lastLane()], everybody_};
    done += chunk.count;
  }
  return true;
}

/// `metrics`: a row a sample; `outputs`: likewise, or empty.
void SonnDynamics::present(Network& network, const Chunk& chunk, std::span<double> metrics, std::span<double> outputs) {
  markFired(network, chunk);
  if (chunk.taught > 0) learner_.disturb(settings_, network.seed, std::span(words_).first(on_.size()), chunk.taught);
  look(chunk.count);
  countSpikes(chunk);
  const double rate = settings_.eventRate(learner_.course.learned);
  const auto columns = anatomy_.columns.size();
  for (std::uint32_t k = 0; k < chunk.count; ++k) {
    const std::uint32_t lane = chunk.lane[k];
    judge(chunk, lane, rate, metrics.subspan(k * metric::Count, metric::Count));
    markWinner(network, chunk, lane);
    if (outputs.empty()) continue;
    for (std::size_t column = 0; column < columns; ++column)
      outputs[k * columns + column] = shareOf(column, spikesOf(lane)[column]);
  }
  lane_ = chunk.lastLane();
  said_.assign(spikesOf(lane_).begin(), spikesOf(lane_).end());
  const auto turnover = chunk.taught > 0 ? learnFrom(network.seed, chunk.taught) : Turnover{};
  const auto lastRow = metrics.last(metric::Count);
  lastRow[metric::Born] = static_cast<double>(turnover.born);
  lastRow[metric::Died] = static_cast<double>(turnover.died);
  lastRow[metric::Connections] = static_cast<double>(learner_.synapses.count());
  markCells(network, chunk);
}

/// Those that feed others first.
void SonnDynamics::look(std::size_t lanes) {
  spiked_.resize(anatomy_.cells.size());
  near_.resize(anatomy_.cells.size());
  const auto table = learner_.synapses.table();
  if (anatomy_.feeders.empty()) return evaluator_.evaluate(table, words_, settings_.window, spiked_, near_, lanes);
  evaluator_.evaluate(table, words_, settings_.window, spiked_, near_, lanes, anatomy_.feeds, 1);
  for (std::size_t k = 0; k < anatomy_.feeders.size(); ++k) words_[on_.size() + k] = spiked_[anatomy_.feeders[k]];
  evaluator_.evaluate(table, words_, settings_.window, spiked_, near_, lanes, anatomy_.feeds, 0);
}

/// Receptors fire while they are on.
void SonnDynamics::markFired(Network& network, const Chunk& chunk) {
  const auto fired = network.graph.lastFired();
  for (std::size_t receptor = 0; receptor < on_.size(); ++receptor) {
    if (words_[receptor] != 0) fired[anatomy_.receptors[receptor]] = chunk.latest(words_[receptor]);
  }
}

void SonnDynamics::countSpikes(const Chunk& chunk) {
  const auto columns = anatomy_.columns.size();
  spikes_.resize(chunk.count * columns);
  for (std::size_t column = 0; column < columns; ++column) {
    LaneCounter counter;
    counter.add(spiked_, anatomy_.members[column]);
    for (std::uint32_t lane = 0; lane < chunk.count; ++lane) spikes_[lane * columns + column] = counter.count(lane);
  }
}

void SonnDynamics::markCells(Network& network, const Chunk& chunk) {
  const auto fired = network.graph.lastFired();
  for (std::size_t cell = 0; cell < spiked_.size(); ++cell) {
    if (const auto spikes = spiked_[cell] & lowestLanes(chunk.count); spikes != 0)
      fired[anatomy_.cells[cell]] = chunk.latest(spikes);
  }
}

/// A column fires when it has the most spikes.
void SonnDynamics::markWinner(Network& network, const Chunk& chunk, std::uint32_t lane) {
  const auto winner = named(lane);
  if (winner != nobody && spikesOf(lane)[winner] > 0)
    network.graph.lastFired()[anatomy_.columns[winner]] = chunk.first + chunk.time[lane];
}

/// The column with the most spikes, the first of equals.
std::uint32_t SonnDynamics::named(std::uint32_t lane) const {
  const auto spikes = spikesOf(lane);
  return spikes.empty() ? nobody : static_cast<std::uint32_t>(std::ranges::max_element(spikes) - spikes.begin());
}

void SonnDynamics::judge(const Chunk& chunk, std::uint32_t lane, double rate, std::span<double> metrics) {
  std::ranges::fill(metrics, 0.0);
  taught_.assign(anatomy_.columns.size(), 0);
  if (lane < chunk.taught) teach(chunk.wanted[lane], lane, rate, metrics);
  auto& course = learner_.course;
  metrics[metric::Accuracy] = course.accuracy;
  for (const auto spikes : spikesOf(lane)) metrics[metric::Spikes] += spikes;
  metrics[metric::TrueMark] = markOf(course.marks.ofTrue);
  metrics[metric::FalseMark] = markOf(course.marks.ofFalse);
  metrics[metric::Connections] = static_cast<double>(learner_.synapses.count());
  metrics[metric::Learnt] = static_cast<double>(course.judged);
}

void SonnDynamics::teach(std::uint32_t wanted, std::uint32_t lane, double rate, std::span<double> metrics) {
  auto& course = learner_.course;
  auto& gathered = course.gathered;
  const auto verdict = course.marks.judge(settings_, rate, spikesOf(lane), wanted, wish_.takesPart);
  const auto place = gathered.count + lane;
  gathered.wanted[place] = wanted;
  const auto bit = std::uint64_t{1} << place;
  if (verdict.strengthen) gathered.plus[wanted] |= bit;
  taught_[wanted] = verdict.strengthen ? 1 : 0;
  for (const auto column : course.marks.weakened) {
    gathered.minus[column] |= bit;
    taught_[column] = 2;
  }
  const double right = named(lane) == wanted ? 1 : 0;
  ++course.judged;
  course.accuracy += (right - course.accuracy) / std::min(static_cast<double>(course.judged), 1000.0);
  metrics[metric::Margin] = verdict.margin;
  metrics[metric::Strengthened] = verdict.strengthen ? 1 : 0;
  metrics[metric::Weakened] = verdict.weakened;
}

double SonnDynamics::markOf(const std::vector<double>& marks) const {
  if (marks.empty() || settings_.marks == MarkKind::Shared) return marks.empty() ? 0 : marks[0];
  double sum = 0;
  for (const double mark : marks) sum += mark;
  return sum / static_cast<double>(marks.size());
}

Turnover SonnDynamics::learnFrom(std::uint64_t seed, std::uint32_t taught) {
  keepNear(taught);
  learner_.gather(words_, taught);
  const auto& gathered = learner_.course.gathered;
  if (gathered.count < settings_.block) return {};
  if (!nearIsKnown_) {
    again_.resize(anatomy_.cells.size());
    evaluator_.evaluate(learner_.synapses.table(), gathered.words, settings_.window, again_, nearGathered_, gathered.count);
  }
  return learner_.absorb(settings_, seed, anatomy_, nearGathered_, learns_);
}

/// Where the block comes in parts, the network may be edited meanwhile: then the weights of the block's end count.
void SonnDynamics::keepNear(std::uint32_t taught) {
  const auto gathered = learner_.course.gathered.count;
  nearGathered_.resize(near_.size());
  if (gathered == 0) {
    std::ranges::copy(near_, nearGathered_.begin());
    nearIsKnown_ = true;
    return;
  }
  for (std::size_t cell = 0; cell < near_.size(); ++cell) {
    const auto before = nearGathered_[cell] & lowestLanes(gathered);
    nearGathered_[cell] = before | (near_[cell] & lowestLanes(taught)) << gathered;
  }
}

double SonnDynamics::shareOf(std::size_t column, std::uint32_t spikes) const {
  return spikes / static_cast<double>(std::max<std::size_t>(1, anatomy_.members[column].size()));
}

/// Columns say the share of their neurons that spiked at the last sample, receptors whether they are on, cells whether they
/// spiked.
void SonnDynamics::readout(Network& network, std::span<const std::uint32_t> rows, std::span<double> outputs) {
  const auto& graph = std::as_const(network.graph);
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const auto number = anatomy_.number[rows[k]];
    switch (graph.roles()[rows[k]]) {
      case Role::Sensory:
        outputs[k] = on_[number];
        break;
      case Role::Inter:
        outputs[k] = network.tick > 0 && graph.lastFired()[rows[k]] == network.tick - 1 ? 1 : 0;
        break;
      case Role::Motor:
        outputs[k] = shareOf(number, said_[number]);
    }
  }
}

/// `on`: 0 or 1 for each input.
std::int32_t SonnDynamics::potentialOf(std::size_t cell, std::span<const std::uint8_t> on) const {
  const auto slots = learner_.synapses.table();
  const auto& row = slots.rows[cell];
  std::int32_t sum = 0;
  for (auto k = row.begin; k < row.begin + row.count; ++k) sum += slots.weight[k] * on[slots.receptor[k]];
  return sum;
}

void SonnDynamics::publish(Network& network, Appearance* appearance) {
  assert(network.graph.neuronCount() == anatomy_.number.size());
  learner_.synapses.write(network.graph, anatomy_);
  workOutPotentials();
  writeNeurons(network.graph);
  if (appearance == nullptr) return;
  glanceAtNeurons(network, *appearance);
  showLinks(anatomy_, network.graph, *appearance);
}

bool SonnDynamics::glance(Network& network, Appearance& appearance) {
  workOutPotentials();
  glanceAtNeurons(network, appearance);
  return true;
}

void SonnDynamics::glanceAtNeurons(const Network& network, Appearance& appearance) const {
  const LastSample last{.tick = network.tick - 1,
                        .on = on_,
                        .potentials = potentials_,
                        .spikes = said_,
                        .near = near_,
                        .lane = lane_,
                        .taught = taught_,
                        .threshold = double{1} * settings_.window.threshold};
  showNeurons(last, anatomy_, network.graph, appearance);
}

/// Of the last sample, by the weights of now.
void SonnDynamics::workOutPotentials() {
  auto inputs = on_;  // of receptors; then of those that feed others, which listen to receptors alone
  for (const auto feeder : anatomy_.feeders)
    inputs.push_back(potentialOf(feeder, inputs) >= settings_.window.threshold ? 1 : 0);
  potentials_.resize(anatomy_.cells.size());
  for (std::size_t cell = 0; cell < potentials_.size(); ++cell) potentials_[cell] = potentialOf(cell, inputs);
}

void SonnDynamics::writeNeurons(Graph& graph) const {
  const auto on = graph.neuronValues<std::uint8_t>(neuron::On);
  const auto share = graph.neuronValues<double>(neuron::Share);
  const auto potential = graph.neuronValues<std::int32_t>(neuron::Potential);
  for (std::size_t receptor = 0; receptor < on_.size(); ++receptor) on[anatomy_.receptors[receptor]] = on_[receptor];
  for (std::size_t input = 0; input < anatomy_.inputs.size(); ++input) share[anatomy_.inputs[input]] = learner_.share[input];
  for (std::size_t cell = 0; cell < potentials_.size(); ++cell) potential[anatomy_.cells[cell]] = potentials_[cell];
  for (std::size_t column = 0; column < said_.size(); ++column)
    potential[anatomy_.columns[column]] = static_cast<std::int32_t>(said_[column]);
}

Result<std::string> SonnDynamics::state(Network& /*network*/, const std::string* restore) {
  if (restore == nullptr) return stateText(learner_.course, wish_);
  auto memory = readState(*restore, anatomy_);
  if (!memory) return tl::unexpected(std::move(memory.error()));
  learner_.course = std::move(memory->course);
  nearIsKnown_ = false;
  wish_ = std::move(memory->wish);
  return *restore;
}

}  // namespace

DynamicsEntry entry() {
  return {description(), []() -> std::unique_ptr<Dynamics> { return std::make_unique<SonnDynamics>(); }, createNetwork};
}

}  // namespace plexarium::sonn
