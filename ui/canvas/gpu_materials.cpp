#include "ui/canvas/gpu_materials.h"

#include <QSGMaterialShader>
#include <cstring>

namespace plexarium::ui {
namespace {

constexpr int matrixBytes = 64;

/// Copies the scene graph's matrix and our view into the block that all four shaders share.
bool writeBlock(QSGMaterialShader::RenderState& state, ShaderView view) {
  QByteArray& block = *state.uniformData();
  const QMatrix4x4 matrix = state.combinedMatrix();
  std::memcpy(block.data(), matrix.constData(), matrixBytes);
  view.opacity *= state.opacity();
  std::memcpy(block.data() + matrixBytes, &view, sizeof view);
  return true;
}

class MarkShader : public QSGMaterialShader {
 public:
  MarkShader() {
    setShaderFileName(VertexStage, QStringLiteral(":/shaders/mark.vert.qsb"));
    setShaderFileName(FragmentStage, QStringLiteral(":/shaders/mark.frag.qsb"));
  }
  bool updateUniformData(RenderState& state, QSGMaterial* material, QSGMaterial*) override {
    return writeBlock(state, static_cast<MarkMaterial*>(material)->view);
  }
};

class NeuronShader : public QSGMaterialShader {
 public:
  NeuronShader() {
    setShaderFileName(VertexStage, QStringLiteral(":/shaders/neuron.vert.qsb"));
    setShaderFileName(FragmentStage, QStringLiteral(":/shaders/neuron.frag.qsb"));
  }
  bool updateUniformData(RenderState& state, QSGMaterial* material, QSGMaterial*) override {
    return writeBlock(state, static_cast<NeuronMaterial*>(material)->view);
  }
  void updateSampledImage(RenderState& state, int binding, QSGTexture** texture, QSGMaterial* material,
                          QSGMaterial*) override {
    auto* neurons = static_cast<NeuronMaterial*>(material);
    *texture = binding == 1 ? neurons->states.get() : neurons->palette.get();
    (*texture)->commitTextureOperations(state.rhi(), state.resourceUpdateBatch());
  }
};

int byAddress(const QSGMaterial* a, const QSGMaterial* b) { return a == b ? 0 : std::less<>()(a, b) ? -1 : 1; }

}  // namespace

const QSGGeometry::AttributeSet& MarkVertex::attributes() {
  static const QSGGeometry::Attribute list[] = {QSGGeometry::Attribute::create(0, 2, QSGGeometry::FloatType, true),
                                                QSGGeometry::Attribute::create(1, 2, QSGGeometry::FloatType),
                                                QSGGeometry::Attribute::create(2, 4, QSGGeometry::FloatType),
                                                QSGGeometry::Attribute::create(3, 4, QSGGeometry::UnsignedByteType)};
  static const QSGGeometry::AttributeSet set{4, sizeof(MarkVertex), list};
  return set;
}

const QSGGeometry::AttributeSet& NeuronVertex::attributes() {
  static const QSGGeometry::Attribute list[] = {QSGGeometry::Attribute::create(0, 2, QSGGeometry::FloatType, true),
                                                QSGGeometry::Attribute::create(1, 2, QSGGeometry::FloatType),
                                                QSGGeometry::Attribute::create(2, 2, QSGGeometry::FloatType)};
  static const QSGGeometry::AttributeSet set{3, sizeof(NeuronVertex), list};
  return set;
}

MarkMaterial::MarkMaterial() { setFlag(Blending | RequiresFullMatrix | NoBatching); }
QSGMaterialType* MarkMaterial::type() const {
  static QSGMaterialType type;
  return &type;
}
QSGMaterialShader* MarkMaterial::createShader(QSGRendererInterface::RenderMode) const { return new MarkShader; }
int MarkMaterial::compare(const QSGMaterial* other) const { return byAddress(this, other); }

NeuronMaterial::NeuronMaterial() { setFlag(Blending | RequiresFullMatrix | NoBatching); }
QSGMaterialType* NeuronMaterial::type() const {
  static QSGMaterialType type;
  return &type;
}
QSGMaterialShader* NeuronMaterial::createShader(QSGRendererInterface::RenderMode) const { return new NeuronShader; }
int NeuronMaterial::compare(const QSGMaterial* other) const { return byAddress(this, other); }

}  // namespace plexarium::ui
