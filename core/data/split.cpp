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

}  // namespace plexarium
