#include "ui/sight/shown_by_hand.h"

#include <algorithm>
#include <utility>

namespace plexarium::ui {
namespace {

constexpr int shortest = 100;  // milliseconds from one drawing to the next

/// What would have the feeds do again what they do now.
SetFeeding modeOf(const Feeder& feeder) {
  if (!feeder.on()) return {FeedMode::Off};
  const auto feeds = feeder.feeds();
  for (std::uint32_t k = 0; k < feeds.size(); ++k) {
    if (feeds[k].testing()) return {feeds[k].testing() == Part::Test ? FeedMode::Test : FeedMode::Validate};
    if (feeds[k].held()) return {FeedMode::Show, k, *feeds[k].held()};
    const auto given = feeds[k].given();
    if (!given.empty()) return {FeedMode::Show, k, 0, {given.begin(), given.end()}};
  }
  return {FeedMode::Train};
}

bool holdsSomething(const Feeder& feeder) {
  return feeder.on() && std::ranges::any_of(feeder.feeds(), [](const Feed& feed) {
           return feed.held().has_value() || !feed.given().empty();
         });
}

}  // namespace

ShownByHand::ShownByHand(FeedControl& control, QObject* parent) : QObject(parent), control_(control) {
  timer_.setSingleShot(true);
  timer_.setInterval(shortest);
  connect(&timer_, &QTimer::timeout, this, &ShownByHand::flush);
  connect(&control.bridge(), &SessionBridge::frame, this, &ShownByHand::onFrame);
  connect(&control.bridge(), &SessionBridge::opened, this, &ShownByHand::forget);
}

/// False where there is nothing any more that could show it.
bool ShownByHand::begin() {
  if (control_.feeding() == nullptr) return false;
  if (before_) return true;
  const auto& now = *control_.bridge().snapshot();
  before_ = Before{modeOf(now.feeding->feeder()), now.running};
  seen_ = false;
  if (!now.running) control_.bridge().post(Run{});
  emit changed();
  return true;
}

void ShownByHand::show(std::uint32_t feed, std::uint64_t sample) {
  if (!begin()) return;
  waiting_.reset();
  control_.setMode({FeedMode::Show, feed, sample});
}

void ShownByHand::show(std::uint32_t feed, std::vector<double> inputs) {
  if (!begin()) return;
  waiting_ = SetFeeding{FeedMode::Show, feed, 0, std::move(inputs)};
  if (!timer_.isActive()) flush();
}

void ShownByHand::flush() {
  if (!waiting_) return;
  control_.setMode(*std::exchange(waiting_, std::nullopt));
  timer_.start();
}

void ShownByHand::goBack() {
  if (!before_) return;
  auto before = *std::exchange(before_, std::nullopt);
  waiting_.reset();
  if (!before.running) control_.bridge().post(Pause{});
  control_.setMode(std::move(before.mode));
  emit changed();
}

/// Others may have told the feeds what to do: then there is no way back any more.
void ShownByHand::onFrame() {
  if (!before_) return;
  const auto* const feeding = control_.feeding();
  const bool holds = feeding != nullptr && holdsSomething(feeding->feeder());
  if (holds) seen_ = true;
  if (seen_ && !holds) forget();
}

void ShownByHand::forget() {
  waiting_.reset();
  if (!std::exchange(before_, std::nullopt)) return;
  emit changed();
}

}  // namespace plexarium::ui
