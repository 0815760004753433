#pragma once

#include "tools/bench.d/topics.h"

namespace plexarium::bench {

// Topics of plexarium-window-bench; after the QApplication, on its thread.
Table windowCost(const Patience& patience);
Table windowHands(const Patience& patience);
Table windowSight(const Patience& patience);
Table windowLearning(const Patience& patience);
Table windowLearningDigits(const Patience& patience);
Table windowLearningColumns(const Patience& patience);
Table windowLearningSynapses(const Patience& patience);
Table windowReservoir(const Patience& patience);
Table windowLearningManyColumns(const Patience& patience);
Table plotFrames(const Patience& patience);
Table arenaFrames(const Patience& patience);
Table windowMemory(const Patience& patience);

}  // namespace plexarium::bench
