#pragma once

#include <QObject>
#include <optional>

#include "ui/bridge/session_bridge.h"
#include "ui/plots/coverage.h"
#include "ui/plots/spike_history.h"

namespace plexarium::ui {

/// Who fired along the present branch, in the ticks that were looked at: those that come while somebody listens, and those
/// of a network at rest that are recalled. What another branch replaces is forgotten. GUI thread.
class SpikeTape : public QObject {
  Q_OBJECT

 public:
  static constexpr std::size_t capacity = 2'000'000;  // spikes: 8 megabytes, and up to as many ticks

  /// `bridge` must outlive the tape.
  explicit SpikeTape(SessionBridge& bridge, QObject* parent = nullptr);
  ~SpikeTape() override;

  void listen(bool on) { bridge_.wantSpikes(this, on); }
  /// What was looked at; another branch replaces what this one has from there on.
  void take(const SpikeBatch& batch);
  /// Asks a network at rest for the ticks from `from` on that were not looked at, as far as it remembers them and lives
  /// them again in about a second.
  void recall(Tick from);

  /// Ticks per second when it last ran.
  [[nodiscard]] double rate() const { return rate_; }
  [[nodiscard]] const SpikeHistory& history() const { return history_; }
  [[nodiscard]] const Coverage& coverage() const { return coverage_; }

 signals:
  void grown();

 private:
  /// What was asked of the network's memory.
  struct Asked {
    std::uint32_t branch = 0;
    Tick from = 0;
    Tick to = 0;
    bool operator==(const Asked&) const = default;
  };

  void begin();
  void follow();  ///< To another branch, or back to the start.
  void forgetFrom(Tick tick);
  void answer(const Asked& asked, const Outcome& outcome);

  SessionBridge& bridge_;
  SpikeHistory history_;
  Coverage coverage_;
  std::uint32_t branch_ = 0;  ///< Whose spikes these are, its parents' before it began included.
  Tick lastTick_ = 0;         ///< Of the last frame.
  double rate_ = 0;
  std::optional<Asked> asked_;  ///< Since it rests.
};

}  // namespace plexarium::ui
