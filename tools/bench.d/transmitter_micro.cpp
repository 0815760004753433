#include <benchmark/benchmark.h>

#include "core/dynamics/transmitter/step_kernel.h"
#include "core/dynamics/transmitter/wiring.h"
#include "tools/bench.d/firing_network.h"

namespace plexarium::bench {
namespace {

using transmitter::Instructions;

/// The dense pass alone, by instruction set (0 baseline, 1 AVX2, 2 AVX-512) and extensions (0 none, 1 capacity, 2 all).
void densePass(benchmark::State& state) {
  const auto instructions = static_cast<Instructions>(state.range(1));
  if (instructions > transmitter::widestInstructions()) {
    state.SkipWithError("this processor does not have these instructions");
    return;
  }
  auto model = firingNetwork(static_cast<std::size_t>(state.range(0)), 0, false);
  const transmitter::NeuronColumns columns(model.graph);
  const auto advance =
      transmitter::advanceNeurons(instructions, {.capacity = state.range(2) > 0, .leakOrClear = state.range(2) > 1});
  for (auto _ : state) advance(columns, 0, model.graph.neuronCount());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(densePass)->ArgsProduct({{1000, 10000, 100000}, {0, 1, 2}, {0, 2}})->ArgNames({"neurons", "set", "extensions"});

void wholeTick(benchmark::State& state) {
  Runner runner(firingNetwork(static_cast<std::size_t>(state.range(0)), 10, state.range(1) != 0));
  runner.run(36);
  for (auto _ : state) runner.run(1);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(wholeTick)->ArgsProduct({{100, 1000, 10000, 100000}, {0, 1}})->ArgNames({"neurons", "literal"});

void fillAppearance(benchmark::State& state) {
  Runner runner(firingNetwork(static_cast<std::size_t>(state.range(0)), 10, false));
  runner.run(36);
  Appearance appearance;
  for (auto _ : state) {
    runner.publish(appearance);
    benchmark::DoNotOptimize(appearance.level.data());
  }
}
BENCHMARK(fillAppearance)->Arg(1000)->Arg(10000)->ArgName("neurons");

void wiringAfterAnEdit(benchmark::State& state) {
  const auto model = firingNetwork(static_cast<std::size_t>(state.range(0)), 10, false);
  for (auto _ : state) benchmark::DoNotOptimize(transmitter::makeWiring(model.graph));
}
BENCHMARK(wiringAfterAnEdit)->Arg(1000)->Arg(100000)->ArgName("neurons");

}  // namespace
}  // namespace plexarium::bench
