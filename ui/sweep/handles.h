#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "core/session/snapshot.h"
#include "core/session/sweep.h"
#include "ui/bridge/selection.h"

namespace plexarium::ui {

// What a person can sweep and look at, found in the tables. Pure functions; any thread.

/// As it is offered.
struct NamedHandle {
  QString name;  ///< "X · Gain", "A → B · Weight", "Rate"
  QString help;  ///< With the unit and the range.
  Handle handle;
};

NamedHandle named(const Description& description, const GraphImage& graph, const Handle& handle);
/// Of the selected neurons and of who leads to one that is selected alone, of the selected links, then of the network.
std::vector<NamedHandle> handlesFor(const Description& description, const GraphImage& graph, const Selection& selection);
/// Numbers of the selected neurons and of those that the selected links lead to; values that evolve come first.
std::vector<NamedHandle> looksFor(const Description& description, const GraphImage& graph, const Selection& selection);

/// What to sweep when that is selected; nothing: there is nothing of it to sweep or to look at.
struct SweepChoice {
  std::optional<Handle> across;
  std::optional<Handle> up;
  std::optional<Handle> look;  ///< A NeuronHandle.
};
SweepChoice choiceFor(const Description& description, const GraphImage& graph, const Selection& selection);

/// Where the handle is in the living network; nothing: it is gone, only adds, or evolves and is not on the watch list.
std::optional<double> valueNow(const Snapshot& snapshot, const Description& description, const Handle& handle);

/// From where to where a field is swept unless told otherwise: all that it may be, or where that is much, up to a few times
/// what it is now.
std::pair<double, double> usualRange(const Field& field, std::optional<double> now);

}  // namespace plexarium::ui
