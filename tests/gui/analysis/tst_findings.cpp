#include <QTest>
#include <cmath>

#include "ui/analysis/long_series.h"
#include "ui/analysis/network_findings.h"
#include "ui/analysis/spike_findings.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

const QString unit = QStringLiteral("step");

bool near(double one, double other, double by = 1e-9) { return std::abs(one - other) <= by; }

/// Neuron k fires in every tick that periods[k] divides.
Stretches regular(std::vector<std::size_t> periods, std::size_t ticks, Tick first = 0) {
  Stretch stretch{first, {periods.size(), {}}};
  for (std::size_t tick = 0; tick < ticks; ++tick) {
    auto& step = stretch.train.steps.emplace_back();
    for (std::uint32_t k = 0; k < periods.size(); ++k) {
      if (tick % periods[k] == 0) step.push_back(k);
    }
  }
  return {stretch};
}

/// As many of ten neurons fire as `counts` says, the first ones.
Stretch counted(Tick first, const std::vector<std::uint32_t>& counts) {
  Stretch stretch{first, {10, {}}};
  for (const auto count : counts) {
    auto& step = stretch.train.steps.emplace_back();
    for (std::uint32_t k = 0; k < count; ++k) step.push_back(k);
  }
  return stretch;
}

/// The bar over a place.
double barAt(const Finding::Curve& curve, double x) {
  for (std::size_t k = 0; k + 1 < curve.x.size(); ++k) {
    if (curve.x[k] <= x && x < curve.x[k + 1]) return curve.y[k];
  }
  return -1;
}

double sumOf(const Finding::Curve& curve) {
  double sum = 0;
  for (const double y : curve.y) sum += y;
  return sum;
}

std::vector<QString> named(std::size_t neurons) {
  std::vector<QString> names;
  for (std::size_t k = 0; k < neurons; ++k) names.push_back(QStringLiteral("N%1").arg(k));
  return names;
}

Field field(const char* label, const char* unitText = "") {
  Field made;
  made.label = label;
  made.unit = unitText;
  return made;
}

}  // namespace

/// What is found in networks small enough to be worked out by hand.
class TestFindings : public QObject {
  Q_OBJECT

 private slots:
  void ratesAreOfNeuronsAndTicks() {
    // 4 + 2 firings of 2 neurons in 8 ticks.
    const auto finding = rateFinding(regular({2, 4}, 8, 100), unit, RateGoal{0.3});
    QVERIFY(!finding.missing);
    const auto& rate = finding.curves.front();
    QCOMPARE(rate.x.front(), 100.0);
    QCOMPARE(rate.y[0], 1.0);
    QCOMPARE(rate.y[1], 0.0);
    QCOMPARE(rate.y[2], 0.5);
    QCOMPARE(finding.curves[1].y, (std::vector<double>{0.3, 0.3}));
    QVERIFY(finding.words.startsWith(QStringLiteral("0.375 firings per neuron and step")));
    QVERIFY(finding.words.contains(QStringLiteral("the target is 0.3")));
    // Told and not drawn where it is not meant for all of them.
    const auto others = rateFinding(regular({2, 4}, 8, 100), unit, RateGoal{0.3, QStringLiteral("excitatory")});
    QCOMPARE(others.curves.size(), std::size_t{1});
    QVERIFY(others.words.contains(QStringLiteral("the target of 0.3 is for excitatory alone")));
  }

  void figuresReadWell() {
    QCOMPARE(figure(0.0123461), QStringLiteral("0.01235"));
    QCOMPARE(figure(1234.2), QStringLiteral("1234"));
    QCOMPARE(figure(-10430.4), QLocale().toString(-10430));
    QCOMPARE(figure(1e12), QStringLiteral("1e+12"));
  }

  void aGapInterruptsTheRate() {
    const Stretches two{counted(0, {1, 2}), counted(10, {3})};
    const auto finding = rateFinding(two, unit, {});
    QCOMPARE(finding.curves.size(), std::size_t{1});
    const auto& rate = finding.curves.front();
    QCOMPARE(rate.x, (std::vector<double>{0, 1, 2, 10, 11}));
    QVERIFY(std::isnan(rate.y[2]));
    QCOMPARE(rate.y[3], 0.3);
  }

