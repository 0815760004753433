#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/dynamics/model.h"

namespace plexarium {

/// How well something in a foreign file could be brought over.
enum class Fidelity : std::uint8_t {
  Faithful,
  Approximate,  ///< Read, but not quite as it was meant: the note says how.
  Unsupported,  ///< Left out.
};

/// What became of one feature of the file.
struct ImportNote {
  Fidelity fidelity = Fidelity::Faithful;
  std::string feature;    ///< "undirected edges"
  std::string detail;     ///< "each became two links"; may be empty.
  std::size_t count = 0;  ///< How often it occurred.
};

/// One note per feature, in the order in which they were met first.
class ImportReport {
 public:
  /// Counts a further occurrence, or makes the note.
  void add(Fidelity fidelity, const std::string& feature, const std::string& detail = {}, std::size_t count = 1);
  [[nodiscard]] const std::vector<ImportNote>& notes() const { return notes_; }
  /// The note on a feature; null where it was not met.
  [[nodiscard]] const ImportNote* find(const std::string& feature) const;
  /// No feature is worse than Faithful.
  [[nodiscard]] bool faithful() const;
  /// One line per note, worst first: "approximate: undirected edges (12): each became two links".
  [[nodiscard]] std::string text() const;

 private:
  std::vector<ImportNote> notes_;
};

struct Imported {
  Model model;
  ImportReport report;
};

}  // namespace plexarium
