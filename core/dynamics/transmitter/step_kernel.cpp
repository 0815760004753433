#include "core/dynamics/transmitter/step_kernel.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/dynamics/transmitter/fields.h"

namespace plexarium::transmitter {

NeuronColumns::NeuronColumns(Graph& graph)
    : threshold(graph.neuronValues<double>(neuron::Threshold).data()),
      returnability(graph.neuronValues<double>(neuron::Returnability).data()),
      speed(graph.neuronValues<std::int32_t>(neuron::Speed).data()),
      recovery(graph.neuronValues<std::int32_t>(neuron::Recovery).data()),
      productionE(graph.neuronValues<double>(neuron::ProductionE).data()),
      productionI(graph.neuronValues<double>(neuron::ProductionI).data()),
      capacity(graph.neuronValues<double>(neuron::Capacity).data()),
      leak(graph.neuronValues<double>(neuron::Leak).data()),
      clearWhileRecovering(graph.neuronValues<std::uint8_t>(neuron::ClearWhileRecovering).data()),
      gapGain(graph.neuronValues<double>(neuron::GapGain).data()),
      accumulatedE(graph.neuronValues<double>(neuron::AccumulatedE).data()),
      accumulatedI(graph.neuronValues<double>(neuron::AccumulatedI).data()),
      synapseE(graph.neuronValues<double>(neuron::SynapseE).data()),
      synapseI(graph.neuronValues<double>(neuron::SynapseI).data()),
      dendriteE(graph.neuronValues<double>(neuron::DendriteE).data()),
      dendriteI(graph.neuronValues<double>(neuron::DendriteI).data()),
      stateE(graph.neuronValues<double>(neuron::StateE).data()),
      stateI(graph.neuronValues<double>(neuron::StateI).data()),
      sta(graph.neuronValues<std::int32_t>(neuron::Sta).data()),
      str(graph.neuronValues<std::int32_t>(neuron::Str).data()),
      phase(graph.neuronValues<std::uint8_t>(neuron::Phase).data()) {}

namespace {

constexpr std::int32_t accumulating = static_cast<std::int32_t>(Phase::Accumulating);
constexpr std::int32_t activating = static_cast<std::int32_t>(Phase::Activating);
constexpr std::int32_t conducting = static_cast<std::int32_t>(Phase::Conducting);
constexpr std::int32_t releasing = static_cast<std::int32_t>(Phase::Releasing);
constexpr std::int32_t recovering = static_cast<std::int32_t>(Phase::Recovering);

// The pass goes block by block in several simple loops: each has few streams and one element width, which is what the
// compiler turns into vector code, and a block stays in the first-level cache between them.
constexpr std::size_t blockSize = 256;

// What the masks below rely on.
static_assert(accumulating == 0 && activating == 1 && releasing == conducting + 1);

template <bool limited>
[[gnu::always_inline]] inline void produce(double* __restrict pool, const double* __restrict production,
                                           const double* __restrict capacity, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    double amount = pool[i] + production[i];
    if constexpr (limited) {
      const double most = capacity[i];
      amount = amount > most ? most : amount;
      amount = amount < -most ? -most : amount;
    }
    pool[i] = amount;
  }
}

template <bool forgetful>
[[gnu::always_inline]] inline void integrate(double* __restrict state, double* __restrict dendrite,
                                             const std::int32_t* __restrict phase, const double* __restrict leak,
                                             const std::int32_t* __restrict forget, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const double arrived = dendrite[i];
    const double before = state[i];
    const std::int32_t now = phase[i];
    double kept = before;
    if constexpr (forgetful) {
      kept = before * (1.0 - leak[i]);
      kept = std::abs(kept) < negligible ? 0.0 : kept;
    }
    const double sum = kept + arrived;
    double after = now == accumulating ? sum : before;
    after = now == activating ? 0.0 : after;
    double left = now == accumulating ? 0.0 : arrived;
    if constexpr (forgetful) left = forget[i] != 0 ? 0.0 : left;
    state[i] = after;
    dendrite[i] = left;
  }
}

