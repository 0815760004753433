#pragma once

#include <string>
#include <string_view>

#include "core/dynamics/model.h"
#include "core/dynamics/registry.h"
#include "core/error.h"
#include "core/io/import_report.h"

namespace plexarium {

/// The links as a table with a header: from, to, then every link field by its key. Neurons go by their names where every
/// name is there, differs from the others and is no number, else by their ids. What has no link, and all other properties of
/// neurons, are not in an edge list. `separator`: comma, semicolon or tab.
std::string writeEdgeList(const Description& description, const Model& model, char separator = ',');

/// Reads an edge list into a network of the given dynamics: comma-, semicolon- or tab-separated UTF-8, two ends and then
/// values per row. With a header (known by names such as from, to, source, target, pre, post) columns called like link
/// fields fill these; without one the third column is `weight`, and the others are left out. Ends that are all whole numbers
/// from 1 are ids, others names; neurons get ids in the order of their first mention. The network is laid out by force.
/// Untrusted input: any text gives a network or an error that names line and column. Any thread.
Result<Imported> readEdgeList(const Description& description, std::string_view text, std::string_view source);

}  // namespace plexarium
