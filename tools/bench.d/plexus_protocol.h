#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/dynamics/dynamics.h"
#include "core/dynamics/model.h"
#include "core/dynamics/plexus/draws.h"
#include "core/dynamics/plexus/fields.h"

// The learning experiments of the Plexus project, made repeatable: budgets in waves, fixed seeds, and tests that load inputs
// only. Used by tests and benchmarks.
namespace plexarium::bench {

/// A network of the article's five parameters and the rates of the rules.
struct PlexusSetting {
  double neurons = 14, inputs = 4, outputs = 2, connectivity = 1, precision = 2;
  plexus::Rule rule = plexus::Rule::Gradient;
  double gain = 3;  ///< The author's weights: any large number.
  double rate = 4;  ///< Of the local gradient, or of the sign rules.
  double blame = 2;
};

/// The author's own weights, U(-1, 1) whatever the fan-in.
inline constexpr double authorsGain = 1e6;

/// A network that is fed by hand.
class Trainee {
 public:
  Trainee(const PlexusSetting& setting, std::uint64_t seed);
  /// Inputs and what is wanted; empty targets: a test.
  void load(std::span<const double> inputs, std::span<const double> targets);
  void run(Tick waves);
  /// Changes a parameter between two waves.
  void set(std::size_t parameter, double value);
  [[nodiscard]] std::span<const double> outputs();
  [[nodiscard]] double fires() const { return fires_; }
  [[nodiscard]] const std::vector<double>& metrics() const { return metrics_; }
  Dynamics& dynamics() { return *dynamics_; }
  Network& network() { return network_; }

 private:
  Model model_;
  std::unique_ptr<Dynamics> dynamics_;
  Network network_;
  std::vector<NeuronId> sensory_;
  std::vector<Stimulus> stimuli_;
  std::vector<double> metrics_;
  std::vector<std::uint32_t> motors_;  ///< Rows.
  std::vector<double> outputs_;
  double fires_ = 0;
};

/// One sample: what goes in and what should come out.
struct Sample {
  std::vector<double> inputs;
  std::vector<double> targets;
};

/// An experiment: sample number k of an endless stream. Test samples are drawn apart from those of training.
struct Task {
  const char* name;
  Sample (*sample)(const PlexusSetting& setting, std::uint64_t k, plexus::Draws& draws);
};

/// Odd samples: every input between 0 and 0.4, wanted (0, 1). Even ones: between 0.6 and 1, wanted (1, 0).
Sample biggerOrSmaller(const PlexusSetting& setting, std::uint64_t k, plexus::Draws& draws);
/// One number of 0 to inputs - 1 at random, as one input that is 1; wanted: whether it is prime.
Sample prime(const PlexusSetting& setting, std::uint64_t k, plexus::Draws& draws);
/// Inputs 1, 2, 3, 4 in turn; wanted: 1 at every eighth. Without a memory the error cannot be below 0.125.
Sample everyEighth(const PlexusSetting& setting, std::uint64_t k, plexus::Draws& draws);

struct Protocol {
  PlexusSetting setting;
  Sample (*sample)(const PlexusSetting& setting, std::uint64_t k, plexus::Draws& draws) = biggerOrSmaller;
  std::uint64_t loads = 19;
  Tick waves = 100;      ///< For each load.
  Tick testWaves = 100;  ///< At most, and never more than in training.
  std::uint64_t tests = 100;
  bool untilDecided = false;  ///< The article's test: the first wave in which the outputs differ by more than 0.7.
};

/// How one network did.
struct Score {
  double error = 0;     ///< Mean distance of the outputs from the targets.
  double accuracy = 0;  ///< Share of samples on the right side: the larger output, or above 0.5 where there is one.
  double seconds = 0;   ///< Processor time of the training.
  double fires = 0;     ///< In training.
};

Score trainAndTest(const Protocol& protocol, std::uint64_t seed);

}  // namespace plexarium::bench
