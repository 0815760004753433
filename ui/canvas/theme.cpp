#include "ui/canvas/theme.h"

#include <algorithm>
#include <array>

namespace plexarium::ui {
namespace {

using Hues = std::array<std::uint32_t, 9>;  // in the order of Tint

// Calm slate, sky blue, amber, pale yellow, reddish purple; links blue, vermilion, bluish green; grey.
constexpr Hues darkHues{0x5f7f9f, 0x5ac8fa, 0xffab2e, 0xfff3b0, 0xc77dab, 0x4f9fd8, 0xf0703a, 0x2fc596, 0x8893a5};
constexpr Hues lightHues{0x7d93ab, 0x0a7fc4, 0xd98200, 0xb98b00, 0xa04f80, 0x1f76b4, 0xcf4f0c, 0x008a66, 0x6d7787};

// Blue, orange, green, purple, yellow, sky, vermilion, grey.
using GroupHues = std::array<std::uint32_t, 8>;
constexpr GroupHues darkGroups{0x4f8fe0, 0xe69f00, 0x2fb58c, 0xcc79a7, 0xe6dc4a, 0x56b4e9, 0xe0662a, 0x98a2b3};
constexpr GroupHues lightGroups{0x0060a8, 0xb87700, 0x00805e, 0x9c4a7c, 0x8a8000, 0x2a86bd, 0xb84a00, 0x5b6472};

Theme makeDark() {
  Theme theme;
  theme.dark = true;
  theme.centre = makePixel(0x131a26);
  theme.corner = makePixel(0x080b11);
  theme.ink = makePixel(0xe9eef6);
  theme.shade = makePixel(0x080b11);
  theme.select = makePixel(0xffffff);
  theme.store = makePixel(0x7fe3c4);
  theme.storeRest = makePixel(0x24303f);
  for (std::size_t tint = 0; tint < darkHues.size(); ++tint) {
    const Pixel hue = makePixel(darkHues[tint]);
    theme.nodes[tint] = {mixed(makePixel(0x0c1119), hue, 44U), mixed(makePixel(0x0c1119), hue, 196U), hue, hue};
    theme.links[tint] = {hue, mixed(hue, makePixel(0xfffbe8), 120U)};
  }
  std::transform(darkGroups.begin(), darkGroups.end(), theme.groups, [](std::uint32_t hue) { return makePixel(hue); });
  return theme;
}

Theme makeLight() {
  Theme theme;
  theme.dark = false;
  theme.centre = makePixel(0xfdfcfa);
  theme.corner = makePixel(0xebe8e2);
  theme.ink = makePixel(0x1a2230);
  theme.shade = makePixel(0xfdfcfa);
  theme.select = makePixel(0x10141c);
  theme.store = makePixel(0x0f9d77);
  theme.storeRest = makePixel(0xdad8d2);
  for (std::size_t tint = 0; tint < lightHues.size(); ++tint) {
    const Pixel hue = makePixel(lightHues[tint]);
    theme.nodes[tint] = {mixed(makePixel(0xffffff), hue, 36U), mixed(makePixel(0xffffff), hue, 190U), hue, hue};
    theme.links[tint] = {hue, mixed(hue, makePixel(0x201000), 60U)};
  }
  std::transform(lightGroups.begin(), lightGroups.end(), theme.groups, [](std::uint32_t hue) { return makePixel(hue); });
  // Light on a light ground: the burst shows as a strong yellow inside a dark rim.
  NodePaint& burst = theme.nodes[static_cast<std::size_t>(Tint::Burst)];
  burst = {makePixel(0xfff0b8), makePixel(0xf7c600), makePixel(0x6b5000), makePixel(0xf2b200)};
  return theme;
}

}  // namespace

const Theme& darkTheme() {
  static const Theme theme = makeDark();
  return theme;
}

const Theme& lightTheme() {
  static const Theme theme = makeLight();
  return theme;
}

}  // namespace plexarium::ui
