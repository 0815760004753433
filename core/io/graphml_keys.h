#pragma once

#include <string>
#include <string_view>

namespace plexarium::graphml {

// Key ids in our own GraphML files. Those of fields have a prefix, so that no field collides with the fixed ones.
inline constexpr int version = 1;
inline constexpr std::string_view format = "plexarium";
inline constexpr std::string_view dynamics = "dynamics";
inline constexpr std::string_view modelName = "model_name";
inline constexpr std::string_view about = "model_description";
inline constexpr std::string_view seed = "seed";
inline constexpr std::string_view tick = "tick";
inline constexpr std::string_view pace = "pace";
inline constexpr std::string_view nextId = "next_id";
inline constexpr std::string_view viewX = "view_x";
inline constexpr std::string_view viewY = "view_y";
inline constexpr std::string_view viewScale = "view_scale";
inline constexpr std::string_view state = "dynamics_state";
inline constexpr std::string_view controllers = "controllers";
inline constexpr std::string_view bindings = "bindings";
inline constexpr std::string_view name = "name";
inline constexpr std::string_view role = "role";
inline constexpr std::string_view x = "x";
inline constexpr std::string_view y = "y";
inline constexpr std::string_view lastFired = "last_fired";
inline constexpr std::string_view lastCarried = "last_carried";

inline std::string parameterKey(const std::string& field) { return "p_" + field; }
inline std::string neuronKey(const std::string& field) { return "n_" + field; }
inline std::string linkKey(const std::string& field) { return "l_" + field; }

}  // namespace plexarium::graphml
