#include <QtTest>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "core/io/document.h"

using namespace plexarium;
namespace fs = std::filesystem;

/// Whole files or none.
class TestFile : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    QVERIFY(folder_->isValid());
  }

  void savesAndReads() {
    const auto file = path("model.json");
    QVERIFY(saveAtomically(file, "one"));
    QVERIFY(saveAtomically(file, "two"));
    QCOMPARE(readFile(file).value(), std::string("two"));
    QCOMPARE(entries(), std::size_t{1});  // nothing is left beside it
  }

  void keepsPermissions() {
    const auto file = path("secret.json");
    QVERIFY(saveAtomically(file, "one"));
    QCOMPARE(::chmod(file.c_str(), 0640), 0);
    QVERIFY(saveAtomically(file, "two"));
    struct stat status {};
    QCOMPARE(::stat(file.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777U, 0640U);
  }

  void followsSymbolicLinks() {
    fs::create_directory(path("elsewhere"));
    QVERIFY(saveAtomically(path("elsewhere/real.json"), "one"));
    fs::create_symlink("elsewhere/real.json", path("link.json"));
    fs::create_symlink(path("link.json"), path("second.json"));
    QVERIFY(saveAtomically(path("second.json"), "two"));
    QVERIFY(fs::is_symlink(path("second.json")) && fs::is_symlink(path("link.json")));
    QCOMPARE(readFile(path("elsewhere/real.json")).value(), std::string("two"));
    fs::create_symlink("circle.json", path("circle.json"));
    QVERIFY(!saveAtomically(path("circle.json"), "lost"));
  }

  void refusesWhatIsNoFile() {
    for (const auto& result : {saveAtomically(path("."), "x"), saveAtomically(path("missing/model.json"), "x")}) {
      QVERIFY(!result);
      QVERIFY(!result.error().where.empty() && !result.error().advice.empty());
    }
    QVERIFY(!readFile(path(".")));
    QVERIFY(!readFile(path("missing.json")));
    QVERIFY(!readFile("/dev/zero"));
    QCOMPARE(::mkfifo(path("pipe").c_str(), 0600), 0);
    QVERIFY(!readFile(path("pipe")));
    QVERIFY(!saveAtomically(path("pipe"), "x"));
    QCOMPARE(entries(), std::size_t{1});
  }

  void refusesLargeFiles() {
    QVERIFY(saveAtomically(path("large"), std::string(1001, 'x')));
    QVERIFY(!readFile(path("large"), 1000));
    QCOMPARE(readFile(path("large"), 1001).value().size(), std::size_t{1001});
  }

  void keepsTheOldFileWhereThereIsNoRoom() {
    if (::access("/dev/full", W_OK) != 0) QSKIP("this system has no /dev/full");
    QVERIFY(!saveAtomically("/dev/full", "x"));
  }

  /// A process is killed at a random moment of its saves, fifty times: the file is always one of those it wrote.
  void killedWhileSavingLeavesAWholeFile() {
    const auto file = path("model.json");
    QVERIFY(saveAtomically(file, content(0)));
    for (int round = 0; round < 50; ++round) {
      const pid_t child = ::fork();
      QVERIFY(child >= 0);
      if (child == 0) {
        for (int version = 1;; ++version) {
          if (!saveAtomically(file, content(version))) ::_exit(1);
        }
      }
      ::usleep(static_cast<useconds_t>(2000 + 397 * round));
      QCOMPARE(::kill(child, SIGKILL), 0);
      int status = 0;
      QCOMPARE(::waitpid(child, &status, 0), child);
      QVERIFY(WIFSIGNALED(status));
      const auto text = readFile(file);
      QVERIFY(text);
      QVERIFY2(*text == content(std::stoi(*text)), "the file is half one version and half another");
    }
    qInfo("last version: %d", std::stoi(readFile(file).value()));
  }

 private:
  static std::string content(int version) {
    std::string text = std::to_string(version) + '\n';
    text.append(200'000, static_cast<char>('a' + version % 26));
    return text + std::to_string(version);
  }
  fs::path path(const char* name) const { return fs::path(folder_->path().toStdString()) / name; }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path("")), fs::directory_iterator()));
  }

  std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_GUILESS_MAIN(TestFile)
#include "tst_file.moc"
