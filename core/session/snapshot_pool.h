#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "core/session/snapshot.h"

namespace plexarium {

/// Snapshots whose buffers are used again once the last reader has let go, so that publishing allocates nothing in the long
/// run: the shared pointer's control block lies beside the snapshot, in the same slot. Any thread; outlives its owner for as
/// long as somebody holds a snapshot.
class SnapshotPool : public std::enable_shared_from_this<SnapshotPool> {
 public:
  SnapshotPool();
  ~SnapshotPool();
  SnapshotPool(const SnapshotPool&) = delete;
  SnapshotPool& operator=(const SnapshotPool&) = delete;

  /// A snapshot that nobody else holds, with the contents of an earlier use but for the graph's image.
  std::shared_ptr<Snapshot> take();

 private:
  struct Slot;
  template <typename T>
  class SlotAllocator;

  void giveBack(Slot* slot);

  std::mutex mutex_;
  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<Slot*> free_;
};

}  // namespace plexarium
