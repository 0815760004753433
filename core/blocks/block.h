#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/blocks/tensor.h"

namespace plexarium::blocks {

/// How a parameter is changed.
enum class Rule : std::uint8_t {
  Plain,   ///< By the step itself.
  Decays,  ///< Likewise, and it fades towards 0.
  Share,   ///< A probability: the step is one of its logit, so that it stays within 0 and 1; 0 stays 0.
  Factor,  ///< Above 0: the step is one of its logarithm; kept at most at `largestFactor`.
};
inline constexpr float largestFactor = 4;

/// Numbers that a net learns.
struct Parameter {
  std::string name;
  Rule rule = Rule::Plain;
  std::vector<float> values{};
  std::vector<float> slopes{};    ///< Of the mean loss, after Net::backward.
  std::vector<float> momentum{};  ///< The optimiser's; as long as `values`, or empty: nothing yet.
  std::vector<float> spread{};
  std::vector<std::uint8_t> absent{};  ///< Not 0: this one is not there and stays 0. Empty: all are there.
};

/// What a pass through a net is for.
struct Pass {
  bool learns = false;       ///< Statistics of this batch count, and some values are dropped.
  std::uint64_t seed = 0;    ///< Of what is dropped,
  std::uint64_t number = 0;  ///< together with the batch's number.
  std::size_t lots = 1;      ///< So many lots of sixteen samples; while learning all of them full.
};
enum class Way : std::uint8_t { Forth, Back };

/// The tensors that a block stands between.
struct Ports {
  Tensor* in = nullptr;
  Tensor* out = nullptr;
  Tensor* inSlopes = nullptr;  ///< Null: nobody asks for them.
  Tensor* outSlopes = nullptr;
};

/// One operation of a net. Different lots may be dealt with by different threads at once, and so may different slope tasks;
/// what is done does not depend on by whom. Everything else is called by one thread, with no other in between.
class Block {
 public:
  Block(Shape in, Shape out) : in_(in), out_(out) {}
  virtual ~Block() = default;
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

  [[nodiscard]] const Shape& in() const { return in_; }
  [[nodiscard]] const Shape& out() const { return out_; }
  /// Zeros around what comes in, and around slopes that come back, that it reads.
  [[nodiscard]] std::size_t inBorder() const { return inBorder_; }
  [[nodiscard]] std::size_t slopeBorder() const { return slopeBorder_; }
  /// Whether it must see the whole batch before it can go on: then all lots are gathered, and joined, before the first of
  /// them passes; on the way forth while it learns, and on the way back.
  [[nodiscard]] bool gathers() const { return gathers_; }
  /// Pieces of work in finding the slopes of its parameters.
  [[nodiscard]] std::size_t slopeTasks() const { return slopeTasks_; }

  virtual void forward(const Pass& pass, const Ports& ports, std::size_t lot) = 0;
  /// inSlopes from outSlopes, which it may change.
  virtual void backward(const Pass& pass, const Ports& ports, std::size_t lot) = 0;
  virtual void gather(Way /*way*/, const Ports& /*ports*/, std::size_t /*lot*/) {}
  virtual void join(Way /*way*/, const Pass& /*pass*/) {}
  /// Before a way: room for so many lots, and what depends on the parameters alone.
  virtual void prepare(Way /*way*/, const Pass& /*pass*/) {}
  /// After the way back.
  virtual void slopesOf(const Pass& /*pass*/, const Ports& /*ports*/, std::size_t /*task*/) {}

  std::vector<Parameter> parameters;

 protected:
  Shape in_;
  Shape out_;
  std::size_t inBorder_ = 0;
  std::size_t slopeBorder_ = 0;
  std::size_t slopeTasks_ = 0;
  bool gathers_ = false;
};

using BlockPointer = std::unique_ptr<Block>;

}  // namespace plexarium::blocks
