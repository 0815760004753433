#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>

#include "core/io/document.h"
#include "core/io/recovery.h"
#include "tests/gui/window/stage.h"
#include "ui/window/file_commands.h"
#include "ui/window/notice_area.h"
#include "ui/window/tour.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

/// The dialog called so, once it is there.
template <typename Dialog = QDialog>
Dialog* dialogCalled(Stage& stage, const char* name) {
  Dialog* dialog = nullptr;
  const QString wanted = QString::fromLatin1(name);
  (void)QTest::qWaitFor([&] { return (dialog = stage.window.findChild<Dialog*>(wanted)) != nullptr; }, patience);
  return dialog;
}

/// Answers the export's question for a file name.
void answer(Stage& stage, const char* dialogName, const QString& file) {
  auto* dialog = dialogCalled<QFileDialog>(stage, dialogName);
  QVERIFY(dialog);
  dialog->selectFile(file);
  emit dialog->fileSelected(file);
  dialog->reject();
}

bool noticed(Stage& stage, const char* word) {
  return QTest::qWaitFor(
      [&] { return stage.window.notices().texts().join(QLatin1Char(' ')).contains(QString::fromLatin1(word)); }, patience);
}

QPushButton* noticeButton(Stage& stage, const char* text) {
  for (auto* button : stage.window.notices().findChildren<QPushButton*>()) {
    if (button->text() == QString::fromLatin1(text)) return button;
  }
  return nullptr;
}

/// As a program that died leaves it: a copy, and a lock that nobody holds.
void leaveLostWork(Stage& stage) {
  const std::filesystem::path folder = stage.path("recovery").toStdString();
  const std::filesystem::path kept = stage.path("kept").toStdString();
  std::filesystem::create_directories(kept);
  {
    auto copy = RecoveryFile::create(folder);
    QVERIFY(copy.has_value());
    QVERIFY(copy->write({}, writeModel(toy::entry().description, toy::model(11, 0))).has_value());
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      std::filesystem::copy(file.path(), kept / file.path().filename());
    }
  }
  for (const auto& file : std::filesystem::directory_iterator(kept)) {
    std::filesystem::copy(file.path(), folder / file.path().filename());
  }
}

}  // namespace

class TestWindowDialogs : public QObject {
  Q_OBJECT

 private slots:
  void init() { QSettings().clear(); }

  void newNetworkIsMade() {
    Stage stage;
    QVERIFY(stage.openToy());
    stage.window.actions().create->trigger();
    auto* dialog = dialogCalled(stage, "newNetwork");
    QVERIFY(dialog);
    QSignalSpy opened(&stage.window.document(), &Document::opened);
    auto* create = dialog->findChild<QPushButton*>(QStringLiteral("createNetwork"));
    create->click();
    QVERIFY(opened.wait(patience));
    QTRY_VERIFY_WITH_TIMEOUT(stage.now().running, patience);
  }

  /// Of any dynamics: a canvas to draw on.
  void anEmptyNetworkIsMade() {
    Stage stage;
    QVERIFY(stage.openToy());
    for (const auto& entry : stage.window.bridge().registry().entries()) {
      stage.window.actions().create->trigger();
      auto* dialog = dialogCalled(stage, "newNetwork");
      QVERIFY(dialog);
      auto* kinds = dialog->findChild<QComboBox*>();
      kinds->setCurrentText(QString::fromStdString(entry.description.label));
      QSignalSpy opened(&stage.window.document(), &Document::opened);
      dialog->findChild<QPushButton*>(QStringLiteral("createEmpty"))->click();
      QVERIFY(opened.wait(patience));
      QCOMPARE(stage.window.bridge().description().key, entry.description.key);
      QCOMPARE(stage.now().graph.ids->size(), std::size_t{0});
      QTRY_VERIFY_WITH_TIMEOUT(stage.now().running, patience);
    }
  }

  void galleryOpensWithEnter() {
    Stage stage;
    QVERIFY(stage.openToy());
    stage.window.actions().gallery->trigger();
    auto* dialog = dialogCalled(stage, "gallery");
    QVERIFY(dialog);
    auto* list = dialog->findChild<QListWidget*>(QStringLiteral("galleryList"));
    QVERIFY(list->count() >= 10);
    // Each gets a picture of its own in place of the empty card.
    const auto shown = [&](int row) {
      const QImage image = list->item(row)->icon().pixmap(list->iconSize()).toImage();
      return image.pixelColor(image.rect().center()) != image.pixelColor(2, 2) || !image.allGray();
    };
    for (int row = 0; row < list->count(); ++row) QTRY_VERIFY_WITH_TIMEOUT(shown(row), patience);
    list->setCurrentRow(1);
    const QString name = list->item(1)->text();
    QVERIFY(!dialog->findChild<QLabel*>(QStringLiteral("galleryDescription"))->text().isEmpty());
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(stage.window.document().name(), name, patience);
  }

