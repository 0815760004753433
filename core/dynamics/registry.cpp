#include "core/dynamics/registry.h"

#include <algorithm>

#include "core/dynamics/plexus/plexus.h"
#include "core/dynamics/sonn/sonn.h"
#include "core/dynamics/sorn/sorn.h"
#include "core/dynamics/synann/synann.h"
#include "core/dynamics/synann_net/synann_net.h"
#include "core/dynamics/transmitter/transmitter.h"

namespace plexarium {

Registry& Registry::add(DynamicsEntry entry) {
  entries_.push_back(entry);
  return *this;
}

const DynamicsEntry* Registry::find(std::string_view key) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const DynamicsEntry& entry) { return entry.description.key == key; });
  return found == entries_.end() ? nullptr : &*found;
}

Result<const DynamicsEntry*> Registry::require(std::string_view key) const {
  if (const auto* entry = find(key)) return entry;
  std::string known;
  for (const auto& entry : entries_) known += (known.empty() ? "" : ", ") + entry.description.key;
  return failure("there is no dynamics '" + std::string(key) + "'", {}, "There are: " + known);
}

Registry builtInDynamics() {
  Registry registry;
  registry.add(transmitter::entry());
  registry.add(plexus::entry());
  registry.add(sonn::entry());
  registry.add(sorn::entry());
  registry.add(synann::entry());
  registry.add(synann_net::entry());
  return registry;
}

Result<Model> create(const DynamicsEntry& entry, std::span<const double> values, std::uint64_t seed) {
  const auto& fields = entry.description.creationFields;
  if (values.size() != fields.size()) {
    return failure("a new network needs " + std::to_string(fields.size()) + " values, not " + std::to_string(values.size()));
  }
  for (std::size_t field = 0; field < fields.size(); ++field) {
    if (auto checked = checkValue(fields[field], values[field]); !checked) return tl::unexpected(checked.error());
  }
  return entry.create(values, seed);
}

Model emptyModel(const Description& description) {
  Model model;
  model.dynamics = description.key;
  model.parameters = initialValues(description.parameters);
  model.graph = Graph(description);
  return model;
}

}  // namespace plexarium
