#include <QtTest>

#include <algorithm>
#include <map>
#include <set>

#include "core/data/encoding.h"
#include "core/data/permutation.h"
#include "core/data/split.h"

using namespace plexarium;

namespace {

DatasetInfo table(std::vector<ValueRange> ranges, std::vector<std::string> classes = {"a", "b", "c"}) {
  DatasetInfo info;
  info.inputs = ranges.size();
  info.ranges = std::move(ranges);
  info.classes = std::move(classes);
  return info;
}

std::vector<double> encoded(const DatasetInfo& info, InputCoding coding, std::vector<double> values,
                            std::vector<std::size_t> columns = {}) {
  const auto encoder = InputEncoder::create(info, coding, std::move(columns)).value();
  std::vector<double> out(encoder.width());
  encoder.encode(values, out);
  return out;
}

using Values = std::vector<double>;

}  // namespace

/// What neurons are given of a sample, and how samples are divided.
class TestEncoding : public QObject {
  Q_OBJECT

 private slots:
  void inputs() {
    const auto info = table({{-1, 3}, {0, 10}});
    QCOMPARE(encoded(info, {InputCode::AsIs}, {2, 5}), (Values{2, 5}));
    QCOMPARE(encoded(info, {InputCode::Unit}, {2, 5}), (Values{0.75, 0.5}));
    QCOMPARE(encoded(info, {InputCode::Unit}, {2, 5}, {1}), (Values{0.5}));
    QCOMPARE(encoded(info, {InputCode::Levels, 2}, {0.9, 5}), (Values{1, 0, 0, 1}));
    QCOMPARE(encoded(info, {InputCode::Levels, 4}, {3, 10}), (Values{0, 0, 0, 1, 0, 0, 0, 1}));
    QCOMPARE(encoded(info, {InputCode::Thermometer, 4}, {-1, 8}), (Values{1, 0, 0, 0, 0, 1, 1, 1}));
    QCOMPARE(encoded(info, {InputCode::Symbol}, {-1, 10}, {0}), (Values{1, 0, 0, 0, 0}));
    QCOMPARE(encoded(info, {InputCode::Symbol}, {3, 10}, {0}), (Values{0, 0, 0, 0, 1}));
    QCOMPARE(encoded(table({{2, 2}}), {InputCode::Unit}, {2}), (Values{0}));  // a column that never changes
    const auto graded = InputEncoder::create(info, {InputCode::Levels, 2}, {1, 0}).value();
    QCOMPARE(graded.sources(), (std::vector<std::size_t>{1, 1, 0, 0}));
  }

  /// Four grey levels part at the bytes 64, 128 and 192.
  void greyLevelsPartWhereBytesDo() {
    DatasetInfo info;
    info.inputs = 1;
    for (int byte = 0; byte < 256; ++byte) {
      Values wanted(4, 0);
      wanted[static_cast<std::size_t>(byte / 64)] = 1;
      QCOMPARE(encoded(info, {InputCode::Levels, 4}, {byte / 255.0}), wanted);
    }
  }

  void wrongInputsAreRefused() {
    QVERIFY(!InputEncoder::create(table({{0, 1}}), {}, {1}));
    QVERIFY(!InputEncoder::create(table({{0, 1}}), {InputCode::Levels, 1}, {}));
    QVERIFY(!InputEncoder::create(table({{0, 1.5}}), {InputCode::Symbol}, {}));
    QVERIFY(!InputEncoder::create(table({{0, 1e9}}), {InputCode::Symbol}, {}));
  }

  void classesAsOneHot() {
    const auto encoder = TargetEncoder::create(table({{0, 1}}), {}, 3).value();
    Values out(3);
    encoder.encode(1, {}, out);
    QCOMPARE(out, (Values{0, 1, 0}));
    QCOMPARE(encoder.decide(Values{0.1, 0.4, 0.3}), 1U);
    QCOMPARE(encoder.decide(Values{0.4, 0.4, 0.3}), 0U);
    QVERIFY(std::abs(encoder.dominance(Values{0.1, 0.4, 0.3}) - 0.1) < 1e-12);
  }

