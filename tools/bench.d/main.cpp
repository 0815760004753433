#include <array>

#include "tools/bench.d/topics.h"

int main(int argc, char** argv) {
  using namespace plexarium::bench;
  constexpr std::array topics{
      Topic{"transmitter-speed", transmitterSpeed},
      Topic{"transmitter-python", transmitterAgainstPython},
      Topic{"session", sessionCost},
      Topic{"worm", wormSpeed},
      Topic{"plexus-speed", plexusSpeed, false},
      Topic{"plexus-learning", plexusLearning, false},
      Topic{"plexus-catdog", plexusCatDog, false},
      Topic{"sonn-speed", sonnSpeed, false},
      Topic{"sonn-session", sonnSession, false},
      Topic{"sonn-learning", sonnLearning, false},
      Topic{"sonn-variants", sonnVariants, false},
      Topic{"sonn-yardsticks", sonnYardsticks, false},
      Topic{"sonn-harder", sonnHarder, false},
      Topic{"sorn-speed", sornSpeed, false},
      Topic{"sorn-counting", sornCounting, false},
      Topic{"sorn-criticality", sornCriticality, false},
      Topic{"synann-speed", synannSpeed},
      Topic{"synann-graphs", synannGraphs, false},
      Topic{"synann-mnist", synannMnist, false},
      Topic{"synann-held", synannHeld, false},
  };
  return runTopics("Measures whole runs of the simulator against references measured in the same call.", topics, argc, argv);
}
