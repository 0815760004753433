#pragma once

#include <QWidget>
#include <vector>

#include "ui/window/desk.h"

class QListWidget;

namespace plexarium::ui {

/// What stops the network by itself: a list to which a person adds firings, crossings of a value and changes of links. The
/// list belongs to the network that is open and goes with it. GUI thread.
class BreakpointList : public QWidget {
  Q_OBJECT

 public:
  explicit BreakpointList(const Desk& desk);

  [[nodiscard]] const std::vector<Breakpoint>& breakpoints() const { return breakpoints_; }

 private:
  void addFirings();
  void askForCrossing();
  void add(std::vector<Breakpoint> more);
  void removeCurrent();
  void send(std::vector<Breakpoint> wanted);
  void showAll();
  void onFrame();
  [[nodiscard]] QString textOf(const Breakpoint& breakpoint) const;

  Desk desk_;
  QListWidget* list_;
  std::vector<Breakpoint> breakpoints_;
  std::optional<Tick> stopped_;  ///< Tick of the stop that has been told already.
};

}  // namespace plexarium::ui
