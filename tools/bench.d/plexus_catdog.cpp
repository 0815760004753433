#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/data/source.h"
#include "core/dynamics/plexus/fields.h"
#include "tools/bench.d/plexus_protocol.h"
#include "tools/bench.d/threads.h"
#include "tools/bench.d/topics.h"

namespace plexarium::bench {
namespace {

/// How the networks are trained: one motor neuron, whose potential to the nearest whole number says "dog". The error is then
/// the share of wrong answers; with decimals it would reward doubt.
constexpr std::size_t loads = 80'000;
constexpr Tick wavesPerLoad = 4;
constexpr double firstRate = 0.01;  ///< Falls to nothing in a straight line, in steps of `rateStep` loads.
constexpr std::size_t rateStep = 500;

/// Cats and dogs of CIFAR-10, where PLEXARIUM_DATA or the folder beside the project has them.
std::filesystem::path folder() {
  const char* const given = std::getenv("PLEXARIUM_DATA");
  return (given != nullptr ? std::filesystem::path(given) : std::filesystem::path(PLEXARIUM_SHARED_DATA)) / "cifar10-catdog";
}

Result<DatasetPointer> openPart(const std::string& part) {
  return openData({.place = (folder() / ("catdog_" + part + ".bin")).string()});
}

/// A picture whose values have mean 0 and deviation 1, whatever its brightness and contrast; wanted: whether it is a dog.
Result<Sample> sampleOf(const Dataset& data, std::size_t number) {
  Sample sample{std::vector<double>(data.info().inputs), {static_cast<double>(data.label(number))}};
  if (auto read = data.read(number, sample.inputs, {}); !read) return tl::unexpected(read.error());
  double mean = 0;
  double square = 0;
  for (const double value : sample.inputs) mean += value / static_cast<double>(sample.inputs.size());
  for (const double value : sample.inputs) square += (value - mean) * (value - mean);
  const double deviation = std::sqrt(square / static_cast<double>(sample.inputs.size())) + 1e-6;
  for (double& value : sample.inputs) value = (value - mean) / deviation;
  return sample;
}

/// Cats and dogs in turn, each shuffled anew in every round.
class Turns {
 public:
  Turns(const Dataset& data, std::uint64_t seed) : draws_(seed, plexus::CreationStream, 3000) {
    for (std::size_t k = 0; k < data.info().samples; ++k) numbers_[data.label(k)].push_back(k);
  }
  std::size_t next() {
    auto& own = numbers_[turn_ % 2];
    const auto place = turn_++ / 2 % own.size();
    if (place == 0) {
      for (std::size_t k = 0; k < own.size(); ++k)
        std::swap(own[k], own[k + draws_.below(static_cast<std::uint32_t>(own.size() - k))]);
    }
    return own[place];
  }

 private:
  plexus::Draws draws_;
  std::vector<std::size_t> numbers_[2];
  std::size_t turn_ = 0;
};

Result<Score> trainOnce(std::size_t count, std::uint64_t seed) {
  namespace parameter = plexus::parameter;
  const auto training = openPart("train");
  const auto testing = openPart("test");
  if (!training || !testing) return tl::unexpected(training ? testing.error() : training.error());
  Trainee trainee({3329, 3072, 1, 0.05, 0, plexus::Rule::Gradient, 3, firstRate, 2}, seed);
  trainee.set(parameter::FiresPerWave, 1);
  Turns turns(**training, seed);
  Score score;
  const double begin = threadSeconds();
  for (std::size_t k = 0; k < count; ++k) {
    if (k % rateStep == 0)
      trainee.set(parameter::GradientRate, firstRate * (1 - static_cast<double>(k) / static_cast<double>(count)));
    const auto sample = sampleOf(**training, turns.next());
    if (!sample) return tl::unexpected(sample.error());
    trainee.load(sample->inputs, sample->targets);
    trainee.run(wavesPerLoad);
  }
  score.seconds = threadSeconds() - begin;
  const auto tests = (*testing)->info().samples;
  for (std::size_t k = 0; k < tests; ++k) {
    const auto sample = sampleOf(**testing, k);
    if (!sample) return tl::unexpected(sample.error());
    trainee.load(sample->inputs, {});
    trainee.run(wavesPerLoad);
    const double distance = std::abs(trainee.outputs()[0] - sample->targets[0]);
    score.error += distance;
    score.accuracy += distance < 0.5 ? 1 : 0;
  }
  score.error /= static_cast<double>(tests);
  score.accuracy /= static_cast<double>(tests);
  return score;
}

}  // namespace

Table plexusCatDog(const Patience& patience) {
  Table table{.title = "plexus: cats against dogs, inputs alone at the test, all test pictures", .lines = {}};
  if (!openPart("train") || !openPart("test")) {
    table.notes = {"skipped: no real data in " + folder().string()};
    return table;
  }
  Score mean;
  const int networks = patience.quick ? 1 : 5;
  std::vector<Result<Score>> scores(static_cast<std::size_t>(networks));
  sideBySide(scores.size(), [&](std::size_t k) { scores[k] = trainOnce(patience.quick ? loads / 10 : loads, k + 1); });
  for (int k = 0; k < networks; ++k) {
    const auto& score = scores[static_cast<std::size_t>(k)];
    if (!score) {
      table.notes = {"given up: " + score.error().text()};
      return table;
    }
    table.lines.push_back(
        {.name = "seed " + std::to_string(k + 1),
         .figures = {{"error", score->error}, {"correct %", 100 * score->accuracy}, {"seconds", score->seconds}}});
    mean.error += score->error / networks;
    mean.accuracy += score->accuracy / networks;
    mean.seconds += score->seconds / networks;
  }
  table.lines.push_back({.name = "mean",
                         .figures = {{"error", mean.error}, {"correct %", 100 * mean.accuracy}, {"seconds", mean.seconds}},
                         .passed = mean.error <= 0.40 && mean.accuracy >= 0.57});
  table.notes = {"one output to the nearest whole number, so that the error is the share of wrong answers",
                 "the bar: an error of 0.40 and 57 % correct; a coin has 0.50 and 50 %"};
  return table;
}

}  // namespace plexarium::bench
