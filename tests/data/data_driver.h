#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QTemporaryDir>

#include <vector>

#include "core/data/byte_file.h"
#include "core/data/dataset.h"

namespace plexarium {

inline ByteFile bytesOf(const QByteArray& bytes, const char* name = "file") {
  return ByteFile::of(std::vector<std::uint8_t>(bytes.begin(), bytes.end()), name).value();
}

/// A sample as it is read; empty where that fails.
struct ReadSample {
  std::vector<double> inputs;
  std::vector<double> targets;
};
inline ReadSample readSample(const Dataset& data, std::size_t sample) {
  ReadSample read{std::vector<double>(data.info().inputs), std::vector<double>(data.info().targets.size())};
  if (!data.read(sample, read.inputs, read.targets)) return {};
  return read;
}

inline bool writeFile(const QString& path, const QByteArray& bytes) {
  QFile file(path);
  return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

}  // namespace plexarium
