#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QThreadPool>
#include <map>
#include <set>

#include "core/io/data_places.h"
#include "tests/gui/window/stage.h"
#include "ui/window/notice_area.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

/// Commands that are neither edits nor leave the network alone, by object name, and why.
const std::map<QString, QString> others{
    {"undo", "is what the others are tested with"},
    {"redo", "likewise"},
    {"create", "opens another network"},
    {"open", "opens another network"},
    {"gallery", "opens another network"},
    {"importNetwork", "opens another network"},
    {"connectomeSide", "opens another network"},
    {"connectomeAbove", "opens another network"},
    {"turnToSide", "needs the tables of a connectome"},
    {"turnToTop", "needs the tables of a connectome"},
    {"quit", "ends the program"},
    {"run", "lets time pass"},
    {"step", "lets time pass"},
    {"stepBack", "goes back in time"},
    {"tasks", "stays open beside the window: see tst_task_dialog"},
    {"returnToStart", "goes back in time"},
};

/// Commands that change the network and that undo takes back. Whatever is in neither list must leave the network alone.
const std::set<QString> edits{
    "cut",     "paste",     "duplicate", "addNeuron",  "connectSelected", "wire",       "removeSelected", "group",
    "ungroup", "foldGroup", "nameGroup", "inputGroup", "outputGroup",     "plugModule", "layout",         "exchangeSources"};

bool isEdit(const QAction& action, const Actions& actions) {
  return edits.contains(action.objectName()) || actions.alignments.contains(const_cast<QAction*>(&action));
}

/// Everything in the menu and its submenus that can be triggered.
QList<QAction*> commandsIn(const QMenu& menu) {
  emit const_cast<QMenu&>(menu).aboutToShow();
  QList<QAction*> all;
  for (auto* action : menu.actions()) {
    if (action->isSeparator()) continue;
    if (action->menu()) {
      all << commandsIn(*action->menu());
    } else {
      all << action;
    }
  }
  return all;
}

/// Six neurons in a ring with a past: the first three are a group and selected; 1 does not lead to 3, but 5 does.
void prepare(Stage& stage) {
  QSignalSpy opened(&stage.window.document(), &Document::opened);
  stage.window.document().create(
      [] {
        Model model = toy::model(6, 0);
        model.parameters[toy::Rewires] = 0;
        const std::vector ids{model.graph.ids()[0], model.graph.ids()[1], model.graph.ids()[2]};
        model.graph.addLinks({{{model.graph.ids()[4], ids[2]}}, {}, {{2}, {}}});
        const Edit grouped{
            "Group",
            {AddGroups{{{GroupId{1}, "Pool", 2, {}, false}}}, AssignGroups{{{ids[0], {1}}, {ids[1], {1}}, {ids[2], {1}}}}}};
        return apply(grouped, toy::entry().description, {model.graph, model.parameters, model.embodiment}, EditMode::Strict)
            .map([&](const Applied&) { return std::move(model); });
      },
      false);
  QVERIFY(!opened.isEmpty() || opened.wait(patience));
  bool done = false;
  stage.window.bridge().post(Stimulate{{{stage.id(0), 0, 0.5}}});
  stage.window.bridge().post(StepTicks{20}, [&](const Outcome& outcome) { done = !outcome.error; });
  QTRY_VERIFY_WITH_TIMEOUT(done, patience);
  stage.window.selection().set({stage.id(0), stage.id(1), stage.id(2)}, {});
}

QDialog* openDialog(const MainWindow& window) {
  for (auto* dialog : window.findChildren<QDialog*>()) {
    if (dialog->isVisible()) return dialog;
  }
  return nullptr;
}

/// Every question gets its default answer: a file name where one is asked for, else the default button.
void answerDialogs(Stage& stage, const QString& file) {
  while (auto* dialog = openDialog(stage.window)) {
    const QPointer<QDialog> asked(dialog);
    if (auto* files = qobject_cast<QFileDialog*>(dialog)) {
      files->selectFile(stage.path(qPrintable(file)));
      dialog->accept();
    } else {
      // A pattern of chance may make no link among three neurons.
      if (auto* pattern = dialog->findChild<QComboBox*>(QStringLiteral("wireChoice"))) {
        pattern->setCurrentIndex(pattern->findText(QStringLiteral("All to all")));
      }
      QPushButton* button = nullptr;
      for (auto* each : dialog->findChildren<QPushButton*>()) {
        if (!button || each->isDefault()) button = each;
      }
      QVERIFY2(button, qPrintable(dialog->objectName()));
      QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), patience);  // it may still be counting
      button->click();
    }
    QTRY_VERIFY_WITH_TIMEOUT(!asked || !asked->isVisible(), patience);
  }
}

