#include <charconv>
#include <chrono>
#include <cmath>
#include <csignal>
#include <memory>
#include <optional>

#include "app/cli/command.h"
#include "core/denormals.h"
#include "core/io/data_places.h"
#include "core/io/document.h"
#include "core/io/suggestion.h"
#include "core/record/recording.h"
#include "core/session/simulation.h"

namespace plexarium::cli {
namespace {

struct Options {
  std::string model;
  Tick ticks = 1000;
  std::optional<double> seconds;
  std::optional<std::uint64_t> seed;
  std::string record;
  std::vector<std::string> fields;
  std::vector<std::string> linkFields;
  std::vector<std::string> neurons;
  Tick every = 1;
  std::string metrics;
  std::vector<std::string> stimuli;
  Tick stimulusTicks = 1;
  std::string save;
  bool json = false;
};

volatile std::sig_atomic_t interrupted = 0;
extern "C" void interrupt(int) { interrupted = 1; }

/// Ids of the neurons called `name`; where there is none, the neuron with that number.
Result<std::vector<NeuronId>> neuronsCalled(const Graph& graph, const std::string& name, std::string_view option) {
  std::vector<NeuronId> found;
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    if (graph.names()[row] == name) found.push_back(graph.ids()[row]);
  }
  if (!found.empty()) return found;
  std::uint32_t number = 0;
  const auto end = std::from_chars(name.data(), name.data() + name.size(), number);
  const bool whole = end.ec == std::errc{} && end.ptr == name.data() + name.size();
  if (whole && graph.row({number})) return std::vector{NeuronId{number}};
  return failure("there is no neuron '" + name + "'", std::string(option),
                 "Give a name or an id; 'info --neurons' lists them");
}

Result<RecordPlan> recordPlan(const Options& options, const Description& description, const Graph& graph) {
  RecordPlan plan;
  plan.every = options.every;
  const auto choose = [](std::span<const Field> fields, const std::vector<std::string>& keys, const char* whose,
                         const char* option, std::vector<std::size_t>& chosen) -> Result<void> {
    for (const auto& key : keys) {
      const auto field = findField(fields, key);
      if (!field) {
        std::vector<std::string_view> known;
        for (const auto& one : fields) known.emplace_back(one.key);
        return failure(whose + (" have no field '" + key + "'"), option, suggestion(key, known));
      }
      chosen.push_back(*field);
    }
    return {};
  };
  if (auto known = choose(description.neuronFields, options.fields, "neurons", "--fields", plan.fields); !known)
    return tl::unexpected(known.error());
  if (auto known = choose(description.linkFields, options.linkFields, "links", "--link-fields", plan.linkFields); !known)
    return tl::unexpected(known.error());
  for (const auto& name : options.neurons) {
    const auto ids = neuronsCalled(graph, name, "--neurons");
    if (!ids) return tl::unexpected(ids.error());
    plan.neurons.insert(plan.neurons.end(), ids->begin(), ids->end());
  }
  return plan;
}

/// "NAME=20" puts 20 through the first channel, "NAME=inhibiting:20" through the channel of that key.
Result<std::vector<Stimulus>> stimuliOf(const Options& options, const Description& description, const Graph& graph) {
  std::vector<Stimulus> stimuli;
  for (const auto& text : options.stimuli) {
    const auto equals = text.rfind('=');
    if (equals == std::string::npos) return failure("'" + text + "' is not of the form NEURON=AMOUNT", "--stimulate");
    const auto colon = text.find(':', equals);
    Stimulus stimulus;
    if (colon != std::string::npos) {
      const auto key = text.substr(equals + 1, colon - equals - 1);
      const auto& channels = description.stimuli;
      while (stimulus.channel < channels.size() && channels[stimulus.channel].key != key) ++stimulus.channel;
      if (stimulus.channel == channels.size()) return failure("there is no stimulus '" + key + "'", "--stimulate");
    }
    const auto amount = text.substr(colon == std::string::npos ? equals + 1 : colon + 1);
    const auto end = std::from_chars(amount.data(), amount.data() + amount.size(), stimulus.amount);
    if (end.ec != std::errc{} || end.ptr != amount.data() + amount.size()) {
      return failure("'" + amount + "' is not a number", "--stimulate");
    }
    const auto ids = neuronsCalled(graph, text.substr(0, equals), "--stimulate");
    if (!ids) return tl::unexpected(ids.error());
    for (const auto id : *ids) stimuli.push_back({id, stimulus.channel, stimulus.amount});
  }
  return stimuli;
}

/// Seconds are those of the model's bodies.
Result<void> ticksOf(const Model& model, Options& options) {
  if (!options.seconds) return {};
  const auto& controllers = model.embodiment.controllers;
  if (controllers.empty()) {
    return failure("this model has no body, and without one a tick has no length", "--seconds", "Give --ticks");
  }
  const double length = findWorld(controllers.front().type)->description.tickSeconds;
  options.ticks = static_cast<Tick>(std::llround(*options.seconds / length));
  return {};
}

/// One run with everything that follows it.
class Run {
 public:
  Run(const Options& options, Simulation& simulation) : options_(options), simulation_(simulation) {}

