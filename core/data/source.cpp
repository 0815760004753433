#include "core/data/source.h"

#include <algorithm>
#include <cassert>
#include <filesystem>
#include <optional>

#include "core/data/cifar.h"
#include "core/data/idx.h"
#include "core/data/image_file.h"
#include "core/io/data_places.h"
#include "core/io/suggestion.h"

namespace plexarium {
namespace {

namespace fs = std::filesystem;

Result<DatasetPointer> openFolder(const fs::path& folder, const OpeningProgress& goesOn) {
  std::vector<fs::path> batches;
  std::optional<fs::path> images;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const auto name = at->path().filename().string();
    if (name.starts_with("data_batch_") && name.ends_with(".bin")) batches.push_back(at->path());
    if (name.starts_with("train-images") && (!images || at->path() < *images)) images = at->path();
  }
  if (images) {
    const auto samples = ByteFile::open(*images, goesOn);
    return samples ? openIdx(*images, *samples, goesOn) : tl::unexpected(samples.error());
  }
  if (batches.empty()) return openImageFolder(folder, goesOn);
  std::ranges::sort(batches);
  std::vector<ByteFile> files;
  for (const auto& batch : batches) {
    auto file = ByteFile::open(batch, goesOn);
    if (!file) return tl::unexpected(file.error());
    files.push_back(std::move(*file));
  }
  return openCifar(std::move(files), goesOn);
}

/// A file's own ending where it is packed: "a.csv.gz" is a table.
std::string endingOf(fs::path file) {
  if (file.extension() == ".gz") file.replace_extension();
  return file.extension().string();
}

}  // namespace

bool namesGenerator(const std::string& place) { return place.starts_with(generatorPrefix); }

std::string generatorPlace(const Generator& generator) { return std::string(generatorPrefix) + generator.key; }

Result<ChosenGenerator> chosenGenerator(const DataSource& source) {
  assert(namesGenerator(source.place));
  const auto generator = requireGenerator(std::string_view(source.place).substr(generatorPrefix.size()));
  if (!generator) return tl::unexpected(generator.error());
  const auto& fields = (*generator)->fields;
  ChosenGenerator chosen{*generator, initialValues(fields)};
  for (const auto& [key, value] : source.settings) {
    const auto field = findField(fields, key);
    if (!field) {
      std::vector<std::string_view> known;
      for (const auto& one : fields) known.emplace_back(one.key);
      return failure("the generator has no setting '" + key + "'", source.place, suggestion(key, known));
    }
    chosen.values[*field] = value;
  }
  return chosen;
}

bool namesTable(const std::string& place) {
  const auto ending = endingOf(place);
  return ending == ".csv" || ending == ".tsv" || ending == ".txt" || ending == ".data";
}

Result<DatasetPointer> openData(const DataSource& source, const OpeningProgress& goesOn) {
  if (namesGenerator(source.place)) {
    const auto chosen = chosenGenerator(source);
    if (!chosen) return tl::unexpected(chosen.error());
    return generateData(chosen->generator->key, chosen->values, source.seed);
  }
  if (!source.settings.empty()) return failure("settings are for generators", source.place);
  const fs::path path(source.place);
  std::error_code error;
  if (fs::is_directory(path, error)) return openFolder(path, goesOn);
  if (fs::status(path, error).type() == fs::file_type::not_found) {
    return failure("there is no such file or folder", fs::absolute(path, error).string(),
                   "Put the data there, or choose them where they are now");
  }
  auto file = ByteFile::open(path, goesOn);
  if (!file) return tl::unexpected(file.error());
  if (looksLikeIdx(*file)) return openIdx(path, *file, goesOn);
  if (endingOf(path) == ".bin") return openCifar({std::move(*file)}, goesOn);
  if (namesTable(source.place)) return openCsv(*file, source.csv, goesOn);
  return failure(
      "is no kind of data that is known", source.place,
      "Known are IDX files, CIFAR-10 .bin files, tables (.csv, .tsv, .txt, .data), folders of pictures, and generator:NAME");
}

}  // namespace plexarium
