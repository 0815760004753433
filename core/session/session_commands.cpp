#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/session/session_impl.h"

namespace plexarium {
namespace {

template <typename... Calls>
struct Overloaded : Calls... {
  using Calls::operator()...;
};
template <typename... Calls>
Overloaded(Calls...) -> Overloaded<Calls...>;  // clang 14 does not deduce aggregates

template <typename T, typename List>
inline constexpr bool isOneOf = false;
template <typename T, typename... Alternatives>
inline constexpr bool isOneOf<T, std::variant<Alternatives...>> = (std::is_same_v<T, Alternatives> || ...);

}  // namespace

Result<void> Session::Impl::execute(Command& command, Outcome& outcome) {
  return std::visit(
      Overloaded{
          [&](Run) -> Result<void> { return run(), Result<void>{}; },
          [&](Pause) -> Result<void> { return pause(), Result<void>{}; },
          [&](SetPace wanted) -> Result<void> {
            if (!std::isfinite(wanted.ticksPerSecond) || wanted.ticksPerSecond < 0) {
              return failure("a pace must be 0 (unlimited) or above");
            }
            pacer_.setPace(wanted.ticksPerSecond, Clock::now());
            return {};
          },
          [&](SetBreakpoints& wanted) {
            return breakpoints_.set(std::move(wanted.breakpoints)).map([&] {
              hit_.reset();
              breakpoints_.rebase(simulation_->graph(), true);
            });
          },
          [&](RecordSpikes wanted) -> Result<void> { return spikesWanted_ = wanted.on, Result<void>{}; },
          [&](const StartRecording& wanted) { return runRecord_.start(wanted, *simulation_, timeline_.branch()); },
          [&](StopRecording) { return runRecord_.stop().map([&](auto&& done) { outcome.recorded = done; }); },
          [&](CaptureLog) { return captureLog(outcome); },
          [&]<typename Other>(const Other& wanted) -> Result<void> {
            if constexpr (isOneOf<Other, Deed>) {
              closeBucket();  // what follows may belong to a new branch
              return timeline_.perform(wanted).map([&](auto&& added) {
                outcome.added = std::forward<decltype(added)>(added);
                if (breakpoints_.empty() || std::is_same_v<Other, Stimulate>) return;
                breakpoints_.rebase(simulation_->graph(), std::is_same_v<Other, ReturnToStart>);
              });
            }
            return {};  // served apart
          },
          [&](Watch& wanted) -> Result<void> { return simulation_->watch(std::move(wanted)), Result<void>{}; },
          [&](Capture) {
            return simulation_->capture().map([&](auto&& model) {
              outcome.capture = std::make_shared<const Model>(std::forward<decltype(model)>(model));
            });
          },
      },
      command);
}

/// Whether the command is one that takes ticks; it has begun then, or its outcome says why not.
bool Session::Impl::begin(const Exchange::Numbered& command) {
  bool mine = false;
  auto begun = guarded([&] {
    return std::visit(
        [&]<typename Any>(const Any& wanted) -> Result<void> {
          if constexpr (isOneOf<Any, std::variant<StepTicks, GoTo, SwitchBranch, RecallSpikes>>) {
            mine = true;
            return begin(wanted, command.number);
          }
          return {};
        },
        command.command);
  });
  if (!begun) {
    Outcome outcome;
    outcome.command = command.number;
    finish(std::move(outcome), std::move(begun));
  }
  return mine;
}

Result<void> Session::Impl::begin(const StepTicks& command, std::uint64_t number) {
  if (command.ticks < 0) {
    return failure("cannot do " + std::to_string(command.ticks) + " ticks", {}, "Go to an earlier tick instead");
  }
  return beginSteps(command.ticks, {.command = number});
}

Result<void> Session::Impl::begin(const GoTo& command, std::uint64_t number) {
  closeBucket();
  return beginSteps(timeline_.goTo(command.tick), {.command = number, .journey = true});
}

Result<void> Session::Impl::begin(const SwitchBranch& command, std::uint64_t number) {
  closeBucket();
  return beginSteps(timeline_.switchTo(command.branch), {.command = number, .journey = true});
}

Result<void> Session::Impl::begin(const RecallSpikes& command, std::uint64_t number) {
  if (command.ticks < 0) return failure("cannot recall " + std::to_string(command.ticks) + " ticks");
  closeBucket();
  const auto now = simulation_->tick();
  const auto from = std::max(timeline_.pastBegin(), now - std::min(command.ticks, now));
  const bool running = running_;
  auto left = timeline_.goTo(from).map([&](Tick before) { return before + now - from; });
  return beginSteps(std::move(left), {.command = number, .journey = true, .recallFrom = from, .wasRunning = running});
}

Result<void> Session::Impl::beginSteps(Result<Tick> ticks, Stepping stepping) {
  if (!ticks) return tl::unexpected(std::move(ticks.error()));
  pause();
  if (stepping.recallFrom) stepping.hit = hit_;
  hit_.reset();
  stepping_ = std::move(stepping);
  stepping_->remaining = *ticks;
  stepping_->began = Clock::now();
  if (*ticks == 0) finishStepping({});
  return {};
}

Result<void> Session::Impl::captureLog(Outcome& outcome) {
  auto log = timeline_.log();
  if (!log) return tl::unexpected(std::move(log.error()));
  return simulation_->capture().map([&](Model&& model) {
    outcome.capture = std::make_shared<const Model>(std::move(model));
    outcome.log = std::make_shared<const Log>(std::move(*log));
  });
}

}  // namespace plexarium
