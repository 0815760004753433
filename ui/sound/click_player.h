#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/error.h"

typedef struct _snd_pcm snd_pcm_t;

namespace plexarium::ui {

/// Short clicks on the default sound device (ALSA), mixed and played by a thread of its own: nobody waits for the device.
/// All functions from any one thread.
class ClickPlayer {
 public:
  static constexpr unsigned rate = 48'000;          ///< Samples a second, one channel.
  static constexpr std::size_t waitingClicks = 64;  ///< More of them at once cannot be told apart and are left out.

  /// Errors: there is no sound device, or it is in use.
  static Result<std::unique_ptr<ClickPlayer>> open();
  /// Plays to the end of the period in progress.
  ~ClickPlayer();
  ClickPlayer(const ClickPlayer&) = delete;
  ClickPlayer& operator=(const ClickPlayer&) = delete;

  /// A click that sounds as high as `hertz` (100 to 8,000), as soon as the device can.
  void click(double hertz);
  /// The device has gone (unplugged, say): nothing is heard any more.
  [[nodiscard]] bool lost() const { return lost_; }

 private:
  struct CloseDevice {
    void operator()(snd_pcm_t* device) const;
  };
  using Device = std::unique_ptr<snd_pcm_t, CloseDevice>;
  explicit ClickPlayer(Device device);
  void play(const std::stop_token& stop);
  bool playClicks(const std::stop_token& stop);

  Device device_;  ///< Of the thread alone.
  std::mutex mutex_;
  std::condition_variable_any more_;
  std::vector<double> waiting_;  ///< Hertz; under the mutex.
  std::atomic<bool> lost_ = false;
  std::jthread thread_;
};

}  // namespace plexarium::ui
