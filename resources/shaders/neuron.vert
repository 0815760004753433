#version 440
layout(location = 0) in vec2 position;  // camera units
layout(location = 1) in vec2 corner;    // -1 or 1 each
layout(location = 2) in vec2 identity;  // row of the state texture's texels, role

layout(location = 0) out vec2 place;    // pixels from the centre
layout(location = 1) flat out vec4 state;  // look (+128: stands back), level, store (0: none), flash
layout(location = 2) flat out float role;

layout(std140, binding = 0) uniform Block {
  mat4 matrix;
  vec4 view;   // scale and radius, shift x, shift y, opacity
  vec4 style;  // unused, unused, pixels per unit of layout, unused
};
layout(binding = 1) uniform sampler2D states;
layout(binding = 2) uniform sampler2D palette;

void main() {
  int row = int(identity.x + 0.5);
  state = texelFetch(states, ivec2(row & 1023, row >> 10), 0) * 255.0;
  role = identity.y;
  float reach = max(view.x, 0.8) * 3.3 + 4.0;
  place = corner * reach;
  gl_Position = matrix * vec4((position * view.x + view.yz + place) / style.z, 0.0, 1.0);
}
