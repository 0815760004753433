#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/io/document.h"
#include "core/io/graphml.h"

using namespace plexarium;

/// Any bytes: refused with a reason, or a model that both formats hold without loss.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Registry registry = builtInDynamics();
  const auto read = readGraphml(registry, {reinterpret_cast<const char*>(data), size}, "fuzz", "transmitter");
  if (!read) {
    if (read.error().what.empty()) std::abort();
    return 0;
  }
  const Model& model = read->model;
  const auto& description = (*registry.require(model.dynamics))->description;
  const auto hash = stateHash(description, model);
  const auto saved = readModel(registry, writeModel(description, model), "saved");
  if (!saved || stateHash(description, *saved) != hash) std::abort();
  const auto again = readGraphml(registry, writeGraphml(description, model), "again", "transmitter");
  if (!again || stateHash(description, again->model) != hash) std::abort();
  return 0;
}
