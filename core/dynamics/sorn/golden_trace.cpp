#include "core/dynamics/sorn/golden_trace.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/dynamics/sorn/golden_case.h"
#include "core/dynamics/sorn/reservoir.h"

namespace plexarium::sorn {
namespace {

enum Column : std::size_t { X, Y, Rec, CountEE, CountEI, Births, Pattern, WeightsEE, WeightsEI, ThresholdsE, ThresholdsI };
constexpr std::size_t columnCount = 11;
constexpr const char* columnNames[columnCount] = {"x",       "y",   "rec", "ee_before", "ei_before", "sp",
                                                  "pattern", "WEE", "WEI", "TE",        "TI"};

/// Runs a case and compares.
class Comparison {
 public:
  Comparison(const Json& root, GoldenCase golden) : root_(root), case_(std::move(golden)) {
    report_.circuit = case_.name;
    report_.mode = case_.rules;
    report_.neurons = case_.excitatory + case_.inhibitory;
    report_.links = case_.model.graph.linkCount();
    report_.ticks = case_.steps;
    for (std::size_t k = 0; k < columnCount; ++k) report_.columns.push_back({columnNames[k], k <= Pattern, 0, 0, 0});
  }

  GoldenReport run() {
    const Settings settings(case_.model.parameters);
    reservoir_->read(case_.model.graph, settings);
    const Json& trace = listOf(memberOf(root_, "trace"), case_.steps, "trace");
    const std::vector<double> silence(report_.neurons, 0.0);
    for (step_ = 0; step_ < case_.steps; ++step_) {
      const Json& told = trace[step_];
      for (std::size_t k = 0; k < case_.inputs; ++k) reservoir_->put(k, case_.input[step_][k]);
      Script script{case_.noise.empty() ? silence : case_.noise[step_]};
      const Json& birth = memberOf(told, "sp", "trace");
      const auto excitatory = case_.excitatory;
      if (!birth.is_null()) {
        listOf(birth, 2, "trace.sp");
        script.birth = {static_cast<std::uint32_t>(wholeNumber(birth[0], excitatory, "trace.sp")),
                        static_cast<std::uint32_t>(wholeNumber(birth[1], excitatory, "trace.sp"))};
      }
      const auto tally = reservoir_->step({settings, case_.model.graph, 1, static_cast<Tick>(step_), &script});
      compareStep(told, tally, birth.is_null() ? 0 : 1);
      compareState();
    }
    report_.passed = report_.firstMismatch.empty();
    return std::move(report_);
  }

 private:
  void complain(Column column, const std::string& what) {
    ++report_.columns[column].outOfTolerance;
    if (report_.firstMismatch.empty())
      report_.firstMismatch = "step " + std::to_string(step_ + 1) + ", " + columnNames[column] + ": " + what;
  }

  void equal(Column column, double ours, double wanted) {
    auto& known = report_.columns[column];
    known.largestAbsolute = std::max(known.largestAbsolute, std::abs(ours - wanted));
    if (ours != wanted) complain(column, std::to_string(ours) + " instead of " + std::to_string(wanted));
  }

  /// `share`: `wanted` is a sum, and the tolerance a share of it.
  void near(Column column, double ours, double wanted, bool share = false) {
    auto& known = report_.columns[column];
    const double stray = std::abs(ours - wanted);
    known.largestAbsolute = std::max(known.largestAbsolute, stray);
    if (stray > goldenTolerance && wanted != 0)
      known.largestRelative = std::max(known.largestRelative, stray / std::abs(wanted));
    const double allowed = goldenTolerance * (share ? std::max(1.0, std::abs(wanted)) : 1.0);
    if (!(stray <= allowed)) complain(column, std::to_string(ours) + " instead of " + std::to_string(wanted));
  }

