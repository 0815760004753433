#include "ui/canvas/svg_picture.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>

namespace plexarium::ui {
namespace {

/// Builds the text; numbers carry two decimals, in no locale.
class Svg {
 public:
  std::string text;
  std::map<std::uint32_t, std::string> lights;  // colour: its gradient

  Svg& operator<<(std::string_view part) {
    text += part;
    return *this;
  }
  Svg& operator<<(float number) {
    std::array<char, 48> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed, 2).ptr;
    std::string_view digits(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    while (digits.ends_with('0')) digits.remove_suffix(1);
    if (digits.ends_with('.')) digits.remove_suffix(1);
    text += digits == "-0" ? "0" : digits;
    return *this;
  }
  Svg& operator<<(Spot spot) { return *this << spot.x << " " << spot.y; }
};

/// Straight colour of a premultiplied pixel, 0xRRGGBB.
std::uint32_t straight(Pixel pixel) {
  const std::uint32_t alpha = pixel >> 24;
  if (alpha == 0) return 0;
  const auto channel = [&](int shift) { return std::min(255U, ((pixel >> shift & 255) * 255 + alpha / 2) / alpha); };
  return channel(16) << 16 | channel(8) << 8 | channel(0);
}

std::string hex(std::uint32_t colour) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "#";
  for (int shift = 20; shift >= 0; shift -= 4) text += digits[colour >> shift & 15];
  return text;
}

float opacityOf(Pixel pixel) { return static_cast<float>(pixel >> 24) / 255.0F; }

void paintWith(Svg& svg, std::string_view what, Pixel colour) {
  svg << " " << what << "=\"" << hex(straight(colour)) << "\"";
  if (colour >> 24 < 255) svg << " " << what << "-opacity=\"" << opacityOf(colour) << "\"";
}

void writeOutline(Svg& svg, const std::vector<Spot>& corners) {
  for (std::size_t i = 0; i < corners.size(); ++i) svg << (i ? "L" : "M") << corners[i];
  svg << "Z";
}

/// Strokes of the same look that follow one another share a path.
void write(Svg& svg, const std::vector<Stroke>& strokes) {
  for (std::size_t i = 0; i < strokes.size();) {
    const Stroke& first = strokes[i];
    svg << "<path fill=\"none\" d=\"";
    Spot pen{std::numeric_limits<float>::quiet_NaN(), 0};
    std::size_t end = i;
    for (; end < strokes.size(); ++end) {
      const Stroke& stroke = strokes[end];
      if (stroke.colour != first.colour || stroke.width != first.width || stroke.dash.unit != first.dash.unit) break;
      if (stroke.from != pen) svg << "M" << stroke.from;
      svg << "L" << stroke.to;
      pen = stroke.to;
    }
    svg << "\" stroke-width=\"" << first.width << "\"";
    paintWith(svg, "stroke", first.colour);
    if (first.dash.unit > 0) svg << " stroke-dasharray=\"" << first.dash.unit * 10 << " " << first.dash.unit * 6 << "\"";
    svg << "/>\n";
    i = end;
  }
}

void write(Svg& svg, const StrokeEnd& end) {
  const Spot d = end.direction;
  const float wing = end.size * 0.42F;
  if (end.end == LinkEnd::Ball) {
    svg << "<circle cx=\"" << end.tip.x - d.x * wing << "\" cy=\"" << end.tip.y - d.y * wing << "\" r=\"" << wing << "\"";
  } else if (end.end == LinkEnd::Bar) {
    const float half = end.size * 0.6F;
    svg << "<path d=\"M" << Spot{end.tip.x - d.y * half, end.tip.y + d.x * half} << "L"
        << Spot{end.tip.x + d.y * half, end.tip.y - d.x * half} << "\" stroke-width=\"" << std::max(1.0F, end.size * 0.3F)
        << "\"";
    paintWith(svg, "stroke", end.colour);
  } else {
    const Spot base{end.tip.x - d.x * end.size, end.tip.y - d.y * end.size};
    svg << "<path d=\"";
    writeOutline(svg, {end.tip, {base.x - d.y * wing, base.y + d.x * wing}, {base.x + d.y * wing, base.y - d.x * wing}});
    svg << "\"";
  }
  paintWith(svg, "fill", end.colour);
  svg << "/>\n";
}

/// Corners of a shape around the origin; sizes as in drawShape.
std::vector<Spot> cornersOf(Shape shape, float r) {
  switch (shape) {
    case Shape::Square:
      return {{-0.88F * r, -0.88F * r}, {0.88F * r, -0.88F * r}, {0.88F * r, 0.88F * r}, {-0.88F * r, 0.88F * r}};
    case Shape::Diamond:
      return {{0, -1.26F * r}, {1.26F * r, 0}, {0, 1.26F * r}, {-1.26F * r, 0}};
    case Shape::Triangle:
      return {{0, -1.48F * r}, {1.28F * r, 0.74F * r}, {-1.28F * r, 0.74F * r}};
    case Shape::Hexagon:
      return {{-1.155F * r, 0}, {-0.664F * r, -0.85F * r}, {0.664F * r, -0.85F * r},
              {1.155F * r, 0},  {0.664F * r, 0.85F * r},   {-0.664F * r, 0.85F * r}};
    case Shape::Disc:
      break;
  }
  std::vector<Spot> corners;
  for (int i = 0; i < 36; ++i) {
    const float angle = 6.2831853F * static_cast<float>(i) / 36;
    corners.push_back({r * std::sin(angle), -r * std::cos(angle)});
  }
  return corners;
}

/// The part of a convex shape below `height`.
std::vector<Spot> below(const std::vector<Spot>& corners, float height) {
  std::vector<Spot> rest;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Spot a = corners[i];
    const Spot b = corners[(i + 1) % corners.size()];
    if (a.y >= height) rest.push_back(a);
    if ((a.y >= height) != (b.y >= height)) rest.push_back({a.x + (b.x - a.x) * (height - a.y) / (b.y - a.y), height});
  }
  return rest;
}

