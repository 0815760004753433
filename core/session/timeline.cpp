#include "core/session/timeline.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <string>
#include <unordered_set>
#include <utility>

namespace plexarium {
namespace {

constexpr double checkpointShare = 0.02;  // of the time
constexpr std::chrono::duration<double> shortestSpace{0.005};
constexpr Tick longestSpace = Tick{1} << 24;
constexpr Tick marksOnTheWay = 8;    // set while going back, so that the next step back is short
constexpr double elsewhere = 0.125;  // how much a checkpoint of another branch counts

}  // namespace

Timeline::Timeline(Simulation& simulation, Limits limits)
    : simulation_(simulation), limits_(limits), due_(simulation.tick()), markedTick_(simulation.tick()) {
  const auto tick = simulation.tick();
  courses_.push_back({{0, 0, tick, {}, tick, tick}, {}, {}});
  list();
}

Result<std::span<const double>> Timeline::step() {
  if (auto kept = rememberWhenDue(); !kept) return tl::unexpected(std::move(kept.error()));
  const auto metrics = simulation_.step();
  if (!metrics) return metrics;
  present().info.head = std::max(head(), simulation_.tick());
  return metrics;
}

Result<std::span<const double>> Timeline::stepMany(Tick most) {
  if (auto kept = rememberWhenDue(); !kept) return tl::unexpected(std::move(kept.error()));
  const auto tick = simulation_.tick();
  auto end = std::min(tick + most, due_);
  if (inThePast()) end = std::min(end, head());
  if (const auto& log = present().log; done_ < log.size()) end = std::clamp(log[done_]->tick, tick + 1, end);
  assert(end > tick);
  const auto metrics = simulation_.stepMany(end - tick);
  if (!metrics) return metrics;
  present().info.head = std::max(head(), simulation_.tick());
  return metrics;
}

Result<void> Timeline::rememberWhenDue() { return simulation_.tick() >= due_ ? remember() : Result<void>{}; }

Result<bool> Timeline::repeatDeeds() {
  const auto& log = present().log;
  const auto before = done_;
  while (done_ < log.size() && log[done_]->tick <= simulation_.tick()) {
    if (auto repeated = simulation_.repeat(*log[done_]); !repeated) return tl::unexpected(std::move(repeated.error()));
    ++done_;
  }
  return done_ > before;
}

Result<std::vector<NeuronId>> Timeline::perform(const Deed& deed) {
  if (present().marks.empty()) {
    if (auto kept = remember(); !kept) return tl::unexpected(std::move(kept.error()));
  }
  const auto tick = simulation_.tick();
  auto added = simulation_.perform(deed);
  if (!added) return added;
  simulation_.raiseNextId(simulation_.nextId());
  auto entry = std::make_shared<LogEntry>(LogEntry{tick, deed, simulation_.editRevision()});
  if (auto* edit = std::get_if<ApplyEdit>(&entry->deed)) edit->edit = resolved(std::move(edit->edit), *added);
  const bool fromStart = std::holds_alternative<ReturnToStart>(deed);
  if (fromStart || tick < head()) fork(deed, fromStart);
  if (kept_) present().log.push_back(std::move(entry));
  done_ = present().log.size();
  if (fromStart) {
    if (auto kept = remember(); !kept) return tl::unexpected(std::move(kept.error()));
  }
  return added;
}

/// The present branch stays as it is; its past up to here goes on in a new one.
void Timeline::fork(const Deed& deed, bool fromStart) {
  const auto& old = present();
  const auto tick = simulation_.tick();
  Course course;
  course.info = {++numbers_, old.info.number, tick, labelOf(deed), fromStart ? tick : old.info.begin, tick};
  course.log.assign(old.log.begin(), old.log.begin() + static_cast<std::ptrdiff_t>(done_));
  for (const auto& mark : old.marks) {
    if (!fromStart && mark.state->tick <= tick && mark.done <= done_) course.marks.push_back(mark);
  }
  const bool neverLived = old.info.head == old.info.begin;
  if (neverLived || !kept_) courses_.erase(courses_.begin() + static_cast<std::ptrdiff_t>(present_));
  courses_.push_back(std::move(course));
  if (courses_.size() > limits_.branches) courses_.erase(courses_.begin());
  present_ = courses_.size() - 1;
  due_ = tick;
  list();
}

Result<Tick> Timeline::goTo(Tick tick) {
  const auto here = simulation_.tick();
  if (tick < pastBegin() || tick > head()) {
    return failure("tick " + std::to_string(tick) + " cannot be gone to", {},
                   kept_ ? "There are ticks " + std::to_string(pastBegin()) + " to " + std::to_string(head())
                         : "The past of a network of this size is not kept");
  }
  if (tick == here) return 0;
  if (here == head()) {  // so that coming back is quick
    if (auto kept = remember(); !kept) return tl::unexpected(std::move(kept.error()));
  }
  const auto& marks = present().marks;
  const auto next = std::ranges::upper_bound(marks, tick, {}, [](const Mark& mark) { return mark.state->tick; });
  assert(next != marks.begin());
  const Mark from = *(next - 1);
  if (tick < here || from.state->tick > here) {
    if (auto restored = restore(from); !restored) return tl::unexpected(std::move(restored.error()));
  }
  const auto left = tick - simulation_.tick();
  due_ = simulation_.tick() + std::max<Tick>(1, left / marksOnTheWay);
  return left;
}

Result<Tick> Timeline::switchTo(std::uint32_t branch) {
  const auto found = std::ranges::find(courses_, branch, [](const Course& course) { return course.info.number; });
  if (found == courses_.end()) return failure("there is no branch " + std::to_string(branch));
  if (found->info.number == this->branch()) return goTo(head());
  if (simulation_.tick() == head()) {
    if (auto kept = remember(); !kept) return tl::unexpected(std::move(kept.error()));
  }
  assert(!found->marks.empty());
  present_ = static_cast<std::size_t>(found - courses_.begin());
  list();
  if (auto restored = restore(present().marks.back()); !restored) return tl::unexpected(std::move(restored.error()));
  const auto left = head() - simulation_.tick();
  due_ = simulation_.tick() + std::max<Tick>(1, left / marksOnTheWay);
  return left;
}

Result<void> Timeline::restore(const Mark& mark) {
  if (auto restored = simulation_.restore(*mark.state); !restored) return restored;
  done_ = mark.done;
  markedTick_ = simulation_.tick();
  markedTime_ = Clock::now();
  return repeatDeeds().map([](bool) {});
}

/// Puts the present aside, unless it is already.
Result<void> Timeline::remember() {
  const auto began = Clock::now();
  const auto tick = simulation_.tick();
  auto& marks = present().marks;
  const auto size = GraphArchive::bytes(simulation_.graph());
  if (!origin_ && size > limits_.bytes) kept_ = false;
  const auto place = std::ranges::lower_bound(marks, tick, {}, [](const Mark& mark) { return mark.state->tick; });
  const bool there = place != marks.end() && place->state->tick == tick;
  const bool fits = kept_ && (size <= limits_.bytes || marks.empty());
  if (fits && !there) {
    const auto* const earlier = place != marks.begin() ? (place - 1)->state.get() : origin_.get();
    auto state = simulation_.checkpoint(earlier);
    if (!state) return tl::unexpected(std::move(state.error()));
    std::unordered_set<const void*> counted;
    if (earlier != nullptr) static_cast<void>(earlier->bytes(counted));
    bytes_ += (*state)->bytes(counted);
    if (!origin_) origin_ = *state;
    marks.insert(place, {*state, done_});
    trim(state->get());
  }
  space(began);
  return {};
}

/// Decides when the next checkpoint is due, from what one costs and how long ticks take.
void Timeline::space(Clock::time_point began) {
  const auto now = Clock::now();
  const auto ticks = simulation_.tick() - markedTick_;
  const auto cost = std::chrono::duration<double>(now - began);
  const auto time = std::chrono::duration<double>(began - markedTime_);
  const auto wanted = std::max(cost / checkpointShare, shortestSpace);
  const double space = ticks > 0 && time.count() > 0 ? wanted / time * static_cast<double>(ticks) : 1;
  due_ = kept_ ? simulation_.tick() + std::max<Tick>(1, static_cast<Tick>(std::min(space, double{longestSpace})))
               : std::numeric_limits<Tick>::max();
  markedTick_ = simulation_.tick();
  markedTime_ = now;
}

void Timeline::trim(const Simulation::Checkpoint* keep) {
  while (checkpointCount() > limits_.checkpoints && dropOne(keep)) {
  }
  if (bytes_ <= limits_.bytes) return;
  for (bytes_ = bytes(); bytes_ > limits_.bytes && dropOne(keep); bytes_ = bytes()) {
  }
}

/// Drops the checkpoint that is missed least: the one with the smallest gap for its distance from where we are. False where
/// only first ones are left.
bool Timeline::dropOne(const Simulation::Checkpoint* keep) {
  double least = std::numeric_limits<double>::infinity();
  Course* worst = nullptr;
  std::size_t index = 0;
  for (auto& course : courses_) {
    const bool here = &course == &present();
    const auto centre = here ? simulation_.tick() : course.info.head;
    for (std::size_t k = 1; k < course.marks.size(); ++k) {
      const auto tick = course.marks[k].state->tick;
      if (course.marks[k].state.get() == keep) continue;
      const auto after = k + 1 < course.marks.size() ? course.marks[k + 1].state->tick : course.info.head;
      const auto gap = static_cast<double>(after - course.marks[k - 1].state->tick);
      const double score = (here ? 1 : elsewhere) * gap / static_cast<double>(std::abs(tick - centre) + 1);
      if (score >= least) continue;
      least = score;
      worst = &course;
      index = k;
    }
  }
  if (worst == nullptr) return false;
  worst->marks.erase(worst->marks.begin() + static_cast<std::ptrdiff_t>(index));
  return true;
}

Tick Timeline::pastBegin() const {
  return present().marks.empty() ? simulation_.tick() : present().marks.front().state->tick;
}

Result<Log> Timeline::log() {
  if (!origin_ && kept_) {
    if (auto kept = remember(); !kept) return tl::unexpected(std::move(kept.error()));
  }
  if (!kept_) return failure("the past of a network of this size is not kept", {}, "Save the model instead");
  Log log;
  log.beginning = simulation_.modelOf(*origin_);
  log.entries.assign(present().log.begin(), present().log.begin() + static_cast<std::ptrdiff_t>(done_));
  log.end = simulation_.tick();
  return log;
}

std::size_t Timeline::bytes() const {
  std::unordered_set<const void*> counted;
  std::size_t bytes = origin_ ? origin_->bytes(counted) : 0;
  for (const auto& course : courses_) {
    for (const auto& mark : course.marks) bytes += mark.state->bytes(counted);
  }
  return bytes;
}

std::size_t Timeline::checkpointCount() const {
  std::size_t count = 0;
  for (const auto& course : courses_) count += course.marks.size();
  return count;
}

void Timeline::list() {
  auto branches = std::make_shared<std::vector<Branch>>();
  for (const auto& course : courses_) branches->push_back(course.info);
  list_ = std::move(branches);
}

}  // namespace plexarium
