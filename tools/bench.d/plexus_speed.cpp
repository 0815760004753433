#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/denormals.h"
#include "core/dynamics/plexus/plexus.h"
#include "core/dynamics/registry.h"
#include "tools/bench.d/plexus_protocol.h"
#include "tools/bench.d/topics.h"

namespace plexarium::bench {
namespace {

using plexus::Rule;

struct Size {
  const char* name;
  double neurons, inputs, outputs, connectivity;
  int hold;           ///< Waves that a sample stays.
  int waves;          ///< That Python is given time for.
  bool fresh;         ///< Ours too begin anew after them, since a network that has learnt for long fires otherwise.
  double leastFires;  ///< Fires per second that are wanted; 0: no bar of its own.
};

constexpr int trials = 5;
constexpr std::array sizes{Size{"14 neurons", 14, 4, 2, 1, 20, 1600, true, 10e6},
                           Size{"256 neurons", 256, 4, 2, 0.5, 1, 3, false, 3e6},
                           Size{"3331 neurons, cat and dog", 3331, 3072, 3, 0.05, 1, 2, false, 0}};

const char* ruleName(Rule rule) {
  return plexus::description().parameters[plexus::parameter::Rule].choices[static_cast<std::size_t>(rule)].c_str();
}

std::optional<nlohmann::json> runTwin(const std::string& arguments) {
  FILE* pipe = popen(("python3 '" PLEXARIUM_PLEXUS_TWIN "' " + arguments).c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  std::string text;
  std::array<char, 4096> part{};
  while (const auto size = std::fread(part.data(), 1, part.size(), pipe)) text.append(part.data(), size);
  if (pclose(pipe) != 0) return std::nullopt;
  auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  return json;
}

std::string twinArguments(const Size& size, Rule rule, bool quick) {
  const std::string name = rule == Rule::Gradient ? "gradient" : ruleName(rule);
  return "--neurons " + std::to_string(static_cast<int>(size.neurons)) + " --inputs " +
         std::to_string(static_cast<int>(size.inputs)) + " --outputs " + std::to_string(static_cast<int>(size.outputs)) +
         " --connectivity " + std::to_string(size.connectivity) + " --rule '" + name + "' --hold " +
         std::to_string(size.hold) + " --waves " + std::to_string(quick ? std::max(1, size.waves / 4) : size.waves) +
         " --trials " + std::to_string(size.fresh ? trials : 1);
}

/// Fires per second of processor time, the best of several trials; loading samples counts, building networks does not.
double speed(const Size& size, Rule rule, bool quick) {
  PlexusSetting setting{size.neurons, size.inputs, size.outputs, size.connectivity, 2, rule, authorsGain};
  setting.rate = rule == Rule::Gradient ? 0.5 : 1;
  plexus::Draws draws(1, plexus::TrialStream, 1);
  std::array<Sample, 2> samples{biggerOrSmaller(setting, 0, draws), biggerOrSmaller(setting, 1, draws)};
  for (auto& sample : samples) sample.targets.resize(static_cast<std::size_t>(size.outputs), 0);
  std::uint64_t seed = 0;
  std::optional<Trainee> trainee;
  const auto load = [&](int k) {
    const auto& sample = samples[static_cast<std::size_t>(k) % 2];
    trainee->load(sample.inputs, sample.targets);
  };
  const auto begin = [&] {
    trainee.emplace(setting, ++seed);
    trainee->set(plexus::parameter::KeepBlame, 1);  // as the twin does: whoever fires learns
    for (int wave = 0; wave < 2; ++wave) load(wave), trainee->run(1);
  };
  begin();
  double best = 0;
  for (int trial = 0; trial < trials; ++trial) {
    double fires = 0;
    double seconds = 0;
    while (seconds < (quick ? 0.05 : 0.3)) {
      if (size.fresh) begin();
      const double firesBefore = trainee->fires();
      const double start = threadSeconds();
      for (int wave = 0; wave < size.waves; wave += size.hold) load(wave / size.hold), trainee->run(size.hold);
      seconds += threadSeconds() - start;
      fires += trainee->fires() - firesBefore;
    }
    best = std::max(best, fires / seconds);
  }
  return best;
}

/// The twin's small network of layers, of which the order of fires says nothing.
bool sameRun(Rule rule) {
  const std::string name = rule == Rule::Gradient ? "gradient" : ruleName(rule);
  const auto twin = runTwin("--check --rule '" + name + "'");
  if (!twin) return false;
  Model model = emptyModel(plexus::description());
  model.parameters[plexus::parameter::Rule] = static_cast<double>(rule);
  model.parameters[plexus::parameter::FiresPerWave] = 1;
  NeuronTable neurons;
  LinkTable links;
  links.values.resize(1);
  constexpr std::array<std::uint32_t, 3> layers{3, 5, 2};
  for (std::uint32_t layer = 0, first = 1, before = 0; layer < 3; before = first, first += layers[layer++]) {
    for (std::uint32_t k = 0; k < layers[layer]; ++k) {
      neurons.ids.push_back({first + k});
      neurons.names.emplace_back();
      neurons.roles.push_back(static_cast<Role>(layer));
      neurons.positions.push_back({});
      for (std::uint32_t j = 0; layer > 0 && j < layers[layer - 1]; ++j) {
        links.keys.push_back({{before + j}, {first + k}});
        links.values[0].push_back((static_cast<double>((3 * j + 5 * k) % 7) - 3) / 4);
      }
    }
  }
  model.graph.addNeurons(neurons);
  model.graph.addLinks(links);
  Network network{model.graph, model.parameters, 1, 0};
  const auto dynamics = plexus::entry().make();
  if (!dynamics->build(network)) return false;
  std::vector<double> metrics(plexus::metric::Count);
  const FlushDenormals flush;
  for (int sample = 0; sample < 40; ++sample, ++network.tick) {
    std::vector<Stimulus> inputs;
    for (std::uint32_t k = 0; k < 3; ++k) inputs.push_back({{k + 1}, 0, (sample + static_cast<int>(k)) % 3 / 2.0});
    dynamics->stimulate(network, inputs);
    if (!dynamics->learn(network, std::vector<double>{sample % 2 * 1.0, (sample + 1) % 2 * 1.0})) return false;
    dynamics->step(network, metrics);
  }
  dynamics->publish(network, nullptr);
  const auto near = [](double one, double other) { return std::abs(one - other) < 1e-4; };
  bool same = true;
  for (std::size_t k = 0; k < 7; ++k) {
    const double ours = columnValue(model.graph.neuronColumn(plexus::neuron::Potential), k + 3);
    same = same && near(ours, twin->at("potentials").at(k).get<double>());
  }
  std::size_t next = 0;
  for (std::uint32_t reader = 4; reader <= 10; ++reader) {
    const bool motor = reader > 8;
    for (std::uint32_t source = motor ? 4 : 1; source <= (motor ? 8U : 3U); ++source, ++next) {
      const auto l = *model.graph.link({{source}, {reader}});
      same = same && near(columnValue(model.graph.linkColumn(0), l), twin->at("weights").at(next).get<double>());
    }
  }
  return same && next == twin->at("weights").size();
}

}  // namespace

Table plexusSpeed(const Patience& patience) {
  Table table{.title = "plexus: fires per second while learning, one thread, against the Python twin", .lines = {}};
  for (const auto rule : {Rule::Gradient, Rule::Sign, Rule::SignRepaired, Rule::Article}) {
    const bool agrees = rule == Rule::Article || sameRun(rule);
    for (const auto& size : sizes) {
      const double ours = speed(size, rule, patience.quick);
      const auto twin = runTwin(twinArguments(size, rule, patience.quick));
      const double theirs = twin ? twin->at("fires_per_second").get<double>() : 0;
      const double ratio = theirs > 0 ? ours / theirs : 0;
      Line line{.name = std::string(ruleName(rule)) + ", " + size.name,
                .figures = {{"fires/s", ours},
                            {"bar", size.leastFires},
                            {"Python fires/s", theirs},
                            {"times as fast", ratio},
                            {"bar ", 300},
                            {"same run", agrees ? 1.0 : 0.0}}};
      // The bars are those of the rules that learn.
      if (rule != Rule::Article) line.passed = agrees && ours >= size.leastFires && ratio >= 300;
      table.lines.push_back(std::move(line));
    }
  }
  table.notes = {
      "same run: on layers, where the order of fires makes no difference, both programs have the same potentials and "
      "weights within 1e-4 after 40 waves of learning",
      "processor time of the thread, best of five trials; a new sample in every wave (in every 20th at 14 neurons, where "
      "both "
      "programs begin anew after 1,600)"};
  return table;
}

}  // namespace plexarium::bench
