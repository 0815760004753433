#include "core/io/import_report.h"

#include <algorithm>
#include <array>

namespace plexarium {

void ImportReport::add(Fidelity fidelity, const std::string& feature, const std::string& detail, std::size_t count) {
  if (count == 0) return;
  const auto found = std::ranges::find(notes_, feature, &ImportNote::feature);
  if (found != notes_.end()) {
    found->count += count;
    found->fidelity = std::max(found->fidelity, fidelity);
  } else {
    notes_.push_back({fidelity, feature, detail, count});
  }
}

const ImportNote* ImportReport::find(const std::string& feature) const {
  const auto found = std::ranges::find(notes_, feature, &ImportNote::feature);
  return found == notes_.end() ? nullptr : &*found;
}

bool ImportReport::faithful() const {
  return std::ranges::all_of(notes_, [](const ImportNote& note) { return note.fidelity == Fidelity::Faithful; });
}

std::string ImportReport::text() const {
  constexpr std::array<const char*, 3> words = {"faithful", "approximate", "unsupported"};
  auto sorted = notes_;
  std::ranges::stable_sort(sorted, std::greater{}, &ImportNote::fidelity);
  std::string lines;
  for (const auto& note : sorted) {
    lines += words[static_cast<std::size_t>(note.fidelity)];
    lines += ": " + note.feature + " (" + std::to_string(note.count) + ")";
    if (!note.detail.empty()) lines += ": " + note.detail;
    lines += '\n';
  }
  return lines;
}

}  // namespace plexarium