void writeRing(Svg& svg, Spot centre, float radius, float width, float turn, Pixel colour) {
  if (turn >= 1) {
    svg << "<circle fill=\"none\" cx=\"" << centre.x << "\" cy=\"" << centre.y << "\" r=\"" << radius << "\"";
  } else {
    const float angle = 6.2831853F * turn;
    svg << "<path fill=\"none\" d=\"M" << Spot{centre.x, centre.y - radius} << "A" << radius << " " << radius
        << (turn > 0.5F ? " 0 1 1 " : " 0 0 1 ")
        << Spot{centre.x + radius * std::sin(angle), centre.y - radius * std::cos(angle)} << "\"";
  }
  svg << " stroke-width=\"" << width << "\"";
  paintWith(svg, "stroke", colour);
  svg << "/>\n";
}

void write(Svg& svg, const NodeMark& node) {
  const bool stocked = node.store >= 0 && node.radius >= 4;
  const float radius = std::max(0.7F, stocked ? node.radius / std::max(1.0F, shapeExtent(node.shape) * 0.88F) : node.radius);
  if (stocked) {
    const float width = std::max(1.0F, node.radius * 0.16F);
    writeRing(svg, node.centre, node.radius * 1.27F, width, 1, node.storeRest);
    if (node.store > 0) writeRing(svg, node.centre, node.radius * 1.27F, width, node.store, node.storeColour);
  }
  const std::vector<Spot> corners = cornersOf(node.shape, radius);
  float top = 0, bottom = 0;
  for (const Spot spot : corners) top = std::min(top, spot.y), bottom = std::max(bottom, spot.y);
  svg << "<g transform=\"translate(" << node.centre << ")\"><path d=\"";
  writeOutline(svg, corners);
  svg << "\"";
  paintWith(svg, "fill", node.paint.body);
  svg << "/>";
  if (node.paint.level > 0) {
    svg << "<path d=\"";
    writeOutline(svg, below(corners, bottom + (top - bottom) * std::min(node.paint.level, 1.0F)));
    svg << "\"";
    paintWith(svg, "fill", node.paint.fill);
    svg << "/>";
  }
  svg << "<path fill=\"none\" stroke-width=\"" << node.paint.outlineWidth << "\" d=\"";
  writeOutline(svg, cornersOf(node.shape, std::max(0.1F, radius - node.paint.outlineWidth / 2)));
  svg << "\"";
  paintWith(svg, "stroke", node.paint.outline);
  svg << "/>";
  if (node.role != Role::Inter && node.radius >= 4) {
    const float wedge = node.radius * 0.55F;
    const float base = node.radius * (node.role == Role::Sensory ? -2.05F : 1.5F);
    svg << "<path d=\"";
    writeOutline(svg, {{base, -wedge * 0.8F}, {base, wedge * 0.8F}, {base + wedge, 0}});
    svg << "\"";
    paintWith(svg, "fill", node.paint.outline);
    svg << "/>";
  }
  svg << "</g>\n";
}

