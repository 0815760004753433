#include <QtTest>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "core/io/document.h"
#include "core/io/recovery.h"

using namespace plexarium;
namespace fs = std::filesystem;

/// Work that outlives a crash.
class TestRecovery : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    QVERIFY(folder_->isValid());
    state_ = fs::path(folder_->path().toStdString()) / "state" / "recovery";
  }

  void normalEndLeavesNothing() {
    {
      auto recovery = RecoveryFile::create(state_).value();
      QVERIFY(recovery.write("/home/someone/model.json", "work"));
      QCOMPARE(readFile(recovery.path()).value(), std::string("work"));
      QVERIFY(findLostWork(state_).value().empty());  // its owner lives
      QVERIFY(recovery.clear() && recovery.clear());
      QVERIFY(!fs::exists(recovery.path()));
      QVERIFY(recovery.write({}, "more"));
    }
    QVERIFY(fs::is_empty(state_));
  }

  void ownersDoNotMeet() {
    auto one = RecoveryFile::create(state_).value();
    auto two = RecoveryFile::create(state_).value();
    QVERIFY(one.path() != two.path());
    const auto name = one.path();
    QVERIFY(one.write({}, "one") && two.write({}, "two"));
    auto moved = std::move(one);
    QCOMPARE(moved.path(), name);
    QCOMPARE(readFile(name).value(), std::string("one"));
    moved = std::move(two);
    QVERIFY(!fs::exists(name));
    QCOMPARE(readFile(moved.path()).value(), std::string("two"));
  }

  void crashIsFound() {
    crash(
        "/home/some one/m\xc3\xb6"
        "del.json",
        "first");
    crash({}, "second");
    auto found = findLostWork(state_).value();
    QCOMPARE(found.size(), std::size_t{2});
    std::sort(found.begin(), found.end(), [](const LostWork& a, const LostWork& b) { return a.document < b.document; });
    QVERIFY(found[0].document.empty());
    QCOMPARE(found[1].document, fs::path("/home/some one/m\xc3\xb6"
                                         "del.json"));
    QCOMPARE(readFile(found[1].copy).value(), std::string("first"));
    const auto age = std::chrono::system_clock::now() - found[1].written;
    QVERIFY(age > -std::chrono::minutes(1) && age < std::chrono::minutes(1));
    QVERIFY(discard(found[0]) && discard(found[1]) && discard(found[1]));
    QVERIFY(fs::is_empty(state_));
  }

  void crashWithoutWorkIsSweptAway() {
    crash({}, {});
    QVERIFY(!fs::is_empty(state_));
    QVERIFY(findLostWork(state_).value().empty());
    QVERIFY(fs::is_empty(state_));
  }

  void noFolderHoldsNothing() {
    QVERIFY(findLostWork(state_).value().empty());
    QVERIFY(!RecoveryFile::create("/dev/null/recovery"));
  }

  void stateFolderFollowsTheEnvironment() {
    qputenv("XDG_STATE_HOME", "/somewhere/state");
    QCOMPARE(userStateFolder(), fs::path("/somewhere/state/plexarium"));
    qputenv("XDG_STATE_HOME", "relative");
    qputenv("HOME", "/home/someone");
    QCOMPARE(userStateFolder(), fs::path("/home/someone/.local/state/plexarium"));
  }

 private:
  /// A process that takes a recovery file, writes `text` where there is some, and is killed.
  void crash(const fs::path& document, const std::string& text) {
    int ready[2];
    QCOMPARE(::pipe(ready), 0);
    const pid_t child = ::fork();
    QVERIFY(child >= 0);
    if (child == 0) {
      auto recovery = RecoveryFile::create(state_);
      const bool done = recovery && (text.empty() || recovery->write(document, text));
      const char sign = done ? '+' : '-';
      if (::write(ready[1], &sign, 1) == 1) ::pause();
      ::_exit(1);
    }
    char sign = 0;
    QCOMPARE(::read(ready[0], &sign, 1), ssize_t{1});
    QCOMPARE(sign, '+');
    QVERIFY(findLostWork(state_).value().size() < 2);  // it still lives
    QCOMPARE(::kill(child, SIGKILL), 0);
    QCOMPARE(::waitpid(child, nullptr, 0), child);
    ::close(ready[0]);
    ::close(ready[1]);
  }

  std::unique_ptr<QTemporaryDir> folder_;
  fs::path state_;
};

QTEST_GUILESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