  Ending prepare() {
    const auto& description = simulation_.description();
    const auto plan = recordPlan(options_, description, simulation_.graph());
    if (!plan) return badArgument(plan.error());
    const auto stimuli = stimuliOf(options_, description, simulation_.graph());
    if (!stimuli) return badArgument(stimuli.error());
    stimuli_ = *stimuli;
    if (!options_.record.empty()) {
      auto recorder = Recording::create(options_.record, description, simulation_.graph(), *plan, simulation_.tick());
      if (!recorder) return badFile(recorder.error());
      recorder_ = std::move(*recorder);
    }
    if (!options_.metrics.empty()) {
      auto recorder = MetricRecorder::create(options_.metrics, description, options_.every);
      if (!recorder) return badFile(recorder.error());
      metricRecorder_ = std::move(*recorder);
    }
    sums_.assign(description.metrics.size(), 0.0);
    return 0;
  }

  Ending execute() {
    const auto begin = std::chrono::steady_clock::now();
    while (ticks_ < options_.ticks && interrupted == 0) {
      if (auto done = tick(); !done) return done;
    }
    seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    for (auto closed :
         {recorder_ ? recorder_->close() : Result<void>{}, metricRecorder_ ? metricRecorder_->close() : Result<void>{}}) {
      if (!closed) return badFile(closed.error());
    }
    return 0;
  }

  Report report(const Model& model) const {
    const auto& description = simulation_.description();
    const auto neurons = static_cast<double>(model.graph.neuronCount());
    const auto ticks = static_cast<double>(ticks_);
    const auto share = [](double part, double whole) { return whole > 0 ? part / whole : 0; };
    Report report;
    report.add("model", "Model", model.name).add("neurons", "Neurons", model.graph.neuronCount());
    report.add("links", "Links", model.graph.linkCount())
        .add("ticks", "Ticks", ticks_)
        .add("tick", "Ticks done in all", model.tick);
    report.add("firings", "Firings", firings_);
    report.add("firing_rate", "Firing rate", share(static_cast<double>(firings_), neurons * ticks), "per neuron and tick");
    nlohmann::ordered_json means = nlohmann::ordered_json::object();
    for (std::size_t k = 0; k < sums_.size(); ++k) means[description.metrics[k].key] = share(sums_[k], ticks);
    report.add("metric_means", "Means per tick", means);
    report.add("seconds", "Time", seconds_, "s").add("ticks_per_second", "Speed", share(ticks, seconds_), "ticks/s");
    if (recorder_) report.add("recorded_rows", "Rows in " + options_.record, recorder_->rowCount());
    if (recorder_ && options_.json && !recorder_->layout().is_null()) {
      report.add("recorded_array", "Array", recorder_->layout());
    }
    if (const auto bodies = bodiesReport(); !bodies.empty()) report.add("bodies", "Bodies", bodies);
    report.add("state_hash", "State hash", stateHash(description, model));
    if (interrupted != 0) report.add("interrupted", "Interrupted", true);
    return report;
  }

 private:
  /// What every body has to tell of its life so far.
  nlohmann::ordered_json bodiesReport() const {
    auto bodies = nlohmann::ordered_json::object();
    for (const auto& view : simulation_.bodies()) {
      auto& told = bodies[view->controller];
      told["seconds"] = view->seconds;
      for (std::size_t k = 0; k < view->measures.size(); ++k) told[view->description->measures[k].key] = view->measures[k];
    }
    return bodies;
  }

  Ending tick() {
    if (ticks_ < options_.stimulusTicks && !stimuli_.empty()) {
      if (auto done = simulation_.stimulate(stimuli_); !done) return badArgument(done.error());
    }
    const auto before = simulation_.tick();
    const auto stepped = simulation_.step();
    if (!stepped) return badFile(stepped.error());
    const auto metrics = *stepped;
    ++ticks_;
    for (std::size_t k = 0; k < metrics.size(); ++k) sums_[k] += metrics[k];
    const Graph& graph = simulation_.graph();
    firings_ += countFirings(graph, before);
    if (recorder_) {
      if (auto written = recorder_->record(graph, simulation_.tick()); !written) return badFile(written.error());
    }
    if (metricRecorder_) {
      if (auto written = metricRecorder_->record(simulation_.tick(), metrics); !written) return badFile(written.error());
    }
    return 0;
  }

