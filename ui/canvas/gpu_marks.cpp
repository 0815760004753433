#include "ui/canvas/gpu_marks.h"

#include <cmath>

// Resources of a static library are taken along only where they are asked for; the macro wants no namespace around it.
static void initShaders() { Q_INIT_RESOURCE(canvas_shaders); }

namespace plexarium::ui {
namespace {

MarkVertex corner(Spot at, Spot reach, float kind, float size, float extra, float dash, Pixel colour) {
  const auto channel = [colour](int shift) { return static_cast<std::uint8_t>(colour >> shift); };
  return {at.x, at.y, reach.x, reach.y, kind, size, extra, dash, channel(16), channel(8), channel(0), channel(24)};
}

void addRound(std::vector<MarkVertex>& vertices, Spot centre, float reach, float kind, float size, float extra,
              Pixel colour) {
  for (const Spot to : {Spot{-reach, -reach}, Spot{reach, -reach}, Spot{-reach, reach}, Spot{reach, reach}}) {
    vertices.push_back(corner(centre, to, kind, size, extra, -1, colour));
  }
}

void addEnd(std::vector<MarkVertex>& vertices, const StrokeEnd& end) {
  const float wing = end.size * 0.42F;
  const Spot d = end.direction;
  switch (end.end) {
    case LinkEnd::Arrow: {
      const Spot base{end.tip.x - d.x * end.size, end.tip.y - d.y * end.size};
      const Spot left{base.x - d.y * wing, base.y + d.x * wing};
      const Spot right{base.x + d.y * wing, base.y - d.x * wing};
      for (const Spot at : {end.tip, left, right, right}) vertices.push_back(corner(at, {0, 0}, 3, 0, 0, -1, end.colour));
      break;
    }
    case LinkEnd::Bar: {
      const float half = end.size * 0.6F;
      addStroke(vertices, {{end.tip.x - d.y * half, end.tip.y + d.x * half},
                           {end.tip.x + d.y * half, end.tip.y - d.x * half},
                           end.colour,
                           std::max(1.0F, end.size * 0.3F),
                           {}});
      break;
    }
    case LinkEnd::Ball:
      addRound(vertices, {end.tip.x - d.x * wing, end.tip.y - d.y * wing}, wing + 1, 2, 0, wing, end.colour);
      break;
  }
}

void addHull(std::vector<MarkVertex>& vertices, const Hull& hull) {
  for (std::size_t i = 2; i < hull.corners.size(); ++i) {
    for (const Spot at : {hull.corners[0], hull.corners[i - 1], hull.corners[i], hull.corners[i]}) {
      vertices.push_back(corner(at, {0, 0}, 3, 0, 0, -1, hull.fill));
    }
  }
  std::vector<Stroke> rim;
  addRim(rim, hull);
  for (const Stroke& stroke : rim) addStroke(vertices, stroke);
}

/// A ring, or the first part of one, clockwise from the top.
void addRing(std::vector<MarkVertex>& vertices, const Ring& ring) {
  if (ring.turn >= 1) {
    return addRound(vertices, ring.centre, ring.radius + ring.width + 1, 2, ring.radius, ring.width / 2, ring.colour);
  }
  constexpr int pieces = 32;
  const auto at = [&](int piece) {
    const float angle = 6.2831853F * ring.turn * static_cast<float>(piece) / pieces;
    return Spot{ring.centre.x + ring.radius * std::sin(angle), ring.centre.y - ring.radius * std::cos(angle)};
  };
  for (int piece = 0; piece < pieces && ring.turn > 0; ++piece) {
    addStroke(vertices, {at(piece), at(piece + 1), ring.colour, ring.width, {}});
  }
}

}  // namespace

void addStroke(std::vector<MarkVertex>& vertices, const Stroke& stroke, float grows) {
  const float length = std::hypot(stroke.to.x - stroke.from.x, stroke.to.y - stroke.from.y);
  if (length <= 0) return;
  const Spot normal{-(stroke.to.y - stroke.from.y) / length, (stroke.to.x - stroke.from.x) / length};
  const bool dashed = stroke.dash.unit > 0;
  const float begin = dashed ? stroke.dash.start / stroke.dash.unit : -1;
  const float end = dashed ? (stroke.dash.start + length) / stroke.dash.unit : -1;
  const Spot back{-normal.x, -normal.y};
  vertices.push_back(corner(stroke.from, normal, 0, stroke.width, grows, begin, stroke.colour));
  vertices.push_back(corner(stroke.from, back, 0, stroke.width, grows, begin, stroke.colour));
  vertices.push_back(corner(stroke.to, normal, 0, stroke.width, grows, end, stroke.colour));
  vertices.push_back(corner(stroke.to, back, 0, stroke.width, grows, end, stroke.colour));
}

void MarkQuads::build(const DisplayList& list) {
  under.clear();
  for (const Hull& hull : list.hulls) addHull(under, hull);
  for (const Stroke& stroke : list.strokes) addStroke(under, stroke);
  for (const StrokeEnd& end : list.ends) addEnd(under, end);
  for (const Glow& glow : list.glows) addRound(under, glow.centre, glow.radius, 1, glow.radius, 0, glow.colour);
  over.clear();
  for (const Ring& ring : list.rings) addRing(over, ring);
  for (const Stroke& stroke : list.marks) addStroke(over, stroke);
}

void takeShadersAlong() { initShaders(); }

void prepareMarkNode(QSGGeometryNode& node) {
  node.setMaterial(new MarkMaterial);
  node.setGeometry(makeQuads<MarkVertex>({}));
  node.setFlags(QSGNode::OwnsGeometry | QSGNode::OwnsMaterial);
}

void setQuads(QSGGeometryNode& node, QSGGeometry* geometry) {
  node.setGeometry(geometry);
  node.markDirty(QSGNode::DirtyGeometry);
}

void setView(QSGGeometryNode& node, const ShaderView& view) {
  static_cast<MarkMaterial*>(node.material())->view = view;
  node.markDirty(QSGNode::DirtyMaterial);
}

bool NamePicture::build(const std::vector<Name>& names, QSize pixels, float ratio) {
  if (names == shown_ && image_.size() == pixels) return false;
  shown_ = names;
  image_ = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
  image_.fill(Qt::transparent);
  sprites_.draw(image_, shown_, ratio);
  return true;
}

}  // namespace plexarium::ui
