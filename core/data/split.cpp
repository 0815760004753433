#include "core/data/split.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace plexarium {
namespace {

constexpr std::uint32_t splitStream = 0x73706c74;

std::size_t shareOf(double share, std::size_t samples) {
  return static_cast<std::size_t>(std::llround(share * static_cast<double>(samples)));
}

}  // namespace

Result<void> checkSplit(const SplitPlan& plan) {
  if (plan.validation >= 0 && plan.test >= 0 && plan.validation + plan.test <= 1) return {};
  return failure("the shares of validation and test are not in range", "split",
                 "Give two numbers from 0 to 1, together at most 1");
}

Split::Split(SplitPlan plan, std::size_t samples)
    : order_(samples, plan.seed, splitStream),
      validation_(shareOf(plan.validation, samples)),
      test_(std::min(shareOf(plan.test, samples), samples - validation_)),
      shuffled_(plan.shuffled) {
  assert(checkSplit(plan));
}

std::size_t Split::size(Part part) const {
  switch (part) {
    case Part::Train:
      return order_.count() - validation_ - test_;
    case Part::Validation:
      return validation_;
    case Part::Test:
      return test_;
  }
  return 0;
}

std::size_t Split::begin(Part part) const {
  switch (part) {
    case Part::Train:
      return 0;
    case Part::Validation:
      return size(Part::Train);
    case Part::Test:
      return size(Part::Train) + validation_;
  }
  return 0;
}

std::size_t Split::sample(Part part, std::size_t index) const {
  assert(index < size(part));
  const auto place = begin(part) + index;
  return shuffled_ ? order_(place) : place;
}

std::vector<std::size_t> countClasses(const Dataset& data, const Split& split, Part part, std::size_t most,
                                      const OpeningProgress& goesOn) {
  constexpr std::size_t samplesBetweenQuestions = std::size_t{1} << 14U;
  std::vector<std::size_t> counts(data.info().classes.size(), 0);
  const auto samples = counts.empty() ? 0 : std::min(most, split.size(part));
  for (std::size_t index = 0; index < samples; ++index) {
    if (goesOn && index % samplesBetweenQuestions == 0 &&
        !goesOn(static_cast<double>(index) / static_cast<double>(samples))) {
      return {};
    }
    ++counts[data.label(split.sample(part, index))];
  }
  return counts;
}

}  // namespace plexarium
