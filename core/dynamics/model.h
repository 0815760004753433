#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/graph/graph.h"
#include "core/world/embodiment.h"

namespace plexarium {

/// Where a window looked when the model was saved; scale 0 means "fit".
struct View {
  Point centre;
  float scale = 0;  ///< Pixels per world unit.
};

/// A whole network as a value: what a document holds, a session starts from and a capture yields.
struct Model {
  std::string name;
  std::string description;
  std::string dynamics;            ///< Description::key.
  std::vector<double> parameters;  ///< Follows Description::parameters.
  Graph graph;
  Embodiment embodiment;
  std::string dynamicsState;  ///< Dynamics::state, JSON text or empty.
  std::string feed;           ///< What it is shown (Feeder::write, JSON text); empty: nothing.
  Tick tick = 0;
  std::uint64_t seed = 1;
  double pace = 0;  ///< Ticks per second a window starts with; 0: the program's default.
  View view;
};

}  // namespace plexarium
