#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/description/description.h"
#include "core/error.h"
#include "core/graph/graph.h"
#include "core/io/npy.h"
#include "core/record/record_plan.h"
#include "core/record/text_file.h"

namespace plexarium {

/// Rows whose neuron fired in tick number `since` (0-based) or later: a firing carries the number of the tick that it
/// happened in, which is the number of ticks done before. O(neurons).
std::size_t countFirings(const Graph& graph, Tick since);

/// Calls `visit(row of the source, link row)` for every link of the plan.
template <typename Visit>
void eachRecordedLink(const RecordPlan& plan, const Graph& graph, Visit visit) {
  std::vector<bool> meant(graph.neuronCount(), plan.neurons.empty());
  for (const auto id : plan.neurons) {
    if (const auto row = graph.row(id)) meant[*row] = true;
  }
  for (std::size_t row = 0; row < meant.size(); ++row) {
    if (!meant[row]) continue;
    for (std::size_t link = graph.firstLink()[row]; link < graph.firstLink()[row + 1]; ++link) {
      if (meant[graph.targets()[link]]) visit(row, link);
    }
  }
}

/// Follows a run and writes CSV as it goes: firings as `tick,id,name`, values as `tick,id,name,<field>,...`, or values of
/// links as `tick,from,to,<field>,...`. For a firing
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
  void appendLinks(std::string& text, const Graph& graph, Tick tick);
  template <typename Visit>
  void eachNeuron(const Graph& graph, Visit visit) const;

  TextFile file_;
  const Description* description_;
  RecordPlan plan_;
  Tick recorded_;
  std::size_t rowCount_ = 0;
};

/// Writes the metrics, each row the mean over `every` ticks with the number of ticks done at their end: as CSV,
/// `tick,<metric>,...`, or where the file ends in `.npy` as float64 (rows, 1 + metrics). A rest of fewer ticks is written by
/// close. Same thread rules as Recorder.
class MetricRecorder {
 public:
  static Result<MetricRecorder> create(const std::filesystem::path& file, const Description& description, Tick every);

  /// One value per metric, of the tick after which `tick` ticks are done.
  Result<void> record(Tick tick, std::span<const double> metrics);
  Result<void> close();
  [[nodiscard]] std::size_t rowCount() const { return rowCount_; }

 private:
  using File = std::variant<TextFile, NpyWriter>;
  MetricRecorder(File file, std::size_t metrics, Tick every) : file_(std::move(file)), sums_(metrics), every_(every) {}
  Result<void> writeRow();

  File file_;
  std::vector<double> sums_;
  Tick every_;
  Tick gathered_ = 0;
  Tick tick_ = 0;
  std::size_t rowCount_ = 0;
};

}  // namespace plexarium
