#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

#include "ui/canvas/canvas_item.h"
#include "ui/canvas/mini_map.h"
#include "ui/canvas/painter.h"
#include "ui/canvas/scene.h"
#include "ui/canvas/viewpoint.h"

namespace plexarium::ui {

/// What a CanvasItem is made of: the scene, where it is looked at from, the painter, and what the hand is doing. GUI thread.
class CanvasItem::Impl {
 public:
  explicit Impl(CanvasItem& item);

  // canvas_item.cpp: pictures
  void open(const Description* description, Selection* selection);
  void show(std::shared_ptr<const Snapshot> snapshot);
  void polish();
  void refresh();
  void resized(QSizeF size);
  [[nodiscard]] float ratio() const;
  [[nodiscard]] Camera camera() const { return viewpoint.camera(ratio()); }
  [[nodiscard]] double seconds() const { return static_cast<double>(clock.nsecsElapsed()) * 1e-9; }
  [[nodiscard]] std::optional<std::size_t> neuronRowAt(QPointF spot) const;
  [[nodiscard]] std::optional<std::size_t> linkRowAt(QPointF spot) const;
  [[nodiscard]] Marks marks() const;
  /// As it is shown: without what is hidden, collapsed groups as one.
  [[nodiscard]] const GraphImage& graph() const { return scene.snapshot()->graph; }
  [[nodiscard]] Camera cameraOf(QSize size) const;
  void rearranged();
  void refocus();
  void setPinned(const std::vector<NeuronId>& neurons);

  // canvas_input.cpp: the hand
  void press(QMouseEvent* event);
  void move(QMouseEvent* event);
  void release(QMouseEvent* event);
  void letGo();
  void hover(std::optional<QPointF> spot);
  [[nodiscard]] bool toggleGroupAt(QPointF spot);
  void dressCursor();
  void stimulate(NeuronId neuron, bool strong);

  CanvasItem& item;
  Scene scene;
  Viewpoint viewpoint;
  std::unique_ptr<Painter> painter;
  Selection* selection = nullptr;
  Tool tool = Tool::Select;
  QElapsedTimer clock;
  QTimer beat;  // next frame, while something moves by itself

  std::optional<NeuronId> hoveredNeuron;
  std::optional<LinkKey> hoveredLink;
  std::optional<QPointF> hoverSpot;
  std::optional<NeuronId> hoveredRim;
  bool highlight = false;
  std::vector<NeuronId> pinned;
  std::vector<NeuronId> pointed;
  MiniMap* miniMap = nullptr;  // a child of the item

 private:
  enum class Grip { None, Pressed, Pan, RubberBand, Move, Link };
  struct Ripple {
    NeuronId neuron;
    double began = 0;
    bool strong = false;
  };

  void vanish();
  void startDrag(QMouseEvent* event);
  void click(QMouseEvent* event);
  void choose(const std::vector<NeuronId>& neurons, bool add);
  void startMove();
  void trace();
  void previewMove(QPointF spot);
  void submitMove(QPointF spot);
  void endPreview();

  // canvas_link.cpp: a link by hand
  [[nodiscard]] std::optional<NeuronId> rimAt(QPointF spot) const;
  void startLink(NeuronId from);
  void aimLink(QPointF spot);
  void submitLink();
  void endLink();

  void setHovered(std::optional<NeuronId> neuron, std::optional<LinkKey> link);

  Grip grip_ = Grip::None;
  QPointF pressed_;
  QPointF last_;
  std::optional<NeuronId> pressedNeuron_;
  std::optional<Box> rubberBand_;
  std::vector<NeuronId> moving_;
  // A submitted move is shown until the network has it, or half a second has passed (it may have been refused).
  std::shared_ptr<const std::vector<Point>> positionsBeforeMove_;
  double moveSubmitted_ = 0;
  std::vector<Ripple> ripples_;
  std::optional<Marks::NewLink> newLink_;
  bool leftSource_ = false;
  // A submitted link is shown likewise.
  std::shared_ptr<const std::vector<std::uint32_t>> targetsBeforeLink_;
  double linkSubmitted_ = 0;
  std::vector<Marks::Trace> traces_;
  Tick traced_ = never;
};

}  // namespace plexarium::ui
