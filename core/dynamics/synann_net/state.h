#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/blocks/net.h"
#include "core/error.h"

namespace plexarium::synann_net {

/// Everything that decides how learning goes on and stands neither in the graph nor in the net.
struct Course {
  std::uint64_t batches = 0;  ///< Learnt from,
  std::uint64_t learnt = 0;   ///< with so many samples.
  std::uint64_t judged = 0;   ///< Samples with a target.
  double accuracy = 0;        ///< Running share of them that were named rightly.
  double loss = 0;            ///< Of the last batch.
  double rate = 0;
  std::int32_t wanted = -1;  ///< Number of the motor neuron; below 0: nothing is wanted.
  // Lessons that wait until the batch is full.
  std::vector<std::int32_t> labels;
  std::vector<float> pictures;  ///< One after the other.

  [[nodiscard]] bool begun() const { return judged > 0 || wanted >= 0 || !labels.empty(); }
};

/// The course and, of the blocks below `first`, their numbers; of all, what the optimiser remembers; as JSON.
std::string stateText(const Course& course, blocks::Net& net, std::size_t first);
/// Reads it into `net`, which after an error is to be built anew. `pixels`: of a picture; `motors`: of the network.
Result<Course> readState(const std::string& text, blocks::Net& net, std::size_t first, std::size_t pixels,
                         std::size_t motors, std::size_t batch);

}  // namespace plexarium::synann_net
