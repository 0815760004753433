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
  if (course.queue.empty()) begin(ground);
  do {
    fireGeneration(ground);
  } while (ground.settings.tick == TickLength::Wave && !course.queue.empty());
  if (course.queue.empty()) end(ground);
  return tally_;
}

void Waves::begin(const Ground& ground) {
  auto& cells = ground.cells;
  for (std::size_t row = 0; row < cells.count(); ++row) cells.fires[row] += std::exchange(cells.firesInWave[row], 0);
  const auto lastFired = ground.graph.lastFired();
  for (const auto row : cells.sensory) {
    lastFired[row] = ground.now;
    cells.doing[row] = static_cast<std::uint8_t>(Doing::Fired);
  }
  findFirst(ground.settings, cells);
  course.queue = firstWave_;
}

void Waves::fireGeneration(const Ground& ground) {
  auto& queue = course.queue;
  if (orderSeed_ != ground.seed) {
    orderKey_ = Draws::keyOf(ground.seed, OrderStream);
    orderSeed_ = ground.seed;
  }
  Draws draws(orderKey_, course.generation++);
  const auto count = static_cast<std::uint32_t>(queue.size());
  for (std::uint32_t k = 0; k + 1 < count; k += 2) {
    const auto [first, second] = draws.below(count - k, count - k - 1);
    std::swap(queue[k], queue[k + first]);
    std::swap(queue[k + 1], queue[k + 1 + second]);
  }
  fireAll(ground, queue);
  fired_.swap(queue);
  findNext(ground);
}

void Waves::fireAll(const Ground& ground, std::span<const std::uint32_t> rows) {
  const auto& settings = ground.settings;
  auto& cells = ground.cells;
  const bool together = settings.executor != Executor::InTurn;
  if (together) before_ = cells.potential;
  if (settings.byTrial() || together) cells.endDense();
  if (settings.byTrial()) {
    for (const auto row : rows) fireByTrial(ground, row, together ? before_ : cells.potential);
  } else {
    const Rates rates{settings.gradientRate, settings.gradientBlame, fade(settings) * settings.signRate};
    if (!together) cells.makeDense();
    const auto outcome = together ? fireTogether(settings.rule, rates, cells, rows, before_, team(ground))
                                  : fireInTurn(settings.rule, rates, cells, rows, read_.data());
    tally_.wanted += outcome.wanted;
    tally_.byWeights += outcome.byWeights;
    tally_.loss += outcome.loss;
    course.fires += rows.size();
  }
  tally_.fires += rows.size();
  order_.insert(order_.end(), rows.begin(), rows.end());
  const auto lastFired = ground.graph.lastFired();
  for (const auto row : rows) {
    ++cells.firesInWave[row];
    lastFired[row] = ground.now;
  }
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

void Waves::end(const Ground& ground) {
  if (!ground.settings.byTrial()) fireAll(ground, ground.cells.motors);
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
