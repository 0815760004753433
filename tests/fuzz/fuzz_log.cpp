#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/io/log_document.h"

using namespace plexarium;

/// Any bytes: refused with a reason, or a log that is written and read again without loss.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Registry registry = builtInDynamics();
  const auto log = readLog(registry, {reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!log) {
    if (log.error().what.empty()) std::abort();
    return 0;
  }
  const auto& description = (*registry.require(log->beginning.dynamics))->description;
  const auto text = writeLog(description, *log);
  const auto again = readLog(registry, text, "again");
  if (!again || writeLog(description, *again) != text) std::abort();
  return 0;
}
