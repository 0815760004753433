#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/io/npy.h"
#include "core/record/recorder.h"

namespace plexarium {

/// What is written of a run while the network runs; memory does not grow with the run. The ending of the file
/// decides:
///
/// - `.npy`, firings: int64 (firings, 2), rows of tick and id;
/// - `.npy`, values: float64 (samples, neurons, fields); neurons and fields in the order of the plan, choices and flags as
///   their number, NaN for a neuron that is gone. Neurons that appear later are left out;
/// - `.npy`, values of links: float64 (rows, 3 + fields), a row for each link that there was: tick, from, to, values;
/// - anything else: CSV, see Recorder.
///
/// Belongs to the thread that steps.
class Recording {
 public:
  /// `graph`: whose neurons are recorded where the plan names none; `begin`: ticks done so far.
  static Result<Recording> create(const std::string& file, const Description& description, const Graph& graph,
                                  RecordPlan plan, Tick begin);

  /// Whether record() after `tick` ticks reads values, so that the graph's columns must be up to date; firings are always.
  [[nodiscard]] bool wantsValues(Tick tick) const {
    return !(plan_.fields.empty() && plan_.linkFields.empty()) && tick % plan_.every == 0;
  }
  /// After every tick; `tick`: ticks done.
  Result<void> record(const Graph& graph, Tick tick);
  Result<void> close();
  /// Lines of CSV, or length of the array's first dimension.
  [[nodiscard]] std::size_t rowCount() const;
  /// What a program needs to read an array: type, shape, what its dimensions are. Null for CSV.
  [[nodiscard]] nlohmann::ordered_json layout() const;

 private:
  Recording(const Description& description, RecordPlan plan) : description_(&description), plan_(std::move(plan)) {}
  Result<void> createArray(const std::string& file);
  Result<void> appendFirings(const Graph& graph);
  Result<void> appendValues(const Graph& graph, Tick tick);
  Result<void> appendLinks(const Graph& graph, Tick tick);

  const Description* description_;
  RecordPlan plan_;                 ///< Of an array the neurons are always named.
  std::optional<Recorder> table_;   ///< CSV.
  std::optional<NpyWriter> array_;  ///< NPY; the members below are its.
  Tick recorded_ = 0;
  std::optional<Tick> firstSample_;
  std::vector<double> values_;         ///< One sample, or a look at all links.
  std::vector<std::int64_t> firings_;  ///< Of one tick.
};

}  // namespace plexarium
