#pragma once

#include <QQuickItem>
#include <memory>

#include "ui/arena/arena_scene.h"
#include "ui/canvas/painter.h"
#include "ui/canvas/viewpoint.h"

namespace plexarium::ui {

/// An arena as the canvas' painters draw it; looks at what its owner holds. GUI thread.
class ArenaPicture : public QQuickItem {
  Q_OBJECT

 public:
  explicit ArenaPicture(QQuickItem* parent = nullptr);

  /// All must outlive the item.
  void look(const ArenaScene& scene, const Viewpoint& viewpoint, const ArenaMarks& marks);
  /// Something is another than when it was drawn last.
  void refresh();

 protected:
  void updatePolish() override;
  QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData* data) override;
  void geometryChange(const QRectF& geometry, const QRectF& old) override;

 private:
  std::unique_ptr<ListPainter> painter_;
  const ArenaScene* scene_ = nullptr;
  const Viewpoint* viewpoint_ = nullptr;
  const ArenaMarks* marks_ = nullptr;
  DisplayList list_;
};

}  // namespace plexarium::ui
