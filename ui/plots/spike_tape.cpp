#include "ui/plots/spike_tape.h"

#include <QPointer>
#include <algorithm>

namespace plexarium::ui {
namespace {

constexpr double recallSeconds = 1;  // of the network's life are recalled at most,
constexpr Tick leastRecall = 2'000;  // or so many ticks where it is slow

}  // namespace

SpikeTape::SpikeTape(SessionBridge& bridge, QObject* parent) : QObject(parent), bridge_(bridge), history_(capacity) {
  connect(&bridge_, &SessionBridge::opened, this, &SpikeTape::begin);
  connect(&bridge_, &SessionBridge::frame, this, &SpikeTape::follow);
  connect(&bridge_, &SessionBridge::spikes, this, &SpikeTape::take);
  if (bridge_.snapshot()) begin();
}

SpikeTape::~SpikeTape() { listen(false); }

void SpikeTape::begin() {
  history_.clear();
  coverage_.clear();
  asked_.reset();
  rate_ = 0;
  lastTick_ = bridge_.snapshot()->tick;
  branch_ = bridge_.snapshot()->branch;
}

/// A branch that leaves this one takes over where it began; of another one nothing is known.
void SpikeTape::follow() {
  const Snapshot& now = *bridge_.snapshot();
  if (now.running) asked_.reset();
  if (now.achievedRate > 0) rate_ = now.achievedRate;
  if (now.tick < lastTick_ && now.headTick == now.tick) forgetFrom(now.tick);
  lastTick_ = now.tick;
  if (now.branch == branch_) return;
  const auto found = std::ranges::find(*now.branches, now.branch, &Branch::number);
  const bool child = found != now.branches->end() && found->parent == branch_;
  branch_ = now.branch;
  forgetFrom(child ? found->fork : 0);
}

void SpikeTape::forgetFrom(Tick tick) {
  history_.forgetFrom(tick);
  coverage_.forgetFrom(tick);
}

void SpikeTape::take(const SpikeBatch& batch) {
  auto spike = batch.spikes.begin();
  for (const auto& run : batch.covered) {
    if (run.first < coverage_.end()) forgetFrom(run.first);
    branch_ = run.branch;
    coverage_.add(run.first, run.first + run.count);
    for (; spike != batch.spikes.end() && spike->branch == run.branch && spike->tick < run.first + run.count; ++spike) {
      history_.append(spike->tick, spike->neuron);
    }
  }
  emit grown();
}

void SpikeTape::recall(Tick from) {
  if (!bridge_.snapshot()) return;
  const Snapshot& now = *bridge_.snapshot();
  if (now.running) return;
  const auto bound = std::max(leastRecall, static_cast<Tick>(rate_ * recallSeconds));
  const Tick gap = coverage_.firstGap(std::max({from, now.pastBegin, now.tick - bound, Tick{0}}), now.tick);
  const Asked wanted{now.branch, gap, now.tick};
  if (gap >= now.tick || asked_ == wanted) return;
  asked_ = wanted;
  bridge_.post(RecallSpikes{now.tick - gap}, [tape = QPointer(this), wanted](const Outcome& outcome) {
    if (tape) tape->answer(wanted, outcome);
  });
}

/// Comes too late where the network has moved on. Where it is refused, what was not looked at stays unknown.
void SpikeTape::answer(const Asked& asked, const Outcome& outcome) {
  if (!outcome.spikes || outcome.tick != asked.to || branch_ != asked.branch || bridge_.snapshot()->running) return;
  forgetFrom(asked.from);
  take({*outcome.spikes, {{asked.branch, asked.from, asked.to - asked.from}}});
}

}  // namespace plexarium::ui
