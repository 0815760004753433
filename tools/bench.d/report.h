#pragma once

#include <ctime>
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

double secondsOf(clockid_t clock);
/// Seconds of processor time of the calling thread: other programs on the machine count less than with a wall clock.
double threadSeconds();
/// The same of all threads of the program.
double processSeconds();
double median(std::vector<double> values);

/// "3.2" for 0.032.
std::string percent(double share);
void print(const Table& table);
/// Writes all tables as JSON; false where the file cannot be written.
bool writeJson(const std::vector<Table>& tables, const std::filesystem::path& file);

}  // namespace plexarium::bench
