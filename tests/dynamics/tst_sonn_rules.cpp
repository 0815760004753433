#include <QtTest>

#include <cmath>

#include "core/dynamics/sonn/kernel.h"
#include "core/dynamics/sonn/marks.h"
#include "core/random.h"
#include "tests/dynamics/sonn_net.h"

using namespace plexarium;
using namespace plexarium::sonn;

namespace {

/// Two receptors, two columns of one cell: ids 1 and 2, 3 and 4, 5 and 6. Nothing grows or decays, every sample teaches.
std::unique_ptr<Net> pair() {
  auto net = std::make_unique<Net>(bareModel(2, 2, 1, 4));
  for (const auto& [field, value] : {std::pair{parameter::Threshold, 100.0},
                                     {parameter::WindowLow, 50.0},
                                     {parameter::WindowHigh, 150.0},
                                     {parameter::Strengthen, 7.0},
                                     {parameter::Weaken, 5.0},
                                     {parameter::Decay, 0.0},
                                     {parameter::Growth, 0.0},
                                     {parameter::Noise, 0.0},
                                     {parameter::Block, 1.0},
                                     {parameter::MarkStep, 0.0},
                                     {parameter::Prune, 10.0}}) {
    net->set(field, value);
  }
  return net;
}

}  // namespace

/// Rules worked out by hand, and the words of bits against plain counting.
class TestSonnRules : public QObject {
  Q_OBJECT

 private slots:
  void everyInstructionSetCountsAlike_data() {
    QTest::addColumn<int>("instructions");
    QTest::newRow("baseline") << 0;
    QTest::newRow("avx2") << 1;
    QTest::newRow("avx512") << 2;
  }
  void everyInstructionSetCountsAlike();

  void aSquareOfBitsTurnsOver() {
    const RandomStream random(1, 1);
    std::array<std::uint64_t, 64> square{};
    for (std::size_t k = 0; k < 64; ++k) square[k] = std::uint64_t{random.bits(k)} << 32U | random.bits(k, 1);
    auto turned = square;
    transpose(turned);
    for (std::size_t row = 0; row < 64; ++row) {
      for (std::size_t column = 0; column < 64; ++column) QCOMPARE(turned[column] >> row & 1U, square[row] >> column & 1U);
    }
  }

