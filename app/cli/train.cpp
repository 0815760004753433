#include <algorithm>
#include <chrono>
#include <csignal>
#include <iostream>
#include <memory>
#include <optional>

#include "app/cli/command.h"
#include "app/cli/feed_options.h"
#include "app/cli/train_report.h"
#include "core/denormals.h"
#include "core/io/data_places.h"
#include "core/io/document.h"
#include "core/session/trainer.h"

namespace plexarium::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::string model;
  std::string dynamics;
  std::vector<std::string> settings;
  std::vector<std::string> parameters;
  FeedOptions feed;
  std::string testData;
  Tick ticks = 0;
  std::optional<std::size_t> tests;
  std::size_t seeds = 1;
  std::uint64_t seed = 1;
  std::string save;
  std::string saveFeed;
  bool learn = true;  ///< `train`; `evaluate` does no training.
  bool quiet = false;
  bool json = false;
};

volatile std::sig_atomic_t interrupted = 0;
extern "C" void interruptTraining(int) { interrupted = 1; }

double secondsSince(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

/// Tells a person on the error stream how far it is, every second or so.
class Progress {
 public:
  Progress(const Options& options, const Simulation& simulation, std::size_t seed)
      : options_(options), unit_(simulation.description().tickUnit), feeder_(simulation.feeding().feeder()), seed_(seed) {}

  /// After every tick of the training.
  bool goesOn() {
    if ((++ticks_ & 0xffU) == 0 && !options_.quiet && secondsSince(told_) >= 1) tell();
    return interrupted == 0;
  }

 private:
  void tell() {
    told_ = Clock::now();
    const double share = static_cast<double>(ticks_) / static_cast<double>(std::max<Tick>(options_.ticks, 1));
    const double left = secondsSince(began_) * (1 - share) / share;
    std::string line =
        options_.seeds > 1 ? "seed " + std::to_string(seed_ + 1) + " of " + std::to_string(options_.seeds) + ": " : "";
    line +=
        readable(static_cast<double>(ticks_)) + " of " + readable(static_cast<double>(options_.ticks)) + ' ' + unit_ + "s";
    std::size_t group = 0;
    for (const auto& feed : feeder_.feeds()) {
      for (std::size_t k = 0; k < feed.plan().outputs.size(); ++k, ++group) {
        if (before_.size() <= group) before_.emplace_back();
        const auto& now = feed.score(k, Part::Train);
        auto recent = now;
        recent -= before_[group];
        before_[group] = now;
        if (recent.samples == 0) continue;
        line += ", " + feed.plan().outputs[k].name + ": error " + readable(recent.error());
        if (feed.targetEncoder(k).classCount() > 0) line += ", accuracy " + readable(100 * recent.accuracy()) + " %";
      }
    }
    std::cerr << line << ", about " << readable(std::ceil(left)) << " s left\n";
  }

  const Options& options_;
  std::string unit_;
  const Feeder& feeder_;
  std::size_t seed_;
  std::vector<Score> before_;
  Clock::time_point began_ = Clock::now();
  Clock::time_point told_ = Clock::now();
  Tick ticks_ = 0;
};

Result<Model> loadedOrMade(const Options& options, const Registry& registry, std::uint64_t seed) {
  if (!options.model.empty()) {
    auto model = loadModel(registry, options.model);
    // A network that has a past goes on with its own random numbers unless told otherwise.
    if (model && options.seeds > 1) model->seed = seed;
    return model;
  }
  const auto entry = registry.require(options.dynamics);
  if (!entry) return tl::unexpected(entry.error());
  return creationValues((*entry)->description, options.settings).and_then([&](const std::vector<double>& values) {
    return create(**entry, values, seed);
  });
}

/// The network of one seed.
Result<Model> modelOf(const Options& options, const Registry& registry, std::uint64_t seed) {
  auto model = loadedOrMade(options, registry, seed);
  if (!model || options.parameters.empty()) return model;
  const auto& fields = (*registry.require(model->dynamics))->description.parameters;
  const auto kind = "parameter of " + model->dynamics;
  auto done = setValues(fields, options.parameters, kind, "--parameter", model->parameters);
  return done ? std::move(model) : tl::unexpected(std::move(done.error()));
}

/// The part that tells the result: what was kept for it.
Part testPart(const Feeder& feeder) {
  const bool kept = std::ranges::all_of(feeder.feeds(), [](const Feed& feed) { return feed.size(Part::Test) > 0; });
  return kept ? Part::Test : Part::Validation;
}

std::size_t testCount(const Options& options, const Feeder& feeder, Part part) {
  std::size_t most = 0;
  for (const auto& feed : feeder.feeds()) most = std::max(most, feed.size(part));
  return std::min(options.tests.value_or(most), most);
}

Result<void> sameClasses(const Feeder& learnt, const Feeder& tested) {
  for (std::size_t k = 0; k < learnt.feeds().size(); ++k) {
    if (learnt.feeds()[k].data().info().classes == tested.feeds()[k].data().info().classes) continue;
    return failure("the classes of the test are not those of the training", "--test-data");
  }
  return {};
}

/// Trains and tests networks, one seed after the other.
class Training {
 public:
  Training(const Options& options, const Registry& registry) : options_(options), registry_(registry) {}

  Ending run() {
    for (std::size_t k = 0; k < options_.seeds && interrupted == 0; ++k) {
      if (auto done = oneSeed(k); !done) return done;
    }
    printTraining(runs_, unit_, interrupted != 0, options_.json);
    return 0;
  }

 private:
  Ending oneSeed(std::size_t number) {
    const auto seed = options_.seed + number;
    auto model = modelOf(options_, registry_, seed);
    if (!model) return options_.model.empty() ? Ending(badArgument(model.error())) : badFile(model.error());
    const auto& entry = **registry_.require(model->dynamics);
    unit_ = entry.description.tickUnit;
    auto simulation = Simulation::create(entry, std::move(*model), shelf_);
    if (!simulation) return badFile({simulation.error().text(), options_.model, {}});
    if (auto fed = feed(**simulation, seed); !fed) return badFile(fed.error());
    if (number == 0) warn((*simulation)->feeding().feeder());
    TrainingRun run{seed, 0, 0, {}, {}};
    if (auto trained = learn(**simulation, number, run); !trained) return badFile(trained.error());
    if (auto saved = save(**simulation); !saved) return badFile(saved.error());
    if (auto tested = examine(**simulation, run); !tested) return badFile(tested.error());
    runs_.push_back(std::move(run));
    return 0;
  }

  /// What the options say, else what was saved with the network.
  Result<void> feed(Simulation& simulation, std::uint64_t seed) {
    if (!options_.feed.data.empty() || !options_.feed.feed.empty()) {
      auto feeder = makeFeeder(options_.feed, simulation.description(), *shelf_, seed, !options_.learn);
      if (!feeder) return tl::unexpected(feeder.error());
      simulation.feed(std::move(*feeder));
    }
    const auto& feeding = simulation.feeding();
    if (feeding.problem()) return tl::unexpected(*feeding.problem());
    if (feeding.empty()) return failure("the network was saved without a feed", options_.model, "Name data with --data");
    return {};
  }

  void warn(const Feeder& feeder) const {
    for (const auto& feed : feeder.feeds()) {
      if (const auto warning = feed.warning(); warning && options_.learn) std::cerr << "warning: " << *warning << '\n';
    }
  }

  Result<void> learn(Simulation& simulation, std::size_t number, TrainingRun& run) {
    if (!options_.learn) return {};
    Progress progress(options_, simulation, number);
    const auto begin = Clock::now();
    const auto ticks = train(simulation, options_.ticks, [&] { return progress.goesOn(); });
    run.seconds = secondsSince(begin);
    if (!ticks) return tl::unexpected(ticks.error());
    run.ticks = *ticks;
    run.training = resultsOf(simulation.feeding().feeder(), Part::Train);
    return {};
  }

  Result<void> save(Simulation& simulation) const {
    if (!options_.save.empty()) {
      const auto captured = simulation.capture();
      if (!captured) return tl::unexpected(captured.error());
      if (auto saved = saveModel(simulation.description(), *captured, options_.save); !saved) return saved;
    }
    if (options_.saveFeed.empty()) return {};
    return saveAtomically(options_.saveFeed, placesFor(simulation.feeding().write(), options_.saveFeed) + '\n');
  }

  /// On the network's own data, or on --test-data.
  Result<void> examine(Simulation& simulation, TrainingRun& run) {
    if (interrupted != 0) return {};
    const auto& feeder = simulation.feeding().feeder();
    if (!options_.testData.empty()) {
      auto options = options_.feed;
      options.data = options_.testData;
      auto other = makeFeeder(options, simulation.description(), *shelf_, run.seed, true);
      if (!other) return tl::unexpected(other.error());
      if (auto same = sameClasses(feeder, *other); !same) return same;
      simulation.feed(std::move(*other));
    }
    const auto part = testPart(feeder);
    const auto count = testCount(options_, feeder, part);
    if (count == 0 && options_.learn) return {};
    const auto complete = test(simulation, part, count, [] { return interrupted == 0; });
    if (!complete) return tl::unexpected(complete.error());
    run.test = resultsOf(feeder, part);
    return {};
  }

  const Options& options_;
  const Registry& registry_;
  std::shared_ptr<DataShelf> shelf_ = std::make_shared<DataShelf>();
  std::vector<TrainingRun> runs_;
  std::string unit_;
};

Ending trainNetworks(const Options& options, const Registry& registry) {
  if (options.model.empty() == options.dynamics.empty()) {
    return badArgument({"either MODEL names a network or --dynamics makes one", {}, "Give one of them"});
  }
  if (!options.model.empty() && !options.settings.empty())
    return badArgument({"--set makes a network, but MODEL names one", {}, {}});
  const bool told = options.feed.data.empty() != options.feed.feed.empty();
  const bool saved = options.feed.data.empty() && options.feed.feed.empty() && !options.model.empty();
  if (!told && !saved) return badArgument({"either --data or --feed says what is shown", {}, "Give one of them"});
  if (!options.testData.empty() && options.feed.data.empty()) return badArgument({"--test-data goes with --data", {}, {}});
  if (options.seeds > 1 && !(options.save.empty() && options.saveFeed.empty())) {
    return badArgument({"--save keeps one network, and --seeds makes several", {}, "Save one seed at a time"});
  }
  const FlushDenormals flush;
  interrupted = 0;
  std::signal(SIGINT, interruptTraining);
  return Training(options, registry).run();
}

std::shared_ptr<Options> addOptions(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("model", options->model, "Model (JSON); without one --dynamics makes a network for each seed")
      ->type_name("MODEL");
  command.add_option("--dynamics", options->dynamics, "Dynamics of the networks made")->type_name("KEY");
  command.add_option("--set", options->settings, "Creation field of the networks made, once for each")
      ->type_name("key=value")
      ->allow_extra_args(false);
  command.add_option("--parameter", options->parameters, "Parameter of the networks, once for each")
      ->type_name("key=value")
      ->allow_extra_args(false);
  options->feed.addTo(command);
  command.add_option("--tests", options->tests, "Samples to test with; else all that are kept for it");
  command.add_option("--seeds", options->seeds, "How many runs, each with its own seed")
      ->capture_default_str()
      ->check(atLeast(1));
  command.add_option("--seed", options->seed, "Seed of the first run")->capture_default_str();
  command.add_flag("--json", options->json, "Print JSON");
  return options;
}

}  // namespace

