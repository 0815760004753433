#include <QtTest>

#include <algorithm>
#include <numeric>

#include "core/data/generator.h"
#include "tests/data/data_driver.h"

using namespace plexarium;

/// Data that is made.
class TestGenerator : public QObject {
  Q_OBJECT

 private slots:
  void all_data() {
    QTest::addColumn<QString>("key");
    for (const auto& generator : generators()) QTest::newRow(generator.key.c_str()) << QString::fromStdString(generator.key);
  }

  void all() {
    QFETCH(QString, key);
    const auto data = generateData(key.toStdString(), {}, 5).value();
    const auto same = generateData(key.toStdString(), {}, 5).value();
    const auto other = generateData(key.toStdString(), {}, 6).value();
    const auto& info = data->info();
    QVERIFY(info.samples > 0 && info.classes.size() >= 2);
    QVERIFY(info.picture.width == 0 || info.picture.values() == info.inputs);
    std::vector<std::size_t> counts(info.classes.size(), 0);
    bool differs = false;
    for (std::size_t k = 0; k < std::min<std::size_t>(info.samples, 500); ++k) {
      const auto inputs = readSample(*data, k).inputs;
      QCOMPARE(inputs.size(), info.inputs);
      QCOMPARE(inputs, readSample(*same, k).inputs);
      differs = differs || inputs != readSample(*other, k).inputs;
      QVERIFY(data->label(k) < info.classes.size());
      ++counts[data->label(k)];
      for (std::size_t input = 0; input < inputs.size(); ++input) {
        QVERIFY(inputs[input] >= info.range(input).minimum && inputs[input] <= info.range(input).maximum);
      }
    }
    QVERIFY(std::ranges::all_of(counts, [](std::size_t count) { return count > 0; }));
    const bool fixed = key == "primes" || key == "sequence" || key == "xor";
    QCOMPARE(differs, !fixed);
  }

  void halvesLieApart() {
    const std::vector<double> values{32, 100};
    const auto data = generateData("halves", values, 1).value();
    QCOMPARE(data->info().inputs, std::size_t{32});
    for (std::size_t k = 0; k < 100; ++k) {
      const auto inputs = readSample(*data, k).inputs;
      const auto [least, most] = std::ranges::minmax(inputs);
      if (data->label(k) == 0) QVERIFY(least >= 0.6 && most > 0.9);
      if (data->label(k) == 1) QVERIFY(most < 0.4 && least < 0.1);
      QCOMPARE(data->label(k), k % 2 == 0 ? 1U : 0U);  // low first, then in turn
    }
  }

  void primesAreRight() {
    const auto data = generateData("primes", {}, 1).value();
    QVERIFY(!data->info().ordered);
    std::vector<std::size_t> primes;
    for (std::size_t k = 0; k < 32; ++k) {
      const auto inputs = readSample(*data, k).inputs;
      QCOMPARE(std::accumulate(inputs.begin(), inputs.end(), 0.0), 1.0);
      QCOMPARE(inputs[k], 1.0);
      if (data->label(k) == 1) primes.push_back(k);
    }
    QCOMPARE(primes, (std::vector<std::size_t>{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31}));
  }

  void sequenceWantsTheEighth() {
    const auto data = generateData("sequence", {}, 1).value();
    QVERIFY(data->info().ordered);
    for (std::size_t k = 0; k < 24; ++k) {
      QCOMPARE(readSample(*data, k).inputs[k % 4], 1.0);
      QCOMPARE(data->label(k), k % 8 == 7 ? 1U : 0U);
    }
  }

  void xorIsXor() {
    const auto data = generateData("xor", {}, 1).value();
    for (std::size_t k = 0; k < 8; ++k) {
      const auto inputs = readSample(*data, k).inputs;
      QCOMPARE(data->label(k), inputs[0] != inputs[1] ? 1U : 0U);
    }
  }

  /// Without noise every point lies on its curve.
  void shapesAreWhatTheyAreCalled() {
    const auto circles = generateData("circles", std::vector<double>{0, 1000}, 1).value();
    const auto moons = generateData("moons", std::vector<double>{0, 1000}, 1).value();
    for (std::size_t k = 0; k < 1000; ++k) {
      const auto circle = readSample(*circles, k).inputs;
      QVERIFY(std::abs(std::hypot(circle[0] - 0.5, circle[1] - 0.5) - (circles->label(k) == 0 ? 0.2 : 0.4)) < 1e-12);
      const auto moon = readSample(*moons, k).inputs;
      const double x = (moon[0] - 0.1) * 3 / 0.8 - 1;
      const double y = (moon[1] - 0.3) * 3 / 0.8 - 0.5;
      const double radius = moons->label(k) == 0 ? std::hypot(x, y) : std::hypot(x - 1, y - 0.5);
      QVERIFY(std::abs(radius - 1) < 1e-12);
    }
  }

