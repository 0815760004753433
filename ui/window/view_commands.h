#pragma once

#include <QObject>

#include "ui/window/desk.h"

namespace plexarium::ui {

/// What helps to see why something happens: highlighting, causes of a firing, filters, curves on the canvas. None of it
/// changes the network. GUI thread.
class ViewCommands : public QObject {
  Q_OBJECT

 public:
  explicit ViewCommands(const Desk& desk);

 private:
  void connectFilter();
  void showWhy();
  void showCauses(NeuronId neuron, Tick fired, const std::vector<Spike>& spikes);
  void togglePins();

  Desk desk_;
};

}  // namespace plexarium::ui
