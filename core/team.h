#pragma once

#include <barrier>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace plexarium {

/// Threads that share one piece of work after the other; between two they sleep. Whoever calls is the first member; one
/// thread at a time may. The others treat denormal numbers as core/denormals.h says.
class Team {
 public:
  /// `size` >= 1 members, or fewer where the system gives no more threads.
  explicit Team(std::size_t size);
  ~Team();
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  [[nodiscard]] std::size_t size() const { return members_.size() + 1; }
  /// work(0) to work(size() - 1), each on a thread of its own; returns when all are done. `work` must not throw.
  void share(const std::function<void(std::size_t)>& work);

 private:
  void live(std::size_t member);

  std::barrier<> begin_;
  std::barrier<> end_;
  const std::function<void(std::size_t)>* work_ = nullptr;  ///< Null: go home.
  std::vector<std::jthread> members_;
};

}  // namespace plexarium
