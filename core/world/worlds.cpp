#include "core/world/world.h"

#include <algorithm>
#include <array>

#include "core/world/worm2d/worm2d.h"

namespace plexarium {

std::span<const WorldEntry> worlds() {
  static const std::array entries = {worm2d::entry()};
  return entries;
}

const WorldEntry* findWorld(std::string_view key) {
  const auto all = worlds();
  const auto found = std::ranges::find(all, key, [](const WorldEntry& entry) { return entry.description.key; });
  return found == all.end() ? nullptr : &*found;
}

Result<const WorldEntry*> requireWorld(std::string_view key, const std::string& where) {
  if (const auto* entry = findWorld(key)) return entry;
  std::string known;
  for (const auto& entry : worlds()) known += (known.empty() ? "" : ", ") + entry.description.key;
  return failure("there is no body of type '" + std::string(key) + "'", where, "There are: " + known);
}

Result<std::unique_ptr<World>> makeWorld(const Controller& controller) {
  const auto entry = requireWorld(controller.type, "controller " + controller.id);
  if (!entry) return tl::unexpected(entry.error());
  auto world = (*entry)->make(controller);
  if (controller.state.empty()) return world;
  if (auto restored = world->restore(controller.state); !restored) {
    auto& error = restored.error();
    error.where = "controller " + controller.id + (error.where.empty() ? ", state" : ", state." + error.where);
    return tl::unexpected(std::move(error));
  }
  return world;
}

}  // namespace plexarium
