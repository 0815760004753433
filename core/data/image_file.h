#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/data/dataset.h"

namespace plexarium {

/// Size of a PNG or JPEG picture from its first bytes; channels: 1 grey, 3 colour (transparency is left out).
Result<PictureShape> imageShape(std::span<const std::uint8_t> bytes, const std::string& source);

/// The picture's values in [0, 1], with `channels` (1 or 3) whatever it holds itself; `shape` is what must come out.
/// At most 16,384 pixels a side and 64 million values.
Result<void> decodeImage(std::span<const std::uint8_t> bytes, const std::string& source, PictureShape shape,
                         std::span<double> values);

/// A folder with one sub-folder per class that holds PNG or JPEG pictures, all of one size. Classes and pictures in order of
/// their names; colour if any picture has it. The pictures' headers are checked now, the pictures themselves when they are
/// read.
Result<DatasetPointer> openImageFolder(const std::filesystem::path& folder, const OpeningProgress& goesOn = {});

}  // namespace plexarium
