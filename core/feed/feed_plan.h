#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/encoding.h"
#include "core/data/source.h"
#include "core/data/split.h"
#include "core/graph/groups.h"
#include "core/graph/ids.h"

namespace plexarium {

/// Which sample is shown next. Data whose order has a meaning (DatasetInfo::ordered) is always shown as it stands.
enum class FeedOrder : std::uint8_t {
  Interleaved,  ///< The classes in turn, the samples of each shuffled anew in every round.
  Shuffled,     ///< All samples, shuffled anew in every round.
  Stored,       ///< As they stand in the data.
};

enum class FeedUnit : std::uint8_t {
  Ticks,    ///< The same run on every machine.
  Seconds,  ///< For watching.
};

/// Neurons of a network that belong together for a feed, one for each value: those listed, else those of a group, else all
/// of the network; the latter two in the order of their ids, sensory neurons for inputs and motor neurons for outputs.
struct FeedNeurons {
  std::vector<NeuronId> list{};  ///< A neuron that is gone is stepped over; the others keep their values.
  GroupId group{};
  friend bool operator==(const FeedNeurons&, const FeedNeurons&) = default;
};

/// Where values of a sample go in.
struct InputGroup {
  std::string name = "input";
  FeedNeurons neurons{};
  std::vector<std::size_t> columns{};  ///< Of the data; empty: all.
  InputCoding coding{};
  std::string channel{};  ///< Key of the stimulus; empty: the first.
  double gain = 1;        ///< What 1 becomes.
  bool enabled = true;
  friend bool operator==(const InputGroup&, const InputGroup&) = default;
};

/// Where the network's answer is read and, while it learns, shown.
struct OutputGroup {
  std::string name = "output";
  FeedNeurons neurons{};
  std::vector<std::size_t> columns{};  ///< As TargetEncoder wants them.
  double dominance =
      0;  ///< The answer is taken in the first tick in which one output leads by more than this; 0: in the last.
  bool enabled = true;
  friend bool operator==(const OutputGroup&, const OutputGroup&) = default;
};

/// What a network is shown, and for how long: an endless stream of samples.
struct FeedPlan {
  std::string name = "feed";
  DataSource source{};
  SplitPlan split{};
  FeedOrder order = FeedOrder::Interleaved;
  std::uint64_t seed = 1;  ///< Of the order.
  FeedUnit unit = FeedUnit::Ticks;
  double duration = 100;             ///< Of a sample, > 0.
  std::vector<double> importance{};  ///< Of each class, > 0: multiplies the duration while learning; empty: 1.
  double examDuration = 100;         ///< Of a sample that is only tested, > 0.
  std::size_t examEvery =
      0;  ///< After so many training samples one of the validation samples is shown without its target; 0: never.
  std::vector<InputGroup> inputs{InputGroup{}};
  std::vector<OutputGroup> outputs{OutputGroup{}};
  friend bool operator==(const FeedPlan&, const FeedPlan&) = default;
};

/// Ranges that need no data: durations, shares, importance.
Result<void> checkPlan(const FeedPlan& plan);

/// The plan as JSON (an object), what is at its initial value left out; read(write(p)) == p.
std::string writePlan(const FeedPlan& plan);
Result<FeedPlan> readPlan(json::Node node, std::string_view place);

}  // namespace plexarium
