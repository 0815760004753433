#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/description/description.h"
#include "core/error.h"
#include "core/graph/graph.h"
#include "core/record/record_plan.h"
#include "core/record/text_file.h"

namespace plexarium {

/// Rows whose neuron fired in tick number `since` (0-based) or later: a firing carries the number of the tick that it
/// happened in, which is the number of ticks done before. O(neurons).
std::size_t countFirings(const Graph& graph, Tick since);

/// Follows a run and writes CSV as it goes: firings as `tick,id,name`, or values as `tick,id,name,<field>,...`. For a firing
/// `tick` is the tick that it happened in, for values the number of ticks done. Memory does not grow with the run.
/// Neurons that vanish or appear meanwhile are left out or joined in. Belongs to the thread that steps.
class Recorder {
 public:
  /// `begin`: ticks done so far; earlier firings are not written.
  static Result<Recorder> create(const std::filesystem::path& file, const Description& description, RecordPlan plan,
                                 Tick begin);

  /// Call it after every tick (or every few, where only values are wanted) with the graph up to date; `tick`: ticks done.
  Result<void> record(const Graph& graph, Tick tick);
  Result<void> close() { return file_.close(); }
  [[nodiscard]] std::size_t rowCount() const { return rowCount_; }

 private:
  Recorder(TextFile file, const Description& description, RecordPlan plan, Tick begin)
      : file_(std::move(file)), description_(&description), plan_(std::move(plan)), recorded_(begin) {}
  void appendFirings(std::string& text, const Graph& graph);
  void appendValues(std::string& text, const Graph& graph, Tick tick);
  template <typename Visit>
  void eachNeuron(const Graph& graph, Visit visit) const;

  TextFile file_;
  const Description* description_;
  RecordPlan plan_;
  Tick recorded_;
  std::size_t rowCount_ = 0;
};

/// Writes the metrics as CSV, `tick,<metric>,...`: each row is the mean over `every` ticks, its tick the number of ticks
/// done at their end. A rest of fewer ticks is written by close. Same thread rules as Recorder.
class MetricRecorder {
 public:
  static Result<MetricRecorder> create(const std::filesystem::path& file, const Description& description, Tick every);

  /// One value per metric, of the tick after which `tick` ticks are done.
  Result<void> record(Tick tick, std::span<const double> metrics);
  Result<void> close();

 private:
  MetricRecorder(TextFile file, std::size_t metrics, Tick every) : file_(std::move(file)), sums_(metrics), every_(every) {}
  Result<void> writeRow();

  TextFile file_;
  std::vector<double> sums_;
  Tick every_;
  Tick gathered_ = 0;
  Tick tick_ = 0;
};

}  // namespace plexarium
