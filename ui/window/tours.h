#pragma once

#include "ui/window/tour.h"

namespace plexarium::ui {

// The tours of the program. GUI thread.

/// What a network is and how it is handled, on the present one, which must be there.
TourPlan firstSteps(const SessionBridge& bridge);

/// From an empty canvas to a worm that wriggles: how the gallery's wriggling worm is made by hand. What the steps ask for
/// (rules, values, links) is taken from that model and the tables.
TourPlan buildAWorm(const Registry& registry);

}  // namespace plexarium::ui
