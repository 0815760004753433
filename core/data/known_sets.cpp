#include "core/data/known_sets.h"

#include <algorithm>

namespace plexarium {
namespace {

namespace fs = std::filesystem;

/// A pair of files as MNIST has it, packed or not.
std::vector<std::vector<std::string>> trainingPair() {
  return {{"train-images-idx3-ubyte.gz", "train-images-idx3-ubyte"},
          {"train-labels-idx1-ubyte.gz", "train-labels-idx1-ubyte"}};
}

std::vector<std::vector<std::string>> fiveBatches() {
  std::vector<std::vector<std::string>> files;
  for (const char number : {'1', '2', '3', '4', '5'}) {
    files.push_back({std::string("data_batch_") + number + ".bin"});
  }
  return files;
}

const std::vector<KnownSet>& sets() {
  static const std::vector<KnownSet> all{
      {"mnist", "MNIST digits", "60,000 handwritten digits of 28 x 28 grey values.",
       "https://ossci-datasets.s3.amazonaws.com/mnist/train-images-idx3-ubyte.gz", trainingPair(),
       "Fetch train-images-idx3-ubyte.gz and, from the same address, train-labels-idx1-ubyte.gz, and put both there, packed "
       "as they are."},
      {"fashion-mnist", "Fashion-MNIST", "60,000 pictures of clothes, 28 x 28 grey values, in ten classes.",
       "https://github.com/zalandoresearch/fashion-mnist", trainingPair(),
       "Fetch the training images and the training labels, and put both there, packed as they are."},
      {"cifar-10", "CIFAR-10", "50,000 colour pictures of 32 x 32 pixels in ten classes.",
       "https://www.cs.toronto.edu/~kriz/cifar.html", fiveBatches(),
       "Fetch the binary version, unpack it (tar xf) and put the .bin files there."},
  };
  return all;
}

bool lies(const fs::path& folder, const std::vector<std::string>& names) {
  return std::ranges::any_of(names, [&](const std::string& name) {
    std::error_code error;
    return fs::exists(folder / name, error);
  });
}

}  // namespace

std::span<const KnownSet> knownSets() { return sets(); }

fs::path placeOf(const KnownSet& set, const fs::path& folder) { return folder / set.key; }

Result<DataSource> findKnownSet(const KnownSet& set, const fs::path& folder) {
  const auto place = placeOf(set, folder);
  for (const auto& names : set.files) {
    if (!lies(place, names))
      return failure(names.front() + " is not there", place.string(), set.steps + " From: " + set.page);
  }
  DataSource source;
  source.place = place.string();
  return source;
}

}  // namespace plexarium
