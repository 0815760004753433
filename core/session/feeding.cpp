#include "core/session/feeding.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace plexarium {

Feeding::Feeding(std::string text, const Description& description, const Feeder::OpenData& open) {
  if (text.empty()) return;
  auto feeder = Feeder::read(text, "feed", description, open);
  if (feeder) {
    feeder_ = std::move(*feeder);
  } else {
    unread_ = std::move(text);
    problem_ = std::move(feeder.error());
  }
}

void Feeding::bind(const Graph& graph, bool edited) {
  if (!unread_.empty()) return;
  problem_.reset();
  if (feeder_.empty()) return;
  if (auto bound = feeder_.bind(graph, edited); !bound) problem_ = std::move(bound.error());
}

Result<void> Feeding::set(const SetFeeding& mode) {
  if (feeder_.empty()) return failure("there is nothing to show", "feed", "Choose data first");
  switch (mode.mode) {
    case FeedMode::Off:
      feeder_.off();
      return {};
    case FeedMode::Train:
      feeder_.train();
      return {};
    case FeedMode::Validate:
    case FeedMode::Test:
      if (feeder_.test(mode.mode == FeedMode::Test ? Part::Test : Part::Validation)) return {};
      return failure("no samples are kept for this", "feed", "Give it a share of the data");
    case FeedMode::Show:
      break;
  }
  const auto feeds = feeder_.feeds();
  if (mode.feed >= feeds.size()) return failure("there is no feed number " + std::to_string(mode.feed), "feed");
  const auto& info = feeds[mode.feed].data().info();
  if (!mode.inputs.empty()) return give(mode, info);
  if (mode.sample >= info.samples) {
    return failure("there is no sample " + std::to_string(mode.sample), info.name,
                   "There are " + std::to_string(info.samples));
  }
  feeder_.show(mode.feed, mode.sample);
  return {};
}

/// Values that somebody has made.
Result<void> Feeding::give(const SetFeeding& mode, const DatasetInfo& info) {
  if (mode.inputs.size() != info.inputs) {
    return failure("there are " + std::to_string(mode.inputs.size()) + " values", info.name,
                   "A sample has " + std::to_string(info.inputs));
  }
  if (!std::ranges::all_of(mode.inputs, [](double value) { return std::isfinite(value); })) {
    return failure("a value is not a finite number", info.name);
  }
  feeder_.show(mode.feed, mode.inputs);
  return {};
}

Result<void> Feeding::next(const NextSample& which) {
  if (which.feed >= feeder_.feeds().size()) return failure("there is no feed number " + std::to_string(which.feed), "feed");
  feeder_.feeds()[which.feed].next();
  return {};
}

}  // namespace plexarium
