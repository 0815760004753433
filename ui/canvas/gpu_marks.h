#pragma once

#include <QImage>
#include <QSGGeometryNode>
#include <cstring>
#include <vector>

#include "ui/canvas/cpu_picture.h"
#include "ui/canvas/gpu_materials.h"

namespace plexarium::ui {

// How a display list is handed to the GPU. GUI thread; nodes belong to the scene graph.

/// Quads of one material, four corners each, two triangles.
template <typename Vertex>
QSGGeometry* makeQuads(const std::vector<Vertex>& vertices) {
  const auto corners = static_cast<int>(vertices.size());
  auto* geometry = new QSGGeometry(Vertex::attributes(), corners, corners / 4 * 6, QSGGeometry::UnsignedIntType);
  geometry->setDrawingMode(QSGGeometry::DrawTriangles);
  if (!vertices.empty()) std::memcpy(geometry->vertexData(), vertices.data(), vertices.size() * sizeof(Vertex));
  std::uint32_t* index = geometry->indexDataAsUInt();
  for (std::uint32_t corner = 0; corner < static_cast<std::uint32_t>(corners); corner += 4) {
    for (const std::uint32_t i : {0U, 1U, 2U, 2U, 1U, 3U}) *index++ = corner + i;
  }
  return geometry;
}

/// `grows`: by how much the width grows with the camera's widthRoom.
void addStroke(std::vector<MarkVertex>& vertices, const Stroke& stroke, float grows = 0);

/// A display list as quads, but for its nodes and names.
struct MarkQuads {
  std::vector<MarkVertex> under;  ///< Below the nodes: hulls, strokes, ends, glows.
  std::vector<MarkVertex> over;   ///< Above them: rings, marks.

  void build(const DisplayList& list);
};

/// To be called before the first node is drawn.
void takeShadersAlong();
/// A node for such quads, empty at first.
void prepareMarkNode(QSGGeometryNode& node);
void setQuads(QSGGeometryNode& node, QSGGeometry* geometry);
void setView(QSGGeometryNode& node, const ShaderView& view);

/// The names of a display list as a picture with a transparent ground, drawn anew only when they are others.
class NamePicture {
 public:
  /// True: image() is another one than before.
  bool build(const std::vector<Name>& names, QSize pixels, float ratio);
  [[nodiscard]] const QImage& image() const { return image_; }
  void clear() { shown_.clear(), image_ = QImage(); }

 private:
  std::vector<Name> shown_;
  QImage image_;
  NameSprites sprites_;
};

}  // namespace plexarium::ui
