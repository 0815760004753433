#pragma once

#include <vector>

#include "core/session/snapshot.h"

namespace plexarium::ui {

/// How long ago things happened, as the eye should see it. At a slow pace light fades in real time, between ticks too; at a
/// fast pace it fades over a fixed number of ticks, so that the last wave is seen as a path however many ticks a frame
/// holds. One thread.
class Activity {
 public:
  /// A new network: forgets everything.
  void reset();
  /// Takes note of a snapshot seen at `seconds` (any steady clock).
  void adopt(const Snapshot& snapshot, double seconds);
  /// The picture is for this moment.
  void at(double seconds) { seconds_ = seconds; }

  /// 1 at the tick it happened, falling to 0.
  [[nodiscard]] float glow(Tick happened) const;
  /// What happened at this tick or later glows by at least `least`, above 0.
  [[nodiscard]] Tick litSince(float least) const;
  /// Where the pulse of a neuron is on its way, carried on between ticks; negative: none.
  [[nodiscard]] float progress(std::size_t row, const std::vector<float>& published) const;
  /// The picture changes although no tick is done.
  [[nodiscard]] bool moves() const;
  /// Ticks until a light is out.
  [[nodiscard]] double fadeTicks() const { return fadeTicks_; }
  /// Part of the current tick that has passed, 0..1; 0 at a fast pace or at rest.
  [[nodiscard]] double fraction() const;

 private:
  Tick tick_ = never;
  double rate_ = 0;      // ticks per second; 0 at rest
  double tickSeen_ = 0;  // when tick_ was first seen
  double seconds_ = 0;
  double fadeTicks_ = 6;
  std::vector<float> advance_;  // per row: progress per tick, from the last two ticks; empty at a fast pace
  std::vector<float> previous_;
  std::shared_ptr<const std::vector<NeuronId>> rows_;  // that previous_ speaks of
};

}  // namespace plexarium::ui
