#pragma once

#include <span>

#include "tools/bench.d/report.h"

namespace plexarium::bench {

/// How long a measurement may take.
struct Patience {
  bool quick = false;   ///< A rough answer soon.
  double minutes = 10;  ///< All of a long run.
};

struct Topic {
  const char* name;
  Table (*measure)(const Patience& patience);
  bool byDefault = true;  ///< Measured also when nobody names it.
};

/// The command line of a benchmark: measures the topics that are wanted, prints their tables and writes them as JSON.
/// Returns the exit status: 1 where a bar was missed, 2 for bad arguments.
int runTopics(const char* purpose, std::span<const Topic> topics, int argc, char** argv);

// Topics of plexarium-bench.
Table transmitterSpeed(const Patience& patience);
Table transmitterAgainstPython(const Patience& patience);
Table sessionCost(const Patience& patience);
Table wormSpeed(const Patience& patience);
Table plexusSpeed(const Patience& patience);
Table plexusLearning(const Patience& patience);
Table plexusCatDog(const Patience& patience);
Table sonnSpeed(const Patience& patience);
Table sonnSession(const Patience& patience);
Table sonnLearning(const Patience& patience);
Table sonnVariants(const Patience& patience);
Table sonnYardsticks(const Patience& patience);
Table sonnHarder(const Patience& patience);
Table sornSpeed(const Patience& patience);
Table sornCounting(const Patience& patience);
Table sornCriticality(const Patience& patience);
Table synannSpeed(const Patience& patience);
Table synannGraphs(const Patience& patience);
Table synannMnist(const Patience& patience);
Table synannHeld(const Patience& patience);

}  // namespace plexarium::bench