  void twoClassesInOneNeuron() {
    const auto encoder = TargetEncoder::create(table({{0, 1}}, {"no", "yes"}), {}, 1).value();
    Values out(1);
    encoder.encode(1, {}, out);
    QCOMPARE(out, (Values{1}));
    QCOMPARE(encoder.decide(Values{0.49}), 0U);
    QCOMPARE(encoder.decide(Values{0.5}), 1U);
    QCOMPARE(encoder.dominance(Values{0.25}), 0.5);
  }

  /// As in the article's cats and dogs: three neurons, the middle one always silent.
  void neuronsThatStandForNothing() {
    const auto encoder = TargetEncoder::create(table({{0, 1}}, {"cat", "dog"}), {0, noTarget, 1}, 3).value();
    Values out(3);
    encoder.encode(1, {}, out);
    QCOMPARE(out, (Values{0, 0, 1}));
    QCOMPARE(encoder.decide(Values{0.2, 0.9, 0.3}), 1U);
    QVERIFY(std::abs(encoder.dominance(Values{0.2, 0.9, 0.3}) - 0.1) < 1e-12);
  }

  void valuesAsTheyAre() {
    auto info = table({{0, 1}}, {});
    info.targets = {"y", "z"};
    const auto encoder = TargetEncoder::create(info, {1, 0}, 2).value();
    Values out(2);
    encoder.encode(0, Values{5, 7}, out);
    QCOMPARE(out, (Values{7, 5}));
    QVERIFY(!TargetEncoder::create(info, {}, 3));
    QVERIFY(!TargetEncoder::create(info, {2}, 1));
  }

  void permutationsTakeEveryPlaceOnce() {
    for (const std::uint64_t count : {1, 2, 3, 4, 5, 16, 17, 1000, 65537}) {
      const Permutation permutation(count, 7, 1);
      std::vector<bool> taken(count, false);
      std::uint64_t fixed = 0;
      for (std::uint64_t k = 0; k < count; ++k) {
        const auto place = permutation(k);
        QVERIFY(place < count && !taken[place]);
        taken[place] = true;
        fixed += place == k ? 1 : 0;
      }
      QVERIFY2(count < 100 || fixed < 10, "a shuffle leaves about one in its place");
    }
  }

  /// Every order of four comes out about equally often over seeds: 24 orders, 2,400 shuffles.
  void permutationsAreFair() {
    std::map<std::vector<std::uint64_t>, int> met;
    for (std::uint64_t seed = 0; seed < 2400; ++seed) {
      const Permutation permutation(4, seed, 1);
      ++met[{permutation(0), permutation(1), permutation(2), permutation(3)}];
    }
    QCOMPARE(met.size(), std::size_t{24});
    for (const auto& [order, count] : met) QVERIFY2(count > 55 && count < 155, qPrintable(QString::number(count)));
  }

  void splitsPartTheSamples() {
    const SplitPlan plan{0.2, 0.1, 3, true};
    const Split split(plan, 1001);
    QCOMPARE(split.size(Part::Validation), std::size_t{200});
    QCOMPARE(split.size(Part::Test), std::size_t{100});
    std::set<std::size_t> all;
    std::size_t ordered = 0;
    for (const auto part : {Part::Train, Part::Validation, Part::Test}) {
      for (std::size_t k = 0; k < split.size(part); ++k) {
        all.insert(split.sample(part, k));
        ordered += split.sample(part, k) == k ? 1 : 0;
      }
    }
    QCOMPARE(all.size(), std::size_t{1001});
    QVERIFY(ordered < 20);
    QCOMPARE(Split(plan, 1001).sample(Part::Test, 5), split.sample(Part::Test, 5));
    const Split stored({0.25, 0.25, 1, false}, 8);
    QCOMPARE(stored.sample(Part::Validation, 0), std::size_t{4});
    QCOMPARE(stored.sample(Part::Test, 1), std::size_t{7});
  }

  void splitsOutOfRangeAreRefused() {
    QVERIFY(checkSplit({0, 1}));
    for (const auto& [validation, test] : {std::pair(-0.1, 0.2), std::pair(0.6, 0.5), std::pair(std::nan(""), 0.1)}) {
      QVERIFY(!checkSplit({validation, test}));
    }
  }
};

QTEST_GUILESS_MAIN(TestEncoding)
#include "tst_encoding.moc"
