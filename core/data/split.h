#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <vector>

#include "core/data/dataset.h"
#include "core/data/permutation.h"
#include "core/error.h"

namespace plexarium {

/// Which samples are learnt from, which watch over the learning, and which are kept for the end.
enum class Part : std::uint8_t { Train, Validation, Test };
inline constexpr std::array allParts = {Part::Train, Part::Validation, Part::Test};

/// How a data set is divided; seeded, and the same whatever else is asked of the data.
struct SplitPlan {
  double validation = 0.1;  ///< Shares of the samples, each 0..1, together at most 1; the rest is for training.
  double test = 0.1;
  std::uint64_t seed = 1;
  bool shuffled = true;  ///< Otherwise the parts follow each other as the samples stand: for sequences.
  friend bool operator==(const SplitPlan&, const SplitPlan&) = default;
};

/// The parts of a data set of `samples` samples: each sample is in one. Takes no memory. Value type.
class Split {
 public:
  /// `samples` >= 1; the shares must be in range (asserted): see checkSplit.
  Split(SplitPlan plan, std::size_t samples);

  [[nodiscard]] std::size_t size(Part part) const;
  /// Sample number of the `index`-th (< size(part)) of the part.
  [[nodiscard]] std::size_t sample(Part part, std::size_t index) const;

 private:
  [[nodiscard]] std::size_t begin(Part part) const;
  Permutation order_;
  std::size_t validation_;
  std::size_t test_;
  bool shuffled_;
};

Result<void> checkSplit(const SplitPlan& plan);

/// Samples of each class among the first `most` of the part: of a shuffled part that is a fair draw. `goesOn` as in opening;
/// nothing where it says no.
std::vector<std::size_t> countClasses(const Dataset& data, const Split& split, Part part, std::size_t most,
                                      const OpeningProgress& goesOn = {});

}  // namespace plexarium
