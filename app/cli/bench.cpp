#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>

#include "app/cli/command.h"
#include "core/denormals.h"
#include "core/io/document.h"
#include "core/session/simulation.h"

namespace plexarium::cli {
namespace {

struct Options {
  std::string model;
  std::string dynamics = "transmitter";
  std::optional<std::uint64_t> neurons;
  std::vector<std::string> settings;
  std::uint64_t seed = 1;
  double seconds = 3;
  bool json = false;
};

Result<Model> modelToRun(const Options& options, const Registry& registry) {
  const auto entry = registry.require(options.dynamics);
  if (!entry) return tl::unexpected(entry.error());
  auto settings = options.settings;
  if (options.neurons) settings.push_back("neurons=" + std::to_string(*options.neurons));
  return creationValues((*entry)->description, settings).and_then([&](const std::vector<double>& values) {
    return create(**entry, values, options.seed);
  });
}

struct Slice {
  double seconds = 0;
  Tick ticks = 0;
  [[nodiscard]] double rate() const { return static_cast<double>(ticks) / seconds; }
};

/// Runs for about that long; looks at the clock about a thousand times a second at most.
Result<Slice> runFor(double seconds, Simulation& simulation, std::vector<double>& sums) {
  using Clock = std::chrono::steady_clock;
  Slice slice;
  Tick batch = 1;
  const auto begin = Clock::now();
  while (slice.seconds < seconds) {
    for (Tick k = 0; k < batch; ++k) {
      const auto metrics = simulation.step();
      if (!metrics) return tl::unexpected(metrics.error());
      for (std::size_t m = 0; m < sums.size(); ++m) sums[m] += (*metrics)[m];
    }
    slice.ticks += batch;
    const auto before = slice.seconds;
    slice.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    if (slice.seconds - before < 0.001) batch *= 2;
  }
  return slice;
}

/// Median and best of several slices, after a fifth of the time for caches and for a network to find its rhythm.
Result<Report> measure(Simulation& simulation, double seconds) {
  std::vector<double> sums(simulation.description().metrics.size());
  if (auto warm = runFor(seconds * 0.2, simulation, sums); !warm) return tl::unexpected(warm.error());
  sums.assign(sums.size(), 0.0);
  std::array<Slice, 5> slices;
  Tick ticks = 0;
  for (auto& slice : slices) {
    const auto run = runFor(seconds / static_cast<double>(slices.size()), simulation, sums);
    if (!run) return tl::unexpected(run.error());
    slice = *run;
    ticks += slice.ticks;
  }
  std::sort(slices.begin(), slices.end(), [](const Slice& a, const Slice& b) { return a.rate() < b.rate(); });
  const double median = slices[slices.size() / 2].rate();
  const Graph& graph = simulation.graph();
  auto means = nlohmann::ordered_json::object();
  for (std::size_t k = 0; k < sums.size(); ++k) {
    means[simulation.description().metrics[k].key] = sums[k] / static_cast<double>(ticks);
  }
  Report report;
  report.add("neurons", "Neurons", graph.neuronCount())
      .add("links", "Links", graph.linkCount())
      .add("ticks", "Ticks", ticks);
  report.add("ticks_per_second", "Speed, median of 5", median, "ticks/s");
  report.add("ticks_per_second_best", "Speed, best of 5", slices.back().rate(), "ticks/s");
  report.add("neuron_steps_per_second", "Neuron steps", median * static_cast<double>(graph.neuronCount()), "/s");
  return report.add("metric_means", "Means per tick", means);
}

Ending bench(const Options& options, const Registry& registry) {
  const bool fromFile = !options.model.empty();
  if (fromFile && (options.neurons || !options.settings.empty())) {
    return badArgument({"--neurons and --set make a network, but MODEL names one", {}, "Give one or the other"});
  }
  auto model = fromFile ? loadModel(registry, options.model) : modelToRun(options, registry);
  if (!model) return fromFile ? badFile(model.error()) : badArgument(model.error());
  const FlushDenormals flush;
  const DynamicsEntry& entry = **registry.require(model->dynamics);
  const auto simulation = Simulation::create(entry, std::move(*model));
  if (!simulation) return badFile({simulation.error().text(), options.model, {}});
  const auto report = measure(**simulation, options.seconds);
  if (!report) return badFile(report.error());
  report->print(options.json);
  return 0;
}

}  // namespace

Command makeBench(CLI::App& program, const Registry& registry) {
  const auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("bench", "Measure how fast a network runs on one thread");
  command->add_option("model", options->model, "Model (JSON); without one a network is made")->type_name("MODEL");
  command->add_option("--neurons", options->neurons, "Make a network of so many (short for --set neurons=N)")
      ->type_name("N");
  command->add_option("--dynamics", options->dynamics, "Dynamics of the network made")
      ->capture_default_str()
      ->type_name("KEY");
  command->add_option("--set", options->settings, "Creation field, once for each")
      ->type_name("key=value")
      ->allow_extra_args(false);
  command->add_option("--seed", options->seed, "Seed of the network made")->capture_default_str();
  command->add_option("--seconds", options->seconds, "How long to measure")
      ->capture_default_str()
      ->check(CLI::Range(0.01, 3600.0));
  command->add_flag("--json", options->json, "Print JSON");
  command->footer(
      "Examples:\n"
      "  plexarium-cli bench models/welcome.json --seconds 1\n"
      "  plexarium-cli bench --neurons 10000 --set links_per_neuron=10 --json");
  return {command, [options, &registry] { return bench(*options, registry); }};
}

}  // namespace plexarium::cli
