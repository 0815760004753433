#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/dynamics/dynamics.h"
#include "core/dynamics/model.h"
#include "core/dynamics/task.h"

namespace plexarium {

/// One dynamics as the rest of the program meets it.
struct DynamicsEntry {
  const Description& description;
  std::unique_ptr<Dynamics> (*make)();
  /// A new network from Description::creationFields (checked values, in order) and a seed; `create` below checks first.
  Result<Model> (*create)(std::span<const double> values, std::uint64_t seed);
  std::span<const Task> tasks{};  ///< What its networks are put to. Constant.
};

/// The dynamics that there are. A value: tests add one of their own to a copy.
class Registry {
 public:
  Registry& add(DynamicsEntry entry);
  [[nodiscard]] std::span<const DynamicsEntry> entries() const { return entries_; }
  /// Null where nobody is called that.
  [[nodiscard]] const DynamicsEntry* find(std::string_view key) const;
  /// An error that lists what there is, where nobody is called that.
  [[nodiscard]] Result<const DynamicsEntry*> require(std::string_view key) const;

 private:
  std::vector<DynamicsEntry> entries_;
};

/// Every dynamics of the program: one line each in registry.cpp.
Registry builtInDynamics();

/// Checks the values against the creation fields, then creates.
Result<Model> create(const DynamicsEntry& entry, std::span<const double> values, std::uint64_t seed);
/// A network without neurons.
Model emptyModel(const Description& description);

}  // namespace plexarium