Command makeTrain(CLI::App& program, const Registry& registry) {
  auto* command = program.add_subcommand("train", "Show data to networks, then test what they learnt");
  const auto options = addOptions(*command);
  command->add_option("--waves,--ticks", options->ticks, "Ticks (waves, for networks of waves) to train")
      ->required()
      ->check(atLeast(0));
  command->add_option("--test-data", options->testData, "Other data for the test")->type_name("SOURCE");
  command->add_option("--save", options->save, "Save the trained network")->type_name("OUT.json");
  command->add_option("--save-feed", options->saveFeed, "Save the place in the stream, for --feed")->type_name("FEED.json");
  command->add_flag("--quiet", options->quiet, "No progress on the error output");
  command->footer(
      "Ctrl-C ends the training early and tells what was reached.\n"
      "Generators: halves, primes, sequence, xor, moons, spirals, circles, digits, symbols.\n"
      "Examples:\n"
      "  plexarium-cli train net.json --data generator:halves --waves 57000 --per-sample 3000 --save trained.json\n"
      "  plexarium-cli train net.json --data train-images-idx3-ubyte.gz --test-data t10k-images-idx3-ubyte.gz --waves "
      "600000\n"
      "  plexarium-cli train net.json --data iris.csv --targets species --coding unit --waves 100000 --seeds 30 --json");
  return {command, [options, &registry] { return trainNetworks(*options, registry); }};
}

Command makeEvaluate(CLI::App& program, const Registry& registry) {
  auto* command = program.add_subcommand("evaluate", "Test a network on data, without targets");
  const auto options = addOptions(*command);
  options->learn = false;
  command->footer(
      "All of --data is for the test; with --feed, what its plan keeps for it.\n"
      "Examples:\n"
      "  plexarium-cli evaluate trained.json --data generator:halves --tests 100 --json\n"
      "  plexarium-cli evaluate trained.json --data catdog_test.bin --per-sample 10");
  return {command, [options, &registry] { return trainNetworks(*options, registry); }};
}

}  // namespace plexarium::cli