/// Everything handed in so far has been carried out and looked at.
bool settled(Stage& stage) {
  QThreadPool::globalInstance()->waitForDone();
  QCoreApplication::processEvents();
  return stage.dump() != "no answer";
}

}  // namespace

class TestEveryCommand : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QSettings().clear();
    stage_ = std::make_unique<Stage>();
    QVERIFY(stage_->openToy());
  }
  void cleanupTestCase() { stage_.reset(); }

  void undoTakesEveryCommandBack_data() {
    QTest::addColumn<QAction*>("action");
    QList<QAction*> all;
    for (auto* title : stage_->window.menuBar()->actions()) all << commandsIn(*title->menu());
    QVERIFY(all.size() > 60);
    std::set<QString> seen;
    for (auto* action : all) {
      seen.insert(action->objectName());
      if (others.contains(action->objectName())) continue;
      QTest::addRow("%s", qPrintable(action->text().remove(QLatin1Char('&')))) << action;
    }
    for (const auto& [name, why] : others) QVERIFY2(seen.contains(name), qPrintable(name + " " + why));
    for (const auto& name : edits) QVERIFY2(seen.contains(name), qPrintable(name));
  }

  void undoTakesEveryCommandBack() {
    QFETCH(QAction*, action);
    Stage& stage = *stage_;
    Actions& actions = stage.window.actions();
    prepare(stage);
    if (action == actions.paste) {
      QGuiApplication::clipboard()->clear();
      actions.copy->trigger();
      QTRY_VERIFY_WITH_TIMEOUT(!QGuiApplication::clipboard()->text().isEmpty(), patience);
    }
    if (action == actions.plugModule) {
      const Model module = toy::model(3, 0);
      QVERIFY(saveModel(toy::entry().description, module, stage.path("plugModule.json").toStdString()));
    }
    if (action == actions.exchangeSources) {
      stage.window.selection().set({}, {{stage.id(1), stage.id(2)}, {stage.id(4), stage.id(2)}});
      QTRY_VERIFY_WITH_TIMEOUT(action->isEnabled(), patience);  // once their values are known
    }
    const std::string before = stage.dump();
    const Tick tick = stage.now().tick;
    const auto revision = stage.now().editRevision;
    QCOMPARE(tick, Tick{20});
    QVERIFY2(action->isEnabled() || action->menu() || action->text().startsWith(QStringLiteral("There are no")) ||
                 action->text() == QStringLiteral("Nothing yet"),
             qPrintable(action->objectName()));
    action->trigger();
    answerDialogs(stage, action->objectName() + QStringLiteral(".json"));
    if (action == actions.plugModule) {  // how, once the file has been read
      QTRY_VERIFY_WITH_TIMEOUT(openDialog(stage.window), patience);
      answerDialogs(stage, {});
    }
    if (isEdit(*action, actions)) {
      QTRY_VERIFY_WITH_TIMEOUT(stage.now().editRevision != revision && actions.undo->isEnabled(), patience);
      if (action->objectName() != QStringLiteral("nameGroup")) QVERIFY(stage.dump() != before);
      QCOMPARE(stage.now().tick, tick);
      const auto* stop = stage.window.findChild<QPushButton*>(QStringLiteral("stopLayout"));
      QTRY_VERIFY_WITH_TIMEOUT(!stop->isVisible(), patience);
      actions.undo->trigger();
      QTRY_VERIFY_WITH_TIMEOUT(!actions.undo->isEnabled(), patience);
    } else {
      QVERIFY(settled(stage));
      QCOMPARE(stage.now().editRevision, revision);
    }
    QCOMPARE(stage.dump(), before);
    QCOMPARE(stage.now().tick, tick);
    QVERIFY(!stage.now().running);
    leaveSwitchAsItWas(*action);
  }

 private:
  static void leaveSwitchAsItWas(QAction& action) {
    if (action.isCheckable() && !action.actionGroup()) action.trigger();
  }

  std::unique_ptr<Stage> stage_;
};

int main(int argc, char** argv) { return runWindowTest<TestEveryCommand>(argc, argv, "tst_every_command"); }

#include "tst_every_command.moc"
