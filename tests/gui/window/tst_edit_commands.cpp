#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <algorithm>

#include "tests/gui/window/stage.h"
#include "ui/window/notice_area.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

Point middle(Stage& stage, std::span<const NeuronId> ids) {
  Point sum;
  for (const NeuronId id : ids) {
    const Point place = (*stage.now().graph.positions)[*stage.now().graph.row(id)];
    sum = {sum.x + place.x / static_cast<float>(ids.size()), sum.y + place.y / static_cast<float>(ids.size())};
  }
  return sum;
}

QAction* itemCalled(const QMenu& menu, const QString& text) {
  for (auto* action : menu.actions()) {
    if (action->text().remove(QLatin1Char('&')) == text) return action;
  }
  return nullptr;
}

}  // namespace

class TestEditCommands : public QObject {
  Q_OBJECT

 private slots:
  void init() { QSettings().clear(); }

  void copyPasteKeepsInnerLinks() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    const std::string before = stage.dump();
    const std::size_t links = stage.links();
    stage.window.selection().set({stage.id(0), stage.id(1), stage.id(2)}, {});
    stage.key(Qt::Key_C, Qt::ControlModifier);
    stage.key(Qt::Key_V, Qt::ControlModifier);  // before the copy is ready
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{9}, patience);
    QCOMPARE(stage.links(), links + 2);  // 0 -> 1 -> 2 of the ring
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("plexarium-model")));
    QTRY_COMPARE_WITH_TIMEOUT(stage.window.selection().neurons(), (std::vector{stage.id(6), stage.id(7), stage.id(8)}),
                              patience);
    QTRY_VERIFY_WITH_TIMEOUT(stage.window.actions().undo->text().contains(QStringLiteral("Paste")), patience);
    stage.key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{6}, patience);
    QCOMPARE(stage.dump(), before);
  }

  void pastesIntoAnotherWindow() {
    Stage one;
    QVERIFY(one.openToy(4));
    one.window.selection().set({one.id(1), one.id(2)}, {});
    QGuiApplication::clipboard()->clear();
    one.window.actions().copy->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!QGuiApplication::clipboard()->text().isEmpty(), patience);
    Stage other;
    QVERIFY(other.openToy(3));
    const std::size_t links = other.links();
    other.window.actions().paste->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(other.neurons(), std::size_t{5}, patience);
    QCOMPARE(other.links(), links + 1);
    // The middle of what was pasted lies in the middle of the picture, as the mouse is elsewhere.
    const std::vector added{other.id(3), other.id(4)};
    const auto& canvas = other.window.canvasView().canvas();
    const QPointF place = canvas.toItem(middle(other, added));
    QVERIFY(std::abs(place.x() - other.window.canvasView().width() / 2.0) < 2);
  }

  void cutAndDuplicateAreOneEditEach() {
    Stage stage;
    QVERIFY(stage.openToy(5));
    const std::string before = stage.dump();
    stage.window.selection().set({stage.id(0), stage.id(1)}, {});
    stage.key(Qt::Key_D, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{7}, patience);
    stage.key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{5}, patience);
    stage.window.selection().set({stage.id(0), stage.id(1)}, {});
    stage.key(Qt::Key_X, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{3}, patience);
    QTRY_VERIFY_WITH_TIMEOUT(stage.window.actions().undo->text().contains(QStringLiteral("Cut")), patience);
    stage.key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{5}, patience);
    QCOMPARE(stage.dump(), before);
  }

  void foreignTextIsRefusedWithAWord() {
    Stage stage;
    QVERIFY(stage.openToy(3));
    QGuiApplication::clipboard()->setText(QStringLiteral("dear diary"));
    stage.key(Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(stage.window.notices().texts().size(), 1, patience);
    QVERIFY(stage.window.notices().texts()[0].contains(QStringLiteral("clipboard")));
    QCOMPARE(stage.neurons(), std::size_t{3});
  }

  void selectsByRule() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    Selection& selection = stage.window.selection();
    stage.window.bridge().submit({"Role", {SetRoles{{{stage.id(3), Role::Motor}}}}});
    QTRY_COMPARE_WITH_TIMEOUT((*stage.now().graph.roles)[3], Role::Motor, patience);
    stage.window.actions().selectRoles[2]->trigger();
    QVERIFY(selection.contains(stage.id(3)));
    selection.set({stage.id(1)}, {});
    stage.key(Qt::Key_O);
    QCOMPARE(selection.neurons(), std::vector{stage.id(2)});
    stage.key(Qt::Key_I);
    QCOMPARE(selection.neurons(), std::vector{stage.id(1)});
    stage.key(Qt::Key_I, Qt::ControlModifier);
    QCOMPARE(selection.neurons().size(), std::size_t{5});
    stage.key(Qt::Key_C);
    QCOMPARE(selection.neurons().size(), std::size_t{6});
    stage.key(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(selection.empty());
  }

  void findsByNameAndNumber() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    stage.window.bridge().submit({"Name", {RenameNeurons{{{stage.id(4), "Grandmother"}, {stage.id(2), "Moth"}}}}});
    QTRY_COMPARE_WITH_TIMEOUT((*stage.now().graph.names)[4], std::string("Grandmother"), patience);
    stage.key(Qt::Key_F, Qt::ControlModifier);
    auto* text = stage.window.findChild<QLineEdit*>(QStringLiteral("findText"));
    auto* list = stage.window.findChild<QListWidget*>(QStringLiteral("findList"));
    QTRY_VERIFY_WITH_TIMEOUT(text->hasFocus(), patience);
    QTest::keyClicks(text, QStringLiteral("moth"));
    QCOMPARE(list->count(), 2);
    QCOMPARE(list->item(0)->text(), QStringLiteral("Moth"));  // what begins so comes first
    QTest::keyClick(text, Qt::Key_Down);
    QTest::keyClick(text, Qt::Key_Return);
    QCOMPARE(stage.window.selection().neurons(), std::vector{stage.id(4)});
    QVERIFY(!text->isVisible());
    const QPointF place = stage.window.canvasView().canvas().toItem((*stage.now().graph.positions)[4]);
    QVERIFY((place - QRectF(stage.window.canvasView().rect()).center()).manhattanLength() <
            120);  // the legend takes a strip
    stage.key(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(text, QStringLiteral("nobody"));
    QTest::keyClick(text, Qt::Key_Return);
    QVERIFY(text->isVisible());
    QTest::keyClick(text, Qt::Key_Escape);
    QVERIFY(!text->isVisible());
    QCOMPARE(stage.window.selection().neurons(), std::vector{stage.id(4)});  // Escape left the bar, nothing else
  }

  void alignsAndUndoes() {
    Stage stage;
    QVERIFY(stage.openToy(4));
    const std::string before = stage.dump();
    stage.key(Qt::Key_A, Qt::ControlModifier);
    stage.window.actions().alignments[0]->trigger();
    const auto aligned = [&] {
      const auto& places = *stage.now().graph.positions;
      return std::all_of(places.begin(), places.end(), [&](Point place) { return place.x == places[0].x; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(aligned(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(stage.window.actions().undo->text().contains(QStringLiteral("Align left")), patience);
    stage.key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!aligned(), patience);
    QCOMPARE(stage.dump(), before);
  }

  void everyLayoutIsOneUndo() {
    Stage stage;
    QVERIFY(stage.openToy(40));
    const std::string before = stage.dump();
    const auto first = *stage.now().graph.positions;
    for (auto* layout : stage.window.actions().layouts) {
      layout->trigger();
      const QString label = QStringLiteral("Layout: ") + layout->text();
      QTRY_VERIFY_WITH_TIMEOUT(stage.window.actions().undo->text().contains(label), patience);
      const auto* stop = stage.window.findChild<QPushButton*>(QStringLiteral("stopLayout"));
      QTRY_VERIFY_WITH_TIMEOUT(!stop->isVisible(), patience);
      QTRY_VERIFY_WITH_TIMEOUT(*stage.now().graph.positions != first, patience);
      stage.window.actions().undo->trigger();
      QTRY_COMPARE_WITH_TIMEOUT(*stage.now().graph.positions, first, patience);
      QCOMPARE(stage.dump(), before);
    }
  }

  void layoutOfASelectionLeavesTheOthers() {
    Stage stage;
    QVERIFY(stage.openToy(8));
    const auto before = *stage.now().graph.positions;
    stage.window.selection().set({stage.id(0), stage.id(1), stage.id(2)}, {});
    stage.window.actions().layouts[2]->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(*stage.now().graph.positions != before, patience);
    for (std::size_t row = 3; row < 8; ++row) QCOMPARE((*stage.now().graph.positions)[row], before[row]);
  }

  void wiringCountsAndWires() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    const std::string before = stage.dump();
    const std::size_t links = stage.links();
    stage.window.selection().set({stage.id(0), stage.id(2), stage.id(4)}, {});
    stage.key(Qt::Key_W);
    auto* dialog = stage.window.findChild<QDialog*>(QStringLiteral("wiring"));
    QVERIFY(dialog);
    auto* choice = dialog->findChild<QComboBox*>(QStringLiteral("wireChoice"));
    auto* preview = dialog->findChild<QLabel*>(QStringLiteral("wirePreview"));
    auto* wire = dialog->findChild<QPushButton*>(QStringLiteral("wireNow"));
    for (int pattern = 0; pattern < choice->count(); ++pattern) {
      choice->setCurrentIndex(pattern);
      QTRY_VERIFY_WITH_TIMEOUT(!preview->text().contains(QStringLiteral("Counting")), patience);
    }
    choice->setCurrentIndex(choice->findText(QStringLiteral("All to all")));
    QTRY_COMPARE_WITH_TIMEOUT(preview->text(), QStringLiteral("This makes 6 new links."), patience);
    QVERIFY(wire->isEnabled());
    wire->click();
    QTRY_COMPARE_WITH_TIMEOUT(stage.links(), links + 6, patience);
    QTRY_VERIFY_WITH_TIMEOUT(stage.window.actions().undo->text().contains(QStringLiteral("Wire 6 links")), patience);
    stage.window.actions().undo->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stage.links(), links, patience);
    QCOMPARE(stage.dump(), before);
  }

  void menusSpeakOfWhatIsUnderThem() {
    Stage stage;
    QVERIFY(stage.openToy(3));
    CanvasView& view = stage.window.canvasView();
    const auto menuAt = [&](QPointF place) {
      QTest::mouseClick(&view, Qt::RightButton, {}, place.toPoint());
      QMenu* menu = nullptr;
      (void)QTest::qWaitFor(
          [&] { return (menu = stage.window.findChild<QMenu*>(QStringLiteral("canvasMenu"))) != nullptr; });
      return menu;
    };
    const auto close = [&](QMenu* menu) {
      menu->close();
      return QTest::qWaitFor([&] { return !stage.window.findChild<QMenu*>(QStringLiteral("canvasMenu")); });
    };
    const auto places = *stage.now().graph.positions;
    QMenu* menu = menuAt(view.canvas().toItem(places[1]));
    QVERIFY(menu && itemCalled(*menu, QStringLiteral("Stimulate")) && itemCalled(*menu, QStringLiteral("Copy")));
    QCOMPARE(stage.window.selection().neurons(), std::vector{stage.id(1)});
    QVERIFY(close(menu));
    const QPointF empty(30, 30);
    menu = menuAt(empty);
    QVERIFY(menu && itemCalled(*menu, QStringLiteral("Paste")) && !itemCalled(*menu, QStringLiteral("Stimulate")));
    itemCalled(*menu, QStringLiteral("Add neuron here"))->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{4}, patience);
    QVERIFY((view.canvas().toItem((*stage.now().graph.positions)[3]) - empty).manhattanLength() < 2);
    QVERIFY(close(menu));
  }

  void timeGoesBackAndBranches() {
    Stage stage;
    QVERIFY(stage.openToy(4));
    auto* slider = stage.window.findChild<QSlider*>(QStringLiteral("timeSlider"));
    auto* branches = stage.window.findChild<QComboBox*>(QStringLiteral("branchList"));
    stage.window.bridge().post(StepTicks{30});
    QTRY_COMPARE_WITH_TIMEOUT(slider->maximum(), 30, patience);
    const std::string head = stage.dump();
    for (int step = 0; step < 5; ++step) stage.key(Qt::Key_Comma);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{25}, patience);
    for (int step = 0; step < 5; ++step) stage.key(Qt::Key_Period);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{30}, patience);
    QCOMPARE(stage.dump(), head);
    slider->setFocus();
    QTest::keyClick(slider, Qt::Key_Home);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{0}, patience);
    QVERIFY(!branches->isVisible());
    stage.key(Qt::Key_N);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{5}, patience);
    QTRY_VERIFY_WITH_TIMEOUT(branches->isVisible() && branches->count() == 2, patience);
    QCOMPARE(branches->currentIndex(), 1);
    branches->setCurrentIndex(0);
    emit branches->activated(0);
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{4}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().tick, Tick{30}, patience);
    QCOMPARE(stage.dump(), head);
  }
};

int main(int argc, char** argv) { return runWindowTest<TestEditCommands>(argc, argv, "tst_edit_commands"); }

#include "tst_edit_commands.moc"
