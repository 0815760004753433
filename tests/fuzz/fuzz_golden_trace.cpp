#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/dynamics/transmitter/golden_trace.h"

/// Any bytes: refused with a reason, or compared.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto report = plexarium::transmitter::verifyGoldenTrace({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!report && report.error().what.empty()) std::abort();
  return 0;
}
