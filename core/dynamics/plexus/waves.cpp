#include "core/dynamics/plexus/waves.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "core/dynamics/plexus/activation.h"
#include "core/dynamics/plexus/draws.h"
#include "core/dynamics/plexus/trial_rule.h"

namespace plexarium::plexus {

void Waves::rebuild(const Cells& cells) {
  const auto count = cells.count();
  course.queue.clear();
  hasFired_.assign(count, 0);
  isReached_.assign(count, 0);
  isSensory_.assign(count, 0);
  for (const auto row : cells.sensory) isSensory_[row] = 1;
  read_.resize(std::max(read_.size(), cells.subscriptions.longest()));
  room_.resize(read_.size());
  order_.clear();
  firstKnown_ = false;
}

Tally Waves::tick(const Ground& ground) {
  tally_ = {};
  order_.clear();
  std::ranges::fill(ground.cells.doing, static_cast<std::uint8_t>(Doing::Idle));
  if (std::exchange(course.loaded, false)) {
    if (!ground.settings.keepBlame) {
      for (const auto row : ground.cells.firing) ground.cells.desired[row] = noDesire;
    }
    for (std::size_t k = 0; k < course.targets.size(); ++k) ground.cells.desired[ground.cells.motors[k]] = course.targets[k];
  }
  bool begun = !course.queue.empty();
  if (!begun) begin(ground);
  const bool local = !ground.settings.byTrial();
  const bool inTurn = ground.settings.executor == Executor::InTurn;
  if (local && inTurn) ground.cells.makeDense();
  if (!local || !inTurn) ground.cells.endDense();
  const bool small = local && inTurn && ground.settings.decay == 1 && SmallWave::takes(ground.cells);
  do {
    if (small) {
      fireSmallWave(ground, std::exchange(begun, true));
    } else {
      fireGeneration(ground);
    }
  } while (ground.settings.tick == TickLength::Wave && !course.queue.empty());
  if (course.queue.empty()) end(ground, small);
  tellWhoFired(ground);
  return tally_;
}

void Waves::tellWhoFired(const Ground& ground) {
  Tick* const lastFired = ground.graph.lastFired().data();
  const std::uint8_t* const doing = ground.cells.doing.data();
  const Tick now = ground.now;
  const std::size_t count = ground.cells.count();
  for (std::size_t row = 0; row < count; ++row) {
    const auto fired = -static_cast<Tick>(doing[row] != static_cast<std::uint8_t>(Doing::Idle));  // no branch: a guess
    lastFired[row] += (now - lastFired[row]) & fired;
  }
}

void Waves::begin(const Ground& ground) {
  auto& cells = ground.cells;
  double* const fires = cells.fires.data();
  const std::int32_t* const inWave = cells.firesInWave.data();
  const std::size_t count = cells.count();
  for (std::size_t row = 0; row < count; ++row) fires[row] += inWave[row];
  std::ranges::fill(cells.firesInWave, 0);
  for (const auto row : cells.sensory) cells.doing[row] = static_cast<std::uint8_t>(Doing::Fired);
  findFirst(ground.settings, cells);
  course.queue = firstWave_;
}

std::uint64_t Waves::orderKey(std::uint64_t seed) {
  if (orderSeed_ != seed) {
    orderKey_ = Draws::keyOf(seed, OrderStream);
    orderSeed_ = seed;
  }
  return orderKey_;
}

/// All that is left of a wave, or as many generations as a tick is long; and the motor neurons where that was the end of it.
/// Rates must not fade meanwhile.
void Waves::fireSmallWave(const Ground& ground, bool begun) {
  constexpr std::size_t atOnce = 8;
  const auto& settings = ground.settings;
  auto& cells = ground.cells;
  const std::size_t generations = settings.tick == TickLength::Wave ? atOnce : 1;
  const auto before = order_.size();
  order_.resize(before + (generations + 1) * cells.firing.size());
  SmallWave wave(cells, course.queue, orderKey(ground.seed), course.generation, generations, begun, order_.data() + before);
  const auto outcome = fireSmall(settings.rule, rates(settings), cells, wave);
  order_.resize(static_cast<std::size_t>(wave.end() - order_.data()));
  count(outcome, order_.size() - before);
  course.generation = wave.number();
  course.queue.clear();
  for (auto rest = wave.queue(); rest != 0; rest &= rest - 1)
    course.queue.push_back(static_cast<std::uint32_t>(std::countr_zero(rest)));
}

void Waves::fireGeneration(const Ground& ground) {
  auto& queue = course.queue;
  Draws draws(orderKey(ground.seed), course.generation++);
  draws.shuffle(queue.data(), static_cast<std::uint32_t>(queue.size()));
  fireAll(ground, queue);
  fired_.swap(queue);
  findNext(ground);
}

void Waves::fireAll(const Ground& ground, std::span<const std::uint32_t> rows) {
  const auto& settings = ground.settings;
  auto& cells = ground.cells;
  const bool together = settings.executor != Executor::InTurn;
  if (together) before_ = cells.potential;
  if (settings.byTrial()) {
    for (const auto row : rows) fireByTrial(ground, row, together ? before_ : cells.potential);
  } else {
    count(together ? fireTogether(settings.rule, rates(settings), cells, rows, before_, team(ground))
                   : fireInTurn(settings.rule, rates(settings), cells, rows, read_.data()),
          rows.size());
  }
  order_.insert(order_.end(), rows.begin(), rows.end());
  for (const auto row : rows) ++cells.firesInWave[row];
}

void Waves::count(const Outcome& outcome, std::size_t fires) {
  tally_.wanted += outcome.wanted;
  tally_.byWeights += outcome.byWeights;
  tally_.loss += outcome.loss;
  tally_.fires += fires;
  course.fires += fires;
}

Rates Waves::rates(const Settings& settings) {
  return {settings.gradientRate, settings.gradientBlame, fade(settings) * settings.signRate};
}

/// One neuron under the article's rule, which reads `potentials`.
void Waves::fireByTrial(const Ground& ground, std::uint32_t row, std::span<const float> potentials) {
  const auto& settings = ground.settings;
  auto& cells = ground.cells;
  const auto sources = cells.subscriptions.sources(row);
  if (read_.size() < sources.size()) {  // rewiring adds to the fan-in
    read_.resize(2 * sources.size());
    room_.resize(read_.size());
  }
  const float sum =
      weightedSum(potentials.data(), sources.data(), cells.subscriptions.weights(row).data(), sources.size(), read_.data());
  cells.potential[row] = articlePotential(cells.limits[row].divisor, settings.scale, sum);
  const auto number = course.fires++;
  ++tally_.fires;
  auto doing = Doing::Fired;
  if (isWanted(cells.desired[row])) {
    ++tally_.wanted;
    Draws draws(ground.seed, TrialStream, number);
    const auto fanIn = sources.size();
    doing = Trial(settings, cells, row, {read_.data(), fanIn}, {room_.data(), fanIn}, draws)
                .learn(static_cast<double>(course.wave));
    tally_.loss += double{cells.loss[row]};
    tally_.byWeights += doing == Doing::ByWeights ? 1 : 0;
    tally_.byBlame += doing == Doing::ByBlame ? 1 : 0;
    tally_.rewired += doing == Doing::Rewired ? 1 : 0;
    if (doing == Doing::Rewired) firstKnown_ = false;
  }
  auto& shown = cells.doing[row];
  shown = std::max(shown, static_cast<std::uint8_t>(doing));
}

Team& Waves::team(const Ground& ground) {
  const auto& settings = ground.settings;
  const bool own = settings.executor == Executor::ThreadPerNeuron;
  const auto size = own ? std::clamp<std::size_t>(ground.cells.count(), 1, mostThreads) : settings.threads;
  if (!team_ || teamSize_ != size) {
    team_.emplace(size);
    teamSize_ = size;
  }
  return *team_;
}

void Waves::end(const Ground& ground, bool motorsFired) {
  if (!ground.settings.byTrial() && !motorsFired) fireAll(ground, ground.cells.motors);
  ++course.wave;
}

/// Ascending, without sensory neurons, those who have fired too often and, but for the article's rule, motor neurons.
template <typename Reached>
void Waves::collect(const Settings& settings, const Cells& cells, Reached reached) {
  auto& queue = course.queue;
  queue.clear();
  for (const auto row : cells.firing) {
    if (cells.roles[row] == Role::Motor && !settings.byTrial()) continue;
    if (cells.firesInWave[row] < cells.mostFires[row] && reached(row)) queue.push_back(row);
  }
}

/// Either asks everybody for a source that has fired, which is soon found where many have, or goes along the links of those
/// who have, where they are few. Source: Beamer, Asanovic, Patterson, "Direction-optimizing breadth-first search", SC 2012.
/// In a small, well connected network every neuron knows its readers as bits.
void Waves::findNext(const Ground& ground) {
  const auto& cells = ground.cells;
  if (cells.dense) {
    findNextDense(cells);
    return;
  }
  const auto first = std::as_const(ground.graph).firstLink();
  const auto targets = ground.graph.targets();
  std::size_t publications = 0;
  for (const auto row : fired_) publications += first[row + 1] - first[row];
  const bool ask = cells.subscriptions.rewired() || 4 * publications > targets.size();
  const auto mark = [&](std::uint8_t value) {
    for (const auto row : fired_) {
      if (ask) hasFired_[row] = value;
      for (auto l = first[row]; !ask && l < first[row + 1]; ++l) isReached_[targets[l]] = value;
    }
  };
  mark(1);
  if (ask) {
    collect(ground.settings, cells, [&](std::uint32_t row) {
      return std::ranges::any_of(cells.subscriptions.sources(row),
                                 [&](std::uint32_t source) { return hasFired_[source] != 0; });
    });
  } else {
    collect(ground.settings, cells, [&](std::uint32_t row) { return isReached_[row] != 0; });
  }
  mark(0);
}

void Waves::findNextDense(const Cells& cells) {
  auto& queue = course.queue;
  queue.resize(cells.firing.size());
  std::size_t count = 0;
  for (std::size_t word = 0; word < cells.dense->words(); ++word) {
    std::uint64_t bits = 0;
    for (const auto row : fired_) bits |= cells.dense->readers(row)[word];
    for (bits &= cells.inner[word]; bits != 0; bits &= bits - 1) {
      const auto row = static_cast<std::uint32_t>(64 * word) + static_cast<std::uint32_t>(std::countr_zero(bits));
      queue[count] = row;  // no branch: it would be a guess
      count += cells.firesInWave[row] < cells.mostFires[row] ? 1 : 0;
    }
  }
  queue.resize(count);
}

void Waves::findFirst(const Settings& settings, const Cells& cells) {
  if (firstKnown_ && firstByTrial_ == settings.byTrial()) return;
  course.queue.swap(firstWave_);
  collect(settings, cells, [&](std::uint32_t row) {
    return std::ranges::any_of(cells.subscriptions.sources(row),
                               [&](std::uint32_t source) { return isSensory_[source] != 0; });
  });
  course.queue.swap(firstWave_);
  firstKnown_ = true;
  firstByTrial_ = settings.byTrial();
}

/// decay to the power of the thousands of fires before this generation.
float Waves::fade(const Settings& settings) {
  if (settings.decay == 1) return 1;
  const auto thousands = course.fires / 1000;
  if (thousands != fadedFor_ || settings.decay != fadedBy_) {
    fadedFor_ = thousands;
    fadedBy_ = settings.decay;
    fade_ = 1;
    double square = settings.decay;
    for (auto rest = thousands; rest > 0; rest /= 2, square *= square) fade_ *= rest % 2 == 1 ? square : 1;
  }
  return static_cast<float>(fade_);
}

}  // namespace plexarium::plexus
