#pragma once

#include <QElapsedTimer>
#include <QQuickWidget>
#include <QTimer>
#include <optional>

#include "core/edit/edit.h"
#include "ui/arena/arena_scene.h"
#include "ui/canvas/viewpoint.h"

namespace plexarium::ui {

class ArenaPicture;

/// The picture of a body in its arena (qml/Arena.qml, drawn by the canvas' painters) and the hand on it. GUI thread.
///
/// Mouse: wheel zooms at the cursor, drag on empty space (or with the middle button) pans; with the finger, a press on the
/// body touches it there and a drag pushes it, a drag on a thing moves it, a click selects it; with a thing in hand, a click
/// places one and a drag gives it its size. Keys: arrows pan, + and - zoom, Delete removes the selected thing, Escape goes
/// back to the finger, Home shows everything.
class ArenaView : public QQuickWidget {
  Q_OBJECT

 public:
  explicit ArenaView(QWidget* parent = nullptr);

  /// A new look; null: there is no body. The first one is fitted into view.
  void show(std::shared_ptr<const WorldView> view);
  using QQuickWidget::show;
  [[nodiscard]] const ArenaScene& scene() const { return scene_; }
  void setDark(bool dark);
  /// Index into WorldDescription::objects of what is in hand; nothing: the finger.
  void setTool(std::optional<std::size_t> kind);
  [[nodiscard]] std::optional<std::size_t> tool() const { return tool_; }
  void setFollowing(bool following);
  void setTrackShown(bool shown);
  void clearTrack();
  void fit();  ///< Everything in view.
  /// These effector ports stand out.
  void setLit(std::vector<std::size_t> ports);
  [[nodiscard]] const std::vector<std::size_t>& lit() const { return marks_.lit; }
  [[nodiscard]] std::optional<std::size_t> hoveredEffector() const { return hoveredEffector_; }
  [[nodiscard]] std::optional<std::uint32_t> selectedObject() const { return marks_.selected; }
  void selectObject(std::optional<std::uint32_t> id);
  void removeSelected();

  [[nodiscard]] QPointF toWidget(ArenaPoint place) const;
  [[nodiscard]] ArenaPoint toArena(QPointF spot) const;

  [[nodiscard]] QSize sizeHint() const override { return {520, 380}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {160, 120}; }

 signals:
  void poked(const plexarium::Poke& poke);
  void editRequested(const plexarium::Edit& edit);
  void hoveredEffectorChanged();
  void selectedObjectChanged();
  void toolChanged();

 protected:
  bool event(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override { mousePressEvent(event); }
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  /// Tab leaves the arena: nothing in the scene takes keys.
  bool focusNextPrevChild(bool next) override { return QWidget::focusNextPrevChild(next); }

 private:
  enum class Grip { None, Pan, Push, Object, Draft };

  [[nodiscard]] const WorldDescription& description() const { return *scene_.view()->description; }
  [[nodiscard]] double reach() const;
  void redraw();
  void hover(QPointF at);
  void push();
  void beginDraft(ArenaPoint place);
  void sizeDraft(ArenaPoint place);
  void finishDraft();
  void finishMove();
  void endDraft();
  void follow();

  ArenaScene scene_;
  Viewpoint viewpoint_;
  ArenaMarks marks_;
  std::optional<std::size_t> tool_;
  std::optional<std::size_t> hoveredEffector_;
  bool following_ = true;
  bool looking_ = false;  ///< A person chose the view: resizing leaves it alone.
  Grip grip_ = Grip::None;
  QPointF pressed_;
  QPointF last_;
  QTimer pushing_;
  QTimer glide_;
  QElapsedTimer clock_;
  std::optional<qint64> handedIn_;  ///< When the draft was handed in as an edit; it stays until the answer shows.
  ArenaPicture* picture_ = nullptr;
};

}  // namespace plexarium::ui
