// How fast the canvas draws: every colour changes in each frame and the camera moves, then everything rests until the
// picture is complete. Frames go all the way through the scene graph into the widget's image.
#include <sys/resource.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWidget>
#include <QQuickWindow>
#include <cmath>
#include <cstdio>

#include "tests/gui/canvas/scene_maker.h"
#include "ui/canvas/canvas_item.h"
#include "ui/canvas/cpu_picture.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

constexpr int frameWidth = 1200;
constexpr int frameHeight = 800;

double processorSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Another phase, level and store for every neuron; one link in twenty has just carried something.
std::shared_ptr<Snapshot> stirred(const Snapshot& base, int frame) {
  auto next = std::make_shared<Snapshot>(base);
  next->number += frame;
  next->tick += frame;
  next->running = true;
  next->achievedRate = 1000;
  Appearance& look = next->appearance;
  for (std::size_t row = 0; row < look.phase.size(); ++row) {
    look.phase[row] = static_cast<std::uint8_t>((row + frame) % 5);
    look.level[row] = static_cast<float>((row * 7 + frame * 3) % 100) / 100.0F;
    look.store[row] = static_cast<float>((row * 3 + frame * 5) % 100) / 100.0F;
    if ((row + frame) % 23 == 0) look.lastFired[row] = next->tick - 1;
  }
  for (std::size_t link = frame % 20; link < look.lastCarried.size(); link += 20) look.lastCarried[link] = next->tick - 1;
  return next;
}

struct Case {
  const char* name;
  std::uint32_t neurons;
  std::uint32_t links;
  double wanted;       // frames a second
  double wantedWhole;  // seconds until the whole picture is there
};

constexpr double wantedHover = 0.05;  // seconds

/// The slowest answer to what lies under the mouse, over a raster of places.
double slowestHover(const CanvasItem& canvas) {
  double slowest = 0;
  for (int i = 0; i < 60; ++i) {
    const QPointF spot(frameWidth * (0.5 + i * 37 % 60) / 60, frameHeight * (0.5 + i) / 60);
    QElapsedTimer clock;
    clock.start();
    if (!canvas.neuronAt(spot)) static_cast<void>(canvas.linkAt(spot));
    slowest = std::max(slowest, static_cast<double>(clock.nsecsElapsed()) * 1e-9);
  }
  return slowest;
}