  void compareStep(const Json& told, const Tally& tally, double births) {
    const auto& cells = reservoir_->cells();
    const auto compareList = [&](Column column, std::size_t first, std::size_t count, auto fires) {
      std::vector<std::uint8_t> wanted(count, 0);
      for (const Json& one : memberOf(told, columnNames[column], "trace"))
        wanted[wholeNumber(one, count, std::string("trace.") + columnNames[column])] = 1;
      for (std::size_t k = 0; k < count; ++k) equal(column, fires(first + k) ? 1 : 0, wanted[k]);
    };
    compareList(X, 0, case_.excitatory, [&](std::size_t cell) { return cells.fires(cell); });
    compareList(Y, case_.excitatory, case_.inhibitory, [&](std::size_t cell) { return cells.fires(cell); });
    compareList(Rec, 0, case_.excitatory, [&](std::size_t cell) { return cells.recurrent[cell] != 0; });
    equal(CountEE, static_cast<double>(tally.linksEE), finiteNumber(memberOf(told, "ee_before", "trace"), "ee_before"));
    equal(CountEI, static_cast<double>(tally.linksEI), finiteNumber(memberOf(told, "ei_before", "trace"), "ei_before"));
    equal(Births, static_cast<double>(tally.born), births);
  }

  void compareState() {
    const auto key = std::to_string(step_ + 1);
    const auto find = [&](const char* list) -> const Json* {
      const auto found = root_.find(list);
      return found != root_.end() && found->contains(key) ? &(*found)[key] : nullptr;
    };
    const Json* whole = find("snapshots");
    const Json* summary = find("summaries");
    if (whole == nullptr && summary == nullptr) return;
    reservoir_->write(case_.model.graph, 0);
    const auto e = case_.excitatory;
    const auto i = case_.inhibitory;
    if (whole != nullptr) {
      compareMatrix(WeightsEE, memberOf(*whole, "WEE"), 0, e);
      compareMatrix(WeightsEI, memberOf(*whole, "WEI"), e, i);
      compareThresholds(ThresholdsE, memberOf(*whole, "TE"), 0, e);
      compareThresholds(ThresholdsI, memberOf(*whole, "TI"), e, i);
    } else {
      compareMatrixSummary(WeightsEE, memberOf(*summary, "WEE"), 0, e);
      compareMatrixSummary(WeightsEI, memberOf(*summary, "WEI"), e, i);
      compareThresholdSummary(ThresholdsE, memberOf(*summary, "TE"), 0, e);
      compareThresholdSummary(ThresholdsI, memberOf(*summary, "TI"), e, i);
    }
  }

  /// Null stands for no number: a neuron whose column the package divided by 0. Ours has no synapse there, and is starved.
  void compareMatrix(Column column, const Json& wanted, std::size_t first, std::size_t rows) {
    listOf(wanted, rows, columnNames[column]);
    const Graph& graph = case_.model.graph;
    const auto weights = graph.linkValues<double>(link::Weight);
    std::vector<double> row(graph.neuronCount());
    for (std::size_t p = 0; p < rows; ++p) {
      std::ranges::fill(row, 0.0);
      for (std::size_t l = graph.firstLink()[first + p]; l < graph.firstLink()[first + p + 1]; ++l)
        row[graph.targets()[l]] = weights[l];
      listOf(wanted[p], case_.excitatory, columnNames[column]);
      for (std::size_t q = 0; q < case_.excitatory; ++q) {
        if (wanted[p][q].is_null()) {
          equal(Pattern, row[q] == 0 && reservoir_->cells().starved[q] != 0 ? 0 : 1, 0);
          continue;
        }
        const double there = finiteNumber(wanted[p][q], columnNames[column]);
        equal(Pattern, row[q] > 0 ? 1 : 0, there > 0 ? 1 : 0);
        near(column, row[q], there);
      }
    }
  }

