#version 440
layout(location = 0) in vec2 place;
layout(location = 1) flat in vec4 state;
layout(location = 2) flat in float role;
layout(location = 0) out vec4 result;

layout(std140, binding = 0) uniform Block {
  mat4 matrix;
  vec4 view;
  vec4 style;
};
layout(binding = 1) uniform sampler2D states;
layout(binding = 2) uniform sampler2D palette;  // a column for each look: body, fill, outline, shape; last column: store colours, light

// Distance to the rim, positive inside; sizes as in the CPU painter.
float inside(int shape, vec2 p, float radius) {
  vec2 a = abs(p);
  if (shape == 0) return radius - length(p);
  if (shape == 1) return 0.88 * radius - max(a.x, a.y);
  if (shape == 2) return (1.26 * radius - a.x - a.y) * 0.70710678;
  if (shape == 3) return 0.74 * radius - max(p.y, a.x * 0.8660254 - p.y * 0.5);
  return min(0.85 * radius - a.y, radius - a.x * 0.8660254 - a.y * 0.5);
}
float covered(float distance) { return clamp(distance + 0.5, 0.0, 1.0); }
void lay(vec4 colour, float coverage) { result = colour * coverage + result * (1.0 - colour.a * coverage); }

void main() {
  float radius = max(view.x, 0.8);
  bool back = state.x > 127.5;
  int look = int(state.x + 0.5) - (back ? 128 : 0);
  float level = state.y / 255.0;
  float flash = state.w / 255.0;
  vec4 light = texelFetch(palette, ivec2(127, 2), 0);
  float wash = flash * (radius < 3.0 ? 1.0 : 0.4);  // as in Scene: what is too small for a halo lights up itself
  vec4 body = mix(texelFetch(palette, ivec2(look, 0), 0), light, wash * 0.6);
  vec4 fill = mix(texelFetch(palette, ivec2(look, 1), 0), light, wash * 0.8);
  vec4 outline = texelFetch(palette, ivec2(look, 2), 0);
  int shape = int(texelFetch(palette, ivec2(look, 3), 0).r * 255.0 + 0.5);
  float far = length(place);
  result = vec4(0.0);

  float reach = radius * (1.7 + 1.5 * flash);
  float rest = max(1.0 - far * far / (reach * reach), 0.0);
  if (view.x >= 1.0) result = light * (flash * 0.75 * rest * rest);

  if (view.x < 1.5) {
    lay(mix(mix(outline, fill, level * 0.5), light, flash * 0.7), covered(radius - far));
  } else {
    float size = radius;
    if (state.z > 0.5 && radius >= 4.0) {
      float ring = max(1.0, radius * 0.16) * 0.5 - abs(far - radius * 1.27);
      float turn = atan(place.x, -place.y) / 6.2831853;
      bool stocked = (turn < 0.0 ? turn + 1.0 : turn) * 254.0 <= state.z - 1.0;
      lay(texelFetch(palette, ivec2(127, stocked ? 0 : 1), 0), covered(ring));
      float extents[5] = float[5](1.0, 1.245, 1.26, 1.48, 1.16);
      size = radius / max(1.0, extents[shape] * 0.88);
    }
    float distance = inside(shape, place, size);
    float lowest = shape == 3 ? 0.74 * size : size;
    float highest = shape == 3 ? -1.48 * size : -size;
    vec4 colour = level > 0.0 ? mix(body, fill, covered(place.y - mix(lowest, highest, level))) : body;
    colour = mix(colour, outline, covered(max(1.0, radius * 0.13) - distance));
    lay(colour, covered(distance));
    if (role > 0.5 && radius >= 4.0) {  // 1: sensory, a wedge on the left; 2: motor, one on the right
      float wedge = radius * 0.55;
      float along = place.x - radius * (role < 1.5 ? -2.05 : 1.5);
      lay(outline, covered(min(along, (wedge - along) * 0.62 - abs(place.y) * 0.78)));
    }
  }
  result *= back ? view.w * 0.22 : view.w;
}
