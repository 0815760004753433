#include "core/dynamics/dynamics.h"

namespace plexarium {

Result<void> Dynamics::learn(Network& /*network*/, std::span<const double> targets) {
  if (targets.empty()) return {};
  return failure("this dynamics does not learn from targets", {}, "Stimulate neurons instead");
}

void Dynamics::readout(Network& network, std::span<double> outputs) {
  Appearance appearance;
  publish(network, &appearance);
  std::size_t next = 0;
  const auto roles = network.graph.roles();
  for (std::size_t row = 0; row < roles.size() && next < outputs.size(); ++row) {
    if (roles[row] == Role::Motor) outputs[next++] = static_cast<double>(appearance.level[row]);
  }
}

Result<std::string> Dynamics::state(Network& /*network*/, const std::string* /*restore*/) { return std::string{}; }

}  // namespace plexarium