void write(Svg& svg, const Glow& glow) {
  const std::uint32_t colour = straight(glow.colour);
  auto& id = svg.lights[colour];
  if (id.empty()) id = "light" + hex(colour).substr(1);
  svg << "<circle cx=\"" << glow.centre.x << "\" cy=\"" << glow.centre.y << "\" r=\"" << glow.radius << "\" fill=\"url(#"
      << id << ")\" fill-opacity=\"" << opacityOf(glow.colour) << "\"/>\n";
}

void write(Svg& svg, const Name& name, float ratio) {
  svg << "<text x=\"" << name.top.x << "\" y=\"" << name.top.y + 12 * ratio << "\"";
  paintWith(svg, "stroke", faded(name.shade, 0.75F));
  paintWith(svg, "fill", name.ink);
  svg << ">";
  for (const char letter : name.text) {
    const bool control = static_cast<unsigned char>(letter) < 0x20;
    svg << (letter == '<'   ? "&lt;"
            : letter == '&' ? "&amp;"
            : letter == '>' ? "&gt;"
                            : std::string_view(&letter, control ? 0 : 1));
  }
  svg << "</text>\n";
}

void writeHull(Svg& svg, const Hull& hull) {
  svg << "<path d=\"";
  writeOutline(svg, hull.corners);
  svg << "\" stroke-width=\"" << hull.width << "\"";
  paintWith(svg, "fill", hull.fill);
  paintWith(svg, "stroke", hull.rim);
  svg << "/>\n";
}

/// Light falls off with the square of what is left of the way, as drawGlow does.
void writeLights(Svg& svg) {
  svg << "<defs>\n";
  for (const auto& [colour, id] : svg.lights) {
    svg << "<radialGradient id=\"" << id << "\">";
    for (const float way : {0.0F, 0.25F, 0.5F, 0.75F, 1.0F}) {
      const float rest = 1 - way * way;
      svg << "<stop offset=\"" << way << "\" stop-color=\"" << hex(colour) << "\" stop-opacity=\"" << rest * rest << "\"/>";
    }
    svg << "</radialGradient>\n";
  }
  svg << "</defs>\n";
}

}  // namespace

std::string writeSvg(const Scene& scene, const Camera& camera, const Marks& marks) {
  constexpr double everything = std::numeric_limits<double>::infinity();
  DisplayList resting;
  scene.addLinks(camera, 0, {everything, Scene::opacity(scene.ink(camera), camera), false}, resting);
  DisplayList living;
  scene.addLiving(camera, marks, everything, living);

  Svg svg;
  for (const DisplayList* list : {&resting, &living}) {
    for (const Hull& hull : list->hulls) writeHull(svg, hull);
    write(svg, list->strokes);
    for (const StrokeEnd& end : list->ends) write(svg, end);
    for (const Glow& glow : list->glows) write(svg, glow);
    for (const NodeMark& node : list->nodes) write(svg, node);
    for (const Ring& ring : list->rings) writeRing(svg, ring.centre, ring.radius, ring.width, ring.turn, ring.colour);
    write(svg, list->marks);
  }
  svg << "<g font-family=\"DejaVu Sans, sans-serif\" font-size=\"" << 11 * camera.ratio
      << "\" text-anchor=\"middle\" stroke-width=\"" << 3 * camera.ratio << "\" paint-order=\"stroke\">\n";
  for (const Name& name : living.names) write(svg, name, camera.ratio);
  svg << "</g>\n</svg>\n";

  const auto width = static_cast<float>(camera.width);
  const auto height = static_cast<float>(camera.height);
  Svg head;
  head.lights = std::move(svg.lights);
  head << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << width
       << "\" height=\"" << height << "\" viewBox=\"0 0 " << width << " " << height << "\">\n";
  writeLights(head);
  head << "<rect width=\"" << width << "\" height=\"" << height << "\"";
  paintWith(head, "fill", scene.theme().centre);
  head << "/>\n";
  return std::move(head.text) + svg.text;
}

}  // namespace plexarium::ui
