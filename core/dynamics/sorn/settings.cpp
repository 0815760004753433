#include "core/dynamics/sorn/settings.h"

#include <cassert>

namespace plexarium::sorn {

Settings::Settings(std::span<const double> values)
    : stdp(values[parameter::Stdp] != 0),
      ip(values[parameter::Ip] != 0),
      growth(values[parameter::Growth] != 0),
      istdp(values[parameter::InhibitoryStdp] != 0),
      scaling(values[parameter::Scaling] != 0),
      etaStdp(values[parameter::EtaStdp]),
      etaIp(values[parameter::EtaIp]),
      etaInhibitory(values[parameter::EtaInhibitory]),
      target(values[parameter::Target]),
      balance(values[parameter::Balance]),
      thresholdMin(values[parameter::ThresholdMin]),
      thresholdMax(values[parameter::ThresholdMax]),
      cap(values[parameter::WeightCap]),
      prune(values[parameter::PruneBelow]),
      births(values[parameter::Births]),
      birthWeight(values[parameter::BirthWeight]),
      birthsScale(values[parameter::BirthsScale] != 0),
      birthsLast(values[parameter::BirthsLast] != 0),
      loss(static_cast<Loss>(values[parameter::InhibitoryLoss])),
      floor(values[parameter::Floor]),
      noise(values[parameter::Noise]),
      noiseKind(static_cast<NoiseKind>(values[parameter::NoiseKind])),
      timing(static_cast<Timing>(values[parameter::Timing])),
      atThreshold(values[parameter::AtThreshold] != 0),
      empty(static_cast<Empty>(values[parameter::EmptyColumn])),
      precision(static_cast<Precision>(values[parameter::Precision])) {
  assert(values.size() == parameter::Count);
}

}  // namespace plexarium::sorn
