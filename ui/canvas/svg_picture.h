#pragma once

#include <string>

#include "ui/canvas/scene.h"

namespace plexarium::ui {

/// The scene as an SVG 1.1 document in UTF-8, of the camera's size: every link, neuron, mark and name, nothing sampled. No
/// Qt; one thread. Costs about 60 bytes a link and 300 a neuron.
std::string writeSvg(const Scene& scene, const Camera& camera, const Marks& marks);

}  // namespace plexarium::ui
