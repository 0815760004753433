#include "core/record/recorder.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <utility>

#include "core/io/csv.h"

namespace plexarium {
namespace {

template <typename T>
void appendDecimal(std::string& text, T value) {
  std::array<char, 32> digits{};
  text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

/// "tick,id,name"
void appendNeuron(std::string& text, Tick tick, const Graph& graph, std::size_t row) {
  appendDecimal(text, tick);
  text += ',';
  appendDecimal(text, graph.ids()[row].value);
  text += ',';
  appendCsvCell(text, graph.names()[row]);
}

}  // namespace

std::size_t countFirings(const Graph& graph, Tick since) {
  const auto fired = graph.lastFired();
  return static_cast<std::size_t>(std::count_if(fired.begin(), fired.end(), [since](Tick tick) { return tick >= since; }));
}

Result<Recorder> Recorder::create(const std::filesystem::path& file, const Description& description, RecordPlan plan,
                                  Tick begin) {
  assert(plan.every >= 1);
  auto opened = TextFile::create(file);
  if (!opened) return tl::unexpected(opened.error());
  const bool links = !plan.linkFields.empty();
  std::string header = links ? "tick,from,to" : "tick,id,name";
  for (const auto field : plan.linkFields) header += ',' + description.linkFields[field].key;
  if (!links) {
    for (const auto field : plan.fields) header += ',' + description.neuronFields[field].key;
  }
  header += '\n';
  if (auto written = opened->append(header); !written) return tl::unexpected(written.error());
  return Recorder(std::move(*opened), description, std::move(plan), begin);
}

template <typename Visit>
void Recorder::eachNeuron(const Graph& graph, Visit visit) const {
  if (plan_.neurons.empty()) {
    for (std::size_t row = 0; row < graph.neuronCount(); ++row) visit(row);
    return;
  }
  for (const auto id : plan_.neurons) {
    if (const auto row = graph.row(id)) visit(*row);
  }
}

void Recorder::appendFirings(std::string& text, const Graph& graph) {
  eachNeuron(graph, [&](std::size_t row) {
    if (graph.lastFired()[row] < recorded_) return;
    appendNeuron(text, graph.lastFired()[row], graph, row);
    text += '\n';
    ++rowCount_;
  });
}

void Recorder::appendValues(std::string& text, const Graph& graph, Tick tick) {
  eachNeuron(graph, [&](std::size_t row) {
    appendNeuron(text, tick, graph, row);
    for (const auto field : plan_.fields) {
      text += ',' + formatValue(description_->neuronFields[field], columnValue(graph.neuronColumn(field), row));
    }
    text += '\n';
    ++rowCount_;
  });
}

void Recorder::appendLinks(std::string& text, const Graph& graph, Tick tick) {
  eachRecordedLink(plan_, graph, [&](std::size_t from, std::size_t link) {
    appendDecimal(text, tick);
    for (const auto end : {graph.ids()[from], graph.ids()[graph.targets()[link]]}) {
      text += ',';
      appendDecimal(text, end.value);
    }
    for (const auto field : plan_.linkFields) {
      text += ',' + formatValue(description_->linkFields[field], columnValue(graph.linkColumn(field), link));
    }
    text += '\n';
    ++rowCount_;
  });
}

Result<void> Recorder::record(const Graph& graph, Tick tick) {
  std::string text;
  if (!plan_.linkFields.empty()) {
    if (tick % plan_.every == 0) appendLinks(text, graph, tick);
  } else if (plan_.fields.empty()) {
    appendFirings(text, graph);
  } else if (tick % plan_.every == 0) {
    appendValues(text, graph, tick);
  }
  recorded_ = tick;
  return text.empty() ? Result<void>{} : file_.append(text);
}

Result<MetricRecorder> MetricRecorder::create(const std::filesystem::path& file, const Description& description,
                                              Tick every) {
  assert(every >= 1);
  if (file.extension() == ".npy") {
    const std::array<std::size_t, 1> row{1 + description.metrics.size()};
    auto array = NpyWriter::create<double>(file, row);
    if (!array) return tl::unexpected(array.error());
    return MetricRecorder(std::move(*array), description.metrics.size(), every);
  }
  auto opened = TextFile::create(file);
  if (!opened) return tl::unexpected(opened.error());
  std::string header = "tick";
  for (const auto& metric : description.metrics) header += ',' + metric.key;
  header += '\n';
  if (auto written = opened->append(header); !written) return tl::unexpected(written.error());
  return MetricRecorder(std::move(*opened), description.metrics.size(), every);
}

Result<void> MetricRecorder::record(Tick tick, std::span<const double> metrics) {
  assert(metrics.size() == sums_.size());
  for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k] += metrics[k];
  tick_ = tick;
  ++gathered_;
  return gathered_ < every_ ? Result<void>{} : writeRow();
}

Result<void> MetricRecorder::writeRow() {
  std::vector<double> row{static_cast<double>(tick_)};
  for (auto& sum : sums_) row.push_back(std::exchange(sum, 0.0) / static_cast<double>(gathered_));
  gathered_ = 0;
  ++rowCount_;
  if (auto* array = std::get_if<NpyWriter>(&file_)) return array->append(std::span<const double>(row));
  std::string text;
  appendDecimal(text, tick_);
  for (std::size_t k = 1; k < row.size(); ++k) {
    text += ',';
    appendDecimal(text, row[k]);
  }
  text += '\n';
  return std::get<TextFile>(file_).append(text);
}

Result<void> MetricRecorder::close() {
  if (gathered_ > 0) {
    if (auto written = writeRow(); !written) return written;
  }
  return std::visit([](auto& file) { return file.close(); }, file_);
}

}  // namespace plexarium
