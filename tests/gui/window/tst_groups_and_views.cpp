#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QXmlStreamReader>

#include "core/io/log_document.h"
#include "core/session/replay.h"
#include "tests/gui/window/stage.h"
#include "ui/window/notice_area.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

const std::vector<Group>& groups(Stage& stage) { return *stage.now().graph.groups; }

QPointF placeOf(Stage& stage, std::size_t row) {
  return stage.window.canvasView().canvas().toItem((*stage.now().graph.positions)[row]);
}

bool noticed(Stage& stage, const char* word) {
  return QTest::qWaitFor(
      [&] { return stage.window.notices().texts().join(QLatin1Char(' ')).contains(QString::fromLatin1(word)); }, patience);
}

void saveThrough(Stage& stage, QAction& action, const QString& file) {
  action.trigger();
  QFileDialog* dialog = nullptr;
  QTRY_VERIFY_WITH_TIMEOUT((dialog = stage.window.findChild<QFileDialog*>(action.objectName() + QStringLiteral("Dialog"))),
                           patience);
  emit dialog->fileSelected(file);
  dialog->reject();
}

}  // namespace

/// Groups, what is shown of a network, what stops it, and what is written of it: by keys and mouse.
class TestGroupsAndViews : public QObject {
  Q_OBJECT

 private slots:
  void init() { QSettings().clear(); }

  void groupsAreNamedFoldedNestedAndDissolved() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    const std::string before = stage.dump();
    stage.click(0);
    stage.click(1, Qt::ControlModifier);
    stage.key(Qt::Key_G, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(groups(stage).size(), std::size_t{1}, patience);

    stage.key(Qt::Key_F2);
    auto* dialog = stage.window.findChild<QDialog*>(QStringLiteral("groupDialog"));
    QVERIFY(dialog);
    auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("groupName"));
    QTRY_VERIFY_WITH_TIMEOUT(name->hasFocus(), patience);
    QTest::keyClicks(name, QStringLiteral("Pool"));
    auto* colour = dialog->findChild<QComboBox*>(QStringLiteral("groupColour"));
    QTest::keyClick(colour, Qt::Key_End);
    const int chosen = colour->currentIndex();
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(groups(stage)[0].name, std::string("Pool"), patience);
    QCOMPARE(int{groups(stage)[0].colour}, chosen);

    // A third neuron and the group in a group of their own.
    stage.click(2, Qt::ControlModifier);
    QCOMPARE(stage.window.selection().neurons().size(), std::size_t{3});
    stage.key(Qt::Key_G, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(groups(stage).size(), std::size_t{2}, patience);
    QCOMPARE(groups(stage)[0].parent, groups(stage)[1].id);
    QVERIFY(!groups(stage)[1].parent);

    // Collapsed, the three are one node in their middle; a double click expands it.
    const CanvasItem& canvas = stage.window.canvasView().canvas();
    const QPointF middle = (placeOf(stage, 0) + placeOf(stage, 1) + placeOf(stage, 2)) / 3;
    QVERIFY(!canvas.neuronAt(middle));
    stage.key(Qt::Key_E);
    QTRY_VERIFY_WITH_TIMEOUT(groups(stage)[1].collapsed && canvas.neuronAt(middle), patience);
    QVERIFY(!canvas.neuronAt(placeOf(stage, 2)));
    QTest::mouseDClick(&stage.window.canvasView(), Qt::LeftButton, {}, middle.toPoint());
    QTRY_VERIFY_WITH_TIMEOUT(!groups(stage)[1].collapsed && canvas.neuronAt(placeOf(stage, 2)), patience);

    stage.key(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(groups(stage).size(), std::size_t{1}, patience);
    QVERIFY(!groups(stage)[0].parent);
    while (stage.window.actions().undo->isEnabled()) {
      const auto revision = stage.now().editRevision;
      stage.key(Qt::Key_Z, Qt::ControlModifier);
      QTRY_VERIFY_WITH_TIMEOUT(stage.now().editRevision != revision, patience);
    }
    QCOMPARE(stage.dump(), before);
  }

  void onlyTheChosenGroupsAreShown() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    for (const std::size_t first : {std::size_t{0}, std::size_t{3}}) {
      stage.window.selection().set({stage.id(first), stage.id(first + 1)}, {});
      stage.key(Qt::Key_G, Qt::ControlModifier);
      QTRY_COMPARE_WITH_TIMEOUT(groups(stage).size(), first / 3 + 1, patience);
    }
    const CanvasItem& canvas = stage.window.canvasView().canvas();
    const auto shown = [&] {
      std::string rows;
      for (std::size_t row = 0; row < 6; ++row) rows += canvas.neuronAt(placeOf(stage, row)) ? '1' : '0';
      return rows;
    };
    QCOMPARE(shown(), std::string("111111"));
    auto* menu = stage.window.findChild<QMenu*>(QStringLiteral("groupFilter"));
    const auto toggle = [&](int item) {
      menu->popup(stage.window.mapToGlobal(QPoint(200, 200)));
      QCOMPARE(menu->actions().size(), 2);
      QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(menu->actions()[item]).center());
    };
    toggle(0);
    QCOMPARE(shown(), std::string("110000"));
    toggle(1);
    QCOMPARE(shown(), std::string("110110"));
    toggle(0);
    QCOMPARE(shown(), std::string("000110"));
    // With its group the filter goes too.
    stage.window.actions().ungroup->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(groups(stage).size(), std::size_t{1}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(shown(), std::string("111111"), patience);
  }

