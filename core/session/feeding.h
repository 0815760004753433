#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "core/edit/deed.h"
#include "core/feed/feeder.h"

namespace plexarium {

/// The feeds of a living network, and what is in their way if they cannot go on. A value: a checkpoint or a snapshot holds a
/// copy. Belongs to the thread that ticks the network; const functions of a copy may be called by any thread.
class Feeding {
 public:
  Feeding() = default;
  explicit Feeding(Feeder feeder) : feeder_(std::move(feeder)) {}
  /// What Feeder::write says, empty: no feeds. Where it cannot be read or its data not be opened, problem() says so and
  /// write() still gives the text.
  Feeding(std::string text, const Description& description, const Feeder::OpenData& open);

  [[nodiscard]] bool empty() const { return feeder_.empty() && unread_.empty(); }
  [[nodiscard]] const Feeder& feeder() const { return feeder_; }
  [[nodiscard]] Feeder& feeder() { return feeder_; }
  /// Why nothing can be shown.
  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

  /// Finds the feeds' neurons; see Feeder::bind. Afterwards problem() tells whether they are all there.
  void bind(const Graph& graph, bool edited);
  /// An error, and nothing changed, where there is no such feed or sample, no sample to test with, or values that are none
  /// of a sample.
  Result<void> set(const SetFeeding& mode);
  Result<void> next(const NextSample& which);

  [[nodiscard]] std::string write() const { return feeder_.empty() ? unread_ : feeder_.write(); }
  [[nodiscard]] std::size_t bytes() const { return unread_.size() + feeder_.bytes(); }

 private:
  Result<void> give(const SetFeeding& mode, const DatasetInfo& info);

  Feeder feeder_;
  std::string unread_;
  std::optional<Error> problem_;
};

}  // namespace plexarium
