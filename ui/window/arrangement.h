#pragma once

#include <QString>
#include <span>
#include <vector>

#include "core/edit/edit.h"
#include "core/session/snapshot.h"

namespace plexarium::ui {

/// Ways to bring selected neurons into line.
enum class Alignment { Left, Centre, Right, Top, Middle, Bottom, SpreadAcross, SpreadDown };

struct AlignmentWay {
  Alignment alignment;
  const char* name;  ///< For objects.
  QString text;
  QString help;
};
std::vector<AlignmentWay> alignmentWays();

/// Moves the neurons: to the edge or centre line of the frame around their centres, or to even distances between the two
/// outermost. An error for fewer than two (three to spread), or when all stand there already.
Result<Edit> align(const GraphImage& graph, std::span<const NeuronId> neurons, Alignment alignment);

}  // namespace plexarium::ui
