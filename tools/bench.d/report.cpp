#include "tools/bench.d/report.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>

#include <nlohmann/json.hpp>

namespace plexarium::bench {
namespace {

std::string shortNumber(double value) {
  std::array<char, 32> text{};
  const bool whole = value == static_cast<double>(static_cast<long long>(value)) && value < 1e7;
  std::snprintf(text.data(), text.size(), whole ? "%.0f" : "%.3g", value);
  return text.data();
}

}  // namespace

double secondsOf(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double threadSeconds() { return secondsOf(CLOCK_THREAD_CPUTIME_ID); }

double processSeconds() { return secondsOf(CLOCK_PROCESS_CPUTIME_ID); }

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::string percent(double share) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", 100 * share);
  return text.data();
}

void print(const Table& table) {
  std::printf("\n%s\n", table.title.c_str());
  std::size_t nameWidth = 0;
  for (const auto& line : table.lines) nameWidth = std::max(nameWidth, line.name.size());
  if (!table.lines.empty()) {
    std::printf("  %-*s", static_cast<int>(nameWidth), "");
    for (const auto& [label, value] : table.lines.front().figures) std::printf("  %s", label.c_str());
    std::printf("\n");
  }
  for (const auto& line : table.lines) {
    std::printf("  %-*s", static_cast<int>(nameWidth), line.name.c_str());
    for (const auto& [label, value] : line.figures) {
      std::printf("  %*s", static_cast<int>(label.size()), shortNumber(value).c_str());
    }
    std::printf("%s\n", !line.passed ? "" : *line.passed ? "  pass" : "  FAIL");
  }
  for (const auto& note : table.notes) std::printf("  * %s\n", note.c_str());
  std::fflush(stdout);
}

bool writeJson(const std::vector<Table>& tables, const std::filesystem::path& file) {
  auto all = nlohmann::ordered_json::array();
  for (const auto& table : tables) {
    auto lines = nlohmann::ordered_json::array();
    for (const auto& line : table.lines) {
      nlohmann::ordered_json json{{"name", line.name}};
      for (const auto& [label, value] : line.figures) json[label] = value;
      if (line.passed) json["passed"] = *line.passed;
      lines.push_back(std::move(json));
    }
    all.push_back({{"title", table.title}, {"lines", std::move(lines)}, {"notes", table.notes}});
  }
  std::ofstream stream(file);
  stream << all.dump(2) << '\n';
  return static_cast<bool>(stream.flush());
}

}  // namespace plexarium::bench
