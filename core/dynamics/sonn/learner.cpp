#include "core/dynamics/sonn/learner.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

#include "core/random.h"

namespace plexarium::sonn {
namespace {

enum Stream : std::uint32_t { NoiseStream = 1, AmountStream, GrowthStream };

/// Words whose bits are on with the noise's probability, one after the other.
class NoiseBits {
 public:
  NoiseBits(std::uint64_t seed, std::uint64_t block, std::uint32_t noise)
      : draws_(seed, NoiseStream, block), noise_(noise) {}
  std::uint64_t next() {
    std::uint64_t word = 0;
    for (std::uint32_t bit = 0; bit < 8; ++bit) {
      const auto random = draws_.next();
      word = (noise_ >> bit & 1U) != 0 ? word | random : word & random;
    }
    return word;
  }

 private:
  DrawSequence draws_;
  std::uint32_t noise_;
};

/// A whole number of units, on the average over blocks the amount.
int wholeUnits(double amount, DrawSequence& draws) { return static_cast<int>(std::floor(amount + draws.uniform())); }

}  // namespace

void Learner::reset(const Anatomy& anatomy) {
  course = {};
  fit(anatomy);
}

void Learner::fit(const Anatomy& anatomy) {
  course.marks.resize(anatomy.columns.size());
  course.previous.assign((anatomy.receptors.size() + 63) / 64, 0);
  course.gathered.count = 0;
  course.gathered.words.assign(anatomy.inputs.size(), 0);
  course.gathered.plus.assign(anatomy.columns.size(), 0);
  course.gathered.minus.assign(anatomy.columns.size(), 0);
}

void Learner::disturb(const Settings& settings, std::uint64_t seed, std::span<std::uint64_t> words, std::uint32_t count) {
  const auto begin = course.learned + course.gathered.count;
  const auto shift = static_cast<std::uint32_t>(begin % laneCount);
  NoiseBits first(seed, begin / laneCount, settings.noise);
  NoiseBits second(seed, begin / laneCount + 1, settings.noise);
  std::uint64_t mask = 0;
  for (std::size_t receptor = 0; receptor < words.size(); ++receptor) {
    if (settings.noise > 0 && receptor % settings.levels == 0) {
      mask = first.next() >> shift;
      if (shift + count > laneCount) mask |= second.next() << (laneCount - shift);
    }
    auto& word = words[receptor];
    auto& kept = course.previous[receptor / 64];
    const auto other = word << 1U | (kept >> (receptor % 64) & 1U);
    const auto last = word >> (count - 1) & 1U;
    kept = (kept & ~(std::uint64_t{1} << (receptor % 64))) | last << (receptor % 64);
    mask &= lowestLanes(count);
    word = (word & ~mask) | (other & mask);
  }
}

void Learner::gather(std::span<const std::uint64_t> words, std::uint32_t count) {
  auto& gathered = course.gathered;
  for (std::size_t receptor = 0; receptor < words.size(); ++receptor)
    gathered.words[receptor] |= (words[receptor] & lowestLanes(count)) << gathered.count;
  gathered.count += count;
}

Turnover Learner::absorb(const Settings& settings, std::uint64_t seed, const Anatomy& anatomy,
                         std::span<const std::uint64_t> near, std::span<const std::uint8_t> learns) {
  assert(course.gathered.count > 0);
  reinforceCells(settings, seed, anatomy, near, learns);
  countShares();
  Turnover turnover;
  turnover.born = growAll(settings, seed, anatomy, learns);
  turnover.died = decayCells(settings, anatomy, learns);
  auto& gathered = course.gathered;
  course.learned += gathered.count;
  gathered.count = 0;
  for (auto* words : {&gathered.words, &gathered.plus, &gathered.minus}) std::ranges::fill(*words, std::uint64_t{0});
  return turnover;
}

void Learner::reinforceCells(const Settings& settings, std::uint64_t seed, const Anatomy& anatomy,
                             std::span<const std::uint64_t> near, std::span<const std::uint8_t> learns) {
  DrawSequence draws(seed, AmountStream, course.learned);
  const double cooling = settings.cooling(course.learned);
  const int strengthen = wholeUnits(settings.strengthen * cooling, draws);
  const int weaken = wholeUnits(settings.weaken * cooling, draws);
  const auto& gathered = course.gathered;
  plus_.assign(anatomy.cells.size(), 0);
  minus_.assign(anatomy.cells.size(), 0);
  for (std::size_t column = 0; column < anatomy.columns.size(); ++column) {
    if ((gathered.plus[column] | gathered.minus[column]) == 0) continue;
    for (const auto cell : anatomy.members[column]) {
      plus_[cell] |= gathered.plus[column] & near[cell];
      minus_[cell] |= gathered.minus[column] & near[cell];
    }
  }
  for (std::size_t cell = 0; cell < plus_.size(); ++cell) {
    if ((plus_[cell] | minus_[cell]) == 0 || learns[cell] == 0) continue;
    reinforce(gathered.words, plus_[cell], minus_[cell], strengthen, weaken, std::min(settings.cap, synapses.bound(cell)),
              synapses.receptors(cell), synapses.weights(cell));
  }
}

/// The mean over all samples at first, then over about the last ten thousand.
void Learner::countShares() {
  const auto count = static_cast<double>(course.gathered.count);
  const double rate = count / std::min(static_cast<double>(course.learned) + count, 10000.0);
  for (std::size_t receptor = 0; receptor < share.size(); ++receptor) {
    const double now = std::popcount(course.gathered.words[receptor]) / count;
    share[receptor] += (now - share[receptor]) * rate;
  }
}

std::size_t Learner::growAll(const Settings& settings, std::uint64_t seed, const Anatomy& anatomy,
                             std::span<const std::uint8_t> learns) {
  constexpr int tries = 24;  // of a receptor that is on and often enough
  const auto& gathered = course.gathered;
  std::size_t born = 0;
  for (std::uint32_t lane = 0; lane < gathered.count; ++lane) {
    const auto index = course.learned + lane;
    const auto& members =
        settings.growInto == GrowInto::TrueColumn ? anatomy.members[gathered.wanted[lane]] : anatomy.voters;
    if (members.empty() || anatomy.inputs.empty()) continue;
    const double before = std::floor(settings.growth * static_cast<double>(index));
    auto attempts = std::floor(settings.growth * static_cast<double>(index + 1)) - before;
    DrawSequence draws(seed, GrowthStream, index);
    for (; attempts > 0; --attempts) {
      const auto cell = members[draws.below(static_cast<std::uint32_t>(members.size()))];
      const auto choice = static_cast<std::uint32_t>(anatomy.choice(cell));
      if (synapses.isFull(cell) || learns[cell] == 0 || choice == 0) continue;
      for (int k = 0; k < tries; ++k) {
        const auto receptor = draws.below(choice);
        const bool on = (gathered.words[receptor] >> lane & 1U) != 0;
        if (settings.growFrom == GrowFrom::Active && !on) continue;
        if (share[receptor] < settings.leastShare || share[receptor] > settings.mostShare) continue;
        const double drawn = settings.newWeight + (2 * draws.uniform() - 1) * settings.newSpread;
        const int weight = std::clamp(static_cast<int>(std::floor(drawn + 0.5)), -settings.cap, settings.cap);
        born += synapses.grow(cell, receptor, weight) ? 1 : 0;
        break;
      }
    }
  }
  return born;
}

/// The cells in turn, so many that each comes as often as the decay says.
std::size_t Learner::decayCells(const Settings& settings, const Anatomy& anatomy, std::span<const std::uint8_t> learns) {
  if (anatomy.cells.empty()) return 0;
  const double units = settings.decay * settings.cooling(course.learned) * course.gathered.count / 1000;
  course.decayDue += units * static_cast<double>(anatomy.cells.size());
  std::size_t died = 0;
  for (; course.decayDue >= 1; course.decayDue -= 1) {
    if (course.cell >= anatomy.cells.size()) course.cell = 0;
    if (learns[course.cell] != 0) died += synapses.decay(course.cell, settings.prune);
    ++course.cell;
  }
  return died;
}

}  // namespace plexarium::sonn
