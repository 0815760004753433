#pragma once

#include <mutex>
#include <utility>
#include <vector>

#include "core/data/source.h"

namespace plexarium {

/// Data sets that are open, by where they come from, so that each is opened once: a worker opens it here, and whoever asks
/// again (a network that starts, goes back in time or repeats a log) finds it at once. Any thread.
class DataShelf {
 public:
  /// The open one; else it is opened on the calling thread, which may take a while, and what nobody uses any more is let go.
  Result<DatasetPointer> open(const DataSource& source, const OpeningProgress& goesOn = {});

 private:
  std::mutex mutex_;  ///< Not held while something is opened.
  std::vector<std::pair<DataSource, DatasetPointer>> open_;
};

}  // namespace plexarium
