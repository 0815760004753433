#include "core/dynamics/sorn/golden_case.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/dynamics/registry.h"
#include "core/dynamics/sorn/creation.h"
#include "core/dynamics/sorn/fields.h"

namespace plexarium::sorn {
namespace {

[[noreturn]] void refuse(std::string what, std::string where) { throw BadTrace{{std::move(what), std::move(where), {}}}; }

std::string at(const std::string& list, std::size_t index) { return list + "[" + std::to_string(index) + "]"; }

constexpr std::size_t mostSteps = std::size_t{1} << 31;

class CaseReader {
 public:
  CaseReader(const Json& root, const std::function<Json(const std::string&)>& beside) : root_(root), beside_(beside) {}

  GoldenCase read() {
    if (memberOf(root_, "version") != 1) refuse("only version 1 is known", "version");
    case_.name = memberOf(root_, "case").get<std::string>();
    case_.steps = wholeNumber(memberOf(root_, "steps"), mostSteps, "steps");
    const bool shared = root_.contains("init_file");
    if (shared) initFile_ = beside_(memberOf(root_, "init_file").get<std::string>());
    const Json& init = shared ? initFile_ : memberOf(root_, "init");
    case_.model = emptyModel(description());
    readParameters();
    readNeurons(init);
    readLinks(init, shared);
    readInputs(shared ? init : root_);
    readNoise(shared);
    return std::move(case_);
  }

 private:
  void set(std::size_t which, double value) {
    const auto& field = description().parameters[which];
    if (auto checked = checkValue(field, value, "params"); !checked) throw BadTrace{checked.error()};
    case_.model.parameters[which] = value;
  }

  void readParameters() {
    case_.model.parameters = presetParameters(Preset::Package, 0);
    set(parameter::Precision, static_cast<double>(Precision::Exact));
    constexpr std::array<std::pair<const char*, std::size_t>, 8> known{{{"eta_stdp", parameter::EtaStdp},
                                                                        {"eta_inhib", parameter::EtaInhibitory},
                                                                        {"eta_ip", parameter::EtaIp},
                                                                        {"mu_ip", parameter::Balance},
                                                                        {"h_ip", parameter::Target},
                                                                        {"te_min", parameter::ThresholdMin},
                                                                        {"te_max", parameter::ThresholdMax},
                                                                        {"w_hi", parameter::WeightCap}}};
    const Json& values = memberOf(root_, "params");
    for (const auto& [key, which] : known) set(which, finiteNumber(memberOf(values, key, "params"), key));
    set(parameter::BirthWeight, finiteNumber(memberOf(values, "sp_weight", "params"), "sp_weight"));
    if (memberOf(values, "w_lo", "params") != 0.0) refuse("weights below 0 are not known", "params.w_lo");
    constexpr std::array<std::pair<const char*, std::size_t>, 5> rules{{{"stdp", parameter::Stdp},
                                                                        {"ip", parameter::Ip},
                                                                        {"sp", parameter::Growth},
                                                                        {"istdp", parameter::InhibitoryStdp},
                                                                        {"ss", parameter::Scaling}}};
    const auto active = memberOf(root_, "active_rules").get<std::vector<std::string>>();
    for (const auto& [key, which] : rules) {
      const bool on = std::ranges::find(active, key) != active.end();
      set(which, on ? 1 : 0);
      if (on) case_.rules += (case_.rules.empty() ? "" : "+") + std::string(key);
    }
    if (case_.rules.empty()) case_.rules = "no rule";
  }

  void readNeurons(const Json& init) {
    const auto excitatory = memberOf(init, "TE").get<std::vector<double>>();
    const auto inhibitory = memberOf(init, "TI").get<std::vector<double>>();
    case_.excitatory = excitatory.size();
    case_.inhibitory = inhibitory.size();
    const auto same = [&](const char* key, std::size_t count) {
      if (wholeNumber(memberOf(root_, key), mostSteps, key) != count) refuse("this is not the number of thresholds", key);
    };
    same("nE", case_.excitatory);
    same("nI", case_.inhibitory);
    case_.inputs = wholeNumber(memberOf(root_, "nU"), case_.excitatory + 1, "nU");
    NeuronTable table;
    table.values.resize(neuron::Count);
    for (std::size_t cell = 0; cell < case_.excitatory + case_.inhibitory; ++cell) {
      const bool excites = cell < case_.excitatory;
      const double threshold = excites ? excitatory[cell] : inhibitory[cell - case_.excitatory];
      if (!(std::abs(threshold) <= largestThreshold)) refuse("a threshold is out of range", "init");
      table.ids.push_back({static_cast<std::uint32_t>(cell) + 1});
      table.names.emplace_back();
      table.roles.push_back(Role::Inter);
      table.positions.push_back({});
      table.values[neuron::Kind].push_back(static_cast<double>(excites ? Kind::Excitatory : Kind::Inhibitory));
      table.values[neuron::Threshold].push_back(threshold);
      table.values[neuron::Active].push_back(0);
    }
    for (const auto& [key, first, count] :
         {std::tuple{"x", std::size_t{0}, case_.excitatory}, {"y", case_.excitatory, case_.inhibitory}}) {
      for (const Json& one : memberOf(init, key))
        table.values[neuron::Active][first + wholeNumber(one, count, std::string("init.") + key)] = 1;
    }
    case_.model.graph.addNeurons(table);
  }

