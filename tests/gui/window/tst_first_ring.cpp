#include <QDialog>
#include <QDockWidget>
#include <QGuiApplication>
#include <QMenu>
#include <QMenuBar>
#include <QMouseEvent>
#include <QStyleHints>
#include <QToolBar>
#include <QToolButton>
#include <algorithm>

#include "tests/gui/window/stage.h"
#include "ui/window/tour.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

/// A hand on the mouse that counts what it does: a click, a double click or a drag is one action.
class Hand {
 public:
  explicit Hand(MainWindow& window) : window_(window), view_(window.canvasView()) {}

  [[nodiscard]] int actions() const { return actions_; }

  void choose(const char* menu, const char* item) {
    QMenuBar& bar = *window_.menuBar();
    QAction* title = called(bar.actions(), menu);
    QVERIFY2(title, menu);
    click(bar, bar.actionGeometry(title).center());
    QMenu& list = *title->menu();
    QTRY_VERIFY_WITH_TIMEOUT(list.isVisible(), patience);
    QAction* action = called(list.actions(), item);
    QVERIFY2(action && action->isEnabled(), item);
    click(list, list.actionGeometry(action).center());
    QTRY_VERIFY_WITH_TIMEOUT(!list.isVisible(), patience);
  }
  void press(const QAction& action) {
    for (auto* button : window_.findChildren<QToolButton*>()) {
      if (button->defaultAction() == &action && button->isVisible()) return click(*button, button->rect().center());
    }
    QFAIL("no such button");
  }
  void click(QWidget& widget, QPoint place) {
    ++actions_;
    // Far apart in time, or two of them are a double click.
    QTest::mouseClick(&widget, Qt::LeftButton, {}, place, QGuiApplication::styleHints()->mouseDoubleClickInterval() + 10);
  }
  void click(QPointF place) { click(view_, place.toPoint()); }
  void doubleClick(QPointF place) {
    ++actions_;
    QTest::mouseDClick(&view_, Qt::LeftButton, {}, place.toPoint());
  }
  void drag(QPointF from, QPointF to) {
    grip(from, to);
    QTest::mouseRelease(&view_, Qt::LeftButton, {}, to.toPoint());
  }
  /// A drag that is still under way.
  void grip(QPointF from, QPointF to) {
    ++actions_;
    QTest::mousePress(&view_, Qt::LeftButton, {}, from.toPoint());
    for (const double part : {0.2, 0.4, 0.6, 0.8, 1.0}) {
      const QPointF place = from + (to - from) * part;
      QMouseEvent event(QEvent::MouseMove, place, view_.mapToGlobal(place), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
      QCoreApplication::sendEvent(&view_, &event);
    }
  }
  void letGo(QPointF place) { QTest::mouseRelease(&view_, Qt::LeftButton, {}, place.toPoint()); }

 private:
  static QAction* called(const QList<QAction*>& actions, const char* text) {
    const auto found = std::find_if(actions.begin(), actions.end(), [text](const QAction* action) {
      return action->text().remove(QLatin1Char('&')) == QString::fromLatin1(text);
    });
    return found == actions.end() ? nullptr : *found;
  }

  MainWindow& window_;
  CanvasView& view_;
  int actions_ = 0;
};

}  // namespace

/// What the first page of the README tells.
class TestFirstRing : public QObject {
  Q_OBJECT

 private slots:
  void init() { QSettings().clear(); }

