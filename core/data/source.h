#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/data/csv_dataset.h"
#include "core/data/dataset.h"
#include "core/data/generator.h"
#include "core/io/json_object.h"

namespace plexarium {

/// Where data comes from: a value that a document or a command line holds.
struct DataSource {
  std::string place;  ///< "generator:NAME", a file (IDX, CIFAR-10 .bin, CSV) or a folder
                      ///< (pictures by class, CIFAR-10 batches, MNIST).
  std::vector<std::pair<std::string, double>> settings{};  ///< Of a generator: values of its fields by key.
  std::uint64_t seed = 1;                                  ///< Of a generator.
  CsvChoice csv{};                                         ///< Of a table.
  friend bool operator==(const DataSource&, const DataSource&) = default;
};

/// A generator with the values of all its fields.
struct ChosenGenerator {
  const Generator* generator;
  std::vector<double> values;
};
/// What a source means that namesGenerator; an error that lists what there is where it names a generator or setting that is
/// not there. The values are not checked.
Result<ChosenGenerator> chosenGenerator(const DataSource& source);
bool namesGenerator(const std::string& place);
/// "generator:KEY"
std::string generatorPlace(const Generator& generator);

/// Whether the name of a file says that it holds a table ("a.csv", "a.tsv.gz").
bool namesTable(const std::string& place);

/// Opens whatever it is; nothing is kept where that fails. Works on the calling thread; large tables take a while.
Result<DatasetPointer> openData(const DataSource& source, const OpeningProgress& goesOn = {});

/// The source as JSON (an object), what is at its initial value left out.
std::string writeSource(const DataSource& source);
Result<DataSource> readSource(json::Node node, std::string_view place);

}  // namespace plexarium
