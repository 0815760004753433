#version 440
// Lines, glows, rings and plain corners; the camera is a uniform, so that resting links stay where they are in memory.
layout(location = 0) in vec2 position;  // camera units
layout(location = 1) in vec2 reach;     // line: unit normal, either way; else: pixels from the centre to this corner
layout(location = 2) in vec4 form;      // kind, width or radius, width that grows with the zoom or half width of a ring, dash place
layout(location = 3) in vec4 colour;    // premultiplied

layout(location = 0) out vec2 place;    // line: (pixels across, half width); else pixels from the centre
layout(location = 1) flat out vec3 kind;
layout(location = 2) out float dash;
layout(location = 3) out vec4 paint;

layout(std140, binding = 0) uniform Block {
  mat4 matrix;
  vec4 view;   // scale, shift x, shift y, opacity
  vec4 style;  // zoom's share of the width, dash units per camera unit (0: full lines), pixels per unit of layout, unused
};

void main() {
  vec2 pixel = position * view.x + view.yz;
  kind = form.xyz;
  place = reach;
  if (form.x < 0.5) {
    float halfWidth = max(form.y + form.z * style.x, 1.0) * 0.5;
    pixel += reach * (halfWidth + 1.0);
    // Which side: the first corners of a quad have an even index.
    float side = (gl_VertexIndex & 1) == 0 ? 1.0 : -1.0;
    place = vec2(side * (halfWidth + 1.0), halfWidth);
  } else {
    pixel += reach;
  }
  dash = form.w < 0.0 || style.y <= 0.0 ? -1.0 : form.w * style.y;
  paint = colour * view.w;
  gl_Position = matrix * vec4(pixel / style.z, 0.0, 1.0);
}
