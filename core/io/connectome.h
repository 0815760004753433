#pragma once

#include <string>
#include <string_view>

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
  /// name, type (sensory, interneuron, motor, other), x, dv in micrometres; neurotransmitter and y where they are there.
  /// Further columns are ignored.
  Table neurons;
  Table synapses;  ///< pre, post, type (chemical, electrical), weight, sign (+, -; empty: +); further columns are ignored.
  Table muscles;   ///< Empty text: none. neuron, target, type, weight, sign; targets become motor neurons.
  bool fromAbove = false;  ///< The view: x and y (left is up) instead of x and dv. Needs the column y.
};

/// neurons.csv, synapses.csv and, where it is there, neuron_to_muscle.csv of a folder. The error of a file that cannot be
/// read carries connectomeAdvice().
Result<ConnectomeTables> readConnectome(const std::string& folder, bool fromAbove);

/// Where such tables come from and which columns they need: for people who have none.
std::string_view connectomeAdvice();

/// A connectome as transmitter neurons: one neuron a row, chemical contacts as links (sign -: inverted), an electrical
/// contact (an unordered pair, once) as a link of kind electrical where one of the two directions is free, else as the gap
/// weight of the chemical link. Nothing is dropped: a pair that is listed twice is an error.
///
/// Places: x along the body, dv (or y) upwards, in world units of 5/4 micrometre, then moved apart until discs of radius 1
/// hardly overlap. Neurons are grouped by their transmitter. The network is silent until it is stimulated.
///
/// Source of the settings (production 2.9, capacity 48, gap gain 33.8, leak 0.3, speed 4, recovery 7): the setting found by
/// random search that sends a touch at the head to the backward neurons and one at the tail to the forward neurons
/// (core/session/touch_test.h). It needs touch cells that inhibit the opposite pool: M. Chalfie et al., "The neural circuit
/// for touch sensitivity in Caenorhabditis elegans", J. Neurosci. 5 (1985).
/// Departs: chemical contacts from ALM and AVM to PVC and AVB, and from PLM to AVA, AVD and AVE, are therefore inverted
/// whatever sign the table gives them.
///
/// Untrusted input: any tables give a model or an error that names table, line and column. Any thread.
Result<Model> importConnectome(const Registry& registry, const ConnectomeTables& tables);

}  // namespace plexarium