  void compareMatrixSummary(Column column, const Json& wanted, std::size_t first, std::size_t rows) {
    const Graph& graph = case_.model.graph;
    const auto weights = graph.linkValues<double>(link::Weight);
    double positive = 0;
    double sum = 0;
    double squares = 0;
    double largest = 0;
    double smallest = std::numeric_limits<double>::infinity();
    double hash = 0;
    for (std::size_t p = 0; p < rows; ++p) {
      for (std::size_t l = graph.firstLink()[first + p]; l < graph.firstLink()[first + p + 1]; ++l) {
        const std::size_t q = graph.targets()[l];
        if (q >= case_.excitatory) continue;
        ++positive;
        sum += weights[l];
        squares += weights[l] * weights[l];
        largest = std::max(largest, weights[l]);
        smallest = std::min(smallest, weights[l]);
        hash += weights[l] * (static_cast<double>((7919 * p + 104729 * q) % 1009) + 1) / 1009;
      }
    }
    const auto told = [&](const char* key) { return finiteNumber(memberOf(wanted, key), key); };
    equal(Pattern, positive, told("n_pos"));
    equal(Pattern, 0, told("n_nan"));
    near(column, sum, told("sum"), true);
    near(column, squares, told("sumsq"), true);
    near(column, largest, told("max"));
    near(column, smallest, told("min_pos"));
    near(column, hash, told("hash"), true);
  }

  void compareThresholds(Column column, const Json& wanted, std::size_t first, std::size_t count) {
    const auto there = numbers(wanted, count, columnNames[column]);
    for (std::size_t k = 0; k < count; ++k) near(column, reservoir_->cells().threshold[first + k], there[k]);
  }

  void compareThresholdSummary(Column column, const Json& wanted, std::size_t first, std::size_t count) {
    const auto all = std::span(reservoir_->cells().threshold).subspan(first, count);
    if (all.empty()) return;
    double sum = 0;
    double squares = 0;
    double hash = 0;
    for (std::size_t k = 0; k < count; ++k) {
      sum += all[k];
      squares += all[k] * all[k];
      hash += all[k] * (static_cast<double>((7919 * k) % 1009) + 1) / 1009;
    }
    const auto told = [&](const char* key) { return finiteNumber(memberOf(wanted, key), key); };
    near(column, sum, told("sum"), true);
    near(column, squares, told("sumsq"), true);
    near(column, std::ranges::min(all), told("min"));
    near(column, std::ranges::max(all), told("max"));
    near(column, hash, told("hash"), true);
  }

  const Json& root_;
  GoldenCase case_;
  std::unique_ptr<Reservoir> reservoir_ = Reservoir::make(Precision::Exact);
  GoldenReport report_;
  std::size_t step_ = 0;
};

}  // namespace

Result<GoldenReport> verifyGoldenTrace(std::string_view jsonText, std::string_view source,
                                       const std::function<Result<std::string>(const std::string&)>& beside) {
  const auto inSource = [&](Error error) {
    error.where = std::string(source) + (error.where.empty() ? "" : ": ") + error.where;
    return tl::unexpected<Error>(std::move(error));
  };
  const auto readBeside = [&](const std::string& name) {
    const bool plain = name.find_first_of("/\\") == std::string::npos && !name.empty() && name.front() != '.';
    if (!plain) throw BadTrace{{"'" + name + "' is not the name of a file in the same folder", "", ""}};
    const auto text = beside(name);
    if (!text) throw BadTrace{text.error()};
    return Json::parse(*text);
  };
  try {
    const auto root = Json::parse(jsonText);
    if (memberOf(root, "format") != goldenFormat)
      return inSource({"this is no trace of the format " + std::string(goldenFormat), "format", ""});
    return Comparison(root, readGoldenCase(root, readBeside)).run();
  } catch (const BadTrace& bad) {
    return inSource(bad.error);
  } catch (const Json::exception& exception) {
    return inSource({std::string("this is no golden trace: ") + exception.what(), "", "Is the file damaged or cut off?"});
  }
}

}  // namespace plexarium::sorn
