#pragma once

#include <QObject>
#include <optional>

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
  /// Beside `item` (a place in the view): of the neuron or the link, or of the place.
  void showContextMenu(QPointF item, std::optional<NeuronId> neuron, std::optional<LinkKey> link);
  void showSelectionMenu();
  void noteFirst();
  void watch();
  void enableActions();

  Desk desk_;
  NeuronId first_;  ///< The neuron of the selection that was selected first: where new links begin.
};

}  // namespace plexarium::ui
