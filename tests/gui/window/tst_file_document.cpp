#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/io/document.h"
#include "tests/support/toy/toy.h"
#include "ui/bridge/document.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

Registry registry() { return Registry().add(toy::entry()); }

/// A document with a toy network in it, in a folder of its own.
struct Desk {
  QTemporaryDir folder;
  SessionBridge bridge{registry()};
  Document document{bridge, recovery()};

  [[nodiscard]] std::filesystem::path recovery() const { return folder.filePath(QStringLiteral("recovery")).toStdString(); }
  [[nodiscard]] QString path(const char* name) const { return folder.filePath(QString::fromLatin1(name)); }
  [[nodiscard]] QStringList copies() const {
    return QDir(folder.filePath(QStringLiteral("recovery"))).entryList({QStringLiteral("*.json")});
  }

  bool open() {
    QSignalSpy opened(&document, &Document::opened);
    document.create([] { return Result<Model>(toy::model(12, 20)); }, false);
    return opened.wait(2000);
  }
  bool load(const QString& file) {
    QSignalSpy opened(&document, &Document::opened);
    document.load(file, false);
    return opened.wait(2000);
  }
  bool save(const QString& file) {
    QSignalSpy saved(&document, &Document::saved);
    document.save(file, View{{1, 2}, 3});
    return saved.wait(2000);
  }
  void edit(double bias) {
    bridge.submit({"Set bias", {SetNeuronField{toy::Bias, {{bridge.snapshot()->graph.ids->front(), bias}}}}});
  }
  [[nodiscard]] double bias() const { return columnValue((*bridge.snapshot()->graph.neuronFields)[toy::Bias], 0); }
};

void writeText(const QString& file, const QByteArray& text) {
  QFile out(file);
  QVERIFY(out.open(QIODevice::WriteOnly));
  out.write(text);
}

}  // namespace

class TestFileDocument : public QObject {
  Q_OBJECT

 private slots:
  void savesAndReopensIdentical() {
    Desk desk;
    QVERIFY(desk.open());
    QVERIFY(!desk.document.modified());
    desk.bridge.post(StepTicks{37});
    QTRY_COMPARE_WITH_TIMEOUT(desk.bridge.snapshot()->tick, Tick{37}, 2000);
    desk.edit(0.5);
    QTRY_VERIFY_WITH_TIMEOUT(desk.document.modified(), 2000);
    QVERIFY(desk.save(desk.path("a.json")));
    QVERIFY(!desk.document.modified());
    QCOMPARE(desk.document.title(), QStringLiteral("a.json"));
    QVERIFY(desk.load(desk.path("a.json")));
    QCOMPARE(desk.bridge.snapshot()->tick, Tick{37});
    QCOMPARE(desk.document.view().scale, 3.0F);
    QVERIFY(desk.save(desk.path("b.json")));
    const auto first = loadModel(registry(), desk.path("a.json").toStdString());
    const auto second = loadModel(registry(), desk.path("b.json").toStdString());
    QVERIFY(first && second);
    QCOMPARE(stateHash(toy::entry().description, *first), stateHash(toy::entry().description, *second));
  }

  void aDamagedFileChangesNothing() {
    Desk desk;
    QVERIFY(desk.open());
    QVERIFY(desk.save(desk.path("a.json")));
    desk.edit(0.75);
    QTRY_COMPARE_WITH_TIMEOUT(desk.bias(), 0.75, 2000);
    QFile good(desk.path("a.json"));
    QVERIFY(good.open(QIODevice::ReadOnly));
    const QByteArray text = good.readAll();
    writeText(desk.path("bad.json"), text.left(text.size() / 2));
    QSignalSpy failed(&desk.document, &Document::failed);
    desk.document.load(desk.path("bad.json"), false);
    QVERIFY(failed.wait(2000));
    QVERIFY(!failed[0][1].value<Error>().what.empty());
    QCOMPARE(desk.bias(), 0.75);
    QVERIFY(desk.document.modified());
    QCOMPARE(desk.document.title(), QStringLiteral("a.json"));
  }

