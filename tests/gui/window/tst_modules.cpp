#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <algorithm>

#include "tests/gui/window/stage.h"
#include "ui/window/actions.h"
#include "ui/window/notice_area.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

bool noticed(Stage& stage, const char* word) {
  return QTest::qWaitFor(
      [&] { return stage.window.notices().texts().join(QLatin1Char(' ')).contains(QString::fromLatin1(word)); }, patience);
}

void answer(Stage& stage, const char* dialogName, const QString& file) {
  auto* dialog = stage.window.findChild<QFileDialog*>(QString::fromLatin1(dialogName));
  QVERIFY(dialog);
  dialog->selectFile(file);
  emit dialog->fileSelected(file);
  dialog->reject();
}

/// The question how to plug in, about a module with three inputs (named in, two without names) and a motor neuron.
QDialog* ask(Stage& stage) {
  Model module = toy::model(5, 0);
  module.name = "Trio";
  const auto ids = module.graph.ids();
  const Edit edit{"",
                  {SetRoles{{{ids[0], Role::Sensory},
                             {ids[1], Role::Sensory},
                             {ids[2], Role::Sensory},
                             {ids[3], Role::Inter},
                             {ids[4], Role::Motor}}},
                   RenameNeurons{{{ids[0], "Eye"}, {ids[1], ""}, {ids[2], ""}}}}};
  if (!apply(edit, toy::entry().description, {module.graph, module.parameters, module.embodiment}, EditMode::Strict)) {
    return nullptr;
  }
  const auto file = stage.path("trio.json");
  if (!saveAtomically(file.toStdString(), writeModel(toy::entry().description, module))) return nullptr;
  stage.window.actions().plugModule->trigger();
  answer(stage, "plugModuleDialog", file);
  QDialog* dialog = nullptr;
  (void)QTest::qWaitFor(
      [&] { return (dialog = stage.window.findChild<QDialog*>(QStringLiteral("moduleDialog"))) != nullptr; }, patience);
  return dialog;
}

template <typename Widget>
Widget* in(QDialog* dialog, const char* name) {
  return dialog->findChild<Widget*>(QString::fromLatin1(name));
}

QString previewOf(QDialog* dialog) { return in<QLabel>(dialog, "modulePreview")->text(); }

/// Types into the row's own editor.
void bindTo(QDialog* dialog, int row, const QString& text) {
  auto* table = in<QTableWidget>(dialog, "moduleInputs");
  table->editItem(table->item(row, 1));
  auto* box = table->findChild<QComboBox*>();
  QVERIFY(box);
  box->lineEdit()->selectAll();
  QTest::keyClicks(box->lineEdit(), text);
  QTest::keyClick(box->lineEdit(), Qt::Key_Return);
  QTRY_COMPARE_WITH_TIMEOUT(table->item(row, 1)->text(), text, patience);
}

/// As Stage::type, but goes on to the next field: Return is for the dialog's button.
void fill(NumberBox& box, const char* text) {
  box.setFocus();
  QTest::keyClick(&box, Qt::Key_A, Qt::ControlModifier);
  QTest::keyClicks(&box, QString::fromLatin1(text));
  QTest::keyClick(&box, Qt::Key_Tab);
}

}  // namespace

/// Networks that become parts of others, and parts that become networks.
class TestModules : public QObject {
  Q_OBJECT

 private slots:
  void init() { QSettings().clear(); }

