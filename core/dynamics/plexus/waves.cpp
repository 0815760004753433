#include "core/dynamics/plexus/waves.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/dynamics/plexus/activation.h"
#include "core/dynamics/plexus/draws.h"
#include "core/dynamics/plexus/local_rules.h"
#include "core/dynamics/plexus/trial_rule.h"

namespace plexarium::plexus {

void Waves::rebuild(const Cells& cells) {
  const auto count = cells.count();
  course.queue.clear();
  hasFired_.assign(count, 0);
  isReached_.assign(count, 0);
  isSensory_.assign(count, 0);
  for (const auto row : cells.sensory) isSensory_[row] = 1;
  std::size_t most = 0;
  for (std::size_t row = 0; row < count; ++row) most = std::max(most, cells.subscriptions.sources(row).size());
  // Rewiring may add to the fan-in, up to one subscription for everybody.
  read_.resize(std::max(read_.size(), most));
  room_.resize(read_.size());
  order_.clear();
  firstKnown_ = false;
}

Tally Waves::tick(const Ground& ground) {
  tally_ = {};
  order_.clear();
  std::ranges::fill(ground.cells.doing, static_cast<std::uint8_t>(Doing::Idle));
  if (std::exchange(course.loaded, false)) {
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
  std::ranges::fill(cells.firesInWave, 0);
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
  Draws draws(ground.seed, OrderStream, course.generation++);
  const auto lastFired = ground.graph.lastFired();
  for (auto left = static_cast<std::uint32_t>(queue.size()); left > 0; --left) {
    std::swap(queue[draws.below(left)], queue[left - 1]);
    const auto row = queue[left - 1];
    fire(ground, row);
    lastFired[row] = ground.now;
    hasFired_[row] = 1;
  }
  fired_.swap(queue);
  findNext(ground);
  for (const auto row : fired_) hasFired_[row] = 0;
}

void Waves::fire(const Ground& ground, std::uint32_t row) {
  const auto& settings = ground.settings;
  auto& cells = ground.cells;
  const auto sources = cells.subscriptions.sources(row);
  if (read_.size() < sources.size()) {
    read_.resize(2 * sources.size());
    room_.resize(read_.size());
  }
  const float sum = weightedSum(cells.potential.data(), sources.data(), cells.subscriptions.weights(row).data(),
                                sources.size(), read_.data());
  cells.potential[row] = settings.byTrial() ? articlePotential(settings, sum) : sigmoid(sum);
  cells.fires[row] += 1;
  ++cells.firesInWave[row];
  order_.push_back(row);
  ++tally_.fires;
  const auto number = course.fires++;
  auto doing = Doing::Fired;
  if (isWanted(cells.desired[row])) {
    ++tally_.wanted;
    if (settings.byTrial()) {
      Draws draws(ground.seed, TrialStream, number);
      const auto fanIn = sources.size();
      doing = Trial(settings, cells, row, {read_.data(), fanIn}, {room_.data(), fanIn}, draws)
                  .learn(static_cast<double>(course.wave));
    } else if (learnLocally(settings, cells, row, fade(settings), read_.data()) && cells.plasticity[row] > 0) {
      doing = Doing::ByWeights;
    }
    tally_.loss += double{cells.loss[row]};
    tally_.byWeights += doing == Doing::ByWeights ? 1 : 0;
    tally_.byBlame += doing == Doing::ByBlame ? 1 : 0;
    tally_.rewired += doing == Doing::Rewired ? 1 : 0;
    if (doing == Doing::Rewired) firstKnown_ = false;
  }
  auto& shown = cells.doing[row];
  shown = std::max(shown, static_cast<std::uint8_t>(doing));
}

void Waves::end(const Ground& ground) {
  if (!ground.settings.byTrial()) {
    const auto lastFired = ground.graph.lastFired();
    for (const auto row : ground.cells.motors) {
      fire(ground, row);
      lastFired[row] = ground.now;
    }
  }
  ++course.wave;
}

/// Ascending, without sensory neurons, those who have fired too often and, but for the article's rule, motor neurons.
template <typename Reached>
void Waves::collect(const Settings& settings, const Cells& cells, Reached reached) {
  auto& queue = course.queue;
  queue.clear();
  for (const auto row : cells.firing) {
    if (cells.roles[row] == Role::Motor && !settings.byTrial()) continue;
    if (cells.firesInWave[row] < settings.firesPerWave && reached(row)) queue.push_back(row);
  }
}

/// Either asks everybody for a source that has fired, which is soon found where many have, or goes along the links of those
/// who have, where they are few. Source: Beamer, Asanovic, Patterson, "Direction-optimizing breadth-first search", SC 2012.
void Waves::findNext(const Ground& ground) {
  const auto& cells = ground.cells;
  const auto first = std::as_const(ground.graph).firstLink();
  const auto targets = ground.graph.targets();
  std::size_t publications = 0;
  for (const auto row : fired_) publications += first[row + 1] - first[row];
  if (cells.subscriptions.rewired() || 4 * publications > targets.size()) {
    collect(ground.settings, cells, [&](std::uint32_t row) {
      return std::ranges::any_of(cells.subscriptions.sources(row),
                                 [&](std::uint32_t source) { return hasFired_[source] != 0; });
    });
    return;
  }
  const auto mark = [&](std::uint8_t value) {
    for (const auto row : fired_) {
      for (auto l = first[row]; l < first[row + 1]; ++l) isReached_[targets[l]] = value;
    }
  };
  mark(1);
  collect(ground.settings, cells, [&](std::uint32_t row) { return isReached_[row] != 0; });
  mark(0);
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

/// decay to the power of the thousands of fires so far.
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
