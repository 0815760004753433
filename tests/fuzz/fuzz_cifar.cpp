#include <cstdint>

#include "core/data/cifar.h"
#include "tests/fuzz/read_dataset.h"

using namespace plexarium;

/// Any bytes: refused with a reason, or records that can be read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = ByteFile::of({data, data + size}, "batch.bin");
  if (!file) return 0;
  const auto opened = openCifar({*file});
  if (opened) {
    readSamples(**opened);
  } else {
    checkRefusal(opened.error());
  }
  return 0;
}
