#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace plexarium::sorn {

/// Reads answers off who fires, by ridge regression from firings (and a constant) to one column for each choice of each
/// question; the largest column is the answer, the first of equals. Value type.
/// Source: A. Hoerl, R. Kennard, "Ridge regression: biased estimation for nonorthogonal problems", Technometrics 1970.
class Readout {
 public:
  /// `choices`: of each question, each at least 1.
  Readout(std::size_t neurons, std::vector<std::uint32_t> choices);

  [[nodiscard]] std::size_t questions() const { return choices_.size(); }
  /// Something to learn from: who fired (each < neurons, none twice) and the right answer to each question.
  void add(std::span<const std::uint32_t> firing, std::span<const std::uint32_t> answers);
  /// From all that was added; `ridge` > 0 is the penalty of a squared weight. O(neurons^3).
  void learn(double ridge);
  /// After learn(): one answer a question.
  void tell(std::span<const std::uint32_t> firing, std::span<std::uint32_t> answers) const;

 private:
  std::size_t inputs_;   ///< Neurons, and the constant as the last.
  std::size_t outputs_;  ///< Columns of all questions.
  std::vector<std::uint32_t> choices_;
  std::vector<double> together_;  ///< inputs x inputs: how often both fired.
  std::vector<double> wanted_;    ///< inputs x outputs: how often the choice was right when it fired.
  std::vector<double> weights_;   ///< inputs x outputs, row by row.
};

}  // namespace plexarium::sorn
