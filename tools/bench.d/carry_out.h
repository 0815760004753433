#pragma once

#include "core/session/session.h"

namespace plexarium::bench {

/// Posts to a started session and waits until it is carried out; returns the tick at which it took effect. Other outcomes
/// are dropped.
Tick carryOut(Session& session, Command command);

}  // namespace plexarium::bench
