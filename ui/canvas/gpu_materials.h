#pragma once

#include <QSGGeometry>
#include <QSGMaterial>
#include <QSGTexture>
#include <memory>

#include "ui/canvas/display_list.h"

namespace plexarium::ui {

/// Camera and style as the shaders see them; see resources/shaders.
struct ShaderView {
  float scale = 1;
  float shiftX = 0;
  float shiftY = 0;
  float opacity = 1;
  float room = 0;
  float dash = 1;
  float ratio = 1;
  float unused = 0;
};

/// Corner of a quad of resources/shaders/mark.vert.
struct MarkVertex {
  float x, y;
  float reachX, reachY;
  float kind, size, extra, dash;
  std::uint8_t red, green, blue, alpha;

  static const QSGGeometry::AttributeSet& attributes();
};

/// Corner of a quad of resources/shaders/neuron.vert.
struct NeuronVertex {
  float x, y;
  float cornerX, cornerY;
  float row, role;

  static const QSGGeometry::AttributeSet& attributes();
};

/// Lines, glows and rings. Kept apart from others by its address: the scene graph must not merge or transform its vertices.
class MarkMaterial : public QSGMaterial {
 public:
  MarkMaterial();
  [[nodiscard]] QSGMaterialType* type() const override;
  [[nodiscard]] QSGMaterialShader* createShader(QSGRendererInterface::RenderMode mode) const override;
  int compare(const QSGMaterial* other) const override;

  ShaderView view;
};

/// Neurons: their state is a texture, one texel a row.
class NeuronMaterial : public QSGMaterial {
 public:
  NeuronMaterial();
  [[nodiscard]] QSGMaterialType* type() const override;
  [[nodiscard]] QSGMaterialShader* createShader(QSGRendererInterface::RenderMode mode) const override;
  int compare(const QSGMaterial* other) const override;

  ShaderView view;
  std::unique_ptr<QSGTexture> states;
  std::unique_ptr<QSGTexture> palette;
};

}  // namespace plexarium::ui