  void selectionIsSavedAsModule() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    const std::string before = stage.dump();
    stage.window.actions().saveModule->trigger();
    QVERIFY(noticed(stage, "No neuron is selected"));
    stage.click(2);
    stage.click(3, Qt::ControlModifier);
    stage.window.actions().saveModule->trigger();
    answer(stage, "saveModuleDialog", stage.path("pair.json"));
    QVERIFY(noticed(stage, "Saved pair.json: inputs"));
    const auto saved = loadModel(registry(), stage.path("pair.json").toStdString());
    QVERIFY2(saved, saved ? "" : saved.error().text().c_str());
    QCOMPARE(saved->name, std::string("pair"));
    // The ring leads into the pair from one neuron outside, which comes along as an input.
    QCOMPARE(saved->graph.neuronCount(), std::size_t{3});
    QCOMPARE(saved->graph.linkCount(), std::size_t{2});
    QCOMPARE(stage.dump(), before);
    stage.window.actions().saveModule->trigger();
    answer(stage, "saveModuleDialog", stage.path("nowhere/pair.json"));
    QVERIFY(noticed(stage, "could not be written") || noticed(stage, "nowhere"));
  }

  void moduleIsPluggedInAndUndone() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    const std::string before = stage.dump();
    QDialog* dialog = ask(stage);
    QVERIFY(dialog);
    QCOMPARE(in<QTableWidget>(dialog, "moduleInputs")->rowCount(), 3);
    QVERIFY2(previewOf(dialog).contains("Adds 5 neurons"), qPrintable(previewOf(dialog)));
    QVERIFY2(previewOf(dialog).contains("3 new, 0 merged"), qPrintable(previewOf(dialog)));
    bindTo(dialog, 1, QStringLiteral("#%1").arg(stage.id(2).value));
    QVERIFY2(previewOf(dialog).contains("Adds 4 neurons"), qPrintable(previewOf(dialog)));
    fill(*in<NumberBox>(dialog, "module.readers"), "2");
    QVERIFY2(previewOf(dialog).contains("1 become interneurons, with 2 links"), qPrintable(previewOf(dialog)));
    auto* gain = in<FieldEditor>(dialog, "moduleLink.gain_least")->findChild<NumberBox*>();
    fill(*gain, "0.5");
    stage.keepPicture("module", dialog);
    in<QPushButton>(dialog, "plugIn")->click();
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{10}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(stage.window.selection().neurons().size(), std::size_t{4}, patience);
    const auto& groups = *stage.now().graph.groups;
    QCOMPARE(groups.size(), std::size_t{1});
    QCOMPARE(groups[0].name, std::string("Trio"));
    // Nobody of the module is a motor neuron, and what was bound is read.
    for (std::size_t row = 6; row < 10; ++row) QVERIFY((*stage.now().graph.roles)[row] != Role::Motor);
    stage.window.actions().undo->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{6}, patience);
    QVERIFY(!stage.window.actions().undo->isEnabled());
    QCOMPARE(stage.dump(), before);
  }

  /// The network goes on rewiring itself meanwhile.
  void moduleIsPluggedInWhileTheNetworkRuns() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    stage.window.actions().run->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().running && stage.now().tick > 50, patience);
    QDialog* dialog = ask(stage);
    QVERIFY(dialog);
    bindTo(dialog, 0, QStringLiteral("#%1").arg(stage.id(0).value));
    const Tick tick = stage.now().tick;
    in<QPushButton>(dialog, "plugIn")->click();
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{10}, patience);
    QVERIFY(stage.now().running);
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().tick > tick + 50, patience);
    stage.window.actions().undo->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{6}, patience);
    QVERIFY(stage.now().running);
    stage.window.actions().redo->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{10}, patience);
  }

  void inputsAreBoundByNameOrSelection() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    bool named = false;
    stage.window.bridge().submit(Edit{"Name", {RenameNeurons{{{stage.id(4), "Eye"}}}}},
                                 [&](const Outcome&) { named = true; });
    QTRY_VERIFY_WITH_TIMEOUT(named, patience);
    stage.click(1);
    stage.click(2, Qt::ControlModifier);
    QDialog* dialog = ask(stage);
    QVERIFY(dialog);
    auto* table = in<QTableWidget>(dialog, "moduleInputs");
    in<QPushButton>(dialog, "moduleByName")->click();
    QCOMPARE(table->item(0, 1)->text(), QStringLiteral("Eye #%1").arg(stage.id(4).value));
    QCOMPARE(table->item(1, 1)->text(), table->item(2, 1)->text());  // new
    in<QPushButton>(dialog, "moduleSelected")->click();
    QVERIFY(table->item(0, 1)->text().endsWith(QStringLiteral("#%1").arg(stage.id(1).value)));
    QVERIFY(table->item(1, 1)->text().endsWith(QStringLiteral("#%1").arg(stage.id(2).value)));
    // Nobody stands for two inputs, and nobody who is not there for one.
    bindTo(dialog, 2, table->item(0, 1)->text());
    QVERIFY(!in<QPushButton>(dialog, "plugIn")->isEnabled());
    QVERIFY2(previewOf(dialog).contains("two inputs"), qPrintable(previewOf(dialog)));
    bindTo(dialog, 2, QStringLiteral("Nobody"));
    QVERIFY(!in<QPushButton>(dialog, "plugIn")->isEnabled());
    QVERIFY2(previewOf(dialog).contains("Nobody"), qPrintable(previewOf(dialog)));
    in<QPushButton>(dialog, "moduleAllNew")->click();
    QVERIFY(in<QPushButton>(dialog, "plugIn")->isEnabled());
    dialog->reject();
  }

  void otherFilesAreRefused() {
    Stage stage;
    QVERIFY(stage.openToy(6));
    QVERIFY(saveAtomically(stage.path("broken.json").toStdString(), "{").has_value());
    stage.window.actions().plugModule->trigger();
    answer(stage, "plugModuleDialog", stage.path("broken.json"));
    QVERIFY(noticed(stage, "broken.json"));
    const auto registry = builtInDynamics();
    const auto& entry = registry.entries().front();
    const auto other = create(entry, initialValues(entry.description.creationFields), 1);
    QVERIFY(other.has_value());
    QVERIFY(saveAtomically(stage.path("other.json").toStdString(), writeModel(entry.description, *other)).has_value());
    stage.window.actions().plugModule->trigger();
    answer(stage, "plugModuleDialog", stage.path("other.json"));
    QVERIFY(noticed(stage, "other rules"));
    QVERIFY(!stage.window.findChild<QDialog*>(QStringLiteral("moduleDialog")));
  }
};

int main(int argc, char** argv) { return runWindowTest<TestModules>(argc, argv, "tst_modules"); }

#include "tst_modules.moc"
