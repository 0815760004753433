#include <QEvent>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>

#include "tools/bench.d/window_stage.h"
#include "tools/bench.d/window_topics.h"
#include "ui/arena/arena_panel.h"
#include "ui/arena/arena_view.h"
#include "ui/window/canvas_view.h"
#include "ui/window/gallery.h"

namespace plexarium::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double barOfFrames = 60;  // per second

/// Counts the pictures that a widget paints, as long as it lives.
class Paints : public QObject {
 public:
  explicit Paints(QWidget& widget) { widget.installEventFilter(this); }
  [[nodiscard]] int count() const { return count_; }

 protected:
  bool eventFilter(QObject*, QEvent* event) override {
    count_ += event->type() == QEvent::Paint;
    return false;
  }

 private:
  int count_ = 0;
};

struct Round {
  double arena = 0, canvas = 0;  ///< Pictures per second.
  double realTime = 0;           ///< Simulated seconds per second.
  double work = 0;               ///< Milliseconds of the window thread's processor time for a picture of both.
};

Round watch(WindowStage& stage, double seconds) {
  const Paints arena(stage.window().arena().view());
  const Paints canvas(stage.window().canvasView());
  const Tick first = stage.now().tick;
  const double worked = threadSeconds();
  const auto begin = Clock::now();
  liveFor(seconds);
  const double whole = std::chrono::duration<double>(Clock::now() - begin).count();
  const auto& body = *stage.now().worlds.front()->description;
  return {arena.count() / whole, canvas.count() / whole,
          static_cast<double>(stage.now().tick - first) * body.tickSeconds / whole,
          1000 * (threadSeconds() - worked) / std::max(arena.count(), 1)};
}

double medianOf(const std::vector<Round>& rounds, double Round::*figure) {
  std::vector<double> values;
  for (const auto& round : rounds) values.push_back(round.*figure);
  return median(std::move(values));
}

}  // namespace

Table arenaFrames(const Patience& patience) {
  Table table{.title = "arena: worms in the shown window, in real time, canvas and plots beside them", .lines = {}};
  WindowStage stage;
  for (const auto* name : {"worm_crawling", "worm_wall", "worm_food"}) {
    auto model = ui::galleryModel(builtInDynamics(), QStringLiteral(":/models/%1.json").arg(QLatin1String(name)));
    if (!model) throw std::runtime_error(model.error().text());
    stage.open(std::move(*model));
    stage.window().bridge().post(SetPace{100});
    stage.window().bridge().post(Run{});
    liveFor(1);
    std::vector<Round> rounds;
    for (int round = 0; round < (patience.quick ? 3 : 7); ++round) rounds.push_back(watch(stage, 2));
    stage.pause();
    const double work = medianOf(rounds, &Round::work);
    table.lines.push_back({.name = name,
                           .figures = {{"arena frames/s", medianOf(rounds, &Round::arena)},
                                       {"canvas frames/s", medianOf(rounds, &Round::canvas)},
                                       {"times real time", medianOf(rounds, &Round::realTime)},
                                       {"ms a frame", work},
                                       {"frames/s it could", 1000 / work}},
                           .passed = 1000 / work >= barOfFrames});
  }
  const QSize arena = stage.window().arena().view().size();
  const QSize canvas = stage.window().canvasView().size();
  const auto text = [](int value) { return std::to_string(value); };
  table.notes = {
      "frames/s: counted by the clock, at most 62 are asked for; ms a frame: processor time of the window's thread "
      "for everything it does between two pictures of the arena (bar: 60 frames of it fit into a second)",
      "arena " + text(arena.width()) + "x" + text(arena.height()) + ", canvas " + text(canvas.width()) + "x" +
          text(canvas.height()) + ", medians of rounds of 2 s"};
  return table;
}

}  // namespace plexarium::bench
