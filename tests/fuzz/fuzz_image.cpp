#include <cstdint>

#include "core/data/image_file.h"
#include "tests/fuzz/read_dataset.h"

using namespace plexarium;

/// Any bytes: refused with a reason, or a picture in [0, 1].
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto shape = imageShape({data, size}, "picture");
  if (!shape) {
    checkRefusal(shape.error());
    return 0;
  }
  if (shape->values() > (std::size_t{1} << 22U)) return 0;  // large ones are slow, not different
  std::vector<double> values(shape->values());
  if (const auto decoded = decodeImage({data, size}, "picture", *shape, values); !decoded) {
    checkRefusal(decoded.error());
    return 0;
  }
  for (const double value : values) {
    if (!(value >= 0 && value <= 1)) std::abort();
  }
  return 0;
}