  const Options& options_;
  Simulation& simulation_;
  std::vector<Stimulus> stimuli_;
  std::optional<Recording> recorder_;
  std::optional<MetricRecorder> metricRecorder_;
  std::vector<double> sums_;
  Tick ticks_ = 0;
  std::size_t firings_ = 0;
  double seconds_ = 0;
};

Ending runModel(Options options, const Registry& registry) {
  if (options.record.empty() && (!options.fields.empty() || !options.linkFields.empty() || !options.neurons.empty())) {
    return badArgument(
        {"--fields, --link-fields and --neurons choose what --record writes", {}, "Give --record FILE.csv or FILE.npy too"});
  }
  auto model = loadModel(registry, options.model);
  if (!model) return badFile(model.error());
  if (options.seed) model->seed = *options.seed;
  if (auto known = ticksOf(*model, options); !known) return badArgument(known.error());
  const FlushDenormals flush;
  const DynamicsEntry& entry = **registry.require(model->dynamics);
  const auto simulation = Simulation::create(entry, std::move(*model));
  if (!simulation) return badFile({simulation.error().text(), options.model, {}});
  Run run(options, **simulation);
  if (auto prepared = run.prepare(); !prepared) return prepared;
  std::signal(SIGINT, interrupt);
  if (auto done = run.execute(); !done) return done;
  const auto captured = (*simulation)->capture();
  if (!captured) return badFile(captured.error());
  if (!options.save.empty()) {
    const auto saved = saveModel((*simulation)->description(), *captured, options.save);
    if (!saved) return badFile(saved.error());
  }
  run.report(*captured).print(options.json);
  return 0;
}

}  // namespace

Command makeRun(CLI::App& program, const Registry& registry) {
  const auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("run", "Run a model for some ticks and say what happened");
  command->add_option("model", options->model, "Model (JSON)")->required()->type_name("MODEL");
  command->add_option("--ticks", options->ticks, "Ticks to do")->capture_default_str()->check(atLeast(0));
  command->add_option("--seconds", options->seconds, "Simulated seconds to do instead: models with a body")
      ->check(CLI::Range(0.0, 1e9))
      ->excludes("--ticks");
  command->add_option("--seed", options->seed, "Seed of the run instead of the model's own");
  command->add_option("--record", options->record, "Write firings, or the values of --fields, as CSV or NumPy array")
      ->type_name("FILE.csv|FILE.npy");
  command->add_option("--fields", options->fields, "Neuron fields to record, separated by commas")->delimiter(',');
  command->add_option("--link-fields", options->linkFields, "Link fields to record instead, of all links or among --neurons")
      ->delimiter(',')
      ->excludes("--fields");
  command->add_option("--neurons", options->neurons, "Names or ids of the neurons to record")->delimiter(',');
  command->add_option("--every", options->every, "Record values and metrics every so many ticks")
      ->capture_default_str()
      ->check(atLeast(1));
  command->add_option("--metrics", options->metrics, "Write the metrics (means over --every ticks)")
      ->type_name("FILE.csv|FILE.npy");
  command->add_option("--stimulate", options->stimuli, "NEURON=AMOUNT or NEURON=CHANNEL:AMOUNT, from the first tick on")
      ->delimiter(',');
  command->add_option("--stimulus-ticks", options->stimulusTicks, "For how many ticks to stimulate")
      ->capture_default_str()
      ->check(atLeast(0));
  command->add_option("--save", options->save, "Save the network as it is at the end")->type_name("OUT.json");
  command->add_flag("--json", options->json, "Print JSON");
  command->footer(
      "Ctrl-C ends the run early; what was recorded is kept, and the summary and --save tell of the ticks done.\n"
      "An array (.npy) holds firings as rows of tick and id, or values as (samples, neurons, fields),\n"
      "or links as rows of tick, from, to and their values; --json tells which.\n"
      "Examples:\n"
      "  plexarium-cli run models/ring_wave.json --ticks 350 --record firings.csv\n"
      "  plexarium-cli run models/reflex.json --stimulate TOUCH=20 --record t.csv --fields state_e,sta --neurons TOUCH\n"
      "  plexarium-cli run models/welcome.json --metrics metrics.csv --every 10 --save later.json --json\n"
      "  plexarium-cli run models/worm_wall.json --seconds 60 --json\n"
      "  plexarium-cli run models/spiral_waves.json --record potentials.npy --fields state_e,state_i --every 5 --json\n"
      "  plexarium-cli run models/sorn_growth.json --record weights.npy --link-fields weight --every 100");
  return {command, [options, &registry] { return runModel(*options, registry); }};
}

}  // namespace plexarium::cli
