#pragma once

#include <QQuickWidget>
#include <QVariantList>

#include "core/description/description.h"
#include "ui/bridge/selection.h"
#include "ui/bridge/session_bridge.h"

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
  bool empty_ = false;
  bool painted_ = false;
};

/// What qml/Legend.qml shows of a dynamics: [{label, picture}], the picture as a data URL.
QVariantList legendEntries(const Description& description, bool dark);

}  // namespace plexarium::ui
