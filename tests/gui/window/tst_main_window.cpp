#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "core/io/document.h"
#include "tests/gui/window/stage.h"
#include "tests/support/toy/toy.h"
#include "ui/canvas/canvas_item.h"
#include "ui/inspector/field_editor.h"
#include "ui/inspector/number_box.h"
#include "ui/plots/activity_plot.h"
#include "ui/window/canvas_view.h"
#include "ui/window/file_commands.h"
#include "ui/window/main_window.h"
#include "ui/window/notice_area.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

void drop(MainWindow& window, const QString& file) {
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(file)});
  QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&window, &enter);
  QVERIFY(enter.isAccepted());
  QDropEvent event(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&window, &event);
}

}  // namespace

class TestMainWindow : public QObject {
  Q_OBJECT

 private slots:
  void init() { QSettings().clear(); }

  void somethingFiresWithinASecondOfTheStart() {
    Stage stage;
    QVERIFY(stage.show());
    stage.window.start({});
    QTRY_VERIFY_WITH_TIMEOUT(stage.window.bridge().snapshot() && stage.now().running, 1000);
    const auto fired = [&] {
      const auto& last = stage.now().appearance.lastFired;
      return std::any_of(last.begin(), last.end(), [](Tick tick) { return tick > never; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(fired(), 1000);
  }

  void keysRunStepAndReturn() {
    Stage stage;
    QVERIFY(stage.openToy());
    stage.key(Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().running && stage.now().tick > 3, patience);
    stage.key(Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().running, patience);
    const Tick before = stage.now().tick;
    stage.key(Qt::Key_Period);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, before + 1, patience);
    stage.key(Qt::Key_Home);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{0}, patience);
  }

  void paceFollowsKeysAndSlider() {
    Stage stage;
    QVERIFY(stage.openToy());
    auto* slider = stage.window.findChild<QSlider*>(QStringLiteral("paceSlider"));
    auto* label = stage.window.findChild<QLabel*>(QStringLiteral("paceLabel"));
    stage.key(Qt::Key_4);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().pace, 1000.0, patience);
    QTRY_COMPARE_WITH_TIMEOUT(label->text(), QStringLiteral("1,000 ticks/s"), patience);
    slider->setFocus();
    QTest::keyClick(slider, Qt::Key_End);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().pace, 0.0, patience);
    QCOMPARE(label->text(), QStringLiteral("unlimited"));
    QTest::keyClick(slider, Qt::Key_Home);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().pace, 1.0, patience);
    QCOMPARE(label->text(), QStringLiteral("1 tick/s"));
    // Ticks are called as the network calls them, everywhere.
    QSignalSpy opened(&stage.window.document(), &Document::opened);
    stage.window.document().load(QStringLiteral(":/models/sorn_counting.json"), false);
    QVERIFY(opened.wait(patience));
    stage.key(Qt::Key_4);
    QTRY_COMPARE_WITH_TIMEOUT(label->text(), QStringLiteral("1,000 steps/s"), patience);
    QVERIFY(slider->toolTip().contains(QStringLiteral("steps per second")));
  }

  void theFirstLookIsAlreadyRight() {
    Stage stage;
    double pace = -1;
    bool running = false;
    connect(&stage.window.bridge(), &SessionBridge::opened, this, [&] {
      pace = stage.now().pace;
      running = stage.now().running;
    });
    stage.window.document().create(
        [] {
          Model model = toy::model(4, 0);
          model.pace = 37;
          return Result<Model>(std::move(model));
        },
        true);
    QTRY_VERIFY_WITH_TIMEOUT(pace >= 0, patience);
    QCOMPARE(pace, 37.0);
    QVERIFY(running);
  }

  /// Texts that grow and shrink must not push at the window.
  void whatItSaysLeavesTheSmallestSizeAlone() {
    Stage stage;
    QVERIFY(stage.openToy());
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().running, patience);
    QCoreApplication::processEvents();
    const QSize smallest = stage.window.minimumSizeHint();
    const auto unmoved = [&] {
      QCoreApplication::sendPostedEvents();
      return stage.window.minimumSizeHint() == smallest;
    };
    for (const Tick ticks : {1, 1'000, 1'000'000}) {
      const Tick wanted = stage.now().tick + ticks;
      stage.window.bridge().post(StepTicks{ticks});
      QTRY_VERIFY_WITH_TIMEOUT(stage.now().tick == wanted, 4 * patience);
      QVERIFY2(unmoved(), "paused");
    }
    stage.key(Qt::Key_6);
    stage.key(Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().running && stage.now().achievedRate > 1000, patience);
    QVERIFY2(unmoved(), "running");
    stage.window.bridge().post(GoTo{stage.now().tick / 2});
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().running, patience);
    QVERIFY2(unmoved(), "in the past");
  }

  void clickEditUndo() {
    Stage stage;
    QVERIFY(stage.openToy());
    const double old = stage.bias(2);
    const double others = stage.bias(1);
    stage.click(2);
    QCOMPARE(stage.window.selection().neurons(), std::vector{stage.id(2)});
    NumberBox* box = stage.box("neuron.bias");
    QTRY_VERIFY_WITH_TIMEOUT(box->isVisible(), patience);
    QCOMPARE(box->value(), old);
    Stage::type(*box, "0.75");
    QTRY_COMPARE_WITH_TIMEOUT(stage.bias(2), 0.75, patience);
    QCOMPARE(stage.bias(1), others);
    QTRY_VERIFY_WITH_TIMEOUT(stage.window.actions().undo->text().contains(QStringLiteral("Set bias")), patience);
    QVERIFY(stage.window.isWindowModified());
    QTest::keyClick(box, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(stage.bias(2), old, patience);
    QTRY_COMPARE_WITH_TIMEOUT(box->value(), old, patience);
  }

  void manyAtOnceAreMixedAndOneEdit() {
    Stage stage;
    QVERIFY(stage.openToy());
    stage.window.bridge().submit({"Set", {SetNeuronField{toy::Bias, {{stage.id(1), 0.5}}}}});
    QTRY_COMPARE_WITH_TIMEOUT(stage.bias(1), 0.5, patience);
    stage.click(1);
    stage.click(2, Qt::ControlModifier);
    QCOMPARE(stage.window.selection().neurons().size(), std::size_t{2});
    NumberBox* box = stage.box("neuron.bias");
    QTRY_VERIFY_WITH_TIMEOUT(!box->value(), patience);
    QVERIFY(box->findChild<QLineEdit*>()->placeholderText().startsWith(QStringLiteral("mixed")));
    Stage::type(*box, "0.25");
    QTRY_VERIFY_WITH_TIMEOUT(stage.bias(1) == 0.25 && stage.bias(2) == 0.25, patience);
    stage.key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(stage.bias(1) == 0.5 && stage.bias(2) != 0.25, patience);
  }

  void refusedEditsSayWhyAndRestore() {
    Stage stage;
    QVERIFY(stage.openToy());
    stage.click(0);
    NumberBox* box = stage.box("neuron.bias");
    const double old = stage.bias(0);
    Stage::type(*box, "7");  // Beyond the field's range.
    QCOMPARE(box->value(), old);
    QCOMPARE(stage.window.notices().texts().size(), 1);
    QVERIFY(stage.window.notices().texts()[0].contains(QStringLiteral("above 1")));
    // Refused by the network itself: such a link exists.
    AddLinks again;
    again.links.keys = {stage.now().graph.key(0)};
    again.links.values.resize(2);
    const std::size_t links = stage.links();
    stage.window.bridge().submit({"Add link", {again}});
    QTRY_COMPARE_WITH_TIMEOUT(stage.window.notices().texts().size(), 2, patience);
    QCOMPARE(stage.links(), links);
  }

  void keysAddLinkAndDelete() {
    Stage stage;
    QVERIFY(stage.openToy(3));
    const std::size_t links = stage.links();
    stage.key(Qt::Key_N);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{4}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(stage.window.selection().neurons(), std::vector{stage.id(3)}, patience);
    // The one selected first leads to the others.
    stage.window.selection().toggle(stage.id(0));
    stage.key(Qt::Key_L);
    QTRY_COMPARE_WITH_TIMEOUT(stage.links(), links + 1, patience);
    QVERIFY(stage.now().graph.link({stage.id(3), stage.id(0)}).has_value());
    stage.window.selection().set({stage.id(3)}, {});
    stage.key(Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{3}, patience);
    QCOMPARE(stage.links(), links);
    stage.key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{4}, patience);
    QCOMPARE(stage.links(), links + 1);
    stage.key(Qt::Key_Z, Qt::ControlModifier);
    stage.key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{3}, patience);
    stage.key(Qt::Key_Y, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{4}, patience);
  }

  void guardAsksBeforeWorkIsLost() {
    Stage stage;
    QVERIFY(stage.openToy());
    stage.window.files().saveTo(stage.path("a.json"));
    QTRY_COMPARE_WITH_TIMEOUT(stage.window.document().title(), QStringLiteral("a.json"), patience);
    QVERIFY(stage.window.windowTitle().startsWith(QStringLiteral("a.json")));
    stage.key(Qt::Key_N);
    QTRY_VERIFY_WITH_TIMEOUT(stage.window.isWindowModified(), patience);
    const auto guard = [&] { return stage.window.findChild<QMessageBox*>(QStringLiteral("unsavedGuard")); };
    QVERIFY(!stage.window.close());
    QTRY_VERIFY_WITH_TIMEOUT(guard(), patience);
    guard()->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY_WITH_TIMEOUT(!guard(), patience);
    QVERIFY(stage.window.isVisible());

    drop(stage.window, stage.path("a.json"));
    QTRY_VERIFY_WITH_TIMEOUT(guard(), patience);
    guard()->button(QMessageBox::Discard)->click();
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{6}, patience);

    stage.key(Qt::Key_N);
    QTRY_VERIFY_WITH_TIMEOUT(stage.window.isWindowModified(), patience);
    QVERIFY(!stage.window.close());
    QTRY_VERIFY_WITH_TIMEOUT(guard(), patience);
    guard()->button(QMessageBox::Save)->click();
    QTRY_VERIFY_WITH_TIMEOUT(!stage.window.isVisible(), patience);
    const auto saved = loadModel(registry(), stage.path("a.json").toStdString());
    QVERIFY(saved.has_value());
    QCOMPARE(saved->graph.neuronCount(), std::size_t{7});
    QCOMPARE(QSettings().value(QStringLiteral("recentFiles")).toStringList(), QStringList{stage.path("a.json")});
  }

  void aDamagedFileIsNamedAndLeavesEverything() {
    Stage stage;
    QVERIFY(stage.openToy());
    QFile bad(stage.path("bad.json"));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("{\"format\": ");
    bad.close();
    drop(stage.window, stage.path("bad.json"));
    QTRY_COMPARE_WITH_TIMEOUT(stage.window.notices().texts().size(), 1, patience);
    QVERIFY(stage.window.notices().texts()[0].contains(QStringLiteral("bad.json")));
    QCOMPARE(stage.neurons(), std::size_t{6});
    QCOMPARE(stage.now().graph.ids->size(), std::size_t{6});
  }

  void everyTableOfADynamicsHasItsControls() {
    Stage stage;
    QVERIFY(stage.openToy());
    for (const char* name : {"neuron.bias", "neuron.charge", "link.gain", "link.weight", "network.milliseconds_per_tick",
                             "network.rewires", "network.throw_at_tick"}) {
      QVERIFY2(stage.window.findChild<FieldEditor*>(QString::fromLatin1(name)), name);
    }
    Stage::type(*stage.box("network.throw_at_tick"), "1000000");
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().parameters[toy::ThrowAtTick], 1e6, patience);
    // Live values move while it runs, and so does the curve.
    stage.click(0);
    NumberBox* charge = stage.box("neuron.charge");
    stage.window.bridge().post(Stimulate{{{stage.id(0), 0, 0.25}}});
    const auto before = charge->value();
    stage.key(Qt::Key_Period);
    QTRY_VERIFY_WITH_TIMEOUT(charge->value() != before, patience);
    stage.key(Qt::Key_Space);
    auto* plot = stage.window.findChild<ActivityPlot*>();
    QTRY_VERIFY_WITH_TIMEOUT(plot->drawnPoints() > 5, patience);
  }

  void inputIsAnsweredWhileATickTakesASecond() {
    Stage stage;
    QVERIFY(stage.openToy(6, 1000));
    stage.key(Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(stage.window.actions().run->isChecked(), patience);
    qint64 longest = 0;
    QElapsedTimer whole;
    whole.start();
    while (whole.elapsed() < 700) {
      QElapsedTimer timer;
      timer.start();
      stage.click(static_cast<std::size_t>(whole.elapsed()) % 6);
      QCoreApplication::processEvents();
      longest = std::max(longest, timer.elapsed());
    }
    QVERIFY2(longest < 100, qPrintable(QString::number(longest)));
    stage.key(Qt::Key_Space);
    // Another network does not wait for the old one's tick either.
    QElapsedTimer timer;
    timer.start();
    QSignalSpy opened(&stage.window.document(), &Document::opened);
    stage.window.document().create([] { return Result<Model>(toy::model(3, 0)); }, false);
    QVERIFY(opened.wait(500));
    QVERIFY(timer.elapsed() < 500);
  }

  void selectingTenThousandIsSmooth() {
    Stage stage;
    QVERIFY(stage.openToy(10'000));
    QElapsedTimer timer;
    timer.start();
    stage.window.actions().selectAll->trigger();
    QCOMPARE(stage.window.selection().neurons().size(), std::size_t{10'000});
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
  }

  void docksFloatWithoutLosingTheCanvas() {
    Stage stage;
    QVERIFY(stage.openToy());
    const auto* canvas = &stage.window.canvasView().canvas();
    for (auto* dock : stage.window.findChildren<QDockWidget*>()) {
      dock->setFloating(true);
      QCoreApplication::processEvents();
      dock->setFloating(false);
      QCoreApplication::processEvents();
    }
    QCOMPARE(stage.window.canvasView().rootObject()->findChild<CanvasItem*>(QStringLiteral("canvas")), canvas);
    stage.click(3);
    QCOMPARE(stage.window.selection().neurons(), std::vector{stage.id(3)});
  }

  void lightAndDarkAreRemembered() {
    {
      Stage stage;
      QVERIFY(stage.openToy());
      stage.window.actions().dark->setChecked(false);
      QVERIFY(qApp->palette().window().color().lightness() > 200);
      stage.window.close();
    }
    Stage stage;
    QVERIFY(!stage.window.actions().dark->isChecked());
    stage.window.actions().dark->setChecked(true);
    QVERIFY(qApp->palette().window().color().lightness() < 60);
  }

  void everyControlHasANameAndAHelp() {
    Stage stage;
    QVERIFY(stage.openToy());
    for (const auto* action : stage.window.actions().all()) {
      QVERIFY2(!action->toolTip().isEmpty() && !action->statusTip().isEmpty(), qPrintable(action->objectName()));
    }
    for (const auto* editor : stage.window.findChildren<FieldEditor*>()) {
      QVERIFY2(!editor->toolTip().isEmpty(), qPrintable(editor->objectName()));
      if (const auto* control = editor->focusProxy()) {
        QVERIFY2(!control->accessibleName().isEmpty(), qPrintable(editor->objectName()));
      }
    }
  }
};

int main(int argc, char** argv) { return runWindowTest<TestMainWindow>(argc, argv, "tst_main_window"); }

#include "tst_main_window.moc"
