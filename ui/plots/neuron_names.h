#pragma once

#include <QString>

#include "core/session/snapshot.h"

namespace plexarium::ui {

/// What people call a neuron: its name, or "#12" where it has none.
inline QString neuronName(const GraphImage& graph, std::size_t row) {
  const auto& name = (*graph.names)[row];
  return name.empty() ? QStringLiteral("#%1").arg((*graph.ids)[row].value) : QString::fromStdString(name);
}

}  // namespace plexarium::ui
