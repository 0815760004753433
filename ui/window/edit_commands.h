#pragma once

#include <QObject>

#include "core/edit/edit.h"
#include "ui/bridge/selection.h"
#include "ui/bridge/session_bridge.h"

class QWidget;

namespace plexarium::ui {

class CanvasView;
class NoticeArea;
struct Actions;

/// What the edit menu, the keys and the canvas ask of the network; and the watch list, which follows what is selected and
/// hovered. GUI thread.
class EditCommands : public QObject {
  Q_OBJECT

 public:
  /// All must outlive the commands.
  EditCommands(SessionBridge& bridge, Selection& selection, CanvasView& view, NoticeArea& notices, Actions& actions,
               QWidget& window);

 private:
  void connectActions();
  void connectCanvas();
  void addNeuronAt(Point place);
  void addNeuronHere();
  void submit(Result<Edit> edit);
  void stimulate(NeuronId neuron, bool strong);
  void showContextMenu(QPointF item);
  void noteFirst();
  void watch();
  void enableActions();

  SessionBridge& bridge_;
  Selection& selection_;
  CanvasView& view_;
  NoticeArea& notices_;
  Actions& actions_;
  QWidget& window_;
  NeuronId first_;  ///< The neuron of the selection that was selected first: where new links begin.
};

}  // namespace plexarium::ui
