#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/graph/ids.h"

namespace plexarium {

// The fixed words of the model document (docs/model-format.md); the rest of its keys are those of the dynamics' tables.

inline constexpr std::string_view modelFormat = "plexarium-model";

/// Follows Role.
inline constexpr std::array<std::string_view, 3> roleKeys = {"sensory", "inter", "motor"};

constexpr std::string_view roleKey(Role role) { return roleKeys[static_cast<std::size_t>(role)]; }

constexpr std::optional<Role> roleCalled(std::string_view key) {
  for (std::size_t role = 0; role < roleKeys.size(); ++role) {
    if (roleKeys[role] == key) return static_cast<Role>(role);
  }
  return std::nullopt;
}

}  // namespace plexarium
