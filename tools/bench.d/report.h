#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plexarium::bench {

/// One measured line: its figures by name, and whether it meets its bar where it has one.
struct Line {
  std::string name;
  std::vector<std::pair<std::string, double>> figures;
  std::optional<bool> passed{};
};

/// One table; its lines have the same figures.
struct Table {
  std::string title;
  std::vector<Line> lines;
  std::vector<std::string> notes{};  ///< What the figures mean, printed below.
};

/// Seconds of processor time of the calling thread: other programs on the machine count less than with a wall clock.
double threadSeconds();

void print(const Table& table);
/// Writes all tables as JSON; false where the file cannot be written.
bool writeJson(const std::vector<Table>& tables, const std::filesystem::path& file);

}  // namespace plexarium::bench
