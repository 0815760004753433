#include "ui/sound/click_player.h"

#include <alsa/asoundlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>

namespace plexarium::ui {
namespace {

constexpr std::size_t periodSamples = ClickPlayer::rate / 100;
constexpr unsigned latency = 40'000;    // microseconds: short enough to seem at once, long enough for a busy machine
constexpr double fading = 0.002;        // seconds until a click has fallen to 1/e
constexpr double silent = 0.001;        // of full loudness: what is over
constexpr double loudness = 0.25;       // of full, so that four at once do not clip
constexpr std::size_t lingering = 100;  // periods of silence after which the device may rest

using Period = std::array<std::int16_t, periodSamples>;

/// One click that sounds: a sine that fades.
struct Voice {
  double hertz = 0;
  std::size_t played = 0;  ///< Samples.

  [[nodiscard]] double seconds() const { return static_cast<double>(played) / ClickPlayer::rate; }
  [[nodiscard]] bool over() const { return std::exp(-seconds() / fading) < silent; }
  double next() {
    const double at = seconds();
    ++played;
    return loudness * std::exp(-at / fading) * std::sin(2 * std::numbers::pi * hertz * at);
  }
};

Period mix(std::vector<Voice>& voices) {
  Period period{};
  for (auto& sample : period) {
    double sum = 0;
    for (Voice& voice : voices) sum += voice.next();
    sample = static_cast<std::int16_t>(std::lround(std::clamp(sum, -1.0, 1.0) * 32'767));
  }
  std::erase_if(voices, [](const Voice& voice) { return voice.over(); });
  return period;
}

/// Whether the device took it; a device that ran dry meanwhile is started again.
bool write(snd_pcm_t* device, const Period& period) {
  std::size_t written = 0;
  while (written < period.size()) {
    const auto count = snd_pcm_writei(device, period.data() + written, period.size() - written);
    if (count >= 0) {
      written += static_cast<std::size_t>(count);
    } else if (snd_pcm_recover(device, static_cast<int>(count), 1) < 0) {
      return false;
    }
  }
  return true;
}

void beSilent(const char*, int, const char*, int, const char*, ...) {}

}  // namespace

void ClickPlayer::CloseDevice::operator()(snd_pcm_t* device) const { snd_pcm_close(device); }

Result<std::unique_ptr<ClickPlayer>> ClickPlayer::open() {
  // The library writes to the terminal by itself otherwise; what went wrong is told by its result.
  snd_lib_error_set_handler(beSilent);
  snd_pcm_t* opened = nullptr;
  int result = snd_pcm_open(&opened, "default", SND_PCM_STREAM_PLAYBACK, 0);
  Device device(result < 0 ? nullptr : opened);
  if (device) {
    result = snd_pcm_set_params(device.get(), SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED, 1, rate, 1, latency);
  }
  if (result < 0) {
    return failure(std::string("No sound: ") + snd_strerror(result), "the default sound device",
                   "Connect loudspeakers or headphones, and see that no other program keeps the device");
  }
  return std::unique_ptr<ClickPlayer>(new ClickPlayer(std::move(device)));
}

ClickPlayer::ClickPlayer(Device device)
    : device_(std::move(device)), thread_([this](const std::stop_token& stop) { play(stop); }) {}

ClickPlayer::~ClickPlayer() {
  thread_.request_stop();
  thread_.join();
}

void ClickPlayer::click(double hertz) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() < waitingClicks) waiting_.push_back(hertz);
  }
  more_.notify_one();
}

void ClickPlayer::play(const std::stop_token& stop) {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (!more_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
    }
    if (!playClicks(stop)) {
      lost_ = true;
      return;
    }
  }
}

/// The device runs on for a while after a click, so that the next one is heard at once; then it rests until there is one.
bool ClickPlayer::playClicks(const std::stop_token& stop) {
  std::vector<Voice> voices;
  for (std::size_t silence = 0; silence < lingering && !stop.stop_requested(); ++silence) {
    {
      const std::lock_guard lock(mutex_);
      for (const double hertz : std::exchange(waiting_, {})) voices.push_back({hertz});
    }
    if (!voices.empty()) silence = 0;
    if (!write(device_.get(), mix(voices))) return false;
  }
  snd_pcm_drain(device_.get());
  return snd_pcm_prepare(device_.get()) >= 0;
}

}  // namespace plexarium::ui
