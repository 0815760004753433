#include "tools/bench.d/plexus_protocol.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>

#include "core/denormals.h"
#include "core/dynamics/plexus/creation.h"
#include "core/dynamics/plexus/plexus.h"

namespace plexarium::bench {
namespace {

enum Series : std::uint64_t { Training = 1000, Testing = 2000 };
constexpr Tick mostWavesUntilDecided = 1000;

double threadTime() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

Model modelOf(const PlexusSetting& setting, std::uint64_t seed) {
  const std::vector<double> values{setting.neurons,   setting.inputs,
                                   setting.outputs,   setting.connectivity,
                                   setting.precision, static_cast<double>(setting.rule),
                                   setting.gain,      0};
  auto model = plexus::createNetwork(values, seed);
  if (!model) std::abort();  // every setting here is sound
  namespace parameter = plexus::parameter;
  const bool gradient = setting.rule == plexus::Rule::Gradient;
  model->parameters[gradient ? parameter::GradientRate : parameter::SignRate] = setting.rate;
  model->parameters[parameter::GradientBlame] = setting.blame;
  return std::move(*model);
}

bool isRight(const Sample& sample, std::span<const double> outputs) {
  if (outputs.size() == 1) return (outputs[0] > 0.5) == (sample.targets[0] > 0.5);
  const auto largest = [](std::span<const double> values) { return std::ranges::max_element(values) - values.begin(); };
  return largest(outputs) == largest(sample.targets) && std::ranges::count(outputs, outputs[largest(outputs)]) == 1;
}

}  // namespace

Trainee::Trainee(const PlexusSetting& setting, std::uint64_t seed)
    : model_(modelOf(setting, seed)),
      dynamics_(plexus::entry().make()),
      network_{model_.graph, model_.parameters, model_.seed, model_.tick},
      metrics_(plexus::metric::Count),
      outputs_(static_cast<std::size_t>(setting.outputs)) {
  if (!dynamics_->build(network_)) std::abort();
  for (std::size_t row = 0; row < model_.graph.neuronCount(); ++row) {
    if (model_.graph.roles()[row] == Role::Sensory) sensory_.push_back(model_.graph.ids()[row]);
    if (model_.graph.roles()[row] == Role::Motor) motors_.push_back(static_cast<std::uint32_t>(row));
  }
}

void Trainee::load(std::span<const double> inputs, std::span<const double> targets) {
  stimuli_.clear();
  for (std::size_t k = 0; k < inputs.size(); ++k) stimuli_.push_back({sensory_[k], 0, inputs[k]});
  dynamics_->stimulate(network_, stimuli_);
  if (!dynamics_->learn(network_, targets)) std::abort();
}

void Trainee::run(Tick waves) {
  const FlushDenormals flush;
  for (Tick wave = 0; wave < waves; ++wave, ++network_.tick) {
    dynamics_->step(network_, metrics_);
    fires_ += metrics_[plexus::metric::Fires];
  }
}

void Trainee::set(std::size_t parameter, double value) {
  dynamics_->publish(network_, nullptr);
  model_.parameters[parameter] = value;
  dynamics_->edited(network_, {.parameters = true});
}

std::span<const double> Trainee::outputs() {
  dynamics_->readout(network_, motors_, outputs_);
  return outputs_;
}

Sample biggerOrSmaller(const PlexusSetting& setting, std::uint64_t k, plexus::Draws& draws) {
  const bool small = k % 2 == 1;
  Sample sample{std::vector<double>(static_cast<std::size_t>(setting.inputs)), {small ? 0.0 : 1.0, small ? 1.0 : 0.0}};
  for (auto& input : sample.inputs) input = (small ? 0.0 : 0.6) + 0.4 * draws.uniform();
  return sample;
}

Sample prime(const PlexusSetting& setting, std::uint64_t /*k*/, plexus::Draws& draws) {
  const auto count = static_cast<std::uint32_t>(setting.inputs);
  const auto number = draws.below(count);
  Sample sample{std::vector<double>(count, 0), {number >= 2 ? 1.0 : 0.0}};
  sample.inputs[number] = 1;
  for (std::uint32_t divisor = 2; divisor * divisor <= number; ++divisor) {
    if (number % divisor == 0) sample.targets[0] = 0;
  }
  return sample;
}

Sample everyEighth(const PlexusSetting& setting, std::uint64_t k, plexus::Draws& /*draws*/) {
  Sample sample{std::vector<double>(static_cast<std::size_t>(setting.inputs), 0), {k % 8 == 7 ? 1.0 : 0.0}};
  sample.inputs[k % 4] = 1;
  return sample;
}

Score trainAndTest(const Protocol& protocol, std::uint64_t seed) {
  Trainee trainee(protocol.setting, seed);
  plexus::Draws training(seed, plexus::CreationStream, Training);
  plexus::Draws testing(seed, plexus::CreationStream, Testing);
  Score score;
  const double begin = threadTime();
  for (std::uint64_t k = 0; k < protocol.loads; ++k) {
    const auto sample = protocol.sample(protocol.setting, k, training);
    trainee.load(sample.inputs, sample.targets);
    trainee.run(protocol.waves);
  }
  score.seconds = threadTime() - begin;
  score.fires = trainee.fires();
  for (std::uint64_t k = 0; k < protocol.tests; ++k) {
    const auto sample = protocol.sample(protocol.setting, k, testing);
    trainee.load(sample.inputs, {});
    if (protocol.untilDecided) {
      for (Tick wave = 0; wave < mostWavesUntilDecided; ++wave) {
        trainee.run(1);
        if (std::abs(trainee.outputs()[0] - trainee.outputs()[1]) > 0.7) break;
      }
    } else {
      trainee.run(std::min(protocol.waves, protocol.testWaves));
    }
    const auto outputs = trainee.outputs();
    double distance = 0;
    for (std::size_t one = 0; one < outputs.size(); ++one) distance += std::abs(outputs[one] - sample.targets[one]);
    score.error += distance / static_cast<double>(outputs.size());
    score.accuracy += isRight(sample, outputs) ? 1 : 0;
  }
  score.error /= static_cast<double>(protocol.tests);
  score.accuracy /= static_cast<double>(protocol.tests);
  return score;
}

}  // namespace plexarium::bench
