#include "core/io/import_builder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/graph/layout.h"
#include "core/io/json_text.h"

namespace plexarium {
namespace {

/// Above this many neurons a layout by force takes too long to be done unasked.
constexpr std::size_t mostLaidOutByForce = 20'000;

/// Brings every list of a table into the given order.
template <typename Table>
void reorder(Table& table, const std::vector<std::uint32_t>& order, auto... lists) {
  const auto one = [&order](auto& list) {
    if (list.empty()) return;
    std::remove_reference_t<decltype(list)> moved;
    moved.reserve(order.size());
    for (const auto index : order) moved.push_back(std::move(list[index]));
    list = std::move(moved);
  };
  (one(table.*lists), ...);
  for (auto& column : table.values) one(column);
}

}  // namespace

ImportBuilder::ImportBuilder(const Description& description) : description_(description) {
  neurons_.values.resize(description.neuronFields.size());
  links_.values.resize(description.linkFields.size());
}

std::size_t ImportBuilder::addNeuron(NeuronId id, std::string name) {
  neurons_.ids.push_back(id);
  neurons_.names.push_back(std::move(name));
  neurons_.roles.push_back(Role::Inter);
  neurons_.positions.push_back({});
  neurons_.lastFired.push_back(never);
  placed_.push_back(false);
  for (std::size_t field = 0; field < neurons_.values.size(); ++field) {
    neurons_.values[field].push_back(description_.neuronFields[field].initial);
  }
  return neurons_.size() - 1;
}

std::size_t ImportBuilder::addLink(LinkKey key) {
  links_.keys.push_back(key);
  links_.lastCarried.push_back(never);
  for (std::size_t field = 0; field < links_.values.size(); ++field) {
    links_.values[field].push_back(description_.linkFields[field].initial);
  }
  return links_.size() - 1;
}

void ImportBuilder::place(std::size_t index, Point point) {
  if (!std::isfinite(point.x) || !std::isfinite(point.y)) return;
  neurons_.positions[index] = point;
  placed_[index] = true;
}

void ImportBuilder::mergeParallelLinks(ImportReport& report) {
  std::vector<std::uint32_t> order(links_.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto key = [this](std::uint32_t index) { return links_.keys[index]; };
  std::ranges::stable_sort(order, {}, key);
  const auto repeats =
      std::unique(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) == key(b); });
  report.add(Fidelity::Approximate, "parallel links", "of several from one neuron to another the first was kept",
             static_cast<std::size_t>(order.end() - repeats));
  order.erase(repeats, order.end());
  reorder(links_, order, &LinkTable::keys, &LinkTable::lastCarried);
}

Result<Graph> ImportBuilder::finish(Places places, ImportReport& report) {
  mergeParallelLinks(report);
  const bool allPlaced = std::ranges::all_of(placed_, [](bool placed) { return placed; });
  std::vector<std::uint32_t> order(neurons_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [this](std::uint32_t index) { return neurons_.ids[index]; });
  reorder(neurons_, order, &NeuronTable::ids, &NeuronTable::names, &NeuronTable::roles, &NeuronTable::positions,
          &NeuronTable::lastFired);
  const auto given = allPlaced ? neurons_.positions : std::vector<Point>{};
  Graph graph(description_);
  graph.addNeurons(neurons_);
  graph.addLinks(links_);
  report.add(Fidelity::Faithful, "neurons", {}, graph.neuronCount());
  report.add(Fidelity::Faithful, "links", {}, graph.linkCount());
  if (auto done = layOut(graph, given, places, report); !done) return tl::unexpected(done.error());
  return graph;
}

Result<void> ImportBuilder::layOut(Graph& graph, const std::vector<Point>& given, Places places,
                                   ImportReport& report) const {
  const auto count = graph.neuronCount();
  if (count == 0 || (places == Places::AsGiven && !given.empty())) return {};
  const bool missing = given.empty();
  const char* layout = !missing ? "coordinates" : count <= mostLaidOutByForce ? "force" : "grid";
  const std::vector<Point> nowhere(count);
  const LayoutInput input{.positions = nowhere, .topology = topology(graph), .roles = graph.roles(), .coordinates = given};
  const auto arranged = arrange(*findLayout(layout), input);
  if (!arranged) return tl::unexpected(arranged.error());
  for (std::size_t row = 0; row < count; ++row) graph.setPosition(row, (*arranged)[row]);
  report.add(Fidelity::Approximate, "positions",
             missing ? "not all are given; the network was laid out anew" : "scaled, and moved apart where discs overlapped",
             count);
  return {};
}

Result<double> foreignValue(const Field& field, std::string_view text) {
  auto value = parseValue(field, text);
  if (value || text.size() > 16) return value;
  const auto lower = lowered(text);
  if (field.unlimited && (lower == "infinity" || lower == "inf" || lower == "+inf")) return parseValue(field, "unlimited");
  return lower == text ? value : parseValue(field, lower);
}

void noteMisfit(ImportReport& report, const Field& field, const Error& error, const std::string& where) {
  report.add(Fidelity::Approximate, "unfitting " + field.key + " values",
             "the initial value was taken instead; the first: " + Error{error.what, where, error.advice}.text());
}

std::optional<std::size_t> foreignField(std::span<const Field> fields, std::string_view name) {
  return findField(fields, lowered(name));
}

std::string lowered(std::string_view text) {
  std::string lower(text);
  for (auto& letter : lower) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return lower;
}

Result<void> requireUtf8Text(std::string_view text, std::string_view source) {
  std::size_t line = 1;
  for (std::size_t position = 0; position < text.size();) {
    const auto size = utf8Length(text.substr(position, 4));
    if (size == 0 || text[position] == '\0') {
      return failure("the text is not UTF-8", std::string(source) + ", line " + std::to_string(line), "Save it as UTF-8");
    }
    if (text[position] == '\n') ++line;
    position += size;
  }
  return {};
}

}  // namespace plexarium
