#pragma once

#include <QQuickWidget>
#include <QVariantList>

#include "core/description/description.h"
#include "ui/bridge/selection.h"
#include "ui/bridge/session_bridge.h"
#include "ui/canvas/neuron_looks.h"

namespace plexarium::ui {

class CanvasItem;

/// The Quick scene of qml/Canvas.qml as a widget: hosts the canvas, feeds it every frame, dresses what floats above it.
/// Set QCoreApplication attribute AA_ShareOpenGLContexts before the application and give the view its window before load().
/// GUI thread.
class CanvasView : public QQuickWidget {
  Q_OBJECT

 public:
  /// Both must outlive the view.
  CanvasView(SessionBridge& bridge, Selection& selection, QWidget* parent);

  /// Reads the scene; canvas() is there afterwards. Asserted: the scene is compiled in and must be sound.
  void load();
  [[nodiscard]] CanvasItem& canvas() const { return *canvas_; }

  /// Where the mouse is, or the middle of the picture when it is elsewhere.
  [[nodiscard]] Point placeAtMouse() const;
  /// Brings a place into the middle without changing the scale.
  void centreOn(Point place);

  void setDark(bool dark);
  void setLegendShown(bool shown);
  /// What gives the neurons their hues; the legend tells.
  void setColouring(Colouring colouring);
  void setLinkAges(bool on);

 signals:
  void networkPainted();  ///< Once, after the first picture that had a network in it.

 protected:
  void paintEvent(QPaintEvent* event) override;
  /// Tab leaves the canvas, which is the only item of the scene that takes keys.
  bool focusNextPrevChild(bool next) override;

 private:
  void begin();
  void showFrame();
  void dress();

  SessionBridge& bridge_;
  Selection& selection_;
  CanvasItem* canvas_ = nullptr;
  bool dark_ = true;
  Colouring colouring_ = Colouring::Phase;
  bool linkAges_ = false;
  std::shared_ptr<const std::vector<Group>> groups_;  ///< That the legend tells of.
  bool empty_ = false;
  bool painted_ = false;
};

/// What qml/Legend.qml shows of a network: [{label, picture}], the picture as a data URL. `groups`: told by their names
/// where they give the neurons their hues. `linkAges`: links have the hue of their age.
QVariantList legendEntries(const Description& description, bool dark, Colouring colouring, const std::vector<Group>& groups,
                           bool linkAges);

}  // namespace plexarium::ui
