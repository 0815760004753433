#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "tests/support/toy/toy.h"
#include "ui/canvas/canvas_item.h"
#include "ui/window/canvas_view.h"
#include "ui/window/main_window.h"
#include "ui/window/renderer_probe.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

constexpr int patience = 20000;   // milliseconds
constexpr double promptly = 100;  // likewise: what a hand feels as at once
constexpr std::size_t asked = 25;

/// Notices when a widget has been painted.
class PaintWatch : public QObject {
 public:
  explicit PaintWatch(QWidget& widget) { widget.installEventFilter(this); }
  [[nodiscard]] bool painted() const { return painted_; }
  void forget() { painted_ = false; }

 protected:
  bool eventFilter(QObject* /*object*/, QEvent* event) override {
    painted_ = painted_ || event->type() == QEvent::Paint;
    return false;
  }

 private:
  bool painted_ = false;
};

/// Milliseconds until `done`, while the window lives.
template <typename Done>
double waitFor(Done done) {
  QElapsedTimer timer;
  timer.start();
  while (!done() && timer.elapsed() < patience) QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
  return static_cast<double>(timer.nsecsElapsed()) * 1e-6;
}

/// Nine in ten must be answered promptly. Where the machine has other things to do than this test, and the resting window
/// already takes longer than half of that: twice as long as the resting window.
QByteArray verdict(std::vector<double> running, std::vector<double> resting) {
  const auto nearlyAll = [](std::vector<double>& waits) {
    std::sort(waits.begin(), waits.end());
    return waits[waits.size() * 9 / 10];
  };
  const double took = nearlyAll(running);
  const double atRest = nearlyAll(resting);
  if (took <= std::max(promptly, 2 * atRest)) return {};
  return QByteArray::number(took) + " ms, at rest " + QByteArray::number(atRest) + " ms";
}

}  // namespace

/// The window while 10,000 neurons and 100,000 links run flat out.
class TestLiveWindow : public QObject {
  Q_OBJECT

 private slots:
  void init();
  void cleanup() { window_.reset(); }
  void aClickIsSeenAtOnce();
  void anEditIsCarriedOutAtOnce();
  void theCoreRunsOnWhileTheWindowIsBusy();

 private:
  void setRunning(bool running);
  [[nodiscard]] double millisecondsOfClick(std::size_t k);
  [[nodiscard]] double millisecondsOfEdit(std::size_t k);
  [[nodiscard]] const Snapshot& now() { return *window_->bridge().snapshot(); }

  QTemporaryDir folder_;
  std::unique_ptr<MainWindow> window_;
};

void TestLiveWindow::init() {
  QSettings().clear();
  window_ = std::make_unique<MainWindow>(builtInDynamics().add(toy::entry()), folder_.filePath("recovery").toStdString());
  QSignalSpy opened(&window_->document(), &Document::opened);
  window_->document().create(
      [] {
        Model model = toy::model(10'000, 90'000);
        model.parameters[toy::Rewires] = 0;
        return Result<Model>(std::move(model));
      },
      true);
  window_->actions().legend->setChecked(false);  // it lies over neurons
  window_->show();
  QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
  QVERIFY(!opened.isEmpty() || opened.wait(patience));
  QTRY_VERIFY_WITH_TIMEOUT(now().pace > 0, patience);  // the first look is older than the pace
  auto* slider = window_->findChild<QSlider*>(QStringLiteral("paceSlider"));
  slider->setValue(slider->maximum());
  QTRY_VERIFY_WITH_TIMEOUT(now().running && now().pace == 0 && now().tick > 10, patience);
}

void TestLiveWindow::setRunning(bool running) {
  bool answered = false;
  window_->bridge().post(running ? Command(Run{}) : Command(Pause{}), [&](const Outcome&) { answered = true; });
  QTRY_VERIFY_WITH_TIMEOUT(answered, patience);
}

/// Milliseconds from a click on a neuron until the canvas has been painted anew.
double TestLiveWindow::millisecondsOfClick(std::size_t k) {
  CanvasView& view = window_->canvasView();
  const auto row = k * 241 % now().graph.ids->size();
  const QPointF place = view.canvas().toItem((*now().graph.positions)[row]);
  PaintWatch watch(view);
  return waitFor([&, clicked = false]() mutable {
    if (!std::exchange(clicked, true)) {
      // Cut off, not rounded: the neuron may stand on the very edge of the view.
      QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(static_cast<int>(place.x()), static_cast<int>(place.y())));
      watch.forget();
    }
    return watch.painted();
  });
}

/// Milliseconds until the simulation has said that it carried out an edit.
double TestLiveWindow::millisecondsOfEdit(std::size_t k) {
  const NeuronId id = (*now().graph.ids)[k * 241 % now().graph.ids->size()];
  std::optional<bool> accepted;
  window_->bridge().submit({"Set", {SetNeuronField{toy::Bias, {{id, 0.5}}}}},
                           [&](const Outcome& outcome) { accepted = !outcome.error; });
  const double took = waitFor([&] { return accepted.has_value(); });
  return accepted.value_or(false) ? took : patience;
}

void TestLiveWindow::aClickIsSeenAtOnce() {
  std::vector<double> running, resting;
  for (std::size_t k = 0; k < asked; ++k) {
    window_->selection().clear();
    running.push_back(millisecondsOfClick(k));
    QCOMPARE(window_->selection().neurons().size(), std::size_t{1});
  }
  QVERIFY(now().running);
  setRunning(false);
  for (std::size_t k = 0; k < asked; ++k) resting.push_back(millisecondsOfClick(k));
  const auto complaint = verdict(running, resting);
  QVERIFY2(complaint.isEmpty(), complaint);
}

void TestLiveWindow::anEditIsCarriedOutAtOnce() {
  std::vector<double> running, resting;
  for (std::size_t k = 0; k < asked; ++k) running.push_back(millisecondsOfEdit(k));
  setRunning(false);
  for (std::size_t k = 0; k < asked; ++k) resting.push_back(millisecondsOfEdit(k));
  const auto complaint = verdict(running, resting);
  QVERIFY2(complaint.isEmpty(), complaint);
}

void TestLiveWindow::theCoreRunsOnWhileTheWindowIsBusy() {
  // Nobody polls for a while: the simulation neither waits for the window nor heaps up snapshots for it.
  std::vector<std::uint64_t> numbers{now().number};
  std::vector<Tick> ticks{now().tick};
  const auto watching = connect(&window_->bridge(), &SessionBridge::frame, this, [&] {
    numbers.push_back(now().number);
    ticks.push_back(now().tick);
  });
  QElapsedTimer busy;
  busy.start();
  while (busy.elapsed() < 300) {
  }
  QTRY_VERIFY_WITH_TIMEOUT(numbers.size() > 3, patience);
  disconnect(watching);
  for (std::size_t frame = 1; frame < numbers.size(); ++frame) QCOMPARE(numbers[frame], numbers[0] + frame);
  QVERIFY(ticks[3] > ticks[0] + 3);
}

int main(int argc, char** argv) {
  QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
  QCoreApplication::setOrganizationName(QStringLiteral("Plexarium"));
  QCoreApplication::setApplicationName(QStringLiteral("tst_live_window"));
  const QTemporaryDir settings;
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
  const QApplication application(argc, argv);
  chooseRenderer(RendererChoice::Cpu);
  TestLiveWindow test;
  return QTest::qExec(&test, argc, argv);
}

#include "tst_live_window.moc"