  void recentFilesOpen() {
    Stage stage;
    QVERIFY(stage.openToy(5));
    stage.window.files().saveTo(stage.path("five.json"));
    QTRY_COMPARE_WITH_TIMEOUT(stage.window.document().title(), QStringLiteral("five.json"), patience);
    QSignalSpy opened(&stage.window.document(), &Document::opened);
    stage.window.document().create([] { return Result<Model>(toy::model(3, 0)); }, false);
    QVERIFY(opened.wait(patience));
    auto* menu = stage.window.findChild<QMenu*>(QStringLiteral("recentMenu"));
    emit menu->aboutToShow();
    QCOMPARE(menu->actions().size(), 1);
    menu->actions()[0]->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{5}, patience);
  }

  void picturesAreExported() {
    Stage stage;
    QVERIFY(stage.openToy());
    stage.window.actions().exportPicture->trigger();
    answer(stage, "exportPictureDialog", stage.path("network.png"));
    QVERIFY(noticed(stage, "network.png"));
    const QImage picture(stage.path("network.png"));
    const auto& canvas = stage.window.canvasView().canvas();
    QCOMPARE(picture.size(), QSizeF(canvas.width(), canvas.height()).toSize() * 2);
    stage.window.actions().exportPicture->trigger();
    answer(stage, "exportPictureDialog", stage.path("nowhere/network.png"));
    QVERIFY(noticed(stage, "could not be written"));
  }

  void graphmlComesBackFaithfully() {
    Stage stage;
    QVERIFY(stage.openToy(7));
    stage.window.actions().exportGraphml->trigger();
    answer(stage, "exportGraphmlDialog", stage.path("seven.graphml"));
    QVERIFY(noticed(stage, "seven.graphml"));
    QSignalSpy opened(&stage.window.document(), &Document::opened);
    stage.window.document().create([] { return Result<Model>(toy::model(3, 0)); }, false);
    QVERIFY(opened.wait(patience));
    stage.window.files().open(stage.path("seven.graphml"));
    QVERIFY(noticed(stage, "faithfully"));
    QCOMPARE(stage.neurons(), std::size_t{7});
    QVERIFY(stage.window.document().file().isEmpty());  // Saving must not overwrite what is no model file.
  }

  void edgeListsComeBackWithAReport() {
    Stage stage;
    QVERIFY(stage.openToy(4));
    stage.window.actions().exportEdgeList->trigger();
    answer(stage, "exportEdgeListDialog", stage.path("four.csv"));
    QVERIFY(noticed(stage, "four.csv"));
    QFile strange(stage.path("strange.csv"));
    QVERIFY(strange.open(QIODevice::WriteOnly));
    strange.write("from,to,colour\n1,2,red\n2,3,blue\n");
    strange.close();
    stage.window.files().open(stage.path("strange.csv"));
    QVERIFY(noticed(stage, "unsupported"));
    QCOMPARE(stage.neurons(), std::size_t{3});
    stage.window.files().open(stage.path("four.csv"));
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{4}, patience);
  }

  void lostWorkIsRestored() {
    Stage stage;
    leaveLostWork(stage);
    QVERIFY(stage.openToy());
    stage.window.document().findLostWork();
    QTRY_VERIFY_WITH_TIMEOUT(noticeButton(stage, "Restore"), patience);
    noticeButton(stage, "Restore")->click();
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{11}, patience);
    QVERIFY(stage.window.document().modified());
  }

  void lostWorkIsThrownAway() {
    Stage stage;
    leaveLostWork(stage);
    QVERIFY(stage.openToy());
    stage.window.document().findLostWork();
    QTRY_VERIFY_WITH_TIMEOUT(noticeButton(stage, "Throw away"), patience);
    noticeButton(stage, "Throw away")->click();
    const std::filesystem::path folder = stage.path("recovery").toStdString();
    QTRY_VERIFY_WITH_TIMEOUT(findLostWork(folder)->empty(), patience);
    QCOMPARE(stage.neurons(), std::size_t{6});
  }

  /// What the network itself refuses: the neuron has gone while its value was typed.
  void refusedInspectorEditShowsTheOldValue() {
    Stage stage;
    QVERIFY(stage.openToy(6, 300));  // a tick takes its time, so that the wish meets a network that has moved on
    stage.window.selection().set({stage.id(1), stage.id(2)}, {});
    NumberBox* box = stage.box("neuron.bias");
    QTRY_VERIFY_WITH_TIMEOUT(box->isVisible(), patience);
    stage.window.bridge().post(StepTicks{1});
    stage.window.bridge().submit({"Delete", {RemoveNeurons{{stage.id(2)}}}});
    const double others = stage.bias(1);
    Stage::type(*box, "0.125");
    QTRY_COMPARE_WITH_TIMEOUT(stage.neurons(), std::size_t{5}, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!stage.window.notices().texts().isEmpty(), patience);
    QCOMPARE(stage.bias(1), others);
    QTRY_COMPARE_WITH_TIMEOUT(box->value(), std::optional(others), patience);
  }

  void tourWatchesWhatIsDone() {
    Stage stage;
    QVERIFY(stage.openToy(4));
    Tour& tour = stage.window.tour();
    stage.window.actions().tour->trigger();
    QVERIFY(tour.isVisible());
    const std::size_t steps = tour.stepCount();
    QCOMPARE(tour.step(), std::size_t{0});
    stage.key(Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), std::size_t{1}, patience);
    stage.click(0, Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), std::size_t{2}, patience);
    stage.key(Qt::Key_Space);
    stage.key(Qt::Key_N);
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), std::size_t{3}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(stage.window.selection().neurons(), std::vector{stage.id(4)}, patience);
    stage.window.selection().toggle(stage.id(0));
    stage.key(Qt::Key_L);
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), std::size_t{4}, patience);
    stage.window.selection().set({stage.id(0)}, {});
    Stage::type(*stage.box("neuron.bias"), "0.375");
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), std::size_t{5}, patience);
    stage.key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), std::size_t{6}, patience);
    stage.window.files().saveTo(stage.path("tour.json"));
    QTRY_COMPARE_WITH_TIMEOUT(tour.step(), steps, patience);
    tour.findChild<QPushButton*>(QStringLiteral("tourLeave"))->click();
    QVERIFY(!tour.isVisible());
  }
};

int main(int argc, char** argv) { return runWindowTest<TestWindowDialogs>(argc, argv, "tst_window_dialogs"); }

#include "tst_window_dialogs.moc"
