#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>

#include "tests/gui/window/stage.h"
#include "ui/window/notice_area.h"
#include "ui/window/record_dialog.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

RecordDialog* ask(Stage& stage) {
  stage.key(Qt::Key_R, Qt::ControlModifier);
  return stage.window.findChild<RecordDialog*>();
}

void saveAs(Stage& stage, const QString& file) {
  auto* dialog = stage.window.findChild<QFileDialog*>(QStringLiteral("recordDialog"));
  QVERIFY(dialog);
  dialog->selectFile(file);
  QMetaObject::invokeMethod(dialog, "accept");
}

}  // namespace

class TestRecordRun : public QObject {
  Q_OBJECT

 private slots:
  void valuesOfSelectedNeurons() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    stage.window.selection().set({stage.id(4), stage.id(1)}, {});
    auto* dialog = ask(stage);
    QVERIFY(dialog && dialog->isVisible());
    auto* record = dialog->findChild<QPushButton*>(QStringLiteral("recordRun"));
    auto* fields = dialog->findChild<QListWidget*>(QStringLiteral("recordFields"));
    QVERIFY(!fields->isEnabled());
    dialog->findChild<QComboBox*>(QStringLiteral("recordWhat"))->setCurrentIndex(1);
    for (int row = 0; row < fields->count(); ++row) fields->item(row)->setCheckState(Qt::Unchecked);
    QVERIFY(!record->isEnabled());
    fields->item(toy::Charge)->setCheckState(Qt::Checked);
    dialog->findChild<QSpinBox*>(QStringLiteral("recordEvery"))->setValue(5);
    QCOMPARE(dialog->plan().neurons, (std::vector{stage.id(1), stage.id(4)}));
    QTest::mouseClick(record, Qt::LeftButton);
    const QString file = stage.path("values.csv");
    saveAs(stage, file);

    auto* progress = stage.window.findChild<QLabel*>(QStringLiteral("recordProgress"));
    QTRY_VERIFY_WITH_TIMEOUT(progress->isVisible(), patience);
    stage.window.bridge().post(StepTicks{50});
    QTRY_VERIFY_WITH_TIMEOUT(progress->text().contains(QStringLiteral("50 ticks, 20 rows")), patience);
    QTest::mouseClick(stage.window.findChild<QPushButton*>(QStringLiteral("stopRecording")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!progress->isVisible(), patience);
    QVERIFY(stage.window.notices().texts().join(u' ').contains(QStringLiteral("values.csv")));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll().count('\n'), 21);
  }

  /// Every link among the selected neurons, each time: what evolves is ticked.
  void valuesOfLinks() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    auto* dialog = ask(stage);
    QVERIFY(dialog);
    dialog->findChild<QComboBox*>(QStringLiteral("recordWhat"))->setCurrentIndex(2);
    auto* fields = dialog->findChild<QListWidget*>(QStringLiteral("recordFields"));
    QCOMPARE(fields->count(), 2);
    QCOMPARE(dialog->plan().linkFields, std::vector<std::size_t>{toy::Weight});
    QVERIFY(dialog->plan().fields.empty());
    dialog->findChild<QSpinBox*>(QStringLiteral("recordEvery"))->setValue(5);
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("recordRun")), Qt::LeftButton);
    const QString file = stage.path("weights.csv");
    saveAs(stage, file);
    auto* progress = stage.window.findChild<QLabel*>(QStringLiteral("recordProgress"));
    QTRY_VERIFY_WITH_TIMEOUT(progress->isVisible(), patience);
    stage.window.bridge().post(StepTicks{10});
    QTRY_VERIFY_WITH_TIMEOUT(progress->text().contains(QStringLiteral("10 ticks, 12 rows")), patience);
    QTest::mouseClick(stage.window.findChild<QPushButton*>(QStringLiteral("stopRecording")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!progress->isVisible(), patience);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(written.readLine() == "tick,from,to,weight\n");
  }

  /// All metrics as means, for which neither neurons nor fields are asked.
  void theNetworkAsAWhole() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    auto* dialog = ask(stage);
    QVERIFY(dialog);
    auto* what = dialog->findChild<QComboBox*>(QStringLiteral("recordWhat"));
    what->setCurrentIndex(what->count() - 1);
    QVERIFY(!dialog->findChild<QComboBox*>(QStringLiteral("recordWhom"))->isEnabled());
    QCOMPARE(dialog->findChild<QListWidget*>(QStringLiteral("recordFields"))->count(), 3);
    dialog->findChild<QSpinBox*>(QStringLiteral("recordEvery"))->setValue(5);
    QVERIFY(dialog->plan().metrics && dialog->plan().every == 5);
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("recordRun")), Qt::LeftButton);
    const QString file = stage.path("whole.csv");
    saveAs(stage, file);
    auto* progress = stage.window.findChild<QLabel*>(QStringLiteral("recordProgress"));
    QTRY_VERIFY_WITH_TIMEOUT(progress->isVisible(), patience);
    stage.window.bridge().post(StepTicks{20});
    QTRY_VERIFY_WITH_TIMEOUT(progress->text().contains(QStringLiteral("20 ticks, 4 rows")), patience);
    stage.key(Qt::Key_R, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!progress->isVisible(), patience);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll().count('\n'), 5);
  }

  void theCommandStopsWhatItBegan() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    auto* dialog = ask(stage);
    QVERIFY(dialog->plan().fields.empty() && dialog->plan().neurons.empty());
    QTest::keyClick(dialog, Qt::Key_Return);
    saveAs(stage, stage.path("firings.csv"));
    const QAction* record = stage.window.actions().record;
    QTRY_VERIFY_WITH_TIMEOUT(record->text().contains(QStringLiteral("Stop")), patience);
    stage.key(Qt::Key_R, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!record->text().contains(QStringLiteral("Stop")), patience);
    QVERIFY(QFile::exists(stage.path("firings.csv")));
  }

  void aFileThatCannotBeIsTold() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    stage.window.bridge().post(StartRecording{stage.path("no/such/place.csv").toStdString(), {}});
    QTRY_VERIFY_WITH_TIMEOUT(stage.window.notices().texts().join(u' ').contains(QStringLiteral("place.csv")), patience);
    QVERIFY(!stage.now().recording);
  }
};

int main(int argc, char** argv) { return runWindowTest<TestRecordRun>(argc, argv, "tst_record_run"); }

#include "tst_record_run.moc"
