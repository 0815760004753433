#include "core/dynamics/sonn/synapses.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>

#include "core/dynamics/sonn/fields.h"

namespace plexarium::sonn {

void Synapses::read(const Graph& graph, const Anatomy& anatomy) {
  const auto first = graph.firstLink();
  const auto targets = graph.targets();
  const auto slots = graph.neuronValues<std::int32_t>(neuron::Slots);
  const auto weights = graph.linkValues<std::int32_t>(link::Weight);
  rows_.assign(anatomy.cells.size(), {});
  for (const auto row : anatomy.inputs) {
    for (auto l = first[row]; l < first[row + 1]; ++l) {
      if (anatomy.connects(graph, row, targets[l])) ++rows_[anatomy.number[targets[l]]].room;
    }
  }
  std::uint32_t end = 0;
  for (std::size_t cell = 0; cell < rows_.size(); ++cell) {
    auto& row = rows_[cell];
    row.begin = end;
    row.room = std::max(row.room, static_cast<std::uint32_t>(slots[anatomy.cells[cell]]));
    end += row.room;
  }
  receptor_.assign(end, 0);
  weight_.assign(end, 0);
  count_ = 0;
  for (std::uint32_t input = 0; input < anatomy.inputs.size(); ++input) {
    const auto source = anatomy.inputs[input];
    for (auto l = first[source]; l < first[source + 1]; ++l) {
      if (anatomy.connects(graph, source, targets[l])) grow(anatomy.number[targets[l]], input, weights[l]);
    }
  }
  rewired_ = false;
}

bool Synapses::grow(std::size_t cell, std::uint32_t receptor, int weight) {
  auto& row = rows_[cell];
  if (row.count == row.room || std::ranges::find(receptors(cell), receptor) != receptors(cell).end()) return false;
  receptor_[row.begin + row.count] = receptor;
  weight_[row.begin + row.count] = static_cast<std::int16_t>(std::clamp(weight, -largestSum, largestSum));
  ++row.count;
  ++count_;
  const auto most = static_cast<std::int16_t>(bound(cell));
  for (auto& one : weights(cell)) one = std::clamp(one, static_cast<std::int16_t>(-most), most);
  rewired_ = true;
  return true;
}

std::size_t Synapses::decay(std::size_t cell, int least) {
  auto& row = rows_[cell];
  std::size_t died = 0;
  for (std::uint32_t k = row.begin; k < row.begin + row.count;) {
    const int weight = weight_[k];
    const int less = weight - (weight > 0) + (weight < 0);
    if (std::abs(less) < least) {
      --row.count;
      receptor_[k] = receptor_[row.begin + row.count];
      weight_[k] = weight_[row.begin + row.count];
      ++died;
    } else {
      weight_[k++] = static_cast<std::int16_t>(less);
    }
  }
  count_ -= died;
  rewired_ = rewired_ || died > 0;
  return died;
}

/// Other links stay as they are.
void Synapses::rewire(Graph& graph, const Anatomy& anatomy) const {
  const auto first = graph.firstLink();
  const auto targets = graph.targets();
  const auto isOurs = [&](std::size_t source, std::uint32_t target) { return anatomy.connects(graph, source, target); };
  std::vector<std::uint32_t> wanted(first.size(), 0);  // links of a row, behind it
  for (std::size_t source = 0; source + 1 < first.size(); ++source) {
    for (auto l = first[source]; l < first[source + 1]; ++l) wanted[source + 1] += isOurs(source, targets[l]) ? 0 : 1;
  }
  for (std::size_t cell = 0; cell < rows_.size(); ++cell) {
    for (const auto receptor : receptors(cell)) ++wanted[anatomy.inputs[receptor] + 1];
  }
  for (std::size_t row = 0; row + 1 < wanted.size(); ++row) wanted[row + 1] += wanted[row];
  std::vector<std::uint32_t> ends(wanted.begin(), wanted.end() - 1);
  std::vector<std::uint32_t> rewired(wanted.back());
  for (std::size_t cell = 0; cell < rows_.size(); ++cell) {
    for (const auto receptor : receptors(cell)) rewired[ends[anatomy.inputs[receptor]]++] = anatomy.cells[cell];
  }
  for (std::size_t source = 0; source + 1 < first.size(); ++source) {
    const auto own = ends[source];
    for (auto l = first[source]; l < first[source + 1]; ++l) {
      if (!isOurs(source, targets[l])) rewired[ends[source]++] = targets[l];
    }
    const auto at = [&](std::uint32_t k) { return rewired.begin() + static_cast<std::ptrdiff_t>(k); };
    if (own != wanted[source] && own != ends[source]) std::inplace_merge(at(wanted[source]), at(own), at(ends[source]));
  }
  graph.rewire(std::move(wanted), std::move(rewired));
}

bool Synapses::write(Graph& graph, const Anatomy& anatomy) {
  const bool changed = rewired_;
  if (changed) rewire(graph, anatomy);
  rewired_ = false;
  const auto targets = graph.targets();
  const auto weights = graph.linkValues<std::int32_t>(link::Weight);
  std::vector<std::uint32_t> next(graph.firstLink().begin(), graph.firstLink().end());
  for (std::size_t cell = 0; cell < rows_.size(); ++cell) {
    const auto own = receptors(cell);
    for (std::size_t k = 0; k < own.size(); ++k) {
      auto& l = next[anatomy.inputs[own[k]]];
      while (targets[l] != anatomy.cells[cell]) ++l;
      weights[l++] = weight_[rows_[cell].begin + k];
    }
  }
  return changed;
}

}  // namespace plexarium::sonn
