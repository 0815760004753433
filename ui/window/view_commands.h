#pragma once

#include <QObject>

#include "ui/window/desk.h"

class QMenu;

namespace plexarium::ui {

/// What helps to see why something happens: highlighting, causes of a firing, filters, curves on the canvas. None of it
/// changes the network. GUI thread.
class ViewCommands : public QObject {
  Q_OBJECT

 public:
  explicit ViewCommands(const Desk& desk);

  void fillFilterMenu(QMenu& menu);

 private:
  void connectFilter();
  void nameAges();
  void applyFilter();
  void fillGroups();
  void forgetGoneGroups();
  void showWhy();
  void showCauses(NeuronId neuron, Tick fired, const std::vector<Spike>& spikes);
  void togglePins();

  Desk desk_;
  QMenu* groupMenu_ = nullptr;
  std::vector<GroupId> shownGroups_;  ///< Empty: all.
};

}  // namespace plexarium::ui
