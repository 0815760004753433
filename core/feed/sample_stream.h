#pragma once

#include <cstdint>
#include <vector>

#include "core/data/permutation.h"
#include "core/data/split.h"
#include "core/feed/feed_plan.h"

namespace plexarium {

/// The endless order in which the samples of one part of a data set are shown. Holds a few numbers a class and nothing for a
/// sample. The data must outlive it.
class SampleStream {
 public:
  /// A place in the order: round and position of each class (or of all samples), and whose turn it is.
  struct State {
    struct Cursor {
      std::uint64_t round = 0;
      std::uint64_t place = 0;
      friend bool operator==(const Cursor&, const Cursor&) = default;
    };
    std::uint64_t turn = 0;
    std::vector<Cursor> cursors;
    friend bool operator==(const State&, const State&) = default;
  };

  /// The part must not be empty. Interleaved without classes is Shuffled.
  SampleStream(const Dataset& data, const Split& split, Part part, FeedOrder order, std::uint64_t seed);

  /// The next sample's number in the data.
  std::size_t next();
  [[nodiscard]] const State& state() const { return state_; }
  /// False, and nothing changed, where the state is of other data.
  [[nodiscard]] bool restore(const State& state);

 private:
  std::size_t nextOf(std::size_t cursor);
  [[nodiscard]] Permutation shuffle(std::size_t cursor) const;
  void endRound(std::size_t cursor);

  const Dataset* data_;
  Split split_;
  Part part_;
  FeedOrder order_;
  std::uint64_t seed_;
  State state_;
  std::vector<Permutation> shuffles_;  ///< Of each cursor's round.
  std::vector<bool> met_;              ///< A sample of the class was met in this round, so far as is known.
  std::vector<bool> absent_;           ///< The part has no sample of the class.
};

/// Whether samples of one class stand together in the data: neighbours differ less than half as often as chance would have
/// it.
bool standsGrouped(const Dataset& data);

}  // namespace plexarium
