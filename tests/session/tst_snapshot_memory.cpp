#include <QtTest>

#include <atomic>
#include <cstdlib>
#include <new>

#include "core/session/simulation.h"
#include "core/session/snapshot_pool.h"
#include "tests/support/toy/toy.h"

namespace {

std::atomic<std::size_t> allocations = 0;

}  // namespace

// Every allocation of this program is counted.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace plexarium;

class TestSnapshotMemory : public QObject {
  Q_OBJECT

 private slots:
  void steadyStateAllocatesNothing();
  void heldSnapshotsStayWhole();
};

void TestSnapshotMemory::steadyStateAllocatesNothing() {
  Model model = toy::model(1000, 5000);
  model.parameters[toy::Rewires] = 0;
  const auto simulation = std::move(Simulation::create(toy::entry(), model).value());
  simulation->watch({{{1}, {99999}, {2}}, {{{1}, {2}}}});
  const auto pool = std::make_shared<SnapshotPool>();
  std::shared_ptr<const Snapshot> published;
  const auto frame = [&] {
    simulation->step();
    auto next = pool->take();
    simulation->show(*next);
    published = std::move(next);
  };
  for (int k = 0; k < 10; ++k) frame();
  const auto before = allocations.load();
  for (int k = 0; k < 100; ++k) frame();
  QCOMPARE(allocations.load() - before, std::size_t{0});
  QCOMPARE(published->tick, Tick{110});
  QCOMPARE(published->watchedNeurons.size(), std::size_t{2});
}

void TestSnapshotMemory::heldSnapshotsStayWhole() {
  const auto simulation = std::move(Simulation::create(toy::entry(), toy::model(50, 100)).value());
  auto pool = std::make_shared<SnapshotPool>();
  std::vector<std::shared_ptr<const Snapshot>> held;
  for (Tick tick = 0; tick < 8; ++tick) {
    auto next = pool->take();
    simulation->show(*next);
    held.push_back(std::move(next));
    simulation->step();
  }
  for (Tick tick = 0; tick < 8; ++tick) {
    QCOMPARE(held[static_cast<std::size_t>(tick)]->tick, tick);
    QCOMPARE(held[static_cast<std::size_t>(tick)]->appearance.linkStyle.size(),
             held[static_cast<std::size_t>(tick)]->graph.targets->size());
  }
  const auto* const address = held[3].get();
  held[3].reset();
  QCOMPARE(pool->take().get(), address);  // used again
  pool.reset();
  QCOMPARE(held[5]->tick, Tick{5});
}

QTEST_GUILESS_MAIN(TestSnapshotMemory)
#include "tst_snapshot_memory.moc"
