#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/data/source.h"

namespace plexarium {

/// A data set that many people use and that has to be fetched from the internet by hand: this program never does it itself.
struct KnownSet {
  std::string key;  ///< Also the name of its folder among the data.
  std::string label;
  std::string help;  ///< One sentence.
  std::string page;  ///< Where to fetch it: an address.
  /// What has to lie in its folder, under names that openData knows; any one of a group's names will do.
  std::vector<std::vector<std::string>> files;
  std::string steps;  ///< What to do with what was fetched, as a sentence.
};

/// All that there are, in the order for a menu.
std::span<const KnownSet> knownSets();

/// Where the set is to lie if people keep their data in `folder`.
std::filesystem::path placeOf(const KnownSet& set, const std::filesystem::path& folder);
/// The set as data to open; an error that says what is missing and where to get it.
Result<DataSource> findKnownSet(const KnownSet& set, const std::filesystem::path& folder);

}  // namespace plexarium
