#pragma once

#include "core/description/description.h"
#include "ui/canvas/raster.h"

namespace plexarium::ui {

/// What a neuron in a phase is painted with; all opaque but `glow`.
struct NodePaint {
  Pixel body = 0;  ///< The part above the level.
  Pixel fill = 0;  ///< The part below it.
  Pixel outline = 0;
  Pixel glow = 0;  ///< Light around it at its release.
};

/// What a kind of link is painted with; opaque, faded by whoever draws.
struct LinkPaint {
  Pixel rest = 0;
  Pixel active = 0;
};

/// All colours of the canvas. Hues follow M. Okabe and K. Ito, "Color Universal Design" (2002), which people with any common
/// colour vision tell apart; neighbouring meanings differ in lightness too, and never rest on colour alone.
struct Theme {
  Pixel centre = 0;  ///< Background in the middle and at the corners.
  Pixel corner = 0;
  Pixel ink = 0;    ///< Names, hover and selection marks.
  Pixel shade = 0;  ///< Laid under names.
  Pixel select = 0;
  Pixel store = 0;  ///< Ring of what is in stock, and the rest of the ring.
  Pixel storeRest = 0;
  bool dark = true;

  [[nodiscard]] const NodePaint& node(Tint tint) const { return nodes[static_cast<std::size_t>(tint)]; }
  [[nodiscard]] const LinkPaint& link(Tint tint) const { return links[static_cast<std::size_t>(tint)]; }

  /// Of a group, 0..7; opaque.
  [[nodiscard]] Pixel group(std::uint8_t colour) const { return groups[colour % 8]; }

  NodePaint nodes[9];
  LinkPaint links[9];
  Pixel groups[8]{};
};

const Theme& darkTheme();
const Theme& lightTheme();

}  // namespace plexarium::ui
