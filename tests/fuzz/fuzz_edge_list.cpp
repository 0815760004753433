#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/io/document.h"
#include "core/io/edge_list.h"

using namespace plexarium;

/// Any bytes: refused with a reason, or a network that can be saved and read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Registry registry = builtInDynamics();
  const auto& description = registry.find("transmitter")->description;
  const auto read = readEdgeList(description, {reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!read) {
    if (read.error().what.empty()) std::abort();
    return 0;
  }
  const auto saved = readModel(registry, writeModel(description, read->model), "saved");
  if (!saved || stateHash(description, *saved) != stateHash(description, read->model)) std::abort();
  return 0;
}
