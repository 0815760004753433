#include <pthread.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QDockWidget>
#include <QMetaObject>
#include <QMouseEvent>
#include <QObject>
#include <QQuickWindow>
#include <QTimer>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <string>
#include <thread>

#include "core/dynamics/plexus/creation.h"
#include "core/dynamics/plexus/fields.h"
#include "core/dynamics/sonn/creation.h"
#include "core/dynamics/sonn/fields.h"
#include "core/dynamics/synann_net/creation.h"
#include "core/dynamics/synann_net/fields.h"
#include "tools/bench.d/carry_out.h"
#include "tools/bench.d/firing_network.h"
#include "tools/bench.d/threads.h"
#include "tools/bench.d/window_stage.h"
#include "tools/bench.d/window_topics.h"
#include "ui/canvas/canvas_item.h"
#include "ui/window/canvas_view.h"

namespace plexarium::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// How long an event of the window had to wait, in milliseconds.
struct Wait {
  double byTheClock = 0;
  double behindWork = 0;  ///< Processor time that the window's thread spent on other things before it came to the event.
};

/// Sends the window an event every few milliseconds from another thread. GUI thread.
class Waits {
 public:
  Waits() {
    pthread_getcpuclockid(pthread_self(), &windowClock_);
    prober_ = std::jthread([this](const std::stop_token& stop) { probe(stop); });
  }

  std::vector<Wait> finish() {
    prober_.request_stop();
    prober_.join();
    QCoreApplication::sendPostedEvents(&here_);
    return std::move(waits_);
  }

 private:
  void probe(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      QMetaObject::invokeMethod(
          &here_,
          [this, asked = Clock::now(), worked = secondsOf(windowClock_)] {
            waits_.push_back({std::chrono::duration<double, std::milli>(Clock::now() - asked).count(),
                              1000 * (secondsOf(windowClock_) - worked)});
          },
          Qt::QueuedConnection);
    }
  }

  QObject here_;
  clockid_t windowClock_{};
  std::vector<Wait> waits_;
  std::jthread prober_;
};

/// "3 ms in the middle, 8 ms at the 99th per cent, 12 ms at most"
std::string spread(const std::vector<Wait>& waits, double Wait::*kind) {
  std::vector<double> values;
  for (const auto& wait : waits) values.push_back(wait.*kind);
  std::sort(values.begin(), values.end());
  const auto at = [&values](double share) {
    const auto place = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    return std::to_string(std::lround(values[place])) + " ms";
  };
  return at(0.5) + " in the middle, " + at(0.99) + " at the 99th per cent, " + at(1) + " at most";
}

struct Round {
  double perCpuSecond = 0;  ///< Ticks per second of processor time of the simulation thread.
  double perSecond = 0;     ///< Ticks per second.
  double window = 0;        ///< Processor seconds per second of the window's thread.
  double others = 0;        ///< Of all threads but these two: painting helpers.
  double frames = 0;        ///< Per second.
  double looks = 0;         ///< Frames per second of processor time of the simulation thread.
};

/// Who used the processors between two looks at the threads. The simulation runs in the busiest of our own threads besides
/// the window's.
struct Use {
  double window = 0, simulation = 0, others = 0;
};

Use between(const std::map<int, ThreadUse>& before, const std::map<int, ThreadUse>& after) {
  Use use;
  for (const auto& [number, thread] : after) {
    const auto known = before.find(number);
    const double spent = thread.seconds - (known == before.end() ? 0 : known->second.seconds);
    if (number == getpid()) {
      use.window = spent;
    } else if (!thread.library && spent > use.simulation) {
      use.others += std::exchange(use.simulation, spent);
    } else {
      use.others += spent;
    }
  }
  return use;
}

/// A person who drags a neuron about and zooms in and out at its place all the time, sixty moves a second. GUI thread.
class Hands {
 public:
  explicit Hands(WindowStage& stage) : view_(stage.window().canvasView()) {
    const auto& positions = *stage.now().graph.positions;
    grip_ = view_.canvas().toItem(positions[positions.size() / 2]);
    send(QEvent::MouseButtonPress, grip_);
    QObject::connect(&timer_, &QTimer::timeout, &view_, [this] { move(); });
    timer_.setTimerType(Qt::PreciseTimer);
    timer_.start(16);
  }
  ~Hands() {
    timer_.stop();
    send(QEvent::MouseButtonRelease, at_);
  }
  Hands(const Hands&) = delete;
  Hands& operator=(const Hands&) = delete;

