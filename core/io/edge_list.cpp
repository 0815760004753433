#include "core/io/edge_list.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <optional>
#include <set>
#include <unordered_map>

#include "core/io/csv.h"
#include "core/io/import_builder.h"

namespace plexarium {
namespace {

constexpr std::array<std::string_view, 7> fromNames = {"from", "source", "pre", "src", "tail", "presynaptic", "node1"};
constexpr std::array<std::string_view, 7> toNames = {"to", "target", "post", "dst", "head", "postsynaptic", "node2"};
constexpr std::uint32_t highestId = 0xfffffffeU;

/// The number that a label is, where it can be an id.
std::optional<std::uint32_t> idIn(std::string_view label) {
  std::uint32_t value = 0;
  const auto end = std::from_chars(label.data(), label.data() + label.size(), value);
  if (end.ec != std::errc{} || end.ptr != label.data() + label.size()) return std::nullopt;
  if (value == 0 || value > highestId || label.front() == '0') return std::nullopt;
  return value;
}

bool namesTell(const Graph& graph) {
  std::set<std::string_view> seen;
  return std::ranges::all_of(
      graph.names(), [&](const std::string& name) { return !name.empty() && !idIn(name) && seen.insert(name).second; });
}

/// What each column of a table is for.
struct Columns {
  std::string header;  ///< To be put before the text; empty where it has one.
  std::size_t from = 0;
  std::size_t to = 1;
  std::vector<std::pair<std::size_t, std::size_t>> fields;  ///< Column and link field.
};

Columns understand(const Description& description, const CsvHead& head, ImportReport& report) {
  Columns columns;
  std::vector<std::string> names(head.cells.size());
  std::ranges::transform(head.cells, names.begin(), [](const std::string& cell) { return lowered(cell); });
  const auto from = std::ranges::find_first_of(names, fromNames);
  const auto to = std::ranges::find_first_of(names, toNames);
  if (from != names.end() && to != names.end()) {
    columns.from = static_cast<std::size_t>(from - names.begin());
    columns.to = static_cast<std::size_t>(to - names.begin());
  } else {
    for (std::size_t k = 0; k < names.size(); ++k) {
      names[k] = k == 0 ? "from" : k == 1 ? "to" : k == 2 ? "weight" : "column " + std::to_string(k + 1);
      if (k > 0) columns.header += head.separator;
      columns.header += names[k];
    }
    columns.header += '\n';
  }
  for (std::size_t column = 0; column < names.size(); ++column) {
    if (column == columns.from || column == columns.to) continue;
    if (const auto field = findField(description.linkFields, names[column])) {
      columns.fields.emplace_back(column, *field);
    } else {
      report.add(Fidelity::Unsupported, "column '" + names[column] + "'", "no link field is called that");
    }
  }
  return columns;
}

/// The neurons by the labels that rows call them.
class Ends {
 public:
  Ends(const CsvTable& table, const Columns& columns) {
    for (std::size_t row = 0; row < table.rowCount() && numbers_; ++row) {
      numbers_ = idIn(table.cell(row, columns.from)) && idIn(table.cell(row, columns.to));
    }
  }
  NeuronId find(const std::string& label, ImportBuilder& builder) {
    const auto [found, isNew] = ids_.try_emplace(label);
    if (!isNew) return found->second;
    found->second = {numbers_ ? *idIn(label) : static_cast<std::uint32_t>(ids_.size())};
    builder.addNeuron(found->second, numbers_ ? std::string{} : label);
    return found->second;
  }

 private:
  bool numbers_ = true;
  std::unordered_map<std::string, NeuronId> ids_;
};

}  // namespace

std::string writeEdgeList(const Description& description, const Model& model, char separator) {
  assert(separator == ',' || separator == ';' || separator == '\t');
  const auto& graph = model.graph;
  const bool byName = namesTell(graph);
  std::string text = "from";
  text += separator;
  text += "to";
  for (const auto& field : description.linkFields) {
    text += separator;
    appendCsvCell(text, field.key);
  }
  text += '\n';
  const auto appendNeuron = [&](std::size_t row) {
    if (byName)
      appendCsvCell(text, graph.names()[row]);
    else
      text += std::to_string(graph.ids()[row].value);
  };
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    for (auto link = graph.firstLink()[row]; link < graph.firstLink()[row + 1]; ++link) {
      appendNeuron(row);
      text += separator;
      appendNeuron(graph.targets()[link]);
      for (std::size_t field = 0; field < description.linkFields.size(); ++field) {
        text += separator;
        appendCsvCell(text, formatValue(description.linkFields[field], columnValue(graph.linkColumn(field), link)));
      }
      text += '\n';
    }
  }
  return text;
}

Result<Imported> readEdgeList(const Description& description, std::string_view text, std::string_view source) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const auto head = readCsvHead(text, std::string(source));
  if (!head) return tl::unexpected(head.error());
  if (head->cells.size() < 2) {
    return failure("the first row has one cell only", std::string(source),
                   "Two are needed, separated by comma, semicolon or tab: from and to");
  }
  Imported imported{.model = emptyModel(description), .report = {}};
  const auto columns = understand(description, *head, imported.report);
  // The added row counts among the lines that errors name, so they say that it is there.
  const auto table = columns.header.empty() ? CsvTable::parse(text, std::string(source))
                                            : CsvTable::parse(columns.header + std::string(text),
                                                              std::string(source) + " with a header row added");
  if (!table) return tl::unexpected(table.error());
  ImportBuilder builder(description);
  Ends ends(*table, columns);
  std::size_t valuesRead = 0;
  for (std::size_t row = 0; row < table->rowCount(); ++row) {
    for (const auto column : {columns.from, columns.to}) {
      if (table->cell(row, column).empty()) return table->fault(row, column, "the neuron has no name", "Fill the cell");
    }
    const auto from = ends.find(table->cell(row, columns.from), builder);
    const auto to = ends.find(table->cell(row, columns.to), builder);
    const auto link = builder.addLink({from, to});
    for (const auto& [column, field] : columns.fields) {
      const auto& cell = table->cell(row, column);
      if (cell.empty()) continue;
      if (const auto value = foreignValue(description.linkFields[field], cell)) {
        builder.setLinkValue(link, field, *value);
        ++valuesRead;
      } else {
        noteMisfit(imported.report, description.linkFields[field], value.error(),
                   table->fault(row, column, {}).value().where);
      }
    }
  }
  imported.report.add(Fidelity::Faithful, "values of links", {}, valuesRead);
  auto graph = builder.finish(ImportBuilder::Places::Fitted, imported.report);
  if (!graph) return tl::unexpected(graph.error());
  imported.model.graph = std::move(*graph);
  return imported;
}

}  // namespace plexarium
