#include <QtTest>

#include "core/feed/score.h"
#include "core/feed/summary.h"

using namespace plexarium;

/// Sums over samples, and figures over runs.
class TestScore : public QObject {
  Q_OBJECT

 private slots:
  void errorsAccuracyAndConfusion() {
    DatasetInfo info;
    info.classes = {"a", "b"};
    const auto encoder = TargetEncoder::create(info, {}, 2).value();
    Score score;
    score.add(encoder, 7, 0, std::vector{1.0, 0.0}, std::vector{0.75, 0.5});
    score.add(encoder, 8, 1, std::vector{0.0, 1.0}, std::vector{0.75, 0.25});
    QCOMPARE(score.error(), (0.375 + 0.75) / 2);
    QCOMPARE(score.meanSquare(), (0.15625 + 0.5625) / 2);
    QCOMPARE(score.accuracy(), 0.5);
    QCOMPARE(score.confusion, (std::vector<std::uint64_t>{1, 0, 1, 0}));
    QCOMPARE(score.mistakes, (std::vector<Mistake>{{8, 1, 0}}));
    const auto before = score;
    score.add(encoder, 9, 1, std::vector{0.0, 1.0}, std::vector{0.0, 1.0});
    score -= before;
    QCOMPARE(score.samples, std::uint64_t{1});
    QCOMPARE(score.error(), 0.0);
    QCOMPARE(score.confusion, (std::vector<std::uint64_t>{0, 0, 0, 1}));
    QCOMPARE(Score{}.accuracy(), 0.0);
  }

  void theLastMistakesAreKept() {
    DatasetInfo info;
    info.classes = {"a", "b"};
    const auto encoder = TargetEncoder::create(info, {}, 2).value();
    Score score;
    for (std::size_t sample = 0; sample < 100; ++sample) {
      score.add(encoder, sample, 1, std::vector{0.0, 1.0}, std::vector{sample % 2 == 0 ? 1.0 : 0.0, 0.5});
    }
    QCOMPARE(score.mistakes.size(), Score::mistakesKept);
    QCOMPARE(score.mistakes.back(), (Mistake{98, 1, 0}));
    QCOMPARE(score.mistakes.front(), (Mistake{100 - 2 * Score::mistakesKept, 1, 0}));
  }

  /// The interval of ten numbers, worked out by hand: mean 5.5, deviation 3.02765, t(9) = 2.262.
  void summaries() {
    const std::vector<double> values{3, 1, 2, 10, 5, 4, 6, 9, 8, 7};
    const auto summary = summarize(values, true);
    QCOMPARE(summary.mean, 5.5);
    QCOMPARE(summary.median, 5.5);
    QCOMPARE(summary.worst, 10.0);
    QVERIFY(std::abs(summary.margin - 2.262 * 3.0276504 / std::sqrt(10.0)) < 1e-6);
    QCOMPARE(summarize(values, false).worst, 1.0);
    QCOMPARE(summarize(std::vector{0.3}, true).margin, 0.0);
  }

  void studentsQuantiles() {
    QCOMPARE(studentQuantile(1), 12.706);
    QVERIFY(std::abs(studentQuantile(40) - 2.0211) < 5e-4);
    QVERIFY(std::abs(studentQuantile(100) - 1.9840) < 5e-4);
    QVERIFY(std::abs(studentQuantile(100000) - 1.96) < 5e-4);
  }
};

QTEST_GUILESS_MAIN(TestScore)
#include "tst_score.moc"
