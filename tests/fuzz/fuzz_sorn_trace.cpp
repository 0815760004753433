#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/dynamics/sorn/golden_trace.h"

/// Any bytes, also as the file that they name: refused with a reason, or compared.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto report = plexarium::sorn::verifyGoldenTrace(
      text, "fuzz", [&](const std::string&) -> plexarium::Result<std::string> { return std::string(text); });
  if (!report && report.error().what.empty()) std::abort();
  return 0;
}