QJsonObject measure(const Case& wanted, int frames) {
  auto base = test::makeLargeSnapshot(wanted.neurons, wanted.links / wanted.neurons + 1);
  std::vector<std::shared_ptr<Snapshot>> looks;
  for (int i = 0; i < 20; ++i) looks.push_back(stirred(*base, i));
  qmlRegisterType<CanvasItem>("CanvasBench", 1, 0, "NetworkCanvas");
  QQuickWidget widget;
  widget.setResizeMode(QQuickWidget::SizeRootObjectToView);
  widget.resize(frameWidth, frameHeight);
  QQmlComponent component(widget.engine());
  component.setData("import CanvasBench 1.0\nNetworkCanvas {}", QUrl());
  auto* canvas = qobject_cast<CanvasItem*>(component.create());
  widget.setContent(QUrl(), &component, canvas);
  widget.show();
  Selection selection;
  canvas->open(&test::canvasDescription(), &selection);
  canvas->show(base);
  for (int i = 0; i < 3; ++i) widget.grabFramebuffer();

  const View start = canvas->view();
  QElapsedTimer clock;
  clock.start();
  const double processor = processorSeconds();
  for (int frame = 0; frame < frames; ++frame) {
    const double turn = 2 * M_PI * frame / frames;
    View view = start;
    view.scale = start.scale * static_cast<float>(1 + 0.25 * std::sin(2 * turn));
    view.centre.x += static_cast<float>(40 * std::sin(turn) / start.scale);
    canvas->setView(view);
    canvas->show(looks[static_cast<std::size_t>(frame) % looks.size()]);
    widget.grabFramebuffer();
  }
  const double wall = static_cast<double>(clock.nsecsElapsed()) * 1e-9 / frames;
  const double cost = (processorSeconds() - processor) / frames;

  canvas->setView(start);
  const double hover = slowestHover(*canvas);

  // At rest: until two seconds have passed or nothing is left to draw.
  Scene scene;
  scene.open(&test::canvasDescription());
  scene.show(base, 0);
  const Camera camera{start.centre, start.scale, 1, frameWidth, frameHeight};
  CpuPicture picture;
  QElapsedTimer rest;
  rest.start();
  int restFrames = 0;
  do {
    picture.paint(scene, camera, {}, static_cast<double>(rest.nsecsElapsed()) * 1e-9);
    ++restFrames;
  } while (!picture.settled() && rest.elapsed() < 5000);
  const double whole = static_cast<double>(rest.nsecsElapsed()) * 1e-9;
  QElapsedTimer still;
  still.start();
  constexpr int stillFrames = 20;
  for (int i = 0; i < stillFrames; ++i) {
    scene.show(looks[static_cast<std::size_t>(i)], 5 + i);
    picture.paint(scene, camera, {}, 5 + i);
  }
  const double stillSeconds = static_cast<double>(still.nsecsElapsed()) * 1e-9 / stillFrames;
  const std::size_t links = base->graph.targets->size();
  const bool passed = 1 / wall >= wanted.wanted && picture.settled() && whole <= wanted.wantedWhole && hover <= wantedHover;
  std::printf("%-16s %8u %9zu %10.1f %8.1f %8.0f %12.2f %14.1f %9.1f  %s\n", wanted.name, wanted.neurons, links, cost * 1e3,
              1 / wall, wanted.wanted, whole, 1 / stillSeconds, hover * 1e3, passed ? "pass" : "FAIL");
  return {{"case", wanted.name},
          {"neurons", static_cast<int>(wanted.neurons)},
          {"links", static_cast<int>(links)},
          {"cpuMillisecondsPerFrame", cost * 1e3},
          {"framesPerSecond", 1 / wall},
          {"wantedFramesPerSecond", wanted.wanted},
          {"secondsUntilWholePicture", whole},
          {"framesPerSecondAtRest", 1 / stillSeconds},
          {"slowestHoverMilliseconds", hover * 1e3},
          {"passed", passed}};
}

}  // namespace

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
  const QApplication application(argc, argv);
  QCommandLineParser parser;
  parser.setApplicationDescription(
      "Measures the CPU painter of the canvas at 1200x800 pixels. Exit code 1 when a bar is missed.");
  parser.addHelpOption();
  const QCommandLineOption json("json", "Write the figures as JSON.", "file");
  const QCommandLineOption frames("frames", "Frames of each moving run (default 120).", "count", "120");
  parser.addOptions({json, frames});
  parser.process(application);
  std::printf("%-16s %8s %9s %10s %8s %8s %12s %14s %9s\n", "case", "neurons", "links", "cpu-ms", "frames/s", "wanted",
              "whole after s", "at rest fr/s", "hover-ms");
  QJsonArray results;
  bool passed = true;
  for (const Case& wanted : {Case{"connectome", 302, 4731, 50, 1}, Case{"dense", 2'000, 100'000, 30, 1},
                             Case{"large", 10'000, 100'000, 25, 1}, Case{"huge", 100'000, 1'000'000, 20, 5}}) {
    results.append(measure(wanted, std::max(1, parser.value(frames).toInt())));
    passed = passed && results.last()["passed"].toBool();
  }
  if (parser.isSet(json)) {
    QFile file(parser.value(json));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(results).toJson()) < 0) {
      std::fprintf(stderr, "%s: %s\n", qPrintable(file.fileName()), qPrintable(file.errorString()));
      return 2;
    }
  }
  return passed ? 0 : 1;
}
