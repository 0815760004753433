#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/description/description.h"
#include "core/error.h"
#include "core/graph/graph.h"

namespace plexarium {

/// Amount put into one neuron before the next tick.
struct Stimulus {
  NeuronId neuron;
  std::size_t channel = 0;  ///< Index into Description::stimuli.
  double amount = 0;
};

/// What the canvas shows, one entry per row of the graph that is shown with it. Filled only when somebody looks.
struct Appearance {
  std::vector<std::uint8_t> phase;      ///< Index into Description::phases.
  std::vector<float> level;             ///< Fill, 0..1: how near the neuron is to firing.
  std::vector<float> store;             ///< Ring, 0..1: what it has in stock; negative: no ring.
  std::vector<float> progress;          ///< 0..1: where a pulse is on its way along the outgoing links; negative: none.
  std::vector<Tick> lastFired;          ///< `never` or a tick not later than now.
  std::vector<Tick> lastCarried;        ///< Per link row. Empty: a link carried when both its ends had last fired.
  std::vector<std::uint8_t> linkStyle;  ///< Per link row: index into Description::linkStyles.
  std::vector<float> linkStrength;      ///< Per link row, 0..1: line width.
  /// Per link row: the tick in which it came by itself; `never`: it was there before. Empty where none does.
  std::vector<Tick> linkBorn{};

  /// When link row `link`, between these neuron rows, carried last.
  [[nodiscard]] Tick carried(std::size_t link, std::size_t from, std::size_t to) const {
    return lastCarried.empty() ? std::min(lastFired[from], lastFired[to]) : lastCarried[link];
  }
  /// Last carried as the graph has it.
  void copyCarried(const Graph& graph) {
    lastCarried.assign(graph.lastCarried().begin(), graph.lastCarried().end());
    lastCarried.resize(graph.linkCount(), never);
  }
};

/// What an edit touched, so that a dynamics can absorb it without starting anew.
struct Edited {
  bool topology = false;  ///< Rows moved: every row number and span of before is void.
  bool neuronValues = false;
  bool linkValues = false;
  bool parameters = false;
  bool embodiment = false;  ///< Controllers or bindings; no dynamics' business.
};

/// Everything a dynamics works on. The session owns it; references stay valid as long as the dynamics lives.
struct Network {
  Graph& graph;
  std::vector<double>& parameters;  ///< Follows Description::parameters.
  std::uint64_t seed = 0;           ///< Of the run; streams of random numbers are derived from it (core/random.h).
  Tick tick = 0;                    ///< Ticks done since the network began; the next step is number `tick`.
};

/// Ticks in which one sample after the other is shown, for dynamics that are faster with many at a time.
struct Lessons {
  std::size_t ticks = 0;
  /// Per tick `words` words: bit k of a row says whether sensory neuron k (in row order) is given 1 on the first channel,
  /// otherwise it is given 0.
  std::span<const std::uint64_t> on;
  std::size_t words = 0;
  /// Per tick the motor neuron (counted in row order) of which 1 is wanted while 0 is wanted of the others; noWish: nothing
  /// is wanted of anybody.
  std::span<const std::int32_t> wanted;
  /// Graded lessons: in place of `on`, per tick what each sensory neuron (in row order) is given on the first channel.
  bool graded = false;
  std::span<const float> amounts;

  /// What sensory neuron number `neuron` of `neurons` is given in a tick.
  [[nodiscard]] float amount(std::size_t tick, std::size_t neuron, std::size_t neurons) const {
    if (graded) return amounts[tick * neurons + neuron];
    return static_cast<float>(on[tick * words + neuron / 64] >> (neuron % 64) & 1U);
  }
};
inline constexpr std::int32_t noWish = -1;

/// The rules by which a network lives and learns. One object per session; the simulation thread alone calls it (or, in
/// tests and the command line, the one thread there is).
///
/// Truth: between calls a dynamics may keep its state in layouts of its own. `publish` writes everything that changed back
/// to the graph's columns (and, if it rewires, to the graph's links); the session calls it before anyone reads or edits the
/// graph, and calls `edited` after every edit. A dynamics that works directly on the graph's columns has little to write.
///
/// Determinism: network.seed, the graph, the parameters and the stimuli decide every bit of the run, on any number of
/// threads.
class Dynamics {
 public:
  virtual ~Dynamics() = default;

  /// Adopts a network. Called once, and again whenever the whole state was replaced (load, return to the start of the run).
  virtual Result<void> build(Network& network) = 0;
  /// Absorbs an edit that has been applied to the graph or the parameters.
  virtual void edited(Network& network, const Edited& what) = 0;
  /// Puts amounts into neurons; they act in the next tick. Unknown neurons are skipped.
  virtual void stimulate(Network& network, std::span<const Stimulus> stimuli) = 0;
  /// One tick: network.tick is the number of ticks done before it. The session counts it afterwards.
  /// Writes one value per Description::metrics entry and, for every neuron that fires, network.tick to graph.lastFired(),
  /// which is the one column that is always up to date. May rewire the graph (and then raises its revisions).
  virtual void step(Network& network, std::span<double> metrics) = 0;
  /// Shows what is wanted of the motor neurons, in their row order; acts from the next tick until replaced by an empty span.
  /// NaN: nothing is wanted of that neuron (a feed that has no say in it, or only tests). Dynamics without targets refuse.
  virtual Result<void> learn(Network& network, std::span<const double> targets);
  /// What neurons say now (motor neurons, as a rule), one value for each of these rows: their level unless the dynamics
  /// knows better. Changes nothing of the run: it is also called whenever somebody looks.
  virtual void readout(Network& network, std::span<const std::uint32_t> rows, std::span<double> outputs);
  /// Brings the graph up to date and, where `appearance` is given, fills it.
  virtual void publish(Network& network, Appearance* appearance) = 0;
  /// A quick look at the neurons alone, for networks whose links take long to bring up to date: fills what `appearance` has
  /// per neuron as publish would, for the neurons of the last publish, and touches neither its links nor the graph. False,
  /// and nothing done: publish is quick enough.
  virtual bool glance(Network& network, Appearance& appearance);
  /// What stimulate, learn and step would do with these, tick by tick and bit for bit, without stopping in between.
  /// `metrics`: one row a tick; `outputs`: per tick what readout would give for every motor neuron. False, and nothing done:
  /// this dynamics takes one tick at a time, or no graded lessons; no ticks at all ask just that.
  virtual bool stepMany(Network& network, const Lessons& lessons, std::span<double> metrics, std::span<double> outputs);
  /// State that has no column (queues, counters), as JSON text; empty when there is none. With `restore` given, adopts it
  /// instead (after build) and returns it. A model saved mid-run must continue bit for bit.
  virtual Result<std::string> state(Network& network, const std::string* restore);
};

}  // namespace plexarium
