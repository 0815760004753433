#include <QTest>

#include "ui/plots/spike_history.h"

using namespace plexarium;
using namespace plexarium::ui;

namespace {

using Told = std::vector<std::pair<Tick, std::uint32_t>>;  // tick, neuron

Told told(const SpikeHistory& history, Tick from = 0, Tick to = 1'000'000) {
  Told all;
  history.each(from, to, [&](Tick tick, std::span<const std::uint32_t> lanes) {
    for (const auto lane : lanes) all.emplace_back(tick, history.neurons()[lane].value);
  });
  return all;
}

}  // namespace

class TestSpikeHistory : public QObject {
  Q_OBJECT

 private slots:
  void tellsAStretchInOrder() {
    SpikeHistory history(100);
    for (const Tick tick : {3, 5, 5, 9}) history.append(tick, {static_cast<std::uint32_t>(tick + 10)});
    QCOMPARE(told(history), (Told{{3, 13}, {5, 15}, {5, 15}, {9, 19}}));
    QCOMPARE(told(history, 4, 8), (Told{{5, 15}, {5, 15}}));
    QCOMPARE(told(history, 10, 20), Told{});
    QCOMPARE(history.neurons().size(), std::size_t{3});
  }

  /// Against a plain list, over many turns of the ring and with ticks of all sizes, also larger than the ring.
  void remembersTheNewest() {
    SpikeHistory history(7);
    Told all;
    std::uint32_t spike = 0;
    for (Tick tick = 0; tick < 60; ++tick) {
      for (Tick count = (tick * tick) % 11; count > 0; --count) {
        history.append(tick, {++spike});
        all.emplace_back(tick, spike);
        const auto kept = std::min<std::size_t>(all.size(), 7);
        QCOMPARE(history.size(), kept);
        QCOMPARE(told(history), Told(all.end() - static_cast<std::ptrdiff_t>(kept), all.end()));
      }
    }
    QCOMPARE(history.firstTick(), told(history).front().first);
  }

  void forgetsWhatDidNotHappen() {
    SpikeHistory history(4);
    for (Tick tick = 0; tick < 10; ++tick) history.append(tick, {1});
    history.forgetFrom(8);
    QCOMPARE(told(history), (Told{{6, 1}, {7, 1}}));
    history.append(7, {2});
    history.append(20, {3});
    QCOMPARE(told(history), (Told{{6, 1}, {7, 1}, {7, 2}, {20, 3}}));
    history.forgetFrom(0);
    QCOMPARE(history.size(), std::size_t{0});
    history.append(1, {4});
    QCOMPARE(told(history), (Told{{1, 4}}));
  }
};

QTEST_GUILESS_MAIN(TestSpikeHistory)
#include "tst_spike_history.moc"
