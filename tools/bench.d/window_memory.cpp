#include <algorithm>
#include <cmath>

#include "tools/bench.d/firing_network.h"
#include "tools/bench.d/threads.h"
#include "tools/bench.d/window_stage.h"
#include "tools/bench.d/window_topics.h"

namespace plexarium::bench {
namespace {

constexpr double mebi = 1024 * 1024;
/// What a heap and Qt's caches may still move after the first half minute; a leak of 512 bytes a frame shows in three
/// minutes.
constexpr double allowance = 2 * mebi;

struct Stretch {
  const char* name;
  Model (*model)();  ///< Null: the one that the program begins with.
  Qt::WindowState state;
};

/// Least-squares slope, bytes per minute.
double slope(const std::vector<double>& bytes, double secondsApart) {
  const auto count = static_cast<double>(bytes.size());
  double mean = 0;
  for (const double one : bytes) mean += one / count;
  double product = 0;
  double square = 0;
  for (std::size_t k = 0; k < bytes.size(); ++k) {
    const double time = (static_cast<double>(k) - (count - 1) / 2) * secondsApart / 60;
    product += time * (bytes[k] - mean);
    square += time * time;
  }
  return square > 0 ? product / square : 0;
}

Line watch(WindowStage& stage, const Stretch& stretch, double seconds) {
  if (stretch.model) {
    stage.open(stretch.model());
  } else {
    stage.window().start({});
    stage.window().show();
    liveFor(1);
  }
  stage.window().setWindowState(stretch.state);
  stage.run();
  const double settling = std::min(30.0, seconds / 3);
  const double period = std::min(2.0, seconds / 30);
  liveFor(settling);
  std::vector<double> bytes;
  const Tick first = stage.now().tick;
  while (static_cast<double>(bytes.size()) * period < seconds - settling) {
    bytes.push_back(residentBytes());
    liveFor(period);
  }
  const double rise = *std::max_element(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2), bytes.end()) -
                      *std::max_element(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2));
  const auto ticks = static_cast<double>(stage.now().tick - first);
  return {.name = stretch.name,
          .figures = {{"minutes", seconds / 60},
                      {"ticks", ticks},
                      {"MiB at first", bytes.front() / mebi},
                      {"MiB at last", bytes.back() / mebi},
                      {"slope KiB/min", slope(bytes, period) / 1024},
                      {"rise of the peak KiB", rise / 1024}},
          .passed = bytes.front() > 0 && ticks > 0 && rise <= allowance};
}

}  // namespace

Table windowMemory(const Patience& patience) {
  const auto large = [] { return firingNetwork(10'000, 10, false); };
  const Stretch stretches[] = {
      {"10,000 neurons, window shown", large, Qt::WindowNoState},
      {"10,000 neurons, window minimised", large, Qt::WindowMinimized},
      {"200 neurons that rewire themselves, window shown", [] { return rewiringNetwork(200); }, Qt::WindowNoState},
      {"welcome model, window shown", nullptr, Qt::WindowNoState},
  };
  Table table{.title = "memory: the whole program's, flat out, after the first half minute of each stretch", .lines = {}};
  WindowStage stage;
  for (const auto& stretch : stretches) {
    table.lines.push_back(watch(stage, stretch, patience.minutes * 60 / std::size(stretches)));
  }
  table.notes = {"rise: the most in the second half above the most in the first; bar: at most 2 MiB"};
  return table;
}

}  // namespace plexarium::bench