  void add(std::size_t from, std::size_t to, double weight, const std::string& where) {
    if (!(weight >= 0 && weight <= largestWeight)) refuse("a weight is out of range", where);
    if (weight == 0) return;
    links_.push_back({{static_cast<std::uint32_t>(from) + 1}, {static_cast<std::uint32_t>(to) + 1}});
    weights_.push_back(weight);
  }

  void readMatrix(const Json& matrix, std::size_t rows, std::size_t firstRow, std::size_t columns, std::size_t firstColumn,
                  const std::string& where) {
    listOf(matrix, rows, where);
    for (std::size_t p = 0; p < rows; ++p) {
      const auto values = numbers(matrix[p], columns, at(where, p));
      for (std::size_t q = 0; q < columns; ++q) add(firstRow + p, firstColumn + q, values[q], at(where, p));
    }
  }

  void readTriplets(const Json& list, std::size_t rows, std::size_t firstRow, const std::string& where) {
    for (std::size_t k = 0; k < list.size(); ++k) {
      const Json& one = listOf(list[k], 3, at(where, k));
      add(firstRow + wholeNumber(one[0], rows, at(where, k)), wholeNumber(one[1], case_.excitatory, at(where, k)),
          finiteNumber(one[2], at(where, k)), at(where, k));
    }
  }

  void readLinks(const Json& init, bool triplets) {
    const auto e = case_.excitatory;
    const auto i = case_.inhibitory;
    if (triplets) {
      readTriplets(memberOf(init, "WEE"), e, 0, "WEE");
      readTriplets(memberOf(init, "WEI"), i, e, "WEI");
    } else {
      readMatrix(memberOf(init, "WEE"), e, 0, e, 0, "init.WEE");
      readMatrix(memberOf(init, "WEI"), i, e, e, 0, "init.WEI");
    }
    readMatrix(memberOf(init, "WIE"), e, 0, i, e, "init.WIE");
    auto sorted = links_;
    std::ranges::sort(sorted);
    if (std::ranges::adjacent_find(sorted) != sorted.end()) refuse("a synapse is there twice", "init");
    LinkTable table;
    table.keys = links_;
    table.values = {weights_, std::vector<double>(weights_.size(), -1.0)};
    case_.model.graph.addLinks(table);
  }

  void readInputs(const Json& holder) {
    const Json& list = listOf(memberOf(holder, "inputs"), case_.steps, "inputs");
    for (std::size_t step = 0; step < case_.steps; ++step) {
      case_.input.push_back(numbers(list[step], case_.inputs, at("inputs", step)));
      for (const double one : case_.input.back()) {
        if (!(std::abs(one) <= largestInput)) refuse("an input is out of range", at("inputs", step));
      }
    }
  }

  void readNoise(bool shared) {
    const Json* holder = &root_;
    if (shared && !memberOf(root_, "noise_file").is_null()) {
      noiseFile_ = beside_(memberOf(root_, "noise_file").get<std::string>());
      holder = &noiseFile_;
    } else if (shared || memberOf(root_, "noise_e").is_null()) {
      return;
    }
    const Json& e = listOf(memberOf(*holder, "noise_e"), case_.steps, "noise_e");
    const Json& i = listOf(memberOf(*holder, "noise_i"), case_.steps, "noise_i");
    for (std::size_t step = 0; step < case_.steps; ++step) {
      auto both = numbers(e[step], case_.excitatory, at("noise_e", step));
      const auto rest = numbers(i[step], case_.inhibitory, at("noise_i", step));
      both.insert(both.end(), rest.begin(), rest.end());
      case_.noise.push_back(std::move(both));
    }
  }

  const Json& root_;
  const std::function<Json(const std::string&)>& beside_;
  Json initFile_, noiseFile_;
  GoldenCase case_;
  std::vector<LinkKey> links_;
  std::vector<double> weights_;
};

}  // namespace

const Json& memberOf(const Json& object, const char* key, const std::string& where) {
  if (!object.is_object() || !object.contains(key)) refuse(std::string("'") + key + "' is missing", where);
  return object[key];
}

std::size_t wholeNumber(const Json& value, std::size_t limit, const std::string& where) {
  const bool fits = value.is_number_unsigned() && value.get<std::uint64_t>() < limit;
  if (!fits) refuse("this is not a whole number below " + std::to_string(limit), where);
  return value.get<std::size_t>();
}

double finiteNumber(const Json& value, const std::string& where) {
  if (!value.is_number() || !std::isfinite(value.get<double>())) refuse("this is not a number", where);
  return value.get<double>();
}

const Json& listOf(const Json& value, std::size_t count, const std::string& where) {
  if (!value.is_array() || value.size() != count) refuse("this is not a list of " + std::to_string(count), where);
  return value;
}

std::vector<double> numbers(const Json& list, std::size_t count, const std::string& where) {
  std::vector<double> values;
  for (const Json& one : listOf(list, count, where)) values.push_back(finiteNumber(one, where));
  return values;
}

GoldenCase readGoldenCase(const Json& root, const std::function<Json(const std::string&)>& beside) {
  return CaseReader(root, beside).read();
}

}  // namespace plexarium::sorn