  void manyTicksBecomeMeans() {
    const auto finding = rateFinding(regular({1, 2}, 5'000), unit, {});
    QVERIFY(finding.curves.front().x.size() <= 1'001);
    QCOMPARE(finding.curves.front().y.front(), (1 + 0.6) / 2);  // of five ticks
    QVERIFY(finding.words.contains(QStringLiteral("mean of 5")));
  }

  void intervalsStayWithinAStretch() {
    auto stretches = regular({4, 8}, 40);
    stretches.push_back(counted(1'000, {1}));
    stretches.back().train.neurons = 2;
    const auto finding = intervalFinding(stretches, unit, false);
    QCOMPARE(barAt(finding.curves.front(), 4), 9.0);
    QCOMPARE(barAt(finding.curves.front(), 8), 4.0);
    QCOMPARE(sumOf(finding.curves.front()), 13.0);
    QVERIFY(finding.words.startsWith(QStringLiteral("13 intervals, on average 5.231 steps")));
    QCOMPARE(finding.curves[1].name, QStringLiteral("exponential"));
    QVERIFY(intervalFinding(stretches, unit, true).y.logarithmic);
  }

  void correlationsAreThoseOfPairs() {
    // Two that fire together and one that fires when they do not.
    Stretch stretch{0, {3, {{0, 1}, {2}, {0, 1}, {2}}}};
    const auto finding = correlationFinding({stretch}, unit, named(3));
    QVERIFY(finding.matrix.has_value());
    QCOMPARE(finding.matrix->side, std::size_t{3});
    const std::vector<double> wanted{1, 1, -1, 1, 1, -1, -1, -1, 1};
    for (std::size_t k = 0; k < wanted.size(); ++k) QVERIFY(near(finding.matrix->values[k], wanted[k]));
    QVERIFY(finding.words.contains(QStringLiteral("0.1111")));
  }

  void manyNeuronsAreThinned() {
    Stretch stretch{0, {1'000, {}}};
    for (std::uint32_t tick = 0; tick < 20; ++tick) {
      auto& step = stretch.train.steps.emplace_back();
      for (std::uint32_t k = tick % 7; k < 1'000; k += 7) step.push_back(k);
    }
    const auto finding = correlationFinding({stretch}, unit, named(1'000));
    QCOMPARE(finding.matrix->side, std::size_t{334});  // every third
    QCOMPARE(finding.matrix->names.size(), std::size_t{334});
    QCOMPARE(finding.matrix->names.back(), QStringLiteral("N999"));
    QVERIFY(finding.words.contains(wholeText(334) + " of " + wholeText(1'000)));
    const double r = finding.matrix->values[7];  // neurons 0 and 21: together
    QVERIFY(near(r, 1));
  }

  void fanoFactorsComeFromWholeWindows() {
    // In windows of 2: counts 1, 1 of the first stretch (its rest is left out) and 2 of the second.
    Stretch first{0, {1, {{0}, {}, {}, {0}, {0}}}};
    Stretch second{50, {1, {{0}, {0}}}};
    const auto finding = fanoFinding({first, second}, unit, 2);
    QVERIFY(!finding.missing);
    QCOMPARE(sumOf(finding.curves.front()), 1.0);
    const double factor = (2.0 / 9) / (4.0 / 3);  // variance of 1, 1, 2 over its mean
    QVERIFY(barAt(finding.curves.front(), factor) == 1.0);
    QVERIFY(finding.words.contains(QStringLiteral("3 windows of 2 steps")));
    QVERIFY(fanoFinding({first, second}, unit, 6).missing);
  }

  void smoothnessIsOfTheLongestStretch() {
    const auto finding = smoothnessFinding({counted(0, {9, 0}), counted(10, {1, 3, 3, 1})}, unit);
    // Changes 2, 0, -2.
    QVERIFY(finding.words.startsWith(QStringLiteral("Smoothness 1.633 firings")));
    QCOMPARE(barAt(finding.curves.front(), -2), 1.0);
    QCOMPARE(barAt(finding.curves.front(), -1), 0.0);
    QCOMPARE(barAt(finding.curves.front(), 0), 1.0);
  }

  void autocorrelationOfAPeriod() {
    const auto finding = autocorrelationFinding(regular({4}, 80), unit);
    const auto& r = finding.curves.front().y;
    QCOMPARE(finding.curves.front().x.size(), std::size_t{21});
    QVERIFY(near(r[0], 1) && near(r[4], 1) && near(r[8], 1));
    QVERIFY(r[2] < 0);
    QVERIFY(finding.words.contains(QStringLiteral("below 1/e from lag 1 on")));
    QVERIFY(autocorrelationFinding(regular({1}, 80), unit).missing);
  }

  void entropyTellsHowEvenlyItIsSpread() {
    const auto even = entropyFinding(regular({2, 2, 2}, 10), unit);
    QVERIFY(even.words.contains(QStringLiteral("firing 1 (")));
    Stretch odd{0, {4, {{0, 1}, {0}, {0}}}};
    const auto finding = entropyFinding({odd}, unit);
    // Shares 3/4 and 1/4 of four neurons: -(0.75 ln 0.75 + 0.25 ln 0.25) / ln 4.
    QVERIFY(finding.words.contains(QStringLiteral("firing 0.4056 (")));
    QVERIFY(finding.words.contains(QStringLiteral("2 of 4 neurons silent")));
    QCOMPARE(finding.curves.front().y, (std::vector<double>{0.75, 0.25, 0, 0, 0}));
  }

  void avalanchesBeginAndEnd() {
    // The first was under way, the last has not ended; between them one of 2 steps and 3 + 4 firings above 1, and one of
    // 1 step and 1.
    const Stretches stretches{counted(0, {5, 5, 0, 4, 5, 1, 2, 0, 9})};
    const auto finding = avalancheFinding(stretches, unit, 1);
    QVERIFY(finding.words.startsWith(QStringLiteral("2 avalanches of more than 1 firings per step, in 9 steps")));
    QVERIFY(finding.x.logarithmic && finding.y.logarithmic);
    QCOMPARE(finding.curves[0].x, (std::vector<double>{1, 2}));
    QCOMPARE(finding.curves[0].y, (std::vector<double>{0.5, 0.5}));
    QCOMPARE(finding.curves[1].x.front(), 1.0);
    QCOMPARE(finding.curves[1].y.front(), 0.5);
    QVERIFY(finding.words.contains(QStringLiteral("too few of 6 to 60 steps")));
    // Half of the mean of 31 / 9, rounded down, is 1.
    QCOMPARE(avalancheFinding(stretches, unit, {}).words, finding.words);
    QVERIFY(avalancheFinding(stretches, unit, 9).missing);
  }

  void exponentsAreFitted() {
    // Runs of k = 6..60 ticks, as many as 20,000 / k^2, of one firing above the threshold each.
    Stretch stretch{0, {2, {}}};
    for (std::size_t k = 6; k <= 60; ++k) {
      for (int n = 0; n < static_cast<int>(std::round(2e4 / static_cast<double>(k * k))); ++n) {
        stretch.train.steps.emplace_back();
        for (std::size_t tick = 0; tick < k; ++tick) stretch.train.steps.push_back({0});
      }
    }
    stretch.train.steps.emplace_back();
    const auto finding = avalancheFinding({stretch}, unit, 0);
    const auto fit = std::ranges::find(finding.curves, Finding::Look::Fit, &Finding::Curve::look);
    QVERIFY(fit != finding.curves.end());
    const double exponent = fit->name.section(QLatin1Char(' '), 1).toDouble();
    QVERIFY2(near(exponent, 2, 0.02), qPrintable(fit->name));
    QVERIFY(finding.words.contains(QStringLiteral("likelier than an exponential")));
  }

  void whatIsMissingIsSaid() {
    QVERIFY(rateFinding({}, unit, {}).words.contains(QStringLiteral("No step has been looked at yet")));
    QVERIFY(rateFinding(regular({}, 5), unit, {}).words.contains(QStringLiteral("no such neurons")));
    const Stretches silent{Stretch{0, {3, {{}, {}}}}};
    QVERIFY(entropyFinding(silent, unit).words.contains(QStringLiteral("None of these neurons fired in 2 steps")));
    QVERIFY(avalancheFinding({}, unit, {}).missing);
    QVERIFY(linkFinding({}, field("Weight"), 0.01, true).missing);
    QVERIFY(linkFinding(std::vector<double>{0.5, 0.5}, field("Weight"), 0.01, true).missing);
    QVERIFY(neuronFinding({}, field("Threshold")).missing);
    QVERIFY(courseFinding({}, QStringLiteral("Links"), {}, unit, true).missing);
  }

  void linkValuesFollowALognormal() {
    const std::vector<double> values{0.5, 1, 2, 0.001};
    const auto finding = linkFinding(values, field("Weight", "mV"), 0.01, true);
    QCOMPARE(finding.x.label, QStringLiteral("Weight (mV)"));
    QVERIFY(
        finding.words.startsWith(QStringLiteral("3 of 4 links at or above 0.01: lognormal with a mean of ln 0 and a "
                                                "deviation of 0.566, skewness of ln 0")));
    QCOMPARE(sumOf(finding.curves.front()), 3.0);
    const double inside = sumOf(finding.curves[1]);  // from 0.01 to 2, ln 2 above the mean
    QVERIFY(near(inside, 3 * 0.5 * std::erfc(-1 / (std::sqrt(2.0 / 3) * std::sqrt(2.0))), 1e-3));
    const auto linear = linkFinding(values, field("Weight"), 0.01, false);
    QVERIFY(!linear.x.logarithmic);
    QVERIFY(near(linear.curves[0].x[1] - linear.curves[0].x[0], (2 - 0.01) / 40));
  }

  void neuronValuesAreCounted() {
    const double infinity = std::numeric_limits<double>::infinity();
    const auto finding = neuronFinding(std::vector<double>{1, 2, 2, 5, infinity}, field("Threshold"));
    QVERIFY(finding.words.startsWith(QStringLiteral("Threshold of 4 neurons: on average 2.5 ± 1.5, from 1 to 5")));
    QCOMPARE(barAt(finding.curves.front(), 2), 2.0);
    QCOMPARE(sumOf(finding.curves.front()), 4.0);
    QCOMPARE(sumOf(neuronFinding(std::vector<double>{3, 3}, field("Threshold")).curves.front()), 2.0);
  }

  void degreesAreOfTheLinksAmongThem() {
    // 0 -> 1, 0 -> 2, 1 -> 2, 2 -> 0, 3 -> 0.
    const std::vector<std::uint32_t> first{0, 2, 3, 4, 5}, targets{1, 2, 2, 0, 0};
    const auto finding = degreeFinding(first, targets, std::vector<std::uint32_t>{0, 1, 2});
    QVERIFY(finding.words.contains(QStringLiteral("4 links between 3 neurons")));
    const auto& in = finding.curves.front();
    QCOMPARE(barAt(in, 1), 2.0);
    QCOMPARE(barAt(in, 2), 1.0);
    const auto out = std::ranges::find(finding.curves, QStringLiteral("Outgoing"), &Finding::Curve::name);
    QCOMPARE(barAt(*out, 2), 1.0);
    QVERIFY(degreeFinding(first, targets, std::vector<std::uint32_t>{1, 3}).missing);
  }

  /// A million ticks in few points, fine where it is young; the mean of all is kept.
  void longSeriesStayShort() {
    LongSeries series;
    for (Tick tick = 0; tick < 1'000'000; ++tick) series.append(tick, tick < 500'000 ? 10 : 20);
    QVERIFY(series.points().size() < 6'000);
    QCOMPARE(series.points()[100].tick, Tick{100});
    QCOMPARE(series.points().front().value, 10.0);
    QCOMPARE(series.points().back().value, 20.0);
    series.forgetFrom(100);
    QCOMPARE(series.points().back().tick, Tick{99});
    series.append(200, 7);
    QCOMPARE(series.points().back().value, 7.0);
    const auto finding = courseFinding(series, QStringLiteral("Links"), {}, unit, true);
    QVERIFY(finding.words.startsWith(QStringLiteral("Links: now 7, least 7 at step 200, most 10 at step 0")));
    QVERIFY(finding.curves.front().x.front() > 0);
  }

  void tablesHaveEveryCurve() {
    const auto finding = degreeFinding(std::vector<std::uint32_t>{0, 1, 2}, std::vector<std::uint32_t>{1, 0},
                                       std::vector<std::uint32_t>{0, 1});
    const auto text = tableOf(finding);
    QVERIFY(text.starts_with("curve,links of a neuron,neurons\nIncoming,0.5,2\nIncoming,1.5,0\nOutgoing,0.5,2\n"));
    Finding matrix;
    matrix.matrix = Finding::Matrix{2, {1, 0.5, 0.5, std::nan("")}, 1, named(2)};
    QCOMPARE(QString::fromStdString(tableOf(matrix)), QStringLiteral("correlation,N0,N1\nN0,1,0.5\nN1,0.5,\n"));
  }
};

QTEST_GUILESS_MAIN(TestFindings)
#include "tst_findings.moc"
