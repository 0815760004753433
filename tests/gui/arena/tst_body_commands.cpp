#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <algorithm>

#include "tests/gui/window/stage.h"
#include "ui/arena/arena_panel.h"
#include "ui/arena/arena_view.h"
#include "ui/window/connectome_commands.h"
#include "ui/window/file_commands.h"
#include "ui/window/notice_area.h"
#include "ui/window/repeat_dialog.h"
#include "ui/window/touch_dialog.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

constexpr const char* neuronTable =
    "name,type,x,dv,y,neurotransmitter\n"
    "ALML,sensory,0,0,9,Glutamate\n"
    "AVDL,interneuron,50,5,3,Acetylcholine\n"
    "PVCL,interneuron,90,0,-4,Acetylcholine\n"
    "DB1,motor,120,-8,1,GABA\n";
constexpr const char* synapseTable =
    "pre,post,type,weight,sign\n"
    "ALML,AVDL,chemical,3,+\nALML,PVCL,chemical,1,+\nPVCL,DB1,chemical,1,-\n";

}  // namespace

/// Dialogs and commands about bodies and connectomes, in the window.
class TestBodyCommands : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    QSettings().clear();
    stage_ = std::make_unique<Stage>();
    QVERIFY(stage_->show());
  }
  void cleanup() { stage_.reset(); }

  void repeatsAUnitAlongTheBody() {
    openModel(":/models/worm_crawling.json");
    const auto neurons = stage_->neurons();
    const NeuronId first = called("DB1");
    stage_->window.selection().set({first}, {});
    auto* dialog = repeatDialog();
    QVERIFY(dialog);
    auto* from = dialog->findChild<QComboBox*>(QStringLiteral("repeatFrom"));
    auto* to = dialog->findChild<QComboBox*>(QStringLiteral("repeatTo"));
    QVERIFY(!to->isEnabled());  // every neuron to its own copy
    from->setCurrentIndex(2);
    QVERIFY(to->isEnabled());
    dialog->findChild<QSpinBox*>(QStringLiteral("repeatTimes"))->setValue(2);
    dialog->findChild<QSpinBox*>(QStringLiteral("repeatRows"))->setValue(3);
    dialog->findChild<QPushButton*>(QStringLiteral("repeatNow"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(stage_->neurons(), neurons + 2, patience);
    QTRY_COMPARE_WITH_TIMEOUT(stage_->window.selection().neurons().size(), std::size_t{2}, patience);
    const auto copies = stage_->window.selection().neurons();
    QVERIFY(linked(first, copies[0]) && linked(copies[0], copies[1]));
    QVERIFY(linked(copies[0], port("muscle.D.4")) && linked(copies[1], port("muscle.D.7")));
    // As far apart as the rows are.
    const float apart = place(copies[1]).x - place(copies[0]).x;
    QCOMPARE(apart, place(port("muscle.D.7")).x - place(port("muscle.D.4")).x);
  }

  void repeatingTooOftenSaysWhereTheBodyEnds() {
    openModel(":/models/worm_crawling.json");
    const std::string before = stage_->dump();
    stage_->window.actions().repeatAlongBody->trigger();  // nothing is selected
    QVERIFY(noticed("No neuron is selected"));
    stage_->window.selection().set({called("DB3")}, {});
    auto* dialog = repeatDialog();
    QVERIFY(dialog);
    dialog->findChild<QSpinBox*>(QStringLiteral("repeatTimes"))->setValue(40);
    dialog->findChild<QPushButton*>(QStringLiteral("repeatNow"))->click();
    QVERIFY(noticed("the body has no muscle.D.13"));
    QCOMPARE(stage_->dump(), before);
  }

  void touchTestsCountAndCanBeWatched() {
    writeTables();
    importTables(false);
    stage_->window.actions().touchTest->trigger();
    auto* dialog = stage_->window.findChild<TouchDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    auto* table = dialog->findChild<QTableWidget*>(QStringLiteral("touchTable"));
    // Anterior touch: ALML speaks to AVDL, of the backward pool, and hushes PVCL, of the forward one.
    QTRY_VERIFY_WITH_TIMEOUT(table->item(0, 0) && table->item(0, 1), patience);
    QCOMPARE(table->item(0, 0)->text(), QStringLiteral("0.00"));
    QVERIFY(table->item(0, 1)->text().contains(QStringLiteral("tick")));
    auto* note = dialog->findChild<QLabel*>(QStringLiteral("touchNote"));
    QTRY_VERIFY_WITH_TIMEOUT(note->text().contains(QStringLiteral("PLM")), patience);  // who is not there is named

    const Tick before = stage_->now().tick;
    qobject_cast<QPushButton*>(table->cellWidget(0, table->columnCount() - 1))->click();
    QTRY_VERIFY_WITH_TIMEOUT(stage_->now().running && stage_->now().tick > before, patience);
    QTRY_VERIFY_WITH_TIMEOUT(stage_->now().appearance.lastFired[row("ALML")] > before, patience);
    qobject_cast<QPushButton*>(table->cellWidget(1, table->columnCount() - 1))->click();
    QVERIFY(note->text().contains(QStringLiteral("no neuron")));
    dialog->reject();
  }

  void aMissingConnectomeSaysWhereTablesComeFrom() {
    stage_->window.files().openConnectome(stage_->path("nowhere"), false);
    QVERIFY(noticed("neurons.csv"));
    const QString said = stage_->window.notices().texts().join(QLatin1Char('\n'));
    for (const char* wanted : {"name, type, x, dv", "pre, post, type, weight, sign", "openworm"}) {
      QVERIFY2(said.contains(QLatin1String(wanted)), qPrintable(said));
    }
  }

  void aConnectomeTurnsAndIsColouredByTransmitter() {
    writeTables();
    importTables(false);
    const Point side = place(called("ALML"));
    const std::string before = stage_->dump();
    stage_->window.actions().turnToTop->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(place(called("ALML")) != side, patience);
    stage_->window.actions().turnToSide->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(place(called("ALML")), side, patience);
    stage_->window.bridge().post(Undo{});
    stage_->window.bridge().post(Undo{});
    QTRY_COMPARE_WITH_TIMEOUT(stage_->dump(), before, patience);

    QCOMPARE(stage_->now().graph.groups->size(), std::size_t{3});
    std::vector<QImage> pictures;
    for (auto* colouring : stage_->window.actions().colourings) {
      colouring->setChecked(true);
      pictures.push_back(stage_->window.canvasView().canvas().picture({400, 300}));
    }
    QVERIFY(pictures[0] != pictures[1] && pictures[1] != pictures[2] && pictures[0] != pictures[2]);
    const auto& groups = *stage_->now().graph.groups;
    const auto entries = legendEntries(stage_->window.bridge().description(), true, Colouring::Group, groups, false);
    QCOMPARE(entries.front().toMap().value(QStringLiteral("label")).toString(), QStringLiteral("Glutamate"));
  }

  void turningWithoutTablesIsRefused() {
    openModel(":/models/half_centre.json");
    const std::string before = stage_->dump();
    rememberConnectomeFolder(stage_->path("nowhere"));
    stage_->window.actions().turnToTop->trigger();
    QVERIFY(noticed("neurons.csv"));
    writeTables();
    rememberConnectomeFolder(stage_->folder.path());
    stage_->window.actions().turnToTop->trigger();
    QVERIFY(noticed("No neuron here is called like one of the connectome"));
    QCOMPARE(stage_->dump(), before);
  }

  void neuronsAreStimulatedByName() {
    openModel(":/models/worm_crawling.json");
    stage_->window.actions().find->trigger();
    auto* text = stage_->window.findChild<QLineEdit*>(QStringLiteral("findText"));
    QTRY_VERIFY_WITH_TIMEOUT(text->isVisible(), patience);
    QTest::keyClicks(text, QStringLiteral("ASH"));
    auto* button = stage_->window.findChild<QPushButton*>(QStringLiteral("findStimulate"));
    QVERIFY(button->isVisible());
    button->click();
    stage_->window.bridge().post(StepTicks{10});
    QTRY_VERIFY_WITH_TIMEOUT(stage_->now().appearance.lastFired[row("ASH")] >= 0, patience);
    const Tick first = stage_->now().appearance.lastFired[row("ASH")];
    QVERIFY(text->isVisible());
    stage_->window.bridge().post(StepTicks{60});  // it has recovered
    QTest::keyClick(text, Qt::Key_Return, Qt::AltModifier);
    stage_->window.bridge().post(StepTicks{10});
    QTRY_VERIFY_WITH_TIMEOUT(stage_->now().appearance.lastFired[row("ASH")] > first, patience);
  }

  void copiesOfPortsKeepTheirTies() {
    openModel(":/models/worm_crawling.json");
    const std::string before = stage_->dump();
    const auto ties = stage_->now().bindings->size();
    const NeuronId original = port("muscle.D.1");
    stage_->window.selection().set({original, called("DB1")}, {});
    stage_->window.actions().duplicate->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stage_->now().bindings->size(), ties + 1, patience);
    stage_->window.bridge().post(Undo{});
    QTRY_COMPARE_WITH_TIMEOUT(stage_->now().bindings->size(), ties, patience);
    stage_->window.selection().set({original}, {});
    stage_->window.actions().copy->trigger();
    stage_->window.actions().paste->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stage_->now().bindings->size(), ties + 1, patience);
    stage_->window.bridge().post(Undo{});
    QTRY_COMPARE_WITH_TIMEOUT(stage_->dump(), before, patience);

    // Into a network that has no such body they come as neurons.
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(copied.contains(QStringLiteral("\"bindings\"")));
    openModel(":/models/half_centre.json");
    const auto neurons = stage_->neurons();
    stage_->window.actions().paste->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stage_->neurons(), neurons + 1, patience);
    QVERIFY(stage_->now().bindings->empty());
  }

  void severalBodiesAreChosenAmong() {
    Model model = loadModel(registry(), PLEXARIUM_SOURCE_DIR "/models/worm_crawling.json").value();
    const WorldDescription& sort = worlds().front().description;
    auto other = makeController("another", sort);
    other.objects.push_back({4, "food", initialValues(sort.objectKind("food")->fields)});
    model.embodiment.controllers.insert(model.embodiment.controllers.begin(), other);
    const auto file = stage_->path("two.json");
    const auto& rules = registry().find(model.dynamics)->description;
    QVERIFY(saveAtomically(file.toStdString(), writeModel(rules, model)));
    openModel(qPrintable(file));
    auto* choice = stage_->window.findChild<QComboBox*>(QStringLiteral("arenaBody"));
    QTRY_VERIFY_WITH_TIMEOUT(choice->isVisible(), patience);
    QCOMPARE(choice->count(), 2);
    QCOMPARE(stage_->window.arena().body(), std::string("another"));
    QCOMPARE(stage_->window.arena().view().scene().view()->objects.size(), std::size_t{1});
    choice->setCurrentText(QStringLiteral("worm1"));
    QCOMPARE(stage_->window.arena().view().scene().view()->controller, std::string("worm1"));
    stage_->window.actions().removeBody->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stage_->now().worlds.size(), std::size_t{1}, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!choice->isVisible(), patience);
    QCOMPARE(stage_->now().worlds.front()->controller, std::string("another"));
    QCOMPARE(stage_->window.arena().body(), std::string("another"));
  }

  /// Whatever a format has no place for is said.
  void exportsSayWhatTheyLeaveOut() {
    openModel(":/models/worm_crawling.json");
    stage_->window.document().exportTo(stage_->path("worm.csv"), Document::Exchange::EdgeList);
    QVERIFY(noticed("the body and its ties"));
    stage_->window.document().exportTo(stage_->path("worm.graphml"), Document::Exchange::Graphml);
    QVERIFY(noticed("worm.graphml"));
    QSignalSpy opened(&stage_->window.document(), &Document::opened);
    stage_->window.document().load(stage_->path("worm.graphml"), false);
    QVERIFY(!opened.isEmpty() || opened.wait(patience));
    QVERIFY(!stage_->now().worlds.empty() && !stage_->now().bindings->empty());
  }

 private:
  void openModel(const char* file) {
    QSignalSpy opened(&stage_->window.document(), &Document::opened);
    stage_->window.document().load(QString::fromUtf8(file), false);
    QVERIFY(!opened.isEmpty() || opened.wait(patience));
  }
  void writeTables() {
    for (const auto& [name, text] : {std::pair("neurons.csv", neuronTable), std::pair("synapses.csv", synapseTable)}) {
      QFile file(stage_->path(name));
      QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) > 0);
    }
  }
  void importTables(bool fromAbove) {
    QSignalSpy opened(&stage_->window.document(), &Document::opened);
    stage_->window.files().openConnectome(stage_->folder.path(), fromAbove);
    QVERIFY(!opened.isEmpty() || opened.wait(patience));
    QCOMPARE(stage_->neurons(), std::size_t{4});
  }
  RepeatDialog* repeatDialog() {
    stage_->window.actions().repeatAlongBody->trigger();
    return stage_->window.findChild<RepeatDialog*>();
  }
  bool noticed(const char* text) {
    return QTest::qWaitFor(
        [&] { return stage_->window.notices().texts().join(QLatin1Char('\n')).contains(QLatin1String(text)); }, patience);
  }
  [[nodiscard]] std::size_t row(const char* name) {
    const auto& names = *stage_->now().graph.names;
    const auto found = std::ranges::find(names, std::string(name));
    if (found == names.end()) qFatal("nobody is called %s", name);
    return static_cast<std::size_t>(found - names.begin());
  }
  [[nodiscard]] NeuronId called(const char* name) { return stage_->id(row(name)); }
  [[nodiscard]] Point place(NeuronId id) { return (*stage_->now().graph.positions)[*stage_->now().graph.row(id)]; }
  [[nodiscard]] bool linked(NeuronId from, NeuronId to) { return stage_->now().graph.link({from, to}).has_value(); }
  [[nodiscard]] NeuronId port(const char* key) {
    for (const auto& binding : *stage_->now().bindings) {
      if (binding.port == key) return binding.neuron;
    }
    qFatal("nobody stands for %s", key);
  }

  std::unique_ptr<Stage> stage_;
};

int main(int argc, char** argv) { return runWindowTest<TestBodyCommands>(argc, argv, "tst_body_commands"); }

#include "tst_body_commands.moc"
