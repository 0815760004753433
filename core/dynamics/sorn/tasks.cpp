#include "core/dynamics/sorn/tasks.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace plexarium::sorn {
namespace {

using Values = std::span<const double>;

Field whole(std::string key, std::string label, std::string unit, std::string help, double minimum, double maximum,
            double initial) {
  return {std::move(key), std::move(label), std::move(unit), std::move(help), FieldType::Integer, minimum, maximum, initial};
}

/// What all tasks ask for, behind `own`.
std::vector<Field> withCommon(std::vector<Field> own) {
  own.push_back(whole("plastic_steps", "Steps of learning", "steps",
                      "How long it is shown the symbols with its rules on, before they are all turned off.", 0, 100'000'000,
                      50'000));
  own.push_back(whole("readout_steps", "Steps of the readout", "steps",
                      "How long the frozen network is watched to learn the readout, and again to ask it.", 100, 1'000'000,
                      5'000));
  own.push_back(whole("neurons", "Excitatory neurons", "", "There are a fifth as many inhibitory ones.", 10, 1'000, 200));
  own.push_back(
      whole("pool", "Neurons a symbol", "", "Input neurons that get 1 while their symbol is shown.", 1, 1'000, 10));
  return own;
}

TrialPlan planOf(Values values, std::size_t variant, std::uint64_t seed) {
  const auto common = values.last(4);
  TrialPlan plan;
  plan.plasticSteps = static_cast<Tick>(common[0]);
  plan.shownSteps = static_cast<std::size_t>(common[1]);
  plan.neurons = static_cast<std::uint32_t>(common[2]);
  plan.pool = static_cast<std::uint32_t>(common[3]);
  plan.variant = static_cast<Variant>(variant);
  plan.seed = seed;
  return plan;
}

/// Of how many, how many were right.
struct Hits {
  double asked = 0;
  double right = 0;
  void add(bool hit) {
    ++asked;
    right += hit ? 1 : 0;
  }
  [[nodiscard]] double share() const { return asked > 0 ? right / asked : std::numeric_limits<double>::quiet_NaN(); }
};

/// Calls `each(step, question, hit)` for everything that was told.
template <typename Each>
void compare(const Told& told, const Lesson& lesson, Each each) {
  const auto questions = lesson.questions.size();
  for (std::size_t k = 0; k < told.answers.size(); ++k) {
    const Tick step = told.first + static_cast<Tick>(k / questions);
    each(step, k % questions, told.answers[k] == lesson.questions[k % questions].answer(step));
  }
}

std::vector<double> sharesOf(const std::vector<Hits>& hits) {
  std::vector<double> shares(hits.size());
  std::ranges::transform(hits, shares.begin(), [](const Hits& one) { return one.share(); });
  return shares;
}

TaskResult countingResult(const Told& told, const Lesson& lesson) {
  const auto length = lesson.questions[1].choices;
  Hits letters, places;
  std::vector<Hits> byPlace(length);
  compare(told, lesson, [&](Tick step, std::size_t question, bool hit) {
    (question == 0 ? letters : places).add(hit);
    if (question == 0) byPlace[lesson.questions[1].answer(step)].add(hit);
  });
  // The first letter of a word is chance, so that nobody does better than this.
  const double best = 1 - 0.5 / length;
  return {{letters.share() / best, byPlace.back().share(), places.share(), told.rate}, sharesOf(byPlace)};
}

TaskResult memoryResult(const Told& told, const Lesson& lesson) {
  std::vector<Hits> byAge(lesson.questions.size());
  compare(told, lesson, [&](Tick, std::size_t question, bool hit) { byAge[question].add(hit); });
  auto shares = sharesOf(byAge);
  double mean = 0;
  for (const double share : shares) mean += share / static_cast<double>(shares.size());
  const double halfway = (1 + 1.0 / lesson.symbols) / 2;
  const auto lost = std::ranges::find_if(shares, [&](double share) { return share < halfway; });
  const auto reach = static_cast<double>(lost - shares.begin());
  return {{mean, reach, told.rate}, std::move(shares)};
}

TaskResult occluderResult(const Told& told, const Lesson& lesson) {
  const auto places = lesson.questions[0].choices;
  Hits seen, hidden, back;
  std::vector<Hits> byPlace(places);
  compare(told, lesson, [&](Tick step, std::size_t, bool hit) {
    const auto done = static_cast<std::size_t>((step + 1) % places);
    byPlace[done].add(hit);
    if (done == 0) return;  // from which side it comes is chance
    if (lesson.shown(step + 1) == 0) return hidden.add(hit);
    (lesson.shown(step) == 0 ? back : seen).add(hit);
  });
  return {{seen.share(), hidden.share(), back.share(), told.rate}, sharesOf(byPlace)};
}

using Finished = Result<std::optional<TaskResult>>;

Finished run(const Lesson& lesson, const TrialPlan& plan, const TaskProgress& goesOn,
             TaskResult (*resultOf)(const Told&, const Lesson&)) {
  const auto told = liveAndTell(lesson, plan, goesOn);
  if (!told) return tl::unexpected(told.error());
  if (!*told) return std::nullopt;
  return resultOf(**told, lesson);
}

std::uint32_t number(double value) { return static_cast<std::uint32_t>(value); }

Finished runCounting(Values values, std::size_t variant, std::uint64_t seed, const TaskProgress& goesOn) {
  return run(countingLesson(number(values[0]), seed), planOf(values, variant, seed), goesOn, countingResult);
}

Finished runMemory(Values values, std::size_t variant, std::uint64_t seed, const TaskProgress& goesOn) {
  return run(memoryLesson(number(values[0]), number(values[1]), seed), planOf(values, variant, seed), goesOn, memoryResult);
}

Finished runOccluder(Values values, std::size_t variant, std::uint64_t seed, const TaskProgress& goesOn) {
  const auto places = number(values[0]), hidden = number(values[1]);
  if (hidden + 2 > places) {
    return failure(std::to_string(hidden) + " hidden places of " + std::to_string(places) + " leave none on one side",
                   "hidden", "Hide " + std::to_string(places - 2) + " or fewer");
  }
  return run(occluderLesson(places, hidden, seed), planOf(values, variant, seed), goesOn, occluderResult);
}

const std::vector<std::string> variants{"whole", "no STDP", "static"};
const TaskScore rate{"rate", "Firing rate", "Share of the excitatory neurons that fire in a step, once the rules are off."};

Task counting() {
  return {"counting",
          "Counting",
          "Two words, a b..b c and d e..e f, come in random order, letter by letter. Which letter is next? To tell the last "
          "one, the network must count.",
          withCommon(
              {whole("repeats", "Word length", "b or e", "How often the letter in the middle of a word comes.", 1, 100, 8)}),
          variants,
          {{"norm", "Norm", "Share of letters told right, over the best possible: the first of a word is chance."},
           {"last", "Last letter", "Share of last letters told right."},
           {"position", "Position", "Share of steps in which the next letter's place in its word was told right."},
           rate},
          {"letter of the word", "told right", 1},
          runCounting};
}

Task memory() {
  return {"memory",
          "Random sequence",
          "Symbols are drawn at random, one a step. Which was it some steps ago? What the network still knows fades.",
          withCommon({whole("symbols", "Symbols", "", "How many different ones.", 2, 100, 10),
                      whole("back", "Steps asked", "steps", "From how many steps back symbols are asked.", 1, 100, 20)}),
          variants,
          {{"recalled", "Recalled", "Share of symbols told right, over all steps asked."},
           {"reach", "Reach", "Steps back until less is told right than halfway between chance and all."},
           rate},
          {"steps ago", "told right", 0},
          runMemory};
}

Task occluder() {
  return {"occluder",
          "Occluder",
          "Something crosses the view from the left or from the right and is hidden in the middle, where both look alike. "
          "Where will it be next?",
          withCommon({whole("places", "Places", "", "How many it crosses.", 3, 100, 8),
                      whole("hidden", "Hidden places", "", "How many of them, in the middle.", 0, 98, 4)}),
          variants,
          {{"seen", "Seen", "Share of next places told right while it can be seen; from which side it comes is not asked."},
           {"hidden", "Hidden", "The same of hidden places."},
           {"back", "Reappears", "The same of the place where it comes out."},
           rate},
          {"step of the passage", "told right", 1},
          runOccluder};
}

}  // namespace

std::span<const Task> tasks() {
  static const std::vector<Task> all{counting(), memory(), occluder()};
  return all;
}

}  // namespace plexarium::sorn
