#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/dynamics/registry.h"
#include "core/edit/edit.h"
#include "core/session/snapshot.h"

namespace plexarium::ui {

// What the clipboard carries: a model document that holds a part of a network, so that it is read with all the checks of a
// file and a whole model file pastes as well. Pure; any thread.

/// The neurons that exist with the links among them and their ties to bodies, as they are now, parameters included. When
/// they last fired stays behind: it belongs to another life; so does what the bodies have lived through.
Model excerptOf(const Description& description, const Model& model, std::span<const NeuronId> neurons);

/// Reads what somebody put on the clipboard. Errors: no model, another dynamics than `description`, no neurons.
Result<Model> readExcerpt(const Registry& registry, const Description& description, std::string_view text);

/// The bodies of a network that neurons can be tied to: Snapshot::worlds.
using BodyViews = std::span<const std::shared_ptr<const WorldView>>;

/// Adds the excerpt under new ids; the middle of the frame around it comes to `centre`, or everything stays in place. Ties
/// to one of `bodies` come along, those to a body that is not there stay behind.
Edit addExcerpt(const Model& excerpt, std::string label, std::optional<Point> centre, BodyViews bodies);
/// The same, moved by `offset` world units.
Edit addExcerptBeside(const Model& excerpt, std::string label, Point offset, BodyViews bodies);

}  // namespace plexarium::ui
