#include "core/io/suggestion.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace plexarium {
namespace {

/// Insertions, deletions and replacements that turn one into the other. Source: R. A. Wagner, M. J. Fischer, "The
/// string-to-string correction problem", JACM 21 (1974).
std::size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const auto above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::string suggestion(std::string_view wrong, std::span<const std::string_view> known) {
  constexpr std::size_t longest = 64;  // longer words are no slip of the finger, and costly to compare
  std::string_view nearest;
  std::size_t fewest = wrong.size() > longest ? 0 : wrong.size() / 3 + 1;
  for (const auto candidate : known) {
    if (wrong.size() > longest) break;
    const auto distance = editDistance(wrong, candidate);
    if (distance > fewest || (distance == fewest && !nearest.empty())) continue;
    fewest = distance;
    nearest = candidate;
  }
  if (!nearest.empty()) return "Did you mean '" + std::string(nearest) + "'?";
  std::string list;
  for (const auto candidate : known) list += (list.empty() ? "Known are: " : ", ") + std::string(candidate);
  return list;
}

}  // namespace plexarium
