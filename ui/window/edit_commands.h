#pragma once

#include <QObject>

#include "ui/window/desk.h"

namespace plexarium::ui {

/// What the edit menu, the keys and the canvas ask of the network; and the watch list, which follows what is selected and
/// hovered. GUI thread.
class EditCommands : public QObject {
  Q_OBJECT

 public:
  explicit EditCommands(const Desk& desk);

 signals:
  void stimulated();  ///< A person has put something into a neuron.

 private:
  void connectActions();
  void connectCanvas();
  void openWiring();
  void stimulate(NeuronId neuron, bool strong);
  void showContextMenu(QPointF item);
  void noteFirst();
  void watch();
  void enableActions();

  Desk desk_;
  NeuronId first_;  ///< The neuron of the selection that was selected first: where new links begin.
};

}  // namespace plexarium::ui