  void filtersHideAndShow() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    const Actions& actions = stage.window.actions();
    const CanvasItem& canvas = stage.window.canvasView().canvas();
    stage.window.bridge().submit({"Role", {SetRoles{{{stage.id(3), Role::Motor}}}}});
    QTRY_COMPARE_WITH_TIMEOUT((*stage.now().graph.roles)[3], Role::Motor, patience);
    actions.showRoles[2]->trigger();
    QVERIFY(!canvas.neuronAt(placeOf(stage, 3)) && canvas.neuronAt(placeOf(stage, 2)));
    actions.showRoles[2]->trigger();
    QVERIFY(canvas.neuronAt(placeOf(stage, 3)).has_value());
    stage.key(Qt::Key_A);
    QVERIFY(canvas.filter().firedWithin.has_value());
    stage.key(Qt::Key_A);
    QVERIFY(canvas.filter().showsAll());
  }

  /// What neurons and links look like, and how links come and go where they do so by themselves; whatever their colour.
  void theLegendTellsAll() {
    const Registry all = registry();
    const auto labels = [&](const char* dynamics, bool linkAges) {
      QStringList found;
      for (const auto& entry : legendEntries(all.find(dynamics)->description, true, Colouring::Phase, {}, linkAges))
        found << entry.toMap().value(QStringLiteral("label")).toString();
      return found;
    };
    for (const bool ages : {false, true}) {
      const auto grows = labels("sorn", ages);
      for (const char* label : {"excitatory", "inhibitory", "fired lately", "threshold", "just born", "just gone"})
        QVERIFY2(grows.contains(QLatin1String(label)), label);
      QCOMPARE(grows.contains(QStringLiteral("strengthened")), !ages);
      QCOMPARE(grows.contains(QStringLiteral("younger than 10 steps")), ages);
    }
    const auto stays = labels("transmitter", false);
    QVERIFY(stays.contains(QStringLiteral("transmitter in stock")) && !stays.contains(QStringLiteral("just born")));
  }

  void keysLookAround() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    CanvasItem& canvas = stage.window.canvasView().canvas();
    const View start = canvas.view();
    stage.key(Qt::Key_Plus);
    QTRY_VERIFY_WITH_TIMEOUT(canvas.view().scale > 1.2F * start.scale, patience);
    stage.key(Qt::Key_Minus);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(canvas.view().scale - start.scale) < 0.01F, patience);
    stage.key(Qt::Key_Right);
    QTRY_VERIFY_WITH_TIMEOUT(canvas.view().centre.x > start.centre.x, patience);
    stage.key(Qt::Key_F);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(canvas.view().centre.x - start.centre.x) < 0.01F, patience);
    stage.key(Qt::Key_H);
    QVERIFY(canvas.highlight());
    stage.key(Qt::Key_M);
    QVERIFY(canvas.miniMapShown());
    stage.click(1);
    stage.key(Qt::Key_P);
    QCOMPARE(canvas.pinned(), std::vector{stage.id(1)});
    stage.key(Qt::Key_P);
    QVERIFY(canvas.pinned().empty());
    const QColor dark = stage.window.palette().color(QPalette::Window);
    stage.key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(stage.window.palette().color(QPalette::Window).lightness() > dark.lightness() + 80);
    stage.key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
  }

  void aBreakpointStopsWhereItSays() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    auto* list = stage.window.findChild<QListWidget*>(QStringLiteral("breakpointList"));
    QVERIFY(!list->isVisible());
    stage.click(2);
    stage.key(Qt::Key_B);
    QTRY_COMPARE_WITH_TIMEOUT(list->count(), 1, patience);
    QVERIFY(list->isVisible());
    stage.window.bridge().post(Stimulate{{{stage.id(2), 0, 1.0}}});
    stage.key(Qt::Key_Space);
    QVERIFY(noticed(stage, "Stopped at tick"));
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().running, patience);
    QCOMPARE(stage.now().appearance.lastFired[2] + 1, stage.now().tick);

    // A limit on a value, through its dialog.
    auto* value = stage.window.findChild<QPushButton*>(QStringLiteral("stopAtValue"));
    QTest::mouseClick(value, Qt::LeftButton);
    QDialog* dialog = nullptr;
    for (auto* each : stage.window.findChildren<QDialog*>()) dialog = each->isVisible() ? each : dialog;
    QVERIFY(dialog);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(list->count(), 2, patience);
    auto* remove = stage.window.findChild<QPushButton*>(QStringLiteral("removeBreakpoint"));
    for (const int left : {1, 0}) {
      list->setCurrentRow(0);
      QTest::mouseClick(remove, Qt::LeftButton);
      QTRY_COMPARE_WITH_TIMEOUT(list->count(), left, patience);
    }
    const Tick tick = stage.now().tick;
    stage.key(Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().running && stage.now().tick > tick + 10, patience);
  }

  /// The toy takes a link away and grows another on every tick.
  void aBreakpointStopsWhenTheNetworkRewires() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    auto* list = stage.window.findChild<QListWidget*>(QStringLiteral("breakpointList"));
    stage.window.findChild<QDockWidget*>(QStringLiteral("breakpointDock"))->show();
    QTest::mouseClick(stage.window.findChild<QPushButton*>(QStringLiteral("stopAtLinks")), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(list->count(), 1, patience);
    const Tick before = stage.now().tick;
    const auto targets = *stage.now().graph.targets;
    stage.key(Qt::Key_Space);
    QVERIFY(noticed(stage, "Stopped at tick"));
    QTRY_VERIFY_WITH_TIMEOUT(!stage.now().running, patience);
    QCOMPARE(stage.now().tick, before + 1);
    QVERIFY(*stage.now().graph.targets != targets);
  }

  void theDrawingIsReadable() {
    Stage stage;
    QVERIFY(stage.openToy(5));
    saveThrough(stage, *stage.window.actions().exportPicture, stage.path("five.svg"));
    QVERIFY(noticed(stage, "five.svg"));
    QFile file(stage.path("five.svg"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader reader(&file);
    int neurons = 0;
    while (!reader.atEnd()) {
      reader.readNext();
      neurons += reader.isStartElement() && reader.name() == QLatin1String("g") &&
                 reader.attributes().hasAttribute(QLatin1String("transform"));
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QCOMPARE(neurons, 5);
  }

  void whatWasDoneIsLivedAgain() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    const auto step = [&](Tick ticks) {
      const Tick wanted = stage.now().tick + ticks;
      stage.window.bridge().post(StepTicks{ticks});
      return QTest::qWaitFor([&] { return stage.now().tick == wanted; }, patience);
    };
    QVERIFY(step(7));
    stage.click(1, Qt::AltModifier);
    stage.key(Qt::Key_N);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{7}, patience);
    QVERIFY(step(9));
    stage.window.selection().set({stage.id(0)}, {});
    stage.key(Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{6}, patience);
    QVERIFY(step(11));
    stage.key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{7}, patience);
    QVERIFY(step(13));
    saveThrough(stage, *stage.window.actions().saveLog, stage.path("done.json"));
    QVERIFY(noticed(stage, "done.json"));

    const auto text = readFile(stage.path("done.json").toStdString());
    QVERIFY(text.has_value());
    const auto log = readLog(registry(), *text, "done.json");
    QVERIFY2(log.has_value(), log ? "" : log.error().text().c_str());
    QCOMPARE(log->entries.size(), std::size_t{4});
    QCOMPARE(log->end, Tick{40});
    const auto end = replay(registry(), *log);
    QVERIFY(end.has_value());
    const Description& tables = stage.window.bridge().description();
    QCOMPARE(stateHash(tables, *end), log->endHash);
    std::string now;
    stage.window.bridge().post(Capture{}, [&](const Outcome& outcome) { now = stateHash(tables, *outcome.capture); });
    QTRY_COMPARE_WITH_TIMEOUT(now, log->endHash, patience);
  }
};

int main(int argc, char** argv) { return runWindowTest<TestGroupsAndViews>(argc, argv, "tst_groups_and_views"); }

#include "tst_groups_and_views.moc"
