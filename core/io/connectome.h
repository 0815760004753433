#pragma once

#include <string>

#include "core/dynamics/model.h"
#include "core/dynamics/registry.h"
#include "core/error.h"

namespace plexarium {

/// The tables of a connectome, as text with the names that errors use.
struct ConnectomeTables {
  struct Table {
    std::string source;  ///< "neurons.csv"
    std::string text;    ///< CSV with a header row (core/io/csv.h).
  };
  Table neurons;   ///< name, type (sensory, interneuron, motor, other), x, dv in micrometres; further columns are ignored.
  Table synapses;  ///< pre, post, type (chemical, electrical), weight, sign (+, -; empty: +); further columns are ignored.
  Table muscles;   ///< Empty text: none. neuron, target, type, weight, sign; targets become motor neurons.
};

/// A connectome as transmitter neurons: one neuron a row, chemical contacts as links (sign -: inverted), an electrical
/// contact (an unordered pair, once) as a link of kind electrical where one of the two directions is free, else as the gap
/// weight of the chemical link. Nothing is dropped: a pair that is listed twice is an error.
///
/// Side view: x along the body, dv upwards, in world units of 5/4 micrometre, then moved apart until discs of radius 1
/// hardly overlap. The network is silent until it is stimulated.
///
/// Source of the settings (production 2.9, capacity 48, gap gain 33.8, leak 0.3, speed 4, recovery 7): the setting found by
/// random search that sends a touch at the head to the backward neurons and one at the tail to the forward neurons.
/// Departs: there the touch cells' synapses onto the opposite pool are inhibiting as well; here the table's signs stand.
///
/// Untrusted input: any tables give a model or an error that names table, line and column. Any thread.
Result<Model> importConnectome(const Registry& registry, const ConnectomeTables& tables);

}  // namespace plexarium