  void aSaveThatFailsLeavesTheWorkUnsaved() {
    Desk desk;
    QVERIFY(desk.open());
    desk.edit(0.75);
    QTRY_VERIFY_WITH_TIMEOUT(desk.document.modified(), 2000);
    QSignalSpy failed(&desk.document, &Document::failed);
    desk.document.save(desk.path("no/such/folder/a.json"), {});
    QVERIFY(failed.wait(2000));
    QVERIFY(desk.document.modified());
    QVERIFY(desk.document.file().isEmpty());
  }

  void onlyTheLastOfTwoLoadsCounts() {
    Desk desk;
    QVERIFY(desk.open());
    QVERIFY(desk.save(desk.path("a.json")));
    QVERIFY(desk.save(desk.path("b.json")));
    QSignalSpy opened(&desk.document, &Document::opened);
    desk.document.load(desk.path("a.json"), false);
    desk.document.load(desk.path("b.json"), false);
    QVERIFY(opened.wait(2000));
    QTest::qWait(50);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(desk.document.title(), QStringLiteral("b.json"));
  }

  void unsavedWorkIsPutAsideAndTakenAway() {
    Desk desk;
    QVERIFY(desk.open());
    desk.document.setAutosaveInterval(30);
    desk.bridge.post(StepTicks{3});
    QTRY_COMPARE_WITH_TIMEOUT(desk.bridge.snapshot()->tick, Tick{3}, 2000);
    QTest::qWait(100);
    QVERIFY(desk.copies().isEmpty());  // Nothing was edited.
    desk.edit(0.5);
    QTRY_COMPARE_WITH_TIMEOUT(desk.copies().size(), 1, 2000);
    QVERIFY(desk.save(desk.path("a.json")));
    QTRY_VERIFY_WITH_TIMEOUT(desk.copies().isEmpty(), 2000);
  }

  void aCleanEndLeavesNoCopy() {
    QTemporaryDir folder;
    const auto recovery = std::filesystem::path(folder.path().toStdString());
    {
      SessionBridge bridge(registry());
      Document document(bridge, recovery);
      QSignalSpy opened(&document, &Document::opened);
      document.create([] { return Result<Model>(toy::model(4, 4)); }, false);
      QVERIFY(opened.wait(2000));
      document.setAutosaveInterval(30);
      bridge.submit({"Set bias", {SetParameter{toy::Rewires, 0}}});
      QTRY_VERIFY_WITH_TIMEOUT(!QDir(folder.path()).entryList({QStringLiteral("*.json")}).isEmpty(), 2000);
    }
    QVERIFY(QDir(folder.path()).isEmpty());
  }

  /// Another process puts its work aside and dies without a word.
  void workOfACrashedProgramIsOfferedAndRestored() {
    Desk desk;
    QVERIFY(desk.open());
    desk.edit(0.375);
    QTRY_COMPARE_WITH_TIMEOUT(desk.bias(), 0.375, 2000);
    QVERIFY(desk.save(desk.path("work.json")));
    const auto text = readFile(desk.path("work.json").toStdString());
    QVERIFY(text.has_value());
    const pid_t child = fork();
    if (child == 0) {
      auto copy = RecoveryFile::create(desk.recovery());
      _exit(copy && copy->write("/somewhere/mine.json", *text) ? 0 : 1);
    }
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QCOMPARE(WEXITSTATUS(status), 0);
    desk.edit(0.625);
    QTRY_COMPARE_WITH_TIMEOUT(desk.bias(), 0.625, 2000);

    QSignalSpy found(&desk.document, &Document::lostWorkFound);
    desk.document.findLostWork();
    QVERIFY(found.wait(2000));
    const auto lost = found[0][0].value<LostWork>();
    QCOMPARE(QString::fromStdString(lost.document.string()), QStringLiteral("/somewhere/mine.json"));
    QSignalSpy opened(&desk.document, &Document::opened);
    desk.document.recover(lost);
    QVERIFY(opened.wait(2000));
    QTRY_COMPARE_WITH_TIMEOUT(desk.bias(), 0.375, 2000);
    QVERIFY(desk.document.modified());
    QCOMPARE(desk.document.title(), QStringLiteral("mine.json"));
    // It has a copy of its own at once, and the dead program's is gone.
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(QString::fromStdString(lost.copy.string())), 2000);
    QCOMPARE(desk.copies().size(), 1);
  }
};

QTEST_GUILESS_MAIN(TestFileDocument)
#include "tst_file_document.moc"