  void aRingThatFiresForEverByMouseAlone() {
    Stage stage;
    stage.window.start({});
    QVERIFY(stage.show());
    QTRY_VERIFY_WITH_TIMEOUT(stage.window.bridge().snapshot() && stage.neurons() > 10, patience);
    Hand hand(stage.window);
    const CanvasItem& canvas = stage.window.canvasView().canvas();
    const auto at = [&](std::size_t row) { return canvas.toItem((*stage.now().graph.positions)[row]); };
    const auto rim = [&](std::size_t row) { return at(row) + QPointF(0.95 * canvas.view().scale, 0); };

    hand.choose("Select", "All");
    hand.choose("Edit", "Delete");
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{0}, patience);
    const QPointF middle(canvas.width() / 2, canvas.height() / 2);
    hand.doubleClick(middle + QPointF(-90, 60));
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{1}, patience);
    hand.drag(rim(0), middle + QPointF(0, -70));
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{2}, patience);
    hand.drag(rim(1), middle + QPointF(90, 60));
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{3}, patience);
    stage.keepPicture("ring_2");
    hand.grip(rim(2), at(0));
    stage.keepPicture("ring_3");
    hand.letGo(at(0));
    QTRY_COMPARE_WITH_TIMEOUT(stage.links(), std::size_t{3}, patience);
    hand.press(*stage.window.actions().stimulate);
    hand.click(at(0));
    QVERIFY2(hand.actions() <= 12, qPrintable(QString::number(hand.actions())));

    // Seen at its own pace, then left alone for a long time: every one of the three goes on firing.
    const auto allFiredAfter = [&](Tick tick) {
      const auto& last = stage.now().appearance.lastFired;
      return std::all_of(last.begin(), last.end(), [tick](Tick fired) { return fired > tick; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(allFiredAfter(0), 2 * patience);
    stage.keepPicture("ring_4");
    bool done = false;
    stage.window.bridge().post(StepTicks{100'000}, [&](const Outcome& outcome) { done = !outcome.error; });
    QTRY_VERIFY_WITH_TIMEOUT(done, patience);
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().tick >= 100'000, patience);
    QVERIFY(allFiredAfter(stage.now().tick - 50));
  }

  /// The welcome network in the states that the manual speaks of.
  void picturesForTheManual() {
    if (qEnvironmentVariableIsEmpty("PLEXARIUM_KEEP_PICTURES")) QSKIP("nobody asks for pictures");
    Stage stage;
    stage.window.start({});
    QVERIFY(stage.show());
    QTRY_VERIFY_WITH_TIMEOUT(stage.window.bridge().snapshot() && stage.now().tick > 60, patience);
    const Actions& actions = stage.window.actions();
    std::vector<NeuronId> heart;
    for (std::size_t row = 0; row < 8; ++row) heart.push_back(stage.id(row));
    stage.window.selection().set(heart, {});
    actions.group->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().graph.groups->size(), std::size_t{1}, patience);
    Group named = stage.now().graph.groups->front();
    named.name = "Heart";
    stage.window.bridge().submit({"Name", {SetGroups{{named}}}});
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().graph.groups->front().name, std::string("Heart"), patience);
    stage.keepPicture("groups");
    stage.window.selection().set({stage.id(3)}, {});
    actions.stopAtFiring->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().stoppedBy.has_value(), 2 * patience);
    stage.keepPicture("breakpoints");
    stage.window.bridge().post(GoTo{stage.now().tick - 20});
    actions.addNeuron->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stage.now().branches->size(), std::size_t{2}, patience);
    stage.keepPicture("branches");
    actions.tour->trigger();
    QVERIFY(stage.window.tour().isVisible());
    stage.keepPicture("tour");
    actions.film->trigger();
    auto* film = stage.window.findChild<QDialog*>(QStringLiteral("filmDialog"));
    QVERIFY(film && film->isVisible());
    stage.keepPicture("film", film);
  }

  void picturesOfPlots() {
    if (qEnvironmentVariableIsEmpty("PLEXARIUM_KEEP_PICTURES")) QSKIP("nobody asks for pictures");
    Stage stage;
    stage.window.start(QStringLiteral(":/models/welcome.json"));
    QVERIFY(stage.show());
    stage.window.bridge().post(SetPace{300});
    stage.window.resizeDocks({stage.window.findChild<QDockWidget*>(QStringLiteral("activityDock"))}, {330}, Qt::Vertical);
    for (const char* name : {"raster", "trace", "matrix", "count"}) {
      auto* dock = stage.window.findChild<QDockWidget*>(QString::fromLatin1(name) + QStringLiteral("Dock"));
      dock->raise();
      stage.window.selection().set({stage.id(0), stage.id(3), stage.id(6)}, {});
      const Tick from = stage.now().tick;
      QTRY_VERIFY_WITH_TIMEOUT(stage.now().tick > from + 300, 4 * patience);
      stage.keepPicture(name);
    }
  }
};

int main(int argc, char** argv) { return runWindowTest<TestFirstRing>(argc, argv, "tst_first_ring"); }

#include "tst_first_ring.moc"
