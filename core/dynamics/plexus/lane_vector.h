#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace plexarium::plexus {

/// Memory that begins where a line of the processor's cache does. A store of several lanes that lies across two lines is
/// slow, and whoever reads it soon after waits for it.
template <typename T>
struct LineAllocator {
  using value_type = T;
  static constexpr std::align_val_t line{64};

  LineAllocator() = default;
  template <typename U>
  explicit LineAllocator(const LineAllocator<U>& /*other*/) {}

  T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), line)); }
  void deallocate(T* list, std::size_t /*count*/) { ::operator delete(list, line); }
  bool operator==(const LineAllocator& /*other*/) const { return true; }
};

/// A list whose lanes, counted from its beginning, never lie across two lines.
template <typename T>
using LaneVector = std::vector<T, LineAllocator<T>>;

}  // namespace plexarium::plexus
