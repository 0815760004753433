#include "core/dynamics/transmitter/golden_trace.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/dynamics/registry.h"
#include "core/dynamics/transmitter/fields.h"
#include "core/dynamics/transmitter/transmitter.h"

namespace plexarium::transmitter {
namespace {

using Json = nlohmann::json;
using Unexpected = tl::unexpected<Error>;

/// Letters of the phases in a trace, by Phase.
constexpr std::string_view phaseLetters = "IACXR";

struct InjectedAmount {
  std::size_t step;  ///< Before this cycle, counted from 1.
  Stimulus stimulus;
};

struct Trace {
  Model model;
  std::vector<InjectedAmount> stimuli;
  std::vector<std::size_t> columns;  ///< Neuron field of each column.
  std::size_t steps = 0;
};

std::string indexed(std::string_view list, std::size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

/// `object[key]` where the object is one and has it.
Result<const Json*> member(const Json& object, const char* key, const std::string& where) {
  if (!object.is_object()) return failure("this is not an object", where);
  const auto found = object.find(key);
  if (found == object.end()) return failure(std::string("'") + key + "' is missing", where);
  return &*found;
}

Result<const Json*> arrayMember(const Json& object, const char* key, const std::string& where) {
  auto list = member(object, key, where);
  if (list && !(*list)->is_array()) return failure("this is not a list", where.empty() ? key : where + "." + key);
  return list;
}

Result<std::string> text(const Json& object, const char* key) {
  const auto value = member(object, key, "");
  if (!value) return Unexpected(value.error());
  if (!(*value)->is_string()) return failure("this is not a text", key);
  return (*value)->get<std::string>();
}

Result<double> number(const Json& value, const std::string& where) {
  if (!value.is_number()) return failure("this is not a number", where);
  return value.get<double>();
}

/// A whole number from 0 to `limit` - 1.
Result<std::size_t> index(const Json& value, std::size_t limit, const std::string& where) {
  const bool fits = value.is_number_unsigned() && value.get<std::uint64_t>() < limit;
  if (!fits)
    return failure("this is not a whole number from 0 to " + std::to_string(limit) + ", the latter excluded", where);
  return static_cast<std::size_t>(value.get<std::uint64_t>());
}

/// A field's value from JSON: null is "unlimited", true and false are flags.
Result<double> fieldValue(const Field& field, const Json& value, const std::string& where) {
  double amount = 0;
  if (field.unlimited && value.is_null()) {
    amount = std::numeric_limits<double>::infinity();
  } else if (field.type == FieldType::Flag && value.is_boolean()) {
    amount = value.get<bool>() ? 1 : 0;
  } else {
    const auto read = number(value, where);
    if (!read) return read;
    amount = *read;
  }
  if (auto checked = checkValue(field, amount, where); !checked) return Unexpected(checked.error());
  return amount;
}

constexpr std::array<std::pair<const char*, std::size_t>, 6> requiredKeys{{{"threshold", neuron::Threshold},
                                                                           {"returnability", neuron::Returnability},
                                                                           {"speed", neuron::Speed},
                                                                           {"recovery", neuron::Recovery},
                                                                           {"sta0", neuron::Sta},
                                                                           {"str0", neuron::Str}}};
constexpr std::array<std::pair<const char*, std::size_t>, 4> optionalKeys{{{"capacity", neuron::Capacity},
                                                                           {"leak", neuron::Leak},
                                                                           {"clear", neuron::ClearWhileRecovering},
                                                                           {"gap_gain", neuron::GapGain}}};

/// One neuron's values, in the order of the neuron fields.
Result<std::vector<double>> readNeuron(const Json& json, const std::string& where) {
  const auto& fields = description().neuronFields;
  auto values = initialValues(fields);
  const auto set = [&](std::size_t field, const Json& value, const std::string& place) -> Result<void> {
    const auto read = fieldValue(fields[field], value, place);
    if (!read) return Unexpected(read.error());
    values[field] = *read;
    return {};
  };
  for (const auto& [key, field] : requiredKeys) {
    const auto value = member(json, key, where);
    if (!value) return Unexpected(value.error());
    if (auto done = set(field, **value, where + "." + key); !done) return Unexpected(done.error());
  }
  const auto production = arrayMember(json, "production", where);
  if (!production) return Unexpected(production.error());
  if ((*production)->size() != 2) return failure("this is not a list of two numbers", where + ".production");
  for (std::size_t channel = 0; channel < 2; ++channel) {
    const auto place = indexed(where + ".production", channel);
    if (auto done = set(neuron::ProductionE + channel, (**production)[channel], place); !done)
      return Unexpected(done.error());
  }
  for (const auto& [key, field] : optionalKeys) {
    const auto value = json.find(key);
    if (value == json.end()) continue;
    if (auto done = set(field, *value, where + "." + key); !done) return Unexpected(done.error());
  }
  return values;
}

Result<void> readNeurons(const Json& root, Model& model) {
  const auto list = arrayMember(root, "neurons", "");
  if (!list) return Unexpected(list.error());
  NeuronTable table;
  table.values.resize(neuron::Count);
  for (std::size_t k = 0; k < (*list)->size(); ++k) {
    const auto where = indexed("neurons", k);
    const auto& json = (**list)[k];
    const auto values = readNeuron(json, where);
    if (!values) return Unexpected(values.error());
    const auto name = json.find("name");
    const bool named = name != json.end() && name->is_string();
    table.ids.push_back({static_cast<std::uint32_t>(k) + 1});
    table.names.push_back(named ? name->get<std::string>() : std::to_string(k));
    table.roles.push_back(Role::Inter);
    table.positions.push_back({});
    for (std::size_t field = 0; field < neuron::Count; ++field) table.values[field].push_back((*values)[field]);
  }
  model.graph.addNeurons(table);
  return {};
}

struct NewLink {
  std::size_t from = 0;
  std::size_t to = 0;
  double weight = 1;
  double kind = 0;
  double gapWeight = 0;
};

constexpr auto electricalKind = static_cast<double>(Kind::Electrical);

Result<NewLink> readLink(const Json& json, std::size_t neurons, const std::string& where) {
  const bool pair = json.is_array() && json.size() == 2;
  if (!pair && !json.is_object()) return failure("this is neither a pair nor an object", where);
  const auto end = [&](const char* key, std::size_t position) -> Result<std::size_t> {
    if (pair) return index(json[position], neurons, where);
    const auto value = member(json, key, where);
    return value ? index(**value, neurons, where + "." + key) : Unexpected(value.error());
  };
  NewLink link;
  const auto from = end("from", 0);
  if (!from) return Unexpected(from.error());
  const auto to = end("to", 1);
  if (!to) return Unexpected(to.error());
  link.from = *from;
  link.to = *to;
  if (pair) return link;
  const auto& fields = description().linkFields;
  if (const auto weight = json.find("weight"); weight != json.end()) {
    const auto read = fieldValue(fields[link::Weight], *weight, where + ".weight");
    if (!read) return Unexpected(read.error());
    link.weight = *read;
  }
  if (const auto kind = json.find("kind"); kind != json.end()) {
    const auto read = kind->is_string() ? parseValue(fields[link::Kind], kind->get<std::string>(), where + ".kind")
                                        : failure("this is not a text", where + ".kind");
    if (!read) return Unexpected(read.error());
    link.kind = *read;
  }
  return link;
}

Result<void> readLinks(const Json& root, Model& model) {
  const auto list = arrayMember(root, "links", "");
  if (!list) return Unexpected(list.error());
  const auto neurons = model.graph.neuronCount();
  std::map<std::pair<std::size_t, std::size_t>, NewLink> links;
  for (std::size_t k = 0; k < (*list)->size(); ++k) {
    const auto where = indexed("links", k);
    const auto link = readLink((**list)[k], neurons, where);
    if (!link) return Unexpected(link.error());
    const auto [place, isNew] = links.try_emplace({link->from, link->to}, *link);
    if (isNew) continue;
    // An electrical contact may lie beside a chemical link: then it is that link's gap junction.
    auto& before = place->second;
    const bool electrical = link->kind == electricalKind;
    if (electrical == (before.kind == electricalKind) || before.gapWeight > 0) {
      return failure("there is a link between the two already", where);
    }
    const double gapWeight = electrical ? link->weight : before.weight;
    if (!electrical) before = *link;
    before.gapWeight = gapWeight;
  }
  LinkTable table;
  table.values.resize(link::Count);
  for (const auto& [ends, link] : links) {
    table.keys.push_back({model.graph.ids()[ends.first], model.graph.ids()[ends.second]});
    table.values[link::Weight].push_back(link.weight);
    table.values[link::Kind].push_back(link.kind);
    table.values[link::GapWeight].push_back(link.gapWeight);
  }
  model.graph.addLinks(table);
  return {};
}

Result<std::vector<InjectedAmount>> readStimuli(const Json& root, const Trace& trace) {
  std::vector<InjectedAmount> stimuli;
  const auto list = arrayMember(root, "stimuli", "");
  if (!list) return Unexpected(list.error());
  for (std::size_t k = 0; k < (*list)->size(); ++k) {
    const auto where = indexed("stimuli", k);
    const auto& json = (**list)[k];
    const auto step = member(json, "step", where);
    if (!step) return Unexpected(step.error());
    const auto at = index(**step, trace.steps + 1, where + ".step");
    if (!at) return Unexpected(at.error());
    const auto target = member(json, "neuron", where);
    if (!target) return Unexpected(target.error());
    const auto row = index(**target, trace.model.graph.neuronCount(), where + ".neuron");
    if (!row) return Unexpected(row.error());
    for (const auto channel : {stimulus::Exciting, stimulus::Inhibiting}) {
      const char* key = channel == stimulus::Exciting ? "e" : "i";
      const auto found = json.find(key);
      if (found == json.end()) continue;
      const auto read = number(*found, where + "." + key);
      if (!read) return Unexpected(read.error());
      const double amount = channel == stimulus::Exciting ? *read : -*read;
      const auto& range = description().stimuli[channel];
      if (!(amount >= range.minimum && amount <= range.maximum))
        return failure("the amount is out of range", where + "." + key);
      stimuli.push_back({*at, {trace.model.graph.ids()[*row], channel, amount}});
    }
  }
  return stimuli;
}

Result<std::vector<std::size_t>> readColumns(const Json& root) {
  std::vector<std::size_t> columns;
  const auto list = arrayMember(root, "columns", "");
  if (!list) return Unexpected(list.error());
  for (std::size_t k = 0; k < (*list)->size(); ++k) {
    const auto& json = (**list)[k];
    const auto field = json.is_string() ? findField(description().neuronFields, json.get<std::string>()) : std::nullopt;
    if (!field) return failure("this names no state of a transmitter neuron", indexed("columns", k));
    columns.push_back(*field);
  }
  if (columns.empty()) return failure("there is no column to compare", "columns");
  return columns;
}

/// Every row of `phases` and `trace` has the size that neurons, columns and steps ask for; the values are checked later.
Result<void> checkShape(const Json& root, const Trace& trace) {
  const auto phases = arrayMember(root, "phases", "");
  if (!phases) return Unexpected(phases.error());
  const auto values = arrayMember(root, "trace", "");
  if (!values) return Unexpected(values.error());
  const auto neurons = trace.model.graph.neuronCount();
  if ((*phases)->size() != trace.steps) return failure("there is not one entry for each step", "phases");
  if ((*values)->size() != trace.steps) return failure("there is not one entry for each step", "trace");
  for (std::size_t step = 0; step < trace.steps; ++step) {
    const auto& letters = (**phases)[step];
    if (!letters.is_string() || letters.get_ref<const std::string&>().size() != neurons ||
        letters.get_ref<const std::string&>().find_first_not_of(phaseLetters) != std::string::npos) {
      return failure("this is not one of the letters " + std::string(phaseLetters) + " for each neuron",
                     indexed("phases", step));
    }
    const auto& rows = (**values)[step];
    if (!rows.is_array() || rows.size() != neurons) return failure("this is not one row a neuron", indexed("trace", step));
    for (std::size_t row = 0; row < neurons; ++row) {
      const auto where = [&] { return indexed(indexed("trace", step), row); };
      if (!rows[row].is_array() || rows[row].size() != trace.columns.size())
        return failure("this is not one value a column", where());
      for (const auto& value : rows[row]) {
        if (!value.is_number()) return failure("this is not a number", where());
      }
    }
  }
  return {};
}

Result<Trace> readTrace(const Json& root) {
  const auto format = text(root, "format");
  if (!format) return Unexpected(format.error());
  if (*format != "plexarium-transmitter-trace") return failure("'" + *format + "' is not a transmitter trace", "format");
  const auto version = member(root, "version", "");
  if (!version) return Unexpected(version.error());
  if (**version != 1) return failure("only version 1 is known", "version");
  Trace trace{.model = emptyModel(description()), .stimuli = {}, .columns = {}};
  const auto mode = text(root, "mode");
  if (!mode) return Unexpected(mode.error());
  const auto rule = parseValue(description().parameters[parameter::Rule], *mode, "mode");
  if (!rule) return Unexpected(rule.error());
  trace.model.parameters[parameter::Rule] = *rule;
  const auto steps = member(root, "steps", "");
  if (!steps) return Unexpected(steps.error());
  const auto count = index(**steps, std::size_t{1} << 31, "steps");
  if (!count) return Unexpected(count.error());
  if (*count == 0) return failure("a trace needs a step", "steps");
  trace.steps = *count;
  if (auto done = readNeurons(root, trace.model); !done) return Unexpected(done.error());
  if (trace.model.graph.neuronCount() == 0) return failure("a trace needs a neuron", "neurons");
  if (auto done = readLinks(root, trace.model); !done) return Unexpected(done.error());
  auto columns = readColumns(root);
  if (!columns) return Unexpected(columns.error());
  trace.columns = std::move(*columns);
  if (auto done = checkShape(root, trace); !done) return Unexpected(done.error());
  auto stimuli = readStimuli(root, trace);
  if (!stimuli) return Unexpected(stimuli.error());
  trace.stimuli = std::move(*stimuli);
  return trace;
}

/// Compares the graph with one step of the trace.
void compareStep(const Graph& graph, const Json& root, const Trace& trace, std::size_t step, GoldenReport& report) {
  const auto complain = [&](std::size_t row, const std::string& what) {
    if (!report.firstMismatch.empty()) return;
    report.firstMismatch = "cycle " + std::to_string(step + 1) + ", neuron " + std::string(graph.names()[row]) + ": " + what;
  };
  const auto& letters = root["phases"][step].get_ref<const std::string&>();
  const auto phase = graph.neuronValues<std::uint8_t>(neuron::Phase);
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    if (phaseLetters[phase[row]] != letters[row]) {
      ++report.phaseMismatches;
      complain(row, std::string("phase ") + phaseLetters[phase[row]] + " instead of " + letters[row]);
    }
    const auto& expected = root["trace"][step][row];
    for (std::size_t k = 0; k < trace.columns.size(); ++k) {
      auto& column = report.columns[k];
      const double wanted = expected[k].get<double>();
      const double absolute = std::abs(columnValue(graph.neuronColumn(trace.columns[k]), row) - wanted);
      const double relative = absolute > goldenAbsoluteTolerance && wanted != 0 ? absolute / std::abs(wanted) : 0;
      column.largestAbsolute = std::max(column.largestAbsolute, absolute);
      column.largestRelative = std::max(column.largestRelative, relative);
      const bool close = absolute <= goldenAbsoluteTolerance || absolute <= goldenRelativeTolerance * std::abs(wanted);
      if (column.exact ? absolute == 0 : close) continue;
      ++column.outOfTolerance;
      complain(row, column.name + " is " +
                        formatValue(description().neuronFields[trace.columns[k]],
                                    columnValue(graph.neuronColumn(trace.columns[k]), row)) +
                        " instead of " + expected[k].dump());
    }
  }
}

GoldenReport runTrace(const Json& root, Trace trace) {
  GoldenReport report;
  report.mode = formatValue(description().parameters[parameter::Rule], trace.model.parameters[parameter::Rule]);
  report.neurons = trace.model.graph.neuronCount();
  report.links = trace.model.graph.linkCount();
  report.ticks = trace.steps;
  for (const auto field : trace.columns) {
    const auto& column = description().neuronFields[field];
    report.columns.push_back({.name = column.key, .exact = column.type != FieldType::Real});
  }
  std::multimap<std::size_t, Stimulus> stimuli;
  for (const auto& one : trace.stimuli) stimuli.emplace(one.step, one.stimulus);
  const auto dynamics = entry().make();
  Network network{trace.model.graph, trace.model.parameters, trace.model.seed, 0};
  const auto built = dynamics->build(network);
  assert(built);
  static_cast<void>(built);
  std::vector<double> metrics(metric::Count);
  for (std::size_t step = 0; step < trace.steps; ++step, ++network.tick) {
    const auto [begin, end] = stimuli.equal_range(step + 1);
    for (auto one = begin; one != end; ++one) dynamics->stimulate(network, std::span(&one->second, 1));
    dynamics->step(network, metrics);
    compareStep(network.graph, root, trace, step, report);
  }
  report.passed = report.firstMismatch.empty();
  return report;
}

}  // namespace

Result<GoldenReport> verifyGoldenTrace(std::string_view jsonText, std::string_view source) {
  const auto inSource = [&](Error error) {
    error.where = std::string(source) + (error.where.empty() ? "" : ": ") + error.where;
    return Unexpected(std::move(error));
  };
  Json root;
  try {
    root = Json::parse(jsonText);
  } catch (const Json::exception& exception) {
    return inSource({std::string("this is no JSON: ") + exception.what(), "", "Is the file damaged or cut off?"});
  }
  auto trace = readTrace(root);
  if (!trace) return inSource(trace.error());
  auto report = runTrace(root, std::move(*trace));
  if (const auto circuit = root.find("circuit"); circuit != root.end() && circuit->is_string()) {
    report.circuit = circuit->get<std::string>();
  }
  return report;
}

}  // namespace plexarium::transmitter
