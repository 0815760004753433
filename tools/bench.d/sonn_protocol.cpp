#include "tools/bench.d/sonn_protocol.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "core/dynamics/sonn/creation.h"
#include "core/dynamics/sonn/fields.h"
#include "core/dynamics/sonn/sonn.h"
#include "core/session/trainer.h"

namespace plexarium::bench {
namespace {

[[noreturn]] void stop(const std::string& what) {
  std::fprintf(stderr, "plexarium-bench: %s\n", what.c_str());
  std::exit(2);
}

FeedPlan planOf(const SonnSetting& setting, const DataSource& source, std::uint64_t seed) {
  FeedPlan plan;
  plan.source = source;
  plan.duration = plan.examDuration = 1;
  plan.order = FeedOrder::Shuffled;
  plan.seed = seed;
  plan.examEvery = setting.examEvery;
  plan.inputs[0].coding = {setting.thermometer ? InputCode::Thermometer : InputCode::Levels, setting.levels};
  return plan;
}

Feeder feederOf(const FeedPlan& plan, const Description& description) {
  std::vector<Feed> feeds;
  feeds.push_back(valueOf(Feed::create(plan, valueOf(openData(plan.source)), description)));
  return Feeder(std::move(feeds));
}

std::filesystem::path dataFolder() {
  const char* given = std::getenv("PLEXARIUM_DATA");
  return given != nullptr ? given : PLEXARIUM_SHARED_DATA;
}

/// Packed samples of one part, for the yardsticks.
struct Packed {
  std::vector<std::vector<std::uint32_t>> on;
  std::vector<std::uint32_t> labels;
};

Packed pack(const Dataset& data, const InputEncoder& encoder, const Split& split, Part part) {
  Packed packed;
  std::vector<double> values(data.info().inputs);
  std::vector<double> coded(encoder.width());
  for (std::size_t k = 0; k < split.size(part); ++k) {
    const auto sample = split.sample(part, k);
    if (auto read = data.read(sample, values, {}); !read) stop(read.error().text());
    encoder.encode(values, coded);
    auto& on = packed.on.emplace_back();
    for (std::uint32_t receptor = 0; receptor < coded.size(); ++receptor) {
      if (coded[receptor] != 0) on.push_back(receptor);
    }
    packed.labels.push_back(data.label(sample));
  }
  return packed;
}

}  // namespace

PictureSource digitSource() {
  const auto folder = dataFolder() / "mnist";
  if (!std::filesystem::exists(folder / "train-images-idx3-ubyte.gz")) return {{"generator:digits"}, {}, false};
  return {{(folder / "train-images-idx3-ubyte.gz").string()}, {(folder / "t10k-images-idx3-ubyte.gz").string()}, true};
}

PictureSource drawnDigits(double difficulty) {
  return {{"generator:digits", {{"noise", difficulty}, {"samples", 60000}}}, {}, false};
}

std::optional<PictureSource> catsAndDogs() {
  const auto folder = dataFolder() / "cifar10-catdog";
  if (!std::filesystem::exists(folder / "catdog_train.bin")) return std::nullopt;
  return PictureSource{{(folder / "catdog_train.bin").string()}, {(folder / "catdog_test.bin").string()}, true};
}

std::unique_ptr<Simulation> makeSonnRun(const SonnSetting& setting, const PictureSource& source, double epochs, double held,
                                        std::uint64_t seed) {
  auto plan = planOf(setting, source.training, seed);
  plan.split = {held, 0, 1, true};
  auto feeder = feederOf(plan, sonn::description());
  auto wish = initialValues(sonn::description().creationFields);
  const auto& data = feeder.feeds()[0].data().info();
  wish[sonn::creation::Width] = static_cast<double>(data.picture.width);
  wish[sonn::creation::Height] = static_cast<double>(data.picture.height);
  wish[sonn::creation::Channels] = static_cast<double>(data.picture.channels);
  wish[sonn::creation::Columns] = static_cast<double>(data.classes.size());
  wish[sonn::creation::Levels] = static_cast<double>(setting.levels);
  wish[sonn::creation::Size] = setting.size;
  wish[sonn::creation::Rules] = setting.rules;
  wish[sonn::creation::Feeding] = setting.feeding;
  wish[sonn::creation::Samples] = epochs * static_cast<double>(feeder.feeds()[0].size(Part::Train));
  auto model = valueOf(sonn::createNetwork(wish, seed));
  for (const auto& [key, value] : setting.parameters) {
    const auto field = findField(sonn::description().parameters, key);
    if (!field) stop("SONN has no parameter '" + key + "'");
    model.parameters[*field] = value;
  }
  auto run = valueOf(Simulation::create(sonn::entry(), std::move(model)));
  run->feed(std::move(feeder));
  return run;
}

double roundOf(const Simulation& run) { return static_cast<double>(run.feeding().feeder().feeds()[0].size(Part::Train)); }

double accuracyOf(Simulation& run, const PictureSource& source, bool final, std::size_t most) {
  const bool separate = final && !source.test.place.empty();
  const auto part = separate ? Part::Test : Part::Validation;
  if (separate) {
    auto plan = run.feeding().feeder().feeds()[0].plan();
    plan.source = source.test;
    plan.split = {0, 1, 1, true};
    run.feed(feederOf(plan, run.description()));
  }
  const auto& feed = run.feeding().feeder().feeds()[0];
  valueOf(test(run, part, std::min(most, feed.size(part))));
  return feed.score(0, part).accuracy();
}

double linearAccuracy(const PictureSource& source, std::size_t levels, bool softmax, int epochs) {
  const bool separate = !source.test.place.empty();
  const auto data = valueOf(openData(source.training));
  const auto encoder = valueOf(InputEncoder::create(data->info(), {InputCode::Levels, levels}, {}));
  const Split split({separate ? 0 : 1.0 / 6, 0, 1, true}, data->info().samples);
  const auto training = pack(*data, encoder, split, Part::Train);
  const auto tested = separate ? valueOf(openData(source.test)) : data;
  const auto held = separate ? pack(*tested, encoder, Split({0, 1, 1, true}, tested->info().samples), Part::Test)
                             : pack(*data, encoder, split, Part::Validation);
  const auto classes = data->info().classes.size();
  std::vector<float> weights(encoder.width() * classes);
  std::vector<float> sums(classes);
  const auto look = [&](const std::vector<std::uint32_t>& on) {
    std::ranges::fill(sums, 0.0F);
    for (const auto receptor : on) {
      for (std::size_t c = 0; c < classes; ++c) sums[c] += weights[receptor * classes + c];
    }
  };
  for (int epoch = 0; epoch < epochs; ++epoch) {
    const float rate = 0.002F / static_cast<float>(1 + epoch);
    for (std::size_t k = 0; k < training.on.size(); ++k) {
      look(training.on[k]);
      const auto label = training.labels[k];
      std::vector<float> change(classes, 0.0F);
      if (softmax) {
        const float top = *std::ranges::max_element(sums);
        float total = 0;
        for (std::size_t c = 0; c < classes; ++c) total += change[c] = std::exp(sums[c] - top);
        for (std::size_t c = 0; c < classes; ++c) change[c] = -rate * (change[c] / total);
        change[label] += rate;
      } else {
        const float own = std::exchange(sums[label], -1e30F);
        const auto rival = static_cast<std::size_t>(std::ranges::max_element(sums) - sums.begin());
        if (own - sums[rival] >= 0.5F) continue;
        change[label] = rate;
        change[rival] = -rate;
      }
      for (const auto receptor : training.on[k]) {
        for (std::size_t c = 0; c < classes; ++c) weights[receptor * classes + c] += change[c];
      }
    }
  }
  std::size_t right = 0;
  for (std::size_t k = 0; k < held.on.size(); ++k) {
    look(held.on[k]);
    right += static_cast<std::size_t>(std::ranges::max_element(sums) - sums.begin()) == held.labels[k] ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(1, held.on.size()));
}

}  // namespace plexarium::bench
