#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <atomic>

#include "tests/gui/window/stage.h"
#include "ui/training/task_dialog.h"
#include "ui/window/actions.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

/// How long the made-up task goes on and what it is told meanwhile.
std::atomic<bool> endless = false;
std::atomic<int> ended = 0;

Result<std::optional<TaskResult>> run(std::span<const double> values, std::size_t variant, std::uint64_t seed,
                                      const TaskProgress& goesOn) {
  if (values[0] == 13) return failure("13 brings bad luck", "amount");
  while (endless) {
    if (!goesOn(0.25)) {
      ++ended;
      return std::nullopt;
    }
    QThread::msleep(1);
  }
  const double own = values[0] + static_cast<double>(variant) + static_cast<double>(seed) / 10;
  return TaskResult{{own}, {0.5, own / 10}};
}

const Task& made() {
  static const Task task{"sums",
                         "Sums",
                         "Adds up.",
                         {{"amount", "Amount", "", "How much.", FieldType::Integer, 0, 100, 7}},
                         {"one", "other"},
                         {{"sum", "Sum", "What it came to."}},
                         {"place", "value", 1},
                         run};
  return task;
}

Registry withTask() {
  auto entry = toy::entry();
  entry.tasks = {&made(), 1};
  return builtInDynamics().add(entry);
}

struct Room {
  Registry registry = withTask();
  TaskDialog dialog{registry, "toy", nullptr};

  Room() { dialog.show(); }
  template <typename Widget>
  [[nodiscard]] Widget& find(const char* name) {
    auto* found = dialog.findChild<Widget*>(QString::fromLatin1(name));
    if (found == nullptr) qFatal("there is no %s", name);
    return *found;
  }
  void set(const char* field, double value) {
    auto* box = find<FieldEditor>(field).findChild<NumberBox*>();
    Stage::type(*box, QByteArray::number(value).constData());
  }
  void start() { QTest::mouseClick(&find<QPushButton>("taskStart"), Qt::LeftButton); }
};

}  // namespace

/// Tasks of any dynamics, by hand.
class TestTaskDialog : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    endless = false;
    ended = 0;
  }

  /// Means over the seeds with what they are sure of, and the curve of each variant; the table holds every result.
  void scoresOverSeeds() {
    Room room;
    QVERIFY(QTest::qWaitForWindowExposed(&room.dialog));
    QVERIFY(!room.find<QPushButton>("taskSave").isEnabled());
    room.set("task.amount", 5);
    room.set("task.seeds", 3);
    room.start();
    QTRY_VERIFY_WITH_TIMEOUT(room.dialog.report() && !room.dialog.working(), patience);
    auto& table = room.find<QTableWidget>("taskScores");
    QVERIFY(table.isVisible());
    QCOMPARE(table.rowCount(), 2);
    QCOMPARE(table.verticalHeaderItem(1)->text(), QStringLiteral("other"));
    QCOMPARE(table.horizontalHeaderItem(0)->text(), QStringLiteral("Sum"));
    QCOMPARE(table.item(0, 0)->text(), QStringLiteral("5.200 ± 0.248"));  // of 5.1, 5.2, 5.3
    QCOMPARE(table.item(1, 0)->text(), QStringLiteral("6.200 ± 0.248"));
    const auto finding = curvesOf(made(), *room.dialog.report());
    QCOMPARE(finding.curves.size(), std::size_t{2});
    QCOMPARE(finding.curves[1].x, (std::vector<double>{1, 2}));
    QVERIFY(std::abs(finding.curves[1].y[1] - 0.62) < 1e-12);
    QVERIFY(finding.curves[0].look != finding.curves[1].look);  // told apart without hue
    QVERIFY(room.find<QPushButton>("taskSave").isEnabled());
    QTest::mouseClick(&room.find<QPushButton>("taskCopy"), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("\tSum\none\t5.200 ± 0.248\nother\t6.200 ± 0.248\n"));
  }

  void stopped() {
    Room room;
    endless = true;
    room.start();
    QVERIFY(room.dialog.working());
    QCOMPARE(room.find<QPushButton>("taskStart").text(), QStringLiteral("Stop"));
    QTRY_VERIFY_WITH_TIMEOUT(room.find<QProgressBar>("taskProgress").value() > 0, patience);
    room.start();
    QVERIFY(!room.dialog.working());
    QTRY_COMPARE_WITH_TIMEOUT(ended.load(), 1, patience);
    QCOMPARE(room.find<QLabel>("taskNote").text(), QStringLiteral("Stopped."));
    QVERIFY(!room.dialog.report());
    endless = false;
    room.start();  // and again
    QTRY_VERIFY_WITH_TIMEOUT(room.dialog.report(), patience);
  }

  void closedWhileItWorks() {
    endless = true;
    {
      Room room;
      room.start();
      QTRY_VERIFY_WITH_TIMEOUT(room.find<QProgressBar>("taskProgress").value() > 0, patience);
    }
    QCOMPARE(ended.load(), 1);
  }

  void whatCannotBeDoneIsSaid() {
    Room room;
    room.set("task.amount", 13);
    room.start();
    QTRY_COMPARE_WITH_TIMEOUT(room.find<QLabel>("taskNote").text(), QStringLiteral("amount: 13 brings bad luck"), patience);
    QVERIFY(!room.dialog.working() && !room.dialog.report());
  }

  /// From the menu: the tasks of the open network's rules first, then those of the others; the network lives on meanwhile.
  void fromTheWindow() {
    Stage stage;
    QVERIFY(stage.openToy());
    QVERIFY(stage.window.actions().tasks->isEnabled());
    stage.window.actions().tasks->trigger();
    auto* dialog = stage.window.findChild<TaskDialog*>();
    QVERIFY(dialog && QTest::qWaitForWindowExposed(dialog));
    QVERIFY(!dialog->isModal());
    auto* choice = dialog->findChild<QComboBox*>();
    QVERIFY(choice && choice->count() >= 3);
    dialog->close();
    QTRY_VERIFY_WITH_TIMEOUT(!stage.window.findChild<TaskDialog*>(), patience);
  }
};

int main(int argc, char** argv) { return runWindowTest<TestTaskDialog>(argc, argv, "tst_task_dialog"); }
#include "tst_task_dialog.moc"
