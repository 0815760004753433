#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/dynamics/registry.h"
#include "core/feed/feeder.h"

using namespace plexarium;

/// Any bytes: refused with a reason, or feeds that are written and read again without loss. Only generators are opened.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Registry registry = builtInDynamics();
  const auto& description = registry.entries().front().description;
  const auto open = [](const DataSource& source) -> Result<DatasetPointer> {
    if (!source.place.starts_with("generator:")) return failure("no files here");
    return openData(source);
  };
  const auto read = Feeder::read({reinterpret_cast<const char*>(data), size}, "fuzz", description, open);
  if (!read) {
    if (read.error().what.empty()) std::abort();
    return 0;
  }
  const auto text = read->write();
  const auto again = Feeder::read(text, "again", description, open);
  if (!again || again->write() != text) std::abort();
  return 0;
}