  void lanesAreCounted() {
    const std::array<std::uint64_t, 3> words{0x8000000000000000U, 0x8000000000000001U, 0xFFU};
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t k = 0; k < 5003; ++k) numbers.push_back(k % 3 == 0 ? 1 : 0);
    LaneCounter counter;
    counter.add(words, numbers);
    QCOMPARE(counter.count(0), 1668U);
    QCOMPARE(counter.count(63), 5003U);
    QCOMPARE(counter.count(7), 0U);
    const std::array<std::uint32_t, 3> more{2, 2, 1};
    counter.add(words, more);
    QCOMPARE(counter.count(0), 1671U);
    QCOMPARE(counter.count(63), 5004U);
    QCOMPARE(counter.count(7), 2U);
  }

  void powersAgreeWithTheLibrary() {
    for (const double base : {0.01, 0.4, 1.0}) {
      for (const double x : {0.0, 0.1, 0.5, 0.77, 1.0}) QVERIFY(std::abs(power(base, x) - std::pow(base, x)) < 1e-9);
    }
  }

  /// Uniform values: the marks settle where the wanted share lies beyond them.
  void quantilizersFindTheirShare() {
    Settings settings;
    settings.falseShare = 4;
    settings.markStep = 1;
    Marks marks;
    marks.resize(2);
    const RandomStream random(3, 3);
    const std::vector<std::uint8_t> everybody{1, 1};
    int strengthened = 0;
    int weakened = 0;
    for (std::uint64_t k = 0; k < 60000; ++k) {
      const std::vector<std::uint32_t> spikes{random.below(1000, k, 0), random.below(1000, k, 1)};
      const auto verdict = marks.judge(settings, 0.2, spikes, 0, everybody);
      if (k < 20000) continue;
      strengthened += verdict.strengthen ? 1 : 0;
      weakened += static_cast<int>(verdict.weakened);
    }
    QVERIFY2(std::abs(strengthened / 40000.0 - 0.2) < 0.005, qPrintable(QString::number(strengthened)));
    QVERIFY2(std::abs(weakened / 40000.0 - 0.05) < 0.005, qPrintable(QString::number(weakened)));
  }

  void potentialsSpikesAndAnswers() {
    const auto net = pair();
    net->link(1, 3, 60);
    net->link(2, 3, 40);
    net->link(1, 4, 99);
    net->build();
    net->show({1, 1});
    QVERIFY(net->fired(1) && net->fired(2) && net->fired(3) && !net->fired(4));
    QVERIFY(net->fired(5) && !net->fired(6));
    QCOMPARE(net->value(3, neuron::Potential), 100.0);
    QCOMPARE(net->value(4, neuron::Potential), 99.0);
    QCOMPARE(net->value(5, neuron::Potential), 1.0);
    std::vector<double> said(6);
    net->dynamics->readout(*net->network, std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5}, said);
    QCOMPARE(said, (std::vector<double>{1, 1, 1, 0, 1, 0}));
    net->step();  // what was shown stays
    QVERIFY(net->fired(3));
    net->show({1, 0});
    QVERIFY(!net->fired(2) && !net->fired(3) && !net->fired(5));
  }

  /// Margin 0 - 1 is below the mark 0: column 2 is strengthened; column 1 stands 1 above it: it is weakened. Cell 3 is at
  /// 140, cell 4 at 60: both within the window.
  void reinforcementByHand() {
    const auto net = pair();
    net->link(1, 3, 140);
    net->link(2, 3, 30);
    net->link(1, 4, 60);
    net->link(2, 4, 20);
    net->build();
    QVERIFY(net->learn({0, 1}));
    net->show({1, 0});
    QCOMPARE(net->metrics[metric::Margin], -1.0);
    QCOMPARE(net->metrics[metric::Strengthened], 1.0);
    QCOMPARE(net->metrics[metric::Weakened], 1.0);
    QCOMPARE(net->weight(1, 3), 135.0);
    QCOMPARE(net->weight(2, 3), 30.0);  // its receptor was off
    QCOMPARE(net->weight(1, 4), 67.0);
    QCOMPARE(net->weight(2, 4), 20.0);
    net->model.parameters[parameter::WindowHigh] = 134;
    net->dynamics->publish(*net->network, nullptr);
    net->dynamics->edited(*net->network, {.parameters = true});
    net->show({1, 0});
    QCOMPARE(net->weight(1, 3), 135.0);  // beyond the window now
    QCOMPARE(net->weight(1, 4), 74.0);
  }

  void marksMove() {
    const auto net = pair();
    net->set(parameter::MarkStep, 2);
    net->set(parameter::EventRate, 0.25);
    net->set(parameter::EventRateEnd, 0.25);
    net->set(parameter::FalseShare, 5);
    net->link(1, 3, 140);
    net->build();
    QVERIFY(net->learn({0, 1}));
    net->show({1, 0});
    QCOMPARE(net->metrics[metric::TrueMark], -1.5);  // an event: down by 2 * (1 - 0.25)
    QCOMPARE(net->metrics[metric::FalseMark], 1.9);  // up by 2 * (1 - 0.05)
    net->show({0, 0});
    QCOMPARE(net->metrics[metric::TrueMark], -1.0);  // margin 0: none
    QVERIFY(std::abs(net->metrics[metric::FalseMark] - 1.8) < 1e-12);
  }

  void weightsDecayAndDie() {
    const auto net = pair();
    net->set(parameter::Decay, 100);
    net->set(parameter::EventRate, 0.0001);
    net->set(parameter::WindowLow, 30000);
    net->set(parameter::WindowHigh, 30000);
    net->link(1, 3, 13);
    net->link(2, 3, -30);
    net->build();
    QVERIFY(net->learn({1, 0}));
    for (int k = 0; k < 30; ++k) net->show({0, 0});
    QCOMPARE(net->weight(1, 3), 10.0);
    QCOMPARE(net->weight(2, 3), -27.0);
    for (int k = 0; k < 10; ++k) net->show({0, 0});
    QCOMPARE(net->weight(1, 3), 0.0);  // below 10: pruned
    QCOMPARE(net->metrics[metric::Connections], 1.0);
  }

  void growthFillsOpenSlotsOfTheTrueColumn() {
    const auto net = std::make_unique<Net>(bareModel(10, 2, 3, 4));
    net->set(parameter::Growth, 5);
    net->set(parameter::Decay, 0);
    net->set(parameter::Noise, 0);
    net->set(parameter::Block, 4);
    net->build();
    QVERIFY(net->learn({0, 1}));
    for (int k = 0; k < 200; ++k) net->show({1, 1, 1, 1, 1, 1, k % 2, k % 2, 0, k % 2});
    // Receptors 1 to 6 are always on, 9 never: only 7, 8 and 10 are worth a connection.
    QCOMPARE(net->metrics[metric::Connections], 9.0);
    for (const std::uint32_t cell : {14U, 15U, 16U}) {
      for (const std::uint32_t receptor : {7U, 8U, 10U}) {
        const auto weight = net->weight(receptor, cell);
        QVERIFY2(weight >= 150 && weight <= 350, qPrintable(QString::number(weight)));
      }
    }
  }

  /// Receptor 1 makes cell 3 spike, which feeds cell 4: within the same sample. A link back means nothing.
  void cellsFeedCells() {
    const auto net = std::make_unique<Net>(bareModel(2, 2, 1, 3));
    net->link(1, 3, 4000);
    net->link(3, 4, 3600);
    net->link(4, 3, -4000);
    net->model.graph.setNeuronValue(*net->model.graph.row({3}), neuron::Feeds, 1);
    net->build();
    net->show({1, 0});
    QVERIFY(net->fired(3) && net->fired(4));
    QCOMPARE(net->value(4, neuron::Potential), 3600.0);
    net->show({0, 1});
    QVERIFY(!net->fired(3) && !net->fired(4));
    QCOMPARE(net->metrics[metric::Connections], 2.0);
  }

  void testsTeachNothing() {
    const auto net = pair();
    net->set(parameter::Growth, 5);
    net->set(parameter::Decay, 100);
    net->link(1, 3, 140);
    net->build();
    const auto before = net->dynamics->state(*net->network, nullptr).value();
    const double unknown = std::nan("");
    QVERIFY(net->learn({unknown, unknown}));
    for (int k = 0; k < 50; ++k) net->show({1, k % 2});
    QCOMPARE(net->weight(1, 3), 140.0);
    QCOMPARE(net->dynamics->state(*net->network, nullptr).value(), before);
  }

  void badTargetsAreRefused() {
    const auto net = pair();
    net->build();
    QVERIFY(!net->learn({1}));
    QVERIFY(!net->learn({1, 1}));
    QVERIFY(!net->learn({0, 0}));
    QVERIFY(net->learn({}));
    QVERIFY(net->learn({1, std::nan("")}));
  }

  void damagedStatesAreRefused() {
    const auto net = pair();
    net->build();
    QVERIFY(net->learn({1, 0}));
    const auto good = net->dynamics->state(*net->network, nullptr).value();
    QVERIFY(net->dynamics->state(*net->network, &good));
    for (std::size_t cut = 1; cut < good.size(); cut += 3) {
      const auto bad = good.substr(0, cut);
      QVERIFY(!net->dynamics->state(*net->network, &bad));
    }
    for (const auto* bad : {"{}", "[]", "{\"learned\":-1}"}) {
      const std::string text = bad;
      QVERIFY(!net->dynamics->state(*net->network, &text));
    }
    QCOMPARE(net->dynamics->state(*net->network, nullptr).value(), good);
  }

  /// A neuron of many slots keeps its weights small, so that no sum leaves 16 bits.
  void sumsStayIn16Bits() {
    const auto net = std::make_unique<Net>(bareModel(64, 1, 1, 64));
    net->set(parameter::Cap, 32767);
    for (std::uint32_t k = 1; k <= 64; ++k) net->link(k, 65, 32767);
    net->build();
    net->show(std::vector<int>(64, 1));
    QCOMPARE(net->value(65, neuron::Potential), 64.0 * 511);
    QVERIFY(net->fired(65));
  }
};

