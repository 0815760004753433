#pragma once

#include <functional>
#include <vector>

#include "core/blocks/block.h"
#include "core/team.h"

namespace plexarium::blocks {

/// Blocks one after the other, with the tensors between them. Any number of threads computes the same bits.
class Net {
 public:
  /// Takes in what the block before gives. The first one says what comes in.
  void add(BlockPointer block);
  /// Takes out the blocks from this number on.
  std::vector<BlockPointer> cut(std::size_t number);

  [[nodiscard]] std::size_t size() const { return blocks_.size(); }
  [[nodiscard]] Block& operator[](std::size_t number) { return *blocks_[number]; }
  [[nodiscard]] const Block& operator[](std::size_t number) const { return *blocks_[number]; }

  /// Room for so many lots, and for slopes where they are asked for. To be called after add or cut; values are kept only
  /// where nothing has changed.
  void fit(std::size_t lots, bool slopes);
  [[nodiscard]] Sheet values(std::size_t number, std::size_t lot) {
    return values_[number].lot(lot);
  }  ///< What goes into it.
  [[nodiscard]] Sheet output(std::size_t lot) { return values_.back().lot(lot); }
  [[nodiscard]] Sheet outputSlopes(std::size_t lot) { return slopes_.back().lot(lot); }

  /// From the values of the first block to output. `arrive` (lot) fills the first; it may be called by any thread.
  void forward(const Pass& pass, Team& team, const std::function<void(std::size_t)>& arrive);
  /// From outputSlopes to the slopes of all parameters, after a forward that learns.
  void backward(const Pass& pass, Team& team);

 private:
  [[nodiscard]] Ports ports(std::size_t number);
  void slopesOfParameters(const Pass& pass, Team& team);

  std::vector<BlockPointer> blocks_;
  std::vector<Tensor> values_;  ///< One more than blocks.
  std::vector<Tensor> slopes_;  ///< Likewise; the first is empty.
};

}  // namespace plexarium::blocks
