#pragma once

#include <vector>

#include "ui/canvas/lens.h"
#include "ui/canvas/network_geometry.h"

namespace plexarium::ui {

/// What stands out while the rest stands back; nothing stands back where there is no focus.
struct Focus {
  std::vector<bool> neurons;         ///< Per row: stands out. Empty: no focus.
  std::vector<std::uint32_t> links;  ///< That stand out, ascending.
  std::vector<float> strengths;      ///< Of those, 0..1; empty: all 1.

  [[nodiscard]] bool empty() const { return neurons.empty(); }
  [[nodiscard]] bool holds(std::size_t link) const;
};

/// The links that lead from and to the chosen neurons, and the neurons at their ends. O(links).
Focus focusAround(const GraphImage& graph, const NetworkGeometry& geometry, const std::vector<NeuronId>& chosen);
/// Those links and the neurons at their ends; those that are gone are left out.
Focus focusOn(const GraphImage& graph, const NetworkGeometry& geometry, const std::vector<CauseLink>& causes);

}  // namespace plexarium::ui
