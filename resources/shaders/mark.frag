#version 440
layout(location = 0) in vec2 place;
layout(location = 1) flat in vec3 kind;
layout(location = 2) in float dash;
layout(location = 3) in vec4 paint;
layout(location = 0) out vec4 result;

void main() {
  float coverage = 1.0;
  if (kind.x < 0.5) {  // line
    coverage = clamp(place.y + 0.5 - abs(place.x), 0.0, 1.0);
    if (dash >= 0.0 && mod(dash, 16.0) >= 10.0) coverage = 0.0;
  } else if (kind.x < 1.5) {  // glow
    float rest = max(1.0 - dot(place, place) / (kind.y * kind.y), 0.0);
    coverage = rest * rest;
  } else if (kind.x < 2.5) {  // ring
    coverage = clamp(kind.z + 0.5 - abs(length(place) - kind.y), 0.0, 1.0);
  }
  result = paint * coverage;
}
