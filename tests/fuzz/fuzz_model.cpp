#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string_view>

#include "core/denormals.h"
#include "core/io/document.h"
#include "core/session/simulation.h"

using namespace plexarium;

/// Any bytes: refused, or a model that survives a round trip unchanged and, where it is small, some ticks.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Registry registry = builtInDynamics();
  const auto model = readModel(registry, {reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!model) {
    if (model.error().what.empty()) std::abort();
    return 0;
  }
  const DynamicsEntry& entry = **registry.require(model->dynamics);
  const auto text = writeModel(entry.description, *model);
  const auto again = readModel(registry, text, "again");
  if (!again || stateHash(entry.description, *again) != stateHash(entry.description, *model)) std::abort();
  if (writeModel(entry.description, *again) != text) std::abort();

  const FlushDenormals flush;
  auto alone = *model;
  alone.feed.clear();  // it may name any file; fuzz_feeds reads feeds
  const auto simulation = Simulation::create(entry, std::move(alone));
  if (!simulation) return 0;
  for (int tick = 0; tick < 8 && (*simulation)->tick() < std::numeric_limits<Tick>::max(); ++tick) (*simulation)->step();
  const auto later = (*simulation)->capture();
  if (later && !readModel(registry, writeModel(entry.description, *later), "later")) std::abort();
  return 0;
}