template <bool limited, bool forgetful>
[[gnu::always_inline]] inline void advanceBlock(const NeuronColumns& all, std::size_t first, std::size_t count) {
  produce<limited>(all.accumulatedE + first, all.productionE + first, all.capacity + first, count);
  produce<limited>(all.accumulatedI + first, all.productionI + first, all.capacity + first, count);

  std::array<std::int32_t, blockSize> phases;
  std::int32_t* __restrict phase = phases.data();
  std::int32_t* __restrict sta = all.sta + first;
  std::int32_t* __restrict str = all.str + first;
  const double* __restrict threshold = all.threshold + first;
  const double* __restrict stateE = all.stateE + first;
  const double* __restrict stateI = all.stateI + first;
  for (std::size_t i = 0; i < count; ++i) {
    // Masks in place of conditions: the compiler would make branches of nested ones and then no vectors.
    const std::int32_t asleep = -static_cast<std::int32_t>(str[i] > 0);
    const std::int32_t onTheWay = -static_cast<std::int32_t>(sta[i] > 0);
    const std::int32_t moving = conducting + static_cast<std::int32_t>(sta[i] == 1);
    const std::int32_t atRest = static_cast<std::int32_t>(stateE[i] + stateI[i] > threshold[i]);
    phase[i] = (asleep & recovering) | (~asleep & ((onTheWay & moving) | (~onTheWay & atRest)));
  }
  const std::int32_t* __restrict speed = all.speed + first;
  const std::int32_t* __restrict recovery = all.recovery + first;
  for (std::size_t i = 0; i < count; ++i) {
    const bool counts = (phase[i] == conducting) | (phase[i] == releasing);
    const std::int32_t nextSta = sta[i] - static_cast<std::int32_t>(counts);
    const std::int32_t nextStr = str[i] - static_cast<std::int32_t>(phase[i] == recovering);
    sta[i] = phase[i] == activating ? speed[i] : nextSta;
    str[i] = phase[i] == releasing ? recovery[i] : nextStr;
  }
  std::array<std::int32_t, blockSize> forgets;
  std::int32_t* __restrict forget = forgets.data();
  if constexpr (forgetful) {
    const std::uint8_t* __restrict clear = all.clearWhileRecovering + first;
    for (std::size_t i = 0; i < count; ++i) forget[i] = static_cast<std::int32_t>(phase[i] == recovering) & clear[i];
  }
  integrate<forgetful>(all.stateE + first, all.dendriteE + first, phase, all.leak + first, forget, count);
  integrate<forgetful>(all.stateI + first, all.dendriteI + first, phase, all.leak + first, forget, count);
  std::uint8_t* __restrict shown = all.phase + first;
  for (std::size_t i = 0; i < count; ++i) shown[i] = static_cast<std::uint8_t>(phase[i]);
}

template <bool limited, bool forgetful>
[[gnu::always_inline]] inline void advance(const NeuronColumns& columns, std::size_t first, std::size_t last) {
  for (; first < last; first += blockSize)
    advanceBlock<limited, forgetful>(columns, first, std::min(blockSize, last - first));
}

// One function for each set of instructions and of extensions. Written out, because a template cannot carry a target.
#define PLEXARIUM_ADVANCE(name, ...)                                                                  \
  __VA_ARGS__ void name##Plain(const NeuronColumns& columns, std::size_t first, std::size_t last) {   \
    advance<false, false>(columns, first, last);                                                      \
  }                                                                                                   \
  __VA_ARGS__ void name##Limited(const NeuronColumns& columns, std::size_t first, std::size_t last) { \
    advance<true, false>(columns, first, last);                                                       \
  }                                                                                                   \
  __VA_ARGS__ void name##Full(const NeuronColumns& columns, std::size_t first, std::size_t last) {    \
    advance<true, true>(columns, first, last);                                                        \
  }

PLEXARIUM_ADVANCE(baseline)
#if defined(__x86_64__)
PLEXARIUM_ADVANCE(avx2, __attribute__((target("avx2"))))
PLEXARIUM_ADVANCE(avx512, __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,prefer-vector-width=512"))))
#endif
#undef PLEXARIUM_ADVANCE

}  // namespace

Instructions widestInstructions() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl")) {
    return Instructions::Avx512;
  }
  if (__builtin_cpu_supports("avx2")) return Instructions::Avx2;
#endif
  return Instructions::Baseline;
}

AdvanceNeurons advanceNeurons(Instructions instructions, UsedExtensions extensions) {
  const std::size_t used = extensions.leakOrClear ? 2 : extensions.capacity ? 1 : 0;
#if defined(__x86_64__)
  if (instructions == Instructions::Avx512) return std::array{avx512Plain, avx512Limited, avx512Full}[used];
  if (instructions == Instructions::Avx2) return std::array{avx2Plain, avx2Limited, avx2Full}[used];
#endif
  static_cast<void>(instructions);
  return std::array{baselinePlain, baselineLimited, baselineFull}[used];
}

}  // namespace plexarium::transmitter
