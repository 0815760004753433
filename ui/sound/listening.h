#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <vector>

#include "core/graph/ids.h"
#include "ui/sound/click_player.h"
#include "ui/window/desk.h"

namespace plexarium::ui {

/// Lets chosen neurons be heard: a click when one has fired, each neuron with its own pitch, at most one a neuron and frame.
/// The sound device is opened when it is first wanted. Belongs to the view. GUI thread.
class Listening : public QObject {
  Q_OBJECT

 public:
  explicit Listening(const Desk& desk);

  [[nodiscard]] std::vector<NeuronId> heard() const;

 private:
  void choose(bool on);
  void stop();
  void onFrame();

  struct Ear {
    NeuronId neuron;
    Tick lastFired = never;
  };
  Desk desk_;
  std::unique_ptr<ClickPlayer> player_;
  std::vector<Ear> ears_;
};

}  // namespace plexarium::ui
