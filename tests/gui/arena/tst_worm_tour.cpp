#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMouseEvent>
#include <QPointer>
#include <QPushButton>
#include <algorithm>
#include <cmath>

#include "tests/gui/window/stage.h"
#include "ui/arena/arena_panel.h"
#include "ui/window/new_network_dialog.h"
#include "ui/window/repeat_dialog.h"
#include "ui/window/tour.h"

using namespace plexarium;
using namespace plexarium::ui;

/// The guided tour, taken as a person takes it: by menus, mouse and keys, each step when the card says so.
class TestWormTour : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    QSettings().clear();
    stage_ = std::make_unique<Stage>();
    QVERIFY(stage_->openToy(4));
  }
  void cleanup() { stage_.reset(); }

  void buildsAWormThatWriggles() {
    QElapsedTimer clock;
    clock.start();
    stage_->window.actions().wormTour->trigger();
    QVERIFY(tour().isVisible());
    QCOMPARE(tour().stepCount(), std::size_t{12});
    QVERIFY(pointer().isVisible());  // at the menu that has the command
    emptyCanvas();
    QVERIFY(reached(1));
    choose("Body", "addBody");
    QVERIFY(reached(2));
    QTRY_VERIFY_WITH_TIMEOUT(stage_->window.arena().isVisible(), patience);
    settle();
    doubleClick(at(port("muscle.D.1")) - QPointF(0, 5 * scale()));
    QVERIFY(reached(3));
    QTRY_COMPARE_WITH_TIMEOUT(stage_->window.selection().neurons().size(), std::size_t{1}, patience);
    const NeuronId dorsal = stage_->window.selection().neurons()[0];
    QTRY_VERIFY_WITH_TIMEOUT(stage_->box("neuron.speed") != nullptr, patience);
    Stage::type(*stage_->box("neuron.speed"), "24");
    QTRY_COMPARE_WITH_TIMEOUT(fieldOf(dorsal, "speed"), 24.0, patience);
    QCOMPARE(tour().step(), std::size_t{3});                // there is another value to set
    QVERIFY(!stage_->box("neuron.capacity")->isEnabled());  // unlimited at first
    stage_->window.findChild<FieldEditor*>(QStringLiteral("neuron.capacity"))->findChild<QCheckBox*>()->click();
    QTRY_VERIFY_WITH_TIMEOUT(stage_->box("neuron.capacity")->isEnabled(), patience);
    Stage::type(*stage_->box("neuron.capacity"), "100");
    QVERIFY(reached(4));
    link(dorsal, port("muscle.D.1"));
    QVERIFY(reached(5));
    const NeuronId ventral = twin(dorsal);
    QVERIFY(reached(6));
    stage_->window.selection().set({dorsal, ventral}, {});
    repeat();
    QVERIFY(reached(7));
    QCOMPARE(stage_->neurons(), std::size_t{24 + 33 + 25});
    QVERIFY(besideTheirMuscles());
    link(driver("muscle.D.4"), ventral);
    QVERIFY(reached(8));
    link(driver("muscle.V.4"), dorsal);
    QVERIFY(reached(9));
    stage_->key(Qt::Key_3);
    QVERIFY(reached(10));
    stage_->keepPicture("worm_tour");
    stage_->window.bridge().post(SetPace{2000});  // a test is in a hurry; but not before the stocks are full
    const Tick now = stage_->now().tick;
    QTRY_VERIFY_WITH_TIMEOUT(stage_->now().tick > now + 40, patience);
    QTest::mouseClick(&view(), Qt::LeftButton, Qt::AltModifier, at(dorsal).toPoint());
    QVERIFY(reached(11));
    QVERIFY(reached(12));
    QVERIFY(!pointer().isVisible());
    QVERIFY(clock.elapsed() < 5 * 60 * 1000);
    QTRY_VERIFY_WITH_TIMEOUT(measure("undulations") >= 8, 2 * patience);
    QVERIFY2(measure("lengths_per_undulation") > 0.4, qPrintable(QString::number(measure("lengths_per_undulation"))));
    tour().findChild<QPushButton*>(QStringLiteral("tourLeave"))->click();
    QVERIFY(!tour().isVisible());
  }

  /// What the card says comes from the tables and the finished model.
  void tellsWhatToSet() {
    stage_->window.actions().wormTour->trigger();
    for (int skipped = 0; skipped < 3; ++skipped) tour().findChild<QPushButton*>(QStringLiteral("tourSkip"))->click();
    const auto text = tour().findChild<QLabel*>(QStringLiteral("tourText"))->text();
    QVERIFY2(text.contains(QStringLiteral("Conduction time to 24 ticks and Capacity to 100")), qPrintable(text));
    QCOMPARE(tour().step(), std::size_t{3});
    QVERIFY(pointer().geometry().width() > 100);  // around the inspector
  }

  /// Steps look at the network: what is no worm does not count.
  void isNotFooled() {
    stage_->window.actions().wormTour->trigger();
    stage_->window.selection().set(*stage_->now().graph.ids, {});
    stage_->window.actions().removeSelected->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stage_->neurons(), std::size_t{0}, patience);
    QCoreApplication::processEvents();
    QCOMPARE(tour().step(), std::size_t{0});  // empty, but by other rules
  }

 private:
  [[nodiscard]] Tour& tour() { return stage_->window.tour(); }
  [[nodiscard]] QWidget& pointer() { return *stage_->window.findChild<QWidget*>(QStringLiteral("tourFrame")); }
  [[nodiscard]] CanvasView& view() { return stage_->window.canvasView(); }
  [[nodiscard]] double scale() { return static_cast<double>(view().canvas().view().scale); }
  bool reached(std::size_t step) {
    return QTest::qWaitFor([&] { return tour().step() == step; }, 2 * patience);
  }

  void emptyCanvas() {
    choose("File", "create");
    auto* dialog = stage_->window.findChild<NewNetworkDialog*>();
    QVERIFY(dialog);
    auto* rules = dialog->findChild<QComboBox*>(QStringLiteral("createChoice"));
    QVERIFY(rules);
    rules->setCurrentIndex(rules->findText(QStringLiteral("Transmitter neurons")));
    auto* count = dialog->findChild<FieldEditor*>(QStringLiteral("create.neurons"))->findChild<NumberBox*>();
    const QPointer<NewNetworkDialog> open(dialog);
    Stage::type(*count, "0");
    if (open && open->isVisible()) dialog->findChild<QPushButton*>(QStringLiteral("createNetwork"))->click();
  }

  /// By the menu bar and the menu, as far as a test without a window manager can.
  void choose(const char* menu, const char* action) {
    auto* wanted = stage_->window.findChild<QAction*>(QString::fromLatin1(action));
    const auto titles = stage_->window.menuBar()->actions();
    const auto title = std::ranges::find_if(
        titles, [&](const QAction* one) { return one->text().remove(QLatin1Char('&')) == QLatin1String(menu); });
    QVERIFY(title != titles.end());
    QMenu& list = *(*title)->menu();
    QTest::mouseClick(stage_->window.menuBar(), Qt::LeftButton, {},
                      stage_->window.menuBar()->actionGeometry(*title).center());
    QTRY_VERIFY_WITH_TIMEOUT(list.isVisible(), patience);
    QTest::mouseClick(&list, Qt::LeftButton, {}, list.actionGeometry(wanted).center());
    QTRY_VERIFY_WITH_TIMEOUT(!list.isVisible(), patience);
  }

  /// Until everything has its place and the view rests.
  void settle() {
    QTRY_VERIFY_WITH_TIMEOUT(view().rect().contains(at(port("muscle.D.1")).toPoint()) &&
                                 view().rect().contains(at(port("muscle.V.12")).toPoint()),
                             patience);
    QSize before;
    double scaled = 0;
    do {
      before = view().size();
      scaled = scale();
      QCoreApplication::processEvents();
      QCoreApplication::sendPostedEvents();
    } while (view().size() != before || scale() != scaled);
  }

  [[nodiscard]] QPointF at(NeuronId id) {
    return view().canvas().toItem((*stage_->now().graph.positions)[*stage_->now().graph.row(id)]);
  }
  void doubleClick(QPointF place) { QTest::mouseDClick(&view(), Qt::LeftButton, {}, place.toPoint()); }
  void drag(QPointF from, QPointF to, Qt::KeyboardModifiers keys) {
    QTest::mousePress(&view(), Qt::LeftButton, keys, from.toPoint());
    for (const double part : {0.2, 0.4, 0.6, 0.8, 1.0}) {
      const QPointF place = from + (to - from) * part;
      QMouseEvent event(QEvent::MouseMove, place, view().mapToGlobal(place), Qt::NoButton, Qt::LeftButton, keys);
      QCoreApplication::sendEvent(&view(), &event);
    }
    QTest::mouseRelease(&view(), Qt::LeftButton, keys, to.toPoint());
  }
  void link(NeuronId from, NeuronId to) {
    drag(at(from), at(to), Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(stage_->now().graph.link({from, to}), patience);
  }

  /// A copy of the dorsal neuron, dragged to the ventral muscle and linked to it.
  NeuronId twin(NeuronId dorsal) {
    stage_->window.selection().set({dorsal}, {});
    choose("Edit", "duplicate");
    const auto copied = [&] {
      const auto& selected = stage_->window.selection().neurons();
      return selected.size() == 1 && selected[0] != dorsal && stage_->now().graph.row(selected[0]);
    };
    if (!QTest::qWaitFor(copied, patience)) return qWarning("the copy is not selected"), NeuronId{};
    const NeuronId ventral = stage_->window.selection().neurons()[0];
    const QPointF before = at(ventral);
    drag(before, at(port("muscle.V.1")) + QPointF(0, 5 * scale()), {});
    if (!QTest::qWaitFor([&] { return at(ventral) != before; }, patience)) return qWarning("the copy stays"), NeuronId{};
    link(ventral, port("muscle.V.1"));
    return ventral;
  }

  void repeat() {
    choose("Body", "repeatAlongBody");
    auto* dialog = stage_->window.findChild<RepeatDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    dialog->findChild<QPushButton*>(QStringLiteral("repeatNow"))->click();
  }

  /// Copies are as far from their muscles as the first ones are from theirs.
  bool besideTheirMuscles() {
    const auto away = [&](const std::string& muscle) {
      const auto& graph = stage_->now().graph;
      const auto place = [&](NeuronId id) { return (*graph.positions)[*graph.row(id)]; };
      const Point a = place(driver(muscle));
      const Point b = place(port(muscle));
      return Point{a.x - b.x, a.y - b.y};
    };
    for (const std::string side : {"muscle.D.", "muscle.V."}) {
      const Point first = away(side + '1');
      const Point last = away(side + "12");
      if (std::hypot(first.x - last.x, first.y - last.y) > 0.1F) return false;
    }
    return true;
  }

  [[nodiscard]] NeuronId port(const std::string& key) {
    for (const auto& binding : *stage_->now().bindings) {
      if (binding.port == key) return binding.neuron;
    }
    qFatal("nobody stands for %s", key.c_str());
  }
  [[nodiscard]] NeuronId driver(const std::string& key) {
    for (const NeuronId id : *stage_->now().graph.ids) {
      if (stage_->now().graph.link({id, port(key)})) return id;
    }
    qFatal("nobody moves %s", key.c_str());
  }
  [[nodiscard]] double fieldOf(NeuronId id, const char* key) {
    const auto field = findField(stage_->window.bridge().description().neuronFields, key);
    return columnValue((*stage_->now().graph.neuronFields)[*field], *stage_->now().graph.row(id));
  }
  [[nodiscard]] double measure(const char* key) {
    const WorldView& body = *stage_->now().worlds.front();
    const auto& measures = body.description->measures;
    return body.measures[static_cast<std::size_t>(std::ranges::find(measures, key, &Metric::key) - measures.begin())];
  }

  std::unique_ptr<Stage> stage_;
};

int main(int argc, char** argv) { return runWindowTest<TestWormTour>(argc, argv, "tst_worm_tour"); }

#include "tst_worm_tour.moc"
