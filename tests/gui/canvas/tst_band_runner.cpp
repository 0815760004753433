#include <QtTest>
#include <array>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "ui/canvas/band_runner.h"

using namespace plexarium::ui;

/// Two threads share the bands of a picture.
class TestBandRunner : public QObject {
  Q_OBJECT

 private slots:
  void doesEveryBandOnce() {
    BandRunner runner;
    for (const int count : {0, 1, 2, 13, 500}) {
      std::vector<std::atomic<int>> done(static_cast<std::size_t>(count));
      runner.run(count, [&](int band) { ++done[static_cast<std::size_t>(band)]; });
      for (const auto& times : done) QCOMPARE(times.load(), 1);
    }
  }

  /// The helper may lose the processor anywhere, also after it took a band and before it begins it.
  void survivesACrowd() {
    std::atomic<bool> over = false;
    std::vector<std::thread> crowd;
    for (int k = 0; k < 4; ++k) {
      crowd.emplace_back([&] {
        while (!over) std::this_thread::yield();
      });
    }
    constexpr int rounds = 5'000;
    std::atomic<int> done = 0;
    const auto work = [&](int) {
      const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(20);  // long enough to be helped
      while (std::chrono::steady_clock::now() < end) {
      }
      ++done;
    };
    {
      BandRunner runner;
      for (int round = 0; round < rounds; ++round) runner.run(3, work);
    }
    over = true;
    for (auto& thread : crowd) thread.join();
    QCOMPARE(done.load(), 3 * rounds);
  }
};

QTEST_GUILESS_MAIN(TestBandRunner)

#include "tst_band_runner.moc"