 private:
  void move() {
    const double turn = 0.1 * ++beat_;
    at_ = grip_ + QPointF(60 * std::cos(turn), 60 * std::sin(turn));
    send(QEvent::MouseMove, at_);
    const int notch = beat_ / 10 % 2 == 0 ? 60 : -60;
    QWheelEvent wheel(at_, view_.mapToGlobal(at_), {}, {0, notch}, Qt::LeftButton, {}, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&view_, &wheel);
  }
  void send(QEvent::Type type, QPointF at) {
    const auto button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
    const auto held = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event(type, at, view_.mapToGlobal(at), button, held, {});
    QCoreApplication::sendEvent(&view_, &event);
  }

  ui::CanvasView& view_;
  QTimer timer_;
  QPointF grip_, at_;
  int beat_ = 0;
};

Round whileRunning(WindowStage& stage, double seconds, bool handled) {
  int frames = 0;
  const auto counting =
      QObject::connect(stage.window().canvasView().quickWindow(), &QQuickWindow::afterRendering, [&frames] { ++frames; });
  std::optional<Hands> hands;
  if (handled) hands.emplace(stage);
  const Tick first = stage.now().tick;
  const auto before = threads();
  const auto begin = Clock::now();
  stage.run();
  liveFor(seconds);
  stage.pause();
  hands.reset();
  const double whole = std::chrono::duration<double>(Clock::now() - begin).count();
  const Use use = between(before, threads());
  QObject::disconnect(counting);
  liveFor(0.05);  // the last snapshot
  const auto ticks = static_cast<double>(stage.now().tick - first);
  return {ticks / use.simulation, ticks / whole,  use.window / whole,
          use.others / whole,     frames / whole, frames / use.simulation};
}

/// A network of the article's parameters that is fed without end and learns by the local gradient.
Model fedNetwork(double neurons, double inputs, double outputs, double connectivity, const char* data, int waves) {
  const auto rule = static_cast<double>(plexus::Rule::Gradient);
  auto model = plexus::createNetwork(std::array{neurons, inputs, outputs, connectivity, 2.0, rule, 3.0, 0.0}, 1);
  if (!model) throw std::runtime_error(model.error().text());
  const auto each = std::to_string(waves);
  model->feed = R"({"format":"plexarium-feeds","version":1,"feeds":[{"plan":{"name":"feed","source":{"place":"generator:)" +
                std::string(data) + R"("},"split":{},"duration":)" + each + R"(,"exam_duration":)" + each +
                R"(,"exam_every":4,"inputs":[{}],"outputs":[{}]}}]})";
  return std::move(*model);
}

/// Taught drawn digits, one a tick.
Model fedDigits(Result<Model> model, const char* coding) {
  if (!model) throw std::runtime_error(model.error().text());
  model->feed =
      R"({"format":"plexarium-feeds","version":1,"feeds":[{"plan":{"source":{"place":"generator:digits"},"split":{},)"
      R"("order":"shuffled","duration":1,"exam_duration":1,"inputs":[{"coding":")" +
      std::string(coding) + R"("}],"outputs":[{}]}}]})";
  return std::move(*model);
}

/// `size`: as its creation field.
Model sonnOfDigits(double size) {
  auto wish = initialValues(sonn::description().creationFields);
  wish[sonn::creation::Size] = size;
  return fedDigits(sonn::createNetwork(wish, 1), "thermometer");
}

/// The small network, which learns by itself on one thread.
Model synapsesOfDigits() {
  auto wish = initialValues(synann_net::description().creationFields);
  wish[synann_net::creation::Features] = static_cast<double>(synann_net::Features::Small);
  auto model = fedDigits(synann_net::createNetwork(wish, 1), "unit");
  model.parameters[synann_net::parameter::Threads] = 1;
  return model;
}

/// The same network on a session of its own with the window at rest.
Round alone(Session& session, Tick& tick, double seconds) {
  const auto before = threads();
  const auto begin = Clock::now();
  carryOut(session, Run{});
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  const Tick last = carryOut(session, Pause{});
  const double whole = std::chrono::duration<double>(Clock::now() - begin).count();
  const auto ticks = static_cast<double>(last - std::exchange(tick, last));
  return {ticks / between(before, threads()).simulation, ticks / whole};
}

