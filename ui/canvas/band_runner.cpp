#include "ui/canvas/band_runner.h"

namespace plexarium::ui {

BandRunner::BandRunner() : helper_([this](const std::stop_token& stop) { help(stop); }) {}

void BandRunner::run(int count, const std::function<void(int)>& work) {
  {
    const std::lock_guard lock(mutex_);
    work_ = &work;
    count_ = count;
    next_.store(0, std::memory_order_relaxed);
    ++round_;
  }
  changed_.notify_one();
  takeBands(work);
  std::unique_lock lock(mutex_);
  work_ = nullptr;  // a helper that wakes only now finds nothing
  changed_.wait(lock, [this] { return !helping_; });
}

void BandRunner::takeBands(const std::function<void(int)>& work) {
  for (int band = next_.fetch_add(1); band < count_; band = next_.fetch_add(1)) work(band);
}

void BandRunner::help(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return work_ != nullptr && round_ != seen_; })) {
    seen_ = round_;
    helping_ = true;
    // Not read again without the lock: run() forgets it while a band that was taken last is still to be begun.
    const auto& work = *work_;
    lock.unlock();
    takeBands(work);
    lock.lock();
    helping_ = false;
    changed_.notify_all();
  }
}

}  // namespace plexarium::ui
