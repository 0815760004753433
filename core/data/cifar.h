#pragma once

#include <filesystem>
#include <vector>

#include "core/data/byte_file.h"
#include "core/data/dataset.h"

namespace plexarium {

/// CIFAR-10, binary version: records of a label byte (0..9) and 32 x 32 red, green, blue bytes, plane by plane; here the
/// channels of a pixel stand beside each other. Classes are those of the ten that occur.
/// Source: A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009, and the data set's own page.
Result<DatasetPointer> openCifar(std::vector<ByteFile> files, const OpeningProgress& goesOn = {});

/// Bytes of a record.
inline constexpr std::size_t cifarRecord = 3073;

}  // namespace plexarium
