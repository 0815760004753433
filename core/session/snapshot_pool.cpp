#include "core/session/snapshot_pool.h"

#include <array>
#include <cassert>
#include <cstddef>

namespace plexarium {

struct SnapshotPool::Slot {
  Snapshot snapshot;
  alignas(std::max_align_t) std::array<std::byte, 128> control;
};

/// Gives a shared pointer the slot's own room for its control block. That block is the last thing to go, so its release
/// returns the slot.
template <typename T>
class SnapshotPool::SlotAllocator {
 public:
  using value_type = T;

  SlotAllocator(std::shared_ptr<SnapshotPool> pool, Slot* slot) : pool_(std::move(pool)), slot_(slot) {}
  template <typename U>
  // NOLINTNEXTLINE(google-explicit-constructor): the standard's allocator requirements ask for it
  SlotAllocator(const SlotAllocator<U>& other) : pool_(other.pool()), slot_(other.slot()) {}

  T* allocate([[maybe_unused]] std::size_t count) {
    static_assert(sizeof(T) <= sizeof(Slot::control) && alignof(T) <= alignof(std::max_align_t));
    assert(count == 1);
    return reinterpret_cast<T*>(slot_->control.data());
  }
  void deallocate(T* /*block*/, std::size_t /*count*/) { pool_->giveBack(slot_); }

  [[nodiscard]] const std::shared_ptr<SnapshotPool>& pool() const { return pool_; }
  [[nodiscard]] Slot* slot() const { return slot_; }
  template <typename U>
  bool operator==(const SlotAllocator<U>& other) const {
    return slot_ == other.slot();
  }

 private:
  std::shared_ptr<SnapshotPool> pool_;
  Slot* slot_;
};

SnapshotPool::SnapshotPool() = default;
SnapshotPool::~SnapshotPool() = default;

std::shared_ptr<Snapshot> SnapshotPool::take() {
  Slot* slot = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) {
      free_.reserve(slots_.size() + 1);
      free_.push_back(slots_.emplace_back(std::make_unique<Slot>()).get());
    }
    slot = free_.back();
    free_.pop_back();
  }
  // An image that nobody can reach any more should not keep an old topology in memory.
  const auto letGo = [](Snapshot* snapshot) { snapshot->graph = {}; };
  return {&slot->snapshot, letGo, SlotAllocator<Snapshot>(shared_from_this(), slot)};
}

void SnapshotPool::giveBack(Slot* slot) {
  const std::lock_guard lock(mutex_);
  free_.push_back(slot);
}

}  // namespace plexarium
