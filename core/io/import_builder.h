#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/description/description.h"
#include "core/error.h"
#include "core/graph/tables.h"
#include "core/io/import_report.h"

namespace plexarium {

/// Gathers the neurons and links of a foreign file, in any order, and makes a graph of them. Part of the importers.
class ImportBuilder {
 public:
  explicit ImportBuilder(const Description& description);

  /// A new row with the fields' initial values; returns its index. Ids: unique, not 0.
  std::size_t addNeuron(NeuronId id, std::string name);
  std::size_t addLink(LinkKey key);
  NeuronTable& neurons() { return neurons_; }
  LinkTable& links() { return links_; }
  void setNeuronValue(std::size_t index, std::size_t field, double value) { neurons_.values[field][index] = value; }
  void setLinkValue(std::size_t index, std::size_t field, double value) { links_.values[field][index] = value; }
  /// Where the file says that a neuron is, in its own unit.
  void place(std::size_t index, Point point);

  /// How `finish` treats the places.
  enum class Places { AsGiven, Fitted };
  /// The graph: rows in their canonical order; of several links between the same two the first stays (noted); places fitted
  /// to discs of radius 1 where asked for, and found by a layout where some are missing (both noted).
  Result<Graph> finish(Places places, ImportReport& report);

 private:
  void mergeParallelLinks(ImportReport& report);
  Result<void> layOut(Graph& graph, const std::vector<Point>& given, Places places, ImportReport& report) const;

  const Description& description_;
  NeuronTable neurons_;
  LinkTable links_;
  std::vector<bool> placed_;
};

/// Reads a value of a foreign file: like parseValue, and the usual other spellings of flags and infinity are understood.
Result<double> foreignValue(const Field& field, std::string_view text);
/// Notes a value that did not fit, so that the field's initial value stays.
void noteMisfit(ImportReport& report, const Field& field, const Error& error, const std::string& where);
/// The field that a foreign name means (capitals do not matter), or nothing.
std::optional<std::size_t> foreignField(std::span<const Field> fields, std::string_view name);
/// ASCII letters in lower case.
std::string lowered(std::string_view text);
/// An error where `text` is not UTF-8 throughout.
Result<void> requireUtf8Text(std::string_view text, std::string_view source);

}  // namespace plexarium