void TestSonnRules::everyInstructionSetCountsAlike() {
  QFETCH(int, instructions);
  const auto wanted = static_cast<Instructions>(instructions);
  if (wanted > widestInstructions()) QSKIP("this processor has no such instructions");
  const RandomStream random(5, 5);
  constexpr std::uint32_t cells = 50;
  constexpr std::uint32_t receptorCount = 300;
  std::vector<SlotRow> rows;
  std::vector<std::uint32_t> receptor;
  std::vector<std::int16_t> weight;
  for (std::uint32_t cell = 0; cell < cells; ++cell) {
    rows.push_back({static_cast<std::uint32_t>(receptor.size()), cell % 27, 30});
    for (std::uint32_t k = 0; k < 30; ++k) {
      receptor.push_back(random.below(receptorCount, receptor.size(), 0));
      weight.push_back(static_cast<std::int16_t>(random.below(2000, receptor.size(), 1)) - 900);
    }
  }
  std::vector<std::uint64_t> words(receptorCount);
  for (std::size_t k = 0; k < words.size(); ++k) words[k] = std::uint64_t{random.bits(k, 2)} << 32U | random.bits(k, 3);
  std::vector<std::uint64_t> spiked(cells);
  std::vector<std::uint64_t> near(cells);
  const Window window{700, 200, 900};
  Evaluator evaluator(wanted);
  int spikes = 0;
  for (const std::size_t lanes :
       {std::size_t{1}, std::size_t{16}, std::size_t{17}, std::size_t{32}, std::size_t{33}, laneCount}) {
    evaluator.evaluate({rows, receptor, weight}, words, window, spiked, near, lanes);
    spikes = 0;
    for (std::uint32_t cell = 0; cell < cells; ++cell) {
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        int sum = 0;
        for (std::uint32_t k = rows[cell].begin; k < rows[cell].begin + rows[cell].count; ++k)
          sum += (words[receptor[k]] >> lane & 1U) != 0 ? weight[k] : 0;
        QCOMPARE((spiked[cell] >> lane & 1U) != 0, sum >= 700);
        QCOMPARE((near[cell] >> lane & 1U) != 0, sum >= 200 && sum <= 900);
        spikes += sum >= 700 ? 1 : 0;
      }
    }
  }
  QVERIFY(spikes > 100 && spikes < 3100);
}

QTEST_GUILESS_MAIN(TestSonnRules)
#include "tst_sonn_rules.moc"
