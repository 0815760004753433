#include "core/dynamics/dynamics.h"

namespace plexarium {

Result<void> Dynamics::learn(Network& /*network*/, std::span<const double> targets) {
  if (targets.empty()) return {};
  return failure("this dynamics does not learn from targets", {}, "Stimulate neurons instead");
}

void Dynamics::readout(Network& network, std::span<const std::uint32_t> rows, std::span<double> outputs) {
  Appearance appearance;
  publish(network, &appearance);
  for (std::size_t k = 0; k < rows.size(); ++k) outputs[k] = static_cast<double>(appearance.level[rows[k]]);
}

bool Dynamics::stepMany(Network& /*network*/, const Lessons& /*lessons*/, std::span<double> /*metrics*/,
                        std::span<double> /*outputs*/) {
  return false;
}

bool Dynamics::glance(Network& /*network*/, Appearance& /*appearance*/) { return false; }

Result<std::string> Dynamics::state(Network& /*network*/, const std::string* /*restore*/) { return std::string{}; }

}  // namespace plexarium
