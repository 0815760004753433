#pragma once

#include <span>
#include <string>
#include <string_view>

namespace plexarium {

/// Advice for a name that is none of the known ones: "Did you mean 'threshold'?" where one is near (few letters differ),
/// else "Known are: a, b, c".
std::string suggestion(std::string_view wrong, std::span<const std::string_view> known);

}  // namespace plexarium
