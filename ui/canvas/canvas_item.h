#pragma once

#include <QQuickItem>
#include <memory>
#include <optional>

#include "core/dynamics/model.h"
#include "core/edit/edit.h"
#include "core/session/snapshot.h"
#include "ui/bridge/selection.h"
#include "ui/canvas/lens.h"
#include "ui/canvas/neuron_looks.h"

namespace plexarium::ui {

/// The picture of the living network and the hand on it: camera, hover, picking, selection, tools, level of detail. Draws
/// with one of two painters (GPU scene graph, CPU rasteriser), chosen once at start. GUI thread; the painters' nodes live on
/// the scene graph's thread as Qt asks.
///
/// Mouse: wheel zooms at the cursor (Shift+wheel scrolls), drag on empty space pans, click selects (Ctrl/Shift adds),
/// Shift+drag on empty space draws a rubber band (Ctrl adds to what is selected), drag on a neuron moves the selection
/// (previewed here, submitted on release; Escape lets go), the middle button pans anywhere, the right one asks for a menu.
/// Drag from a neuron's rim, or Ctrl+drag from anywhere on it, draws a link: to the nearest neuron within reach, to a new
/// neuron on empty space, or to itself; Escape lets go. Double click on a group expands or collapses it.
/// Keys: arrows pan, + and - zoom, Menu or Shift+F10 asks for the menu of what is selected.
class CanvasItem : public QQuickItem {
  Q_OBJECT
  Q_PROPERTY(QString hoverText READ hoverText NOTIFY hoverChanged)
  Q_PROPERTY(QPointF hoverPoint READ hoverPoint NOTIFY hoverChanged)

 public:
  enum class Tool { Select, Stimulate };
  Q_ENUM(Tool)
  enum class Renderer { Gpu, Cpu };

  explicit CanvasItem(QQuickItem* parent = nullptr);
  ~CanvasItem() override;

  /// Decides for all canvases made afterwards (default Cpu).
  static void setRenderer(Renderer renderer);
  [[nodiscard]] static Renderer renderer();

  /// A network begins (null: nothing to show). `description` and `selection` must outlive the canvas or the next call.
  void open(const Description* description, Selection* selection);
  /// A new look at it, once a frame. The first one after open() is fitted into view unless a view was set.
  void show(std::shared_ptr<const Snapshot> snapshot);

  void setTool(Tool tool);
  [[nodiscard]] Tool tool() const;
  /// Dark or light paint.
  void setDark(bool dark);
  void setColouring(Colouring colouring);
  void setLinkAges(bool on);  ///< See Scene::setLinkAges.

  void fit();                 ///< Everything in view.
  void zoomBy(qreal factor);  ///< About the centre.
  [[nodiscard]] View view() const;
  void setView(const View& view);
  [[nodiscard]] QPointF toItem(Point world) const;
  [[nodiscard]] Point toWorld(QPointF item) const;
  [[nodiscard]] std::optional<NeuronId> neuronAt(QPointF item) const;
  [[nodiscard]] std::optional<LinkKey> linkAt(QPointF item) const;

  /// Lets the inputs and outputs of the selected neurons stand out and everything else stand back.
  void setHighlight(bool on);
  [[nodiscard]] bool highlight() const;
  void setFilter(const CanvasFilter& filter);
  [[nodiscard]] const CanvasFilter& filter() const;
  /// Lights these links and their neurons, the rest stands back, until cleared or another network is opened.
  void showCauses(std::vector<CauseLink> causes);
  void clearCauses() { showCauses({}); }
  /// The whole network in a corner; click and drag there move the view.
  void setMiniMapShown(bool shown);
  [[nodiscard]] bool miniMapShown() const;
  /// A curve of the last levels above each of these neurons.
  void setPinned(std::vector<NeuronId> neurons);
  [[nodiscard]] const std::vector<NeuronId>& pinned() const;
  /// Something outside the canvas points at these neurons: they stand out as if the mouse were over them.
  void setPointed(std::vector<NeuronId> neurons);

  /// Neuron or link under the mouse; nothing when there is none.
  [[nodiscard]] std::optional<NeuronId> hoveredNeuron() const;
  [[nodiscard]] std::optional<LinkKey> hoveredLink() const;
  [[nodiscard]] QString hoverText()
      const;  ///< Live values of what is hovered, from the snapshot's watched list; multi-line.
  [[nodiscard]] QPointF hoverPoint() const;

  /// The picture as the CPU painter draws it at any size (also with the GPU painter on screen): for export and golden
  /// images.
  [[nodiscard]] QImage picture(QSize size) const;
  /// The same picture as an SVG document, UTF-8; empty for an empty size.
  [[nodiscard]] QByteArray svg(QSize size) const;

 signals:
  void hoverChanged();
  void hoveredChanged();  ///< Another neuron or link: the window adds it to the watch list.
  void editRequested(const plexarium::Edit& edit);
  void stimulateRequested(plexarium::NeuronId neuron,
                          bool strong);  ///< Stimulate tool, or Alt+click in any tool; Shift = strong.
  void contextMenuRequested(const QPointF& item);
  void selectionMenuRequested();                        ///< By the keyboard.
  void placeRequested(plexarium::Point place);          ///< Double-click on empty space.
  void groupToggleRequested(plexarium::GroupId group);  ///< Double-click on a group: collapse or expand it.
  void messageRequested(const QString& text);           ///< Why the hand's wish was not carried out; for the status line.

 protected:
  void updatePolish() override;
  QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData* data) override;
  void geometryChange(const QRectF& geometry, const QRectF& old) override;
  void itemChange(ItemChange change, const ItemChangeData& data) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void mouseUngrabEvent() override;
  void hoverMoveEvent(QHoverEvent* event) override;
  void hoverLeaveEvent(QHoverEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plexarium::ui
