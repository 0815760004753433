#include "tools/bench.d/window_stage.h"

#include <QEventLoop>
#include <QTimer>
#include <stdexcept>
#include <utility>
#include <vector>

#include "core/dynamics/sorn/creation.h"

namespace plexarium::bench {

Model rewiringNetwork(double excitatory) {
  const auto preset = static_cast<double>(sorn::Preset::Criticality);
  auto model = sorn::createNetwork(std::vector<double>{preset, excitatory, 10, 0, 0.2, 0, 0, 0, 0, 0}, 1);
  if (!model) throw std::runtime_error(model.error().text());
  return std::move(*model);
}

void liveFor(double seconds) {
  QEventLoop loop;
  QTimer::singleShot(static_cast<int>(seconds * 1000), Qt::PreciseTimer, &loop, &QEventLoop::quit);
  loop.exec();
}

WindowStage::WindowStage() : window_(builtInDynamics(), folder_.filePath(QStringLiteral("recovery")).toStdString()) {}

void WindowStage::open(Model model) {
  QEventLoop loop;
  QObject::connect(&window_.document(), &ui::Document::opened, &loop, &QEventLoop::quit);
  window_.document().create([model = std::move(model)] { return Result<Model>(model); }, false);
  loop.exec();
  window_.show();
  liveFor(0.5);
}

void WindowStage::run() {
  window_.bridge().post(SetPace{0});
  window_.bridge().post(Run{});
}

void WindowStage::pause() {
  QEventLoop loop;
  window_.bridge().post(Pause{}, [&loop](const Outcome&) { loop.quit(); });
  loop.exec();
}

}  // namespace plexarium::bench
