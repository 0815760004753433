#include <algorithm>
#include <cstdint>

#include "core/data/idx.h"
#include "tests/fuzz/read_dataset.h"

using namespace plexarium;

/// The first two bytes say how long the file of labels is that stands before that of the samples.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto cut = 2 + std::min<std::size_t>(size - 2, std::size_t{data[0]} * 256 + data[1]);
  const auto labels = ByteFile::of({data + 2, data + cut}, "labels");
  const auto samples = ByteFile::of({data + cut, data + size}, "samples");
  if (!labels || !samples) return 0;
  const auto opened = openIdx(*samples, *labels);
  if (opened) {
    readSamples(**opened);
  } else {
    checkRefusal(opened.error());
  }
  return 0;
}