  /// Drawn digits are what they are called: the nearest mean picture of other drawings names most of them.
  void digitsAreTellable() {
    const auto data = generateData("digits", {}, 1).value();
    QCOMPARE(data->info().picture, (PictureShape{28, 28, 1}));
    std::vector<std::vector<double>> means(10, std::vector<double>(784, 0));
    for (std::size_t k = 0; k < 500; ++k) {
      const auto picture = readSample(*data, k).inputs;
      for (std::size_t pixel = 0; pixel < 784; ++pixel) means[data->label(k)][pixel] += picture[pixel] / 50;
    }
    int right = 0;
    for (std::size_t k = 500; k < 800; ++k) {
      const auto picture = readSample(*data, k).inputs;
      std::vector<double> distances;
      for (const auto& mean : means) {
        distances.push_back(std::transform_reduce(picture.begin(), picture.end(), mean.begin(), 0.0, std::plus{},
                                                  [](double a, double b) { return (a - b) * (a - b); }));
      }
      const auto nearest = std::ranges::min_element(distances) - distances.begin();
      right += static_cast<std::uint32_t>(nearest) == data->label(k) ? 1 : 0;
    }
    QVERIFY2(right > 225, qPrintable(QString("%1 of 300").arg(right)));
    const auto ink = readSample(*data, 3).inputs;
    const auto sum = std::accumulate(ink.begin(), ink.end(), 0.0);
    QVERIFY2(sum > 30 && sum < 300, qPrintable(QString::number(sum)));
  }

  void valuesAreRandomOrConstant() {
    const auto data = generateData("uniform", std::vector<double>{3, 0.2, 0.6, 400}, 2).value();
    double sum = 0;
    for (std::size_t k = 0; k < 400; ++k) {
      const auto inputs = readSample(*data, k).inputs;
      for (const double value : inputs) sum += value;
      QCOMPARE(data->label(k), inputs[0] < 0.4 ? 0U : 1U);
    }
    QVERIFY(std::abs(sum / 1200 - 0.4) < 0.02);
    const auto same = generateData("uniform", std::vector<double>{2, 0.7, 0.7, 10}, 2).value();
    QCOMPARE(readSample(*same, 3).inputs, (std::vector<double>{0.7, 0.7}));
  }

  void wordsFollowEachOther() {
    const std::vector<double> values{3, 2, 1000};
    const auto data = generateData("words", values, 1).value();
    const auto& info = data->info();
    QVERIFY(info.ordered);
    QCOMPARE(info.inputs, std::size_t{12});
    std::string text;
    for (std::size_t k = 0; k < 1000; ++k) {
      const auto inputs = readSample(*data, k).inputs;
      const auto first = std::ranges::find(inputs, 1.0) - inputs.begin();
      QCOMPARE(first % 2, 0);
      QCOMPARE(std::accumulate(inputs.begin(), inputs.end(), 0.0), 2.0);
      QCOMPARE(inputs[static_cast<std::size_t>(first) + 1], 1.0);                      // both inputs of the letter
      if (k > 0) QCOMPARE(data->label(k - 1), static_cast<std::uint32_t>(first / 2));  // the next letter is wanted
      text += info.classes[static_cast<std::size_t>(first / 2)];
    }
    int firstWords = 0;
    for (std::size_t k = 0; k < 1000; k += 5) {
      const auto word = text.substr(k, 5);
      QVERIFY2(word == "abbbc" || word == "deeef", word.c_str());
      firstWords += word == "abbbc" ? 1 : 0;
    }
    QVERIFY(firstWords > 70 && firstWords < 130);  // of 200
  }

  void symbolsAreDrawnEvenly() {
    const auto data = generateData("symbols", {}, 1).value();
    QVERIFY(data->info().ordered);
    std::vector<int> counts(10, 0);
    for (std::size_t k = 0; k < 10000; ++k) ++counts[static_cast<std::size_t>(readSample(*data, k).inputs[0])];
    for (const int count : counts) QVERIFY(count > 850 && count < 1150);
  }

  void wrongSettingsAreRefused() {
    QCOMPARE(generateData("mons", {}, 1).error().text(), std::string("there is no generator 'mons'. Did you mean 'moons'?"));
    QVERIFY(!generateData("xor", std::vector<double>{0}, 1));
    QVERIFY(!generateData("xor", std::vector<double>{0, 0}, 1));
    QVERIFY(!generateData("xor", std::vector<double>{0, 1.5}, 1));
  }
};

QTEST_GUILESS_MAIN(TestGenerator)
#include "tst_generator.moc"
