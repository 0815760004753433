#pragma once

#include <string>
#include <string_view>

#include "core/dynamics/model.h"
#include "core/dynamics/registry.h"
#include "core/error.h"
#include "core/io/import_report.h"

namespace plexarium {

// GraphML, the exchange format of graph programs (Gephi, yEd, Cytoscape, NetworkX, igraph).
// Source: "GraphML specification", graphdrawing.org, version 1.0.

/// The whole model: nodes n<id> with name, role, x, y, the tick they last fired at and every neuron field; edges with every
/// link field; dynamics, parameters, bodies and all else as data of the graph. Reading it back gives the same model bit for
/// bit, but for groups, which are left out.
/// Departs: characters that XML cannot hold (control characters but tab and line ends) become U+FFFD.
std::string writeGraphml(const Description& description, const Model& model);

/// Texts larger than this are refused: the tree in memory takes several times the room.
inline constexpr std::size_t maximumGraphmlSize = std::size_t{512} << 20;

/// Reads what writeGraphml writes, faithfully and strictly, and foreign GraphML as far as a network of the dynamics called
/// `dynamics` can hold it: labels become names; data called x and y (or yEd's geometry) places; data called like a field,
/// `weight` for one, that field; `role` the role. The report tells what was changed or left out: undirected edges become two
/// links each, parallel edges one; nested graphs are flattened; ports are ignored; hyperedges and other data left out.
///
/// Untrusted input: any text gives a model or an error that names the line. Entities other than XML's own five are never
/// expanded, nothing outside the text is read, depth does not matter, and memory goes with the text's length. Any thread.
Result<Imported> readGraphml(const Registry& registry, std::string_view text, std::string_view source,
                             std::string_view dynamics);

}  // namespace plexarium
