#pragma once

#include <filesystem>

#include "core/data/byte_file.h"
#include "core/data/dataset.h"

namespace plexarium {

/// Pictures and their labels in two IDX files (MNIST and its relatives), plain or packed by gzip. The first dimension counts
/// the samples; one more is a table's columns, two are height and width, three have channels besides. Bytes are grey levels
/// and become [0, 1]; other types stay as they are. A class is a label's number.
/// Source: the description of the format by Y. LeCun, "The MNIST database of handwritten digits".
Result<DatasetPointer> openIdx(const ByteFile& samples, const ByteFile& labels, const OpeningProgress& goesOn = {});

/// Finds the labels beside the file of the samples, where they have the usual name ("...labels-idx1..." for
/// "...images-idx3...").
Result<DatasetPointer> openIdx(const std::filesystem::path& place, const ByteFile& samples,
                               const OpeningProgress& goesOn = {});

/// Whether the bytes begin as an IDX file does.
bool looksLikeIdx(const ByteFile& file);

}  // namespace plexarium
