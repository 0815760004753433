#include "core/record/recording.h"

#include <array>
#include <limits>
#include <utility>

#include "core/graph/column.h"

namespace plexarium {

Result<Recording> Recording::create(const std::string& file, const Description& description, const Graph& graph,
                                    RecordPlan plan, Tick begin) {
  Recording recording(description, std::move(plan));
  if (!file.ends_with(".npy")) {
    auto table = Recorder::create(file, description, recording.plan_, begin);
    if (!table) return tl::unexpected(table.error());
    recording.table_ = std::move(*table);
    return recording;
  }
  recording.recorded_ = begin;
  if (recording.plan_.neurons.empty() && recording.plan_.linkFields.empty())
    recording.plan_.neurons.assign(graph.ids().begin(), graph.ids().end());
  if (auto created = recording.createArray(file); !created) return tl::unexpected(created.error());
  return recording;
}

Result<void> Recording::createArray(const std::string& file) {
  const std::array<std::size_t, 1> firing{2};
  const std::array<std::size_t, 2> sample{plan_.neurons.size(), plan_.fields.size()};
  const std::array<std::size_t, 1> link{3 + plan_.linkFields.size()};
  auto array = !plan_.linkFields.empty() ? NpyWriter::create<double>(file, link)
               : plan_.fields.empty()    ? NpyWriter::create<std::int64_t>(file, firing)
                                         : NpyWriter::create<double>(file, sample);
  if (!array) return tl::unexpected(array.error());
  array_ = std::move(*array);
  return {};
}

Result<void> Recording::record(const Graph& graph, Tick tick) {
  if (table_) return table_->record(graph, tick);
  Result<void> done;
  if (wantsValues(tick)) {
    done = plan_.linkFields.empty() ? appendValues(graph, tick) : appendLinks(graph, tick);
  } else if (plan_.fields.empty() && plan_.linkFields.empty()) {
    done = appendFirings(graph);
  }
  recorded_ = tick;
  return done;
}

Result<void> Recording::appendFirings(const Graph& graph) {
  firings_.clear();
  for (const auto id : plan_.neurons) {
    const auto row = graph.row(id);
    if (!row || graph.lastFired()[*row] < recorded_) continue;
    firings_.push_back(static_cast<std::int64_t>(graph.lastFired()[*row]));
    firings_.push_back(static_cast<std::int64_t>(id.value));
  }
  return array_->append(std::span<const std::int64_t>(firings_));
}

Result<void> Recording::appendValues(const Graph& graph, Tick tick) {
  values_.clear();
  for (const auto id : plan_.neurons) {
    const auto row = graph.row(id);
    for (const auto field : plan_.fields) {
      values_.push_back(row ? columnValue(graph.neuronColumn(field), *row) : std::numeric_limits<double>::quiet_NaN());
    }
  }
  if (!firstSample_) firstSample_ = tick;
  return array_->append(std::span<const double>(values_));
}

Result<void> Recording::appendLinks(const Graph& graph, Tick tick) {
  values_.clear();
  eachRecordedLink(plan_, graph, [&](std::size_t from, std::size_t link) {
    values_.push_back(static_cast<double>(tick));
    values_.push_back(graph.ids()[from].value);
    values_.push_back(graph.ids()[graph.targets()[link]].value);
    for (const auto field : plan_.linkFields) values_.push_back(columnValue(graph.linkColumn(field), link));
  });
  if (!firstSample_) firstSample_ = tick;
  return array_->append(std::span<const double>(values_));
}

Result<void> Recording::close() { return table_ ? table_->close() : array_->close(); }

std::size_t Recording::rowCount() const { return table_ ? table_->rowCount() : array_->rowCount(); }

nlohmann::ordered_json Recording::layout() const {
  if (table_) return nullptr;
  nlohmann::ordered_json layout;
  if (!plan_.linkFields.empty()) {
    layout["type"] = npyType<double>;
    layout["shape"] = {rowCount(), 3 + plan_.linkFields.size()};
    auto& columns = layout["columns"] = {"tick", "from", "to"};
    for (const auto field : plan_.linkFields) columns.push_back(description_->linkFields[field].key);
    return layout;
  }
  if (plan_.fields.empty()) {
    layout["type"] = npyType<std::int64_t>;
    layout["shape"] = {rowCount(), 2};
    layout["columns"] = {"tick", "id"};
    return layout;
  }
  layout["type"] = npyType<double>;
  layout["shape"] = {rowCount(), plan_.neurons.size(), plan_.fields.size()};
  if (firstSample_) layout["first_tick"] = *firstSample_;
  layout["every"] = plan_.every;
  auto& neurons = layout["neurons"] = nlohmann::ordered_json::array();
  for (const auto id : plan_.neurons) neurons.push_back(id.value);
  auto& fields = layout["fields"] = nlohmann::ordered_json::array();
  for (const auto field : plan_.fields) fields.push_back(description_->neuronFields[field].key);
  return layout;
}

}  // namespace plexarium
