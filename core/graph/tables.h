#pragma once

#include <string>
#include <vector>

#include "core/graph/groups.h"
#include "core/graph/ids.h"

namespace plexarium {

/// Neurons on their way in or out of a Graph: what a document, the clipboard and an undo carry. One entry per neuron in
/// every list; `values[f]` follows the dynamics' neuron fields and may be empty, meaning that field's initial value.
struct NeuronTable {
  std::vector<NeuronId> ids;
  std::vector<std::string> names;
  std::vector<Role> roles;
  std::vector<Point> positions;
  std::vector<Tick> lastFired;  ///< Empty: never.
  std::vector<std::vector<double>> values;
  std::vector<GroupId> groups{};  ///< Empty: in none.

  [[nodiscard]] std::size_t size() const { return ids.size(); }
};

/// Links on their way in or out of a Graph; same conventions.
struct LinkTable {
  std::vector<LinkKey> keys;
  std::vector<Tick> lastCarried;  ///< Empty: never.
  std::vector<std::vector<double>> values;

  [[nodiscard]] std::size_t size() const { return keys.size(); }
};

}  // namespace plexarium
