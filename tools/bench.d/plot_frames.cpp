#include <qcustomplot.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QToolButton>
#include <functional>

#include "tools/bench.d/firing_network.h"
#include "tools/bench.d/window_stage.h"
#include "tools/bench.d/window_topics.h"
#include "ui/plots/matrix_plot.h"
#include "ui/plots/raster_plot.h"
#include "ui/plots/trace_plot.h"

namespace plexarium::bench {
namespace {

constexpr QSize dockSize(930, 400);
constexpr double wantedFrames = 30;

/// A network at rest behind a bridge, and what is selected.
struct PlotStage {
  ui::SessionBridge bridge{builtInDynamics()};
  ui::Selection selection;

  explicit PlotStage(Model model) {
    if (!bridge.open(std::move(model), false)) qFatal("the network does not open");
  }
};

void show(QWidget& plot) {
  plot.resize(dockSize);
  plot.show();
  liveFor(0.5);
}

/// Frames per second of processor time of the window's thread: the median of many.
Line drawn(const char* name, ui::AxesPanel& panel, const Patience& patience, const std::function<void(int)>& prepare) {
  std::vector<double> seconds;
  for (int frame = 0; frame < (patience.quick ? 20 : 100); ++frame) {
    const double before = threadSeconds();
    prepare(frame);
    panel.plot().replot(QCustomPlot::rpImmediateRefresh);
    seconds.push_back(threadSeconds() - before);
  }
  const double frames = 1 / median(std::move(seconds));
  return {name, {{"frames/CPU s", frames}, {"wanted", wantedFrames}}, frames >= wantedFrames};
}

/// A million spikes of 1,000 neurons between the edges, one tick further with every frame.
Line raster(const Patience& patience) {
  constexpr Tick ticks = 10'000;
  constexpr std::size_t neurons = 1'000, spikesPerTick = 101;
  PlotStage stage(firingNetwork(neurons, 2, false));
  ui::RasterPlot plot(stage.bridge, stage.selection);
  show(plot);
  SpikeBatch batch{{}, {{0, 0, ticks}}};
  for (Tick tick = 0; tick < ticks; ++tick) {
    for (std::size_t spike = 0; spike < spikesPerTick; ++spike) {
      const auto row = (static_cast<std::size_t>(tick) * 37 + spike * 11) % neurons;
      batch.spikes.push_back({tick, (*stage.bridge.snapshot()->graph.ids)[row], 0});
    }
  }
  plot.take(batch);
  liveFor(0.2);
  plot.findChild<QToolButton*>(QStringLiteral("rasterPause"))->setChecked(true);
  Line line = drawn("raster, a million spikes, scrolling", plot, patience,
                    [&](int frame) { plot.plot().xAxis->setRange(frame, static_cast<double>(ticks)); });
  line.passed = *line.passed && plot.drawnSpikes() >= 1'000'000;
  return line;
}

/// 2,000 x 2,000 with 100,000 links.
Line matrix(const Patience& patience) {
  PlotStage stage(firingNetwork(2'000, 50, false));
  ui::MatrixPlot plot(stage.bridge, stage.selection);
  show(plot);
  while (!plot.look()) liveFor(0.05);
  return drawn("matrix, 2,000 x 2,000, 100,000 links", plot, patience, [](int) {});
}

/// All the points that eight curves remember, one more with every frame.
Line traces(const Patience& patience) {
  PlotStage stage(firingNetwork(100, 5, false));
  ui::TracePlot plot(stage.bridge, stage.selection);
  show(plot);
  for (std::size_t field = 0; field < 8; ++field) plot.pin((*stage.bridge.snapshot()->graph.ids)[field], field);
  constexpr int points = ui::TracePlot::capacity;
  for (const auto& curve : plot.curves()) {
    for (int point = 0; point < points; ++point) {
      curve.graph->addData(point, static_cast<double>((point * 7 + static_cast<int>(curve.style) * 13) % 100));
    }
  }
  liveFor(0.2);
  return drawn("traces, 8 fields, 20,000 points each", plot, patience, [&](int frame) {
    for (const auto& curve : plot.curves()) curve.graph->addData(points + frame, frame % 100);
    plot.plot().xAxis->setRange(frame, points + frame);
    plot.plot().yAxis->setRange(0, 100);
  });
}

}  // namespace

Table plotFrames(const Patience& patience) {
  return {.title = "plots: frames per second of processor time of the window's thread",
          .lines = {raster(patience), matrix(patience), traces(patience)},
          .notes = {"each plot alone, " + std::to_string(dockSize.width()) + "x" + std::to_string(dockSize.height()) +
                    ", everything it has between its edges; the matrix itself asks for 5 frames a second at most"}};
}

}  // namespace plexarium::bench
