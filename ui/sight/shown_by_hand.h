#pragma once

#include <QObject>
#include <QTimer>
#include <cstdint>
#include <optional>
#include <vector>

#include "ui/bridge/feed_control.h"

namespace plexarium::ui {

/// What a person has a network shown for once instead of what its feeds have in store, without targets, and the way back to
/// what they did before. GUI thread.
class ShownByHand : public QObject {
  Q_OBJECT

 public:
  /// `control` must outlive it. Without feeds nothing is shown.
  explicit ShownByHand(FeedControl& control, QObject* parent = nullptr);

  /// A sample of the data.
  void show(std::uint32_t feed, std::uint64_t sample);
  /// Values of one's own: as many as a sample has. Each is remembered by the network, so they go to it ten times a second at
  /// most, the last ones in any case.
  void show(std::uint32_t feed, std::vector<double> inputs);
  /// The feeds go on as before the first of them.
  void goBack();
  /// Whether something is shown so; ends by goBack(), where others tell the feeds what to do, or with the network.
  [[nodiscard]] bool active() const { return before_.has_value(); }

 signals:
  void changed();  ///< active()

 private:
  struct Before {
    SetFeeding mode;
    bool running = false;
  };
  bool begin();
  void flush();
  void onFrame();
  void forget();

  FeedControl& control_;
  std::optional<Before> before_;
  bool seen_ = false;  ///< A snapshot has shown that the feeds do what was asked for.
  std::optional<SetFeeding> waiting_;
  QTimer timer_;
};

}  // namespace plexarium::ui
