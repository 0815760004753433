#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "tools/bench.d/topics.h"

namespace plexarium::bench {

int runTopics(const char* purpose, std::span<const Topic> topics, int argc, char** argv) {
  CLI::App app(purpose);
  std::string json;
  std::vector<std::string> wanted;
  Patience patience;
  std::vector<std::string> names;
  for (const auto& topic : topics) names.emplace_back(topic.name);
  app.add_option("--json", json, "Write the tables to this file as well");
  app.add_option("--only", wanted, "Measure these topics only")->check(CLI::IsMember(names));
  app.add_flag("--quick", patience.quick, "A rough answer soon");
  app.add_option("--minutes", patience.minutes, "How long a long run takes in all")
      ->capture_default_str()
      ->check(CLI::Range(0.05, 1440.0));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  std::vector<Table> tables;
  bool passed = true;
  for (const auto& topic : topics) {
    const bool named = std::find(wanted.begin(), wanted.end(), topic.name) != wanted.end();
    if (!named && !(wanted.empty() && topic.byDefault)) continue;
    tables.push_back(topic.measure(patience));
    print(tables.back());
    for (const auto& line : tables.back().lines) passed = passed && line.passed.value_or(true);
  }
  if (!json.empty() && !writeJson(tables, json)) {
    std::fprintf(stderr, "%s cannot be written\n", json.c_str());
    return 2;
  }
  return passed ? 0 : 1;
}

}  // namespace plexarium::bench
