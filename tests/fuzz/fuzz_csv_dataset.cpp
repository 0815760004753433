#include <cstdint>

#include "core/data/csv_dataset.h"
#include "tests/fuzz/read_dataset.h"

using namespace plexarium;

/// Any bytes: refused with a reason, or a table whose rows can be read; the same for a preview.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = ByteFile::of({data, data + size}, "table.csv");
  if (!file) return 0;
  for (const auto& choice :
       {CsvChoice{}, CsvChoice{.kind = TargetKind::Values}, CsvChoice{.decimalComma = true, .header = false}}) {
    const auto preview = previewCsv(*file, choice, 5);
    if (!preview) checkRefusal(preview.error());
    const auto opened = openCsv(*file, choice);
    if (opened) {
      readSamples(**opened);
    } else {
      checkRefusal(opened.error());
    }
  }
  return 0;
}