double medianOf(const std::vector<Round>& rounds, double Round::*figure) {
  std::vector<double> values;
  for (const auto& round : rounds) values.push_back(round.*figure);
  return median(std::move(values));
}

Line lineOf(const char* name, const std::vector<Round>& all) {
  return {.name = name,
          .figures = {{"ticks per CPU second", medianOf(all, &Round::perCpuSecond)},
                      {"ticks per second", medianOf(all, &Round::perSecond)},
                      {"window thread %", 100 * medianOf(all, &Round::window)},
                      {"helpers %", 100 * medianOf(all, &Round::others)},
                      {"frames/s", medianOf(all, &Round::frames)}}};
}

constexpr double wantedFrames = 30;  // with hands on the picture

/// Where a network is too large to be shown sixty times a second: what counts is how fast it stays and how lively the
/// picture.
Table flatOut(const char* title, const Model& model, double leastFrames, const Patience& patience) {
  Table table{.title = title, .lines = {}};
  WindowStage stage;
  stage.open(model);
  const auto session = std::move(Session::create(builtInDynamics(), model).value());
  session->start();
  session->post(SetPace{0});
  Tick tick = 0;
  std::vector<Round> without;
  std::vector<Round> with;
  std::vector<Round> handled;
  std::vector<Wait> waits;
  const double grown = patience.quick ? 3 : 20;  // seconds until the slots are taken
  alone(*session, tick, grown);
  whileRunning(stage, grown, false);
  for (int round = 0; round < (patience.quick ? 3 : 7); ++round) {
    without.push_back(alone(*session, tick, 2));
    Waits probe;
    with.push_back(whileRunning(stage, 2, false));
    const auto more = probe.finish();
    waits.insert(waits.end(), more.begin(), more.end());
    handled.push_back(whileRunning(stage, 2, true));
  }
  table.lines = {lineOf("session alone", without), lineOf("in the shown window", with),
                 lineOf("the same, a neuron dragged about while zooming", handled)};
  const double kept = medianOf(with, &Round::perCpuSecond) / medianOf(without, &Round::perCpuSecond);
  table.lines[1].passed = kept >= 0.9 && medianOf(with, &Round::frames) >= leastFrames;
  table.lines[2].passed = medianOf(handled, &Round::frames) >= leastFrames;
  table.notes = {"in the window training keeps " + percent(kept) + " % of its processor rate (bar: 90 %), by the clock " +
                     percent(medianOf(with, &Round::perSecond) / medianOf(without, &Round::perSecond)) +
                     " %; the canvas is to be painted " + std::to_string(std::lround(leastFrames)) + " times a second; " +
                     std::to_string(stage.now().graph.targets->size()) + " links",
                 "an event of the window waited behind " + spread(waits, &Wait::behindWork) + " of its other work"};
  return table;
}

Table costOf(const char* title, const Model& model, bool handled, const Patience& patience) {
  Table table{.title = title, .lines = {}};
  WindowStage stage;
  stage.open(model);
  const auto session = std::move(Session::create(builtInDynamics(), model).value());
  session->start();
  session->post(SetPace{0});
  Tick tick = 0;
  std::vector<Round> without;
  std::vector<Round> with;
  std::vector<Wait> waits;
  std::vector<double> costs;
  const int rounds = patience.quick ? 3 : 9;
  for (int round = 0; round < rounds; ++round) {
    without.push_back(alone(*session, tick, 1));
    Waits probe;
    with.push_back(whileRunning(stage, patience.quick ? 1 : 2, handled));
    const auto more = probe.finish();
    costs.push_back((1 - with.back().perCpuSecond / without.back().perCpuSecond) / with.back().looks);
    waits.insert(waits.end(), more.begin(), more.end());
  }
  table.lines = {lineOf("session alone", without), lineOf("in the shown window", with)};
  const double cost = median(costs);
  double longest = 0;
  for (const auto& wait : waits) longest = std::max(longest, wait.behindWork);
  const double wall = table.lines[1].figures[1].second / table.lines[0].figures[1].second;
  table.lines[1].passed = 60 * cost <= 0.1 && longest <= 100;
  if (handled) *table.lines[1].passed = *table.lines[1].passed && table.lines[1].figures.back().second >= wantedFrames;
  const auto text = [](double value) { return std::to_string(std::lround(value)); };
  table.notes = {"one frame costs the simulation thread " + text(cost * 1e6) +
                     " microseconds, caches included: 60 frames a "
                     "second take " +
                     percent(60 * cost) + " % of it (bar: 10 %)",
                 "by the clock the core keeps " + percent(wall) + " %, sharing " +
                     std::to_string(std::thread::hardware_concurrency()) +
                     " processors with the window, its painters and whatever else runs",
                 "an event of the window waited behind " + spread(waits, &Wait::behindWork) +
                     " of its other work (bar: 100 ms); by the clock " + spread(waits, &Wait::byTheClock),
                 "medians of " + std::to_string(rounds) + " rounds in which both take turns; the whole desktop window at " +
                     std::to_string(stage.window().width()) + "x" + std::to_string(stage.window().height())};
  return table;
}

}  // namespace

