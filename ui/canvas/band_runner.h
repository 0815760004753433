#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace plexarium::ui {

/// One sleeping helper thread that shares the bands of a picture with the thread that asks. When the helper gets no
/// processor, the asking thread does all of them; it waits only for a band the helper has begun. Any one thread may call.
class BandRunner {
 public:
  BandRunner();

  /// Calls `work` once for each band 0 .. count-1 on either thread and returns when all are done.
  void run(int count, const std::function<void(int)>& work);

 private:
  void takeBands(const std::function<void(int)>& work);
  void help(const std::stop_token& stop);

  const std::function<void(int)>* work_ = nullptr;  // guarded by mutex_
  std::atomic<int> next_{0};
  int count_ = 0;
  bool helping_ = false;     // guarded by mutex_: the helper is inside a round
  std::uint64_t round_ = 0;  // guarded by mutex_: rises with each run that is open to the helper
  std::uint64_t seen_ = 0;   // helper thread only
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::jthread helper_;  // last: stops before the rest goes
};

}  // namespace plexarium::ui
