#pragma once

#include <QTemporaryDir>

#include "ui/window/main_window.h"

namespace plexarium::bench {

/// A SORN of so many excitatory neurons, preset criticality: its synapses are born and die all the time.
Model rewiringNetwork(double excitatory);

/// Lets the window live for so many seconds.
void liveFor(double seconds);

/// A main window with a folder of its own, and the way to put a network into it.
class WindowStage {
 public:
  WindowStage();

  /// Shows the window and waits until the network is on screen.
  void open(Model model);
  /// Flat out, as the far end of the pace slider.
  void run();
  /// Returns once the simulation rests.
  void pause();
  [[nodiscard]] ui::MainWindow& window() { return window_; }
  [[nodiscard]] const Snapshot& now() { return *window_.bridge().snapshot(); }

 private:
  QTemporaryDir folder_;
  ui::MainWindow window_;
};

}  // namespace plexarium::bench