Table windowCost(const Patience& patience) {
  return costOf("window: 10,000 neurons, 10 links each, all firing, as fast as it goes", firingNetwork(10'000, 10, false),
                false, patience);
}

Table windowHands(const Patience& patience) {
  return costOf("hands: 2,000 neurons, 100,000 links, all firing, a neuron dragged about while zooming (bar: 30 frames/s)",
                firingNetwork(2'000, 50, false), true, patience);
}

Table windowLearning(const Patience& patience) {
  return costOf("learning: a Plexus of 256 neurons, fed 20 waves a sample, as fast as it goes",
                fedNetwork(256, 4, 2, 0.5, "halves", 20), false, patience);
}

Table windowLearningDigits(const Patience& patience) {
  return costOf("learning: a Plexus of 1,000 neurons, fed digits of 784 values, 20 waves a sample, as fast as it goes",
                fedNetwork(1'000, 784, 10, 0.25, "digits", 20), false, patience);
}

Table windowSight(const Patience& patience) {
  WindowStage stage;
  stage.open(fedNetwork(794, 784, 10, 1, "digits", 5));
  auto& dock = *stage.window().findChild<QDockWidget*>(QStringLiteral("sightDock"));
  std::vector<Round> closed;
  std::vector<Round> opened;
  const int rounds = patience.quick ? 5 : 15;
  for (int round = 0; round < rounds; ++round) {
    for (const bool open : {false, true}) {
      dock.setVisible(open);
      liveFor(0.2);
      (open ? opened : closed).push_back(whileRunning(stage, 1, false));
    }
  }
  Table table{.title = "sight: a Plexus that learns drawn digits, 784 inputs and 10 outputs, as fast as it goes",
              .lines = {lineOf("dock closed", closed), lineOf("dock open", opened)}};
  const auto kept = [&](double Round::*figure) { return medianOf(opened, figure) / medianOf(closed, figure); };
  table.lines[1].passed = kept(&Round::perCpuSecond) >= 0.9;
  table.notes = {"with the dock open the simulation thread keeps " + percent(kept(&Round::perCpuSecond)) +
                     " % of its speed (bar: 90 %); by the clock " + percent(kept(&Round::perSecond)) +
                     " %, sharing the processors with the window and whatever else runs",
                 "medians of " + std::to_string(rounds) + " rounds in which both take turns"};
  return table;
}

Table windowLearningColumns(const Patience& patience) {
  return flatOut("learning: a SONN of 80,000 connections, fed drawn digits one a tick, as fast as it goes", sonnOfDigits(0),
                 25, patience);
}

Table windowLearningManyColumns(const Patience& patience) {
  return flatOut("learning: a SONN of 750,000 connections, fed drawn digits one a tick, as fast as it goes", sonnOfDigits(1),
                 25, patience);
}

Table windowLearningSynapses(const Patience& patience) {
  return flatOut("learning: the small network with synapses, fed drawn digits one a tick, as fast as it goes",
                 synapsesOfDigits(), 30, patience);
}

Table windowReservoir(const Patience& patience) {
  return costOf("reservoir: a SORN of 200 excitatory neurons, preset criticality, as fast as it goes", rewiringNetwork(200),
                false, patience);
}

}  // namespace plexarium::bench
