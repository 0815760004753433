#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "tools/bench.d/topics.h"

namespace {

using plexarium::bench::Table;

struct Topic {
  const char* name;
  Table (*measure)(bool quick);
};

/// Every topic: one line each.
constexpr Topic topics[] = {
    {"transmitter-speed", plexarium::bench::transmitterSpeed},
    {"transmitter-python", plexarium::bench::transmitterAgainstPython},
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures whole runs of the simulator against references measured in the same call.");
  std::string json;
  std::vector<std::string> wanted;
  bool quick = false;
  std::vector<std::string> names;
  for (const auto& topic : topics) names.emplace_back(topic.name);
  app.add_option("--json", json, "Write the tables to this file as well");
  app.add_option("--only", wanted, "Measure these topics only")->check(CLI::IsMember(names));
  app.add_flag("--quick", quick, "A rough answer soon");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  std::vector<Table> tables;
  bool passed = true;
  for (const auto& topic : topics) {
    const bool chosen = wanted.empty() || std::find(wanted.begin(), wanted.end(), topic.name) != wanted.end();
    if (!chosen) continue;
    tables.push_back(topic.measure(quick));
    plexarium::bench::print(tables.back());
    for (const auto& line : tables.back().lines) passed = passed && line.passed.value_or(true);
  }
  if (!json.empty() && !plexarium::bench::writeJson(tables, json)) {
    std::fprintf(stderr, "plexarium-bench: cannot write %s\n", json.c_str());
    return 2;
  }
  return passed ? 0 : 1;
}
