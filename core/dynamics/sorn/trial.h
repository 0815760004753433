#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/dynamics/sorn/settings.h"
#include "core/dynamics/task.h"
#include "core/graph/ids.h"

namespace plexarium::sorn {

/// What a network is shown in every step, and what it is asked then. Functions of the step alone.
struct Lesson {
  using ByStep = std::function<std::uint32_t(Tick step)>;
  struct Question {
    std::uint32_t choices = 1;
    ByStep answer;  ///< < choices: what is to be told after this step.
  };

  std::uint32_t symbols = 1;
  ByStep shown;  ///< < symbols
  std::vector<Question> questions;
  Tick before = 0;  ///< Steps that answers reach back: none is asked earlier.
};

/// Which rules run while it is shown the lesson.
enum class Variant : std::uint8_t { Whole, IpOnly, Static };

struct TrialPlan {
  std::uint32_t neurons = 200;  ///< Excitatory ones.
  std::uint32_t pool = 10;      ///< Input neurons of a symbol.
  Tick plasticSteps = 50'000;
  std::size_t shownSteps = 5'000;  ///< Frozen, to learn the readout, and as many to ask it.
  double ridge = 1e-3;
  Variant variant = Variant::Whole;
  std::uint64_t seed = 1;
};

/// What a readout told.
struct Told {
  Tick first = 0;                      ///< The step after which it was asked first.
  std::vector<std::uint32_t> answers;  ///< Step by step, question by question.
  double rate = 0;                     ///< Share of the neurons that fired meanwhile.
};

/// Preset counting lives through the lesson under its rules, then they are all turned off and a ridge readout learns the
/// answers from who fires. Nothing where it was ended early; an error where there are more input neurons than neurons. The
/// calling thread works, under FlushDenormals.
Result<std::optional<Told>> liveAndTell(const Lesson& lesson, const TrialPlan& plan, const TaskProgress& goesOn);

}  // namespace plexarium::sorn
