#include "core/dynamics/sorn/trial.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/denormals.h"
#include "core/dynamics/sorn/creation.h"
#include "core/dynamics/sorn/readout.h"
#include "core/dynamics/sorn/reservoir.h"

namespace plexarium::sorn {
namespace {

constexpr Tick askEvery = 512;  // steps between two looks whether anybody still wants it

Result<Model> modelOf(const Lesson& lesson, const TrialPlan& plan) {
  std::vector<double> values(creation::Count, 0.0);
  const auto inputs = lesson.symbols * plan.pool;
  if (inputs > plan.neurons) {
    return failure(std::to_string(lesson.symbols) + " symbols of " + std::to_string(plan.pool) + " neurons each are " +
                       std::to_string(inputs) + " input neurons, more than the " + std::to_string(plan.neurons) +
                       " that there are",
                   {}, "Ask for more neurons, fewer symbols or fewer neurons a symbol");
  }
  for (const auto& [field, value] : {std::pair{creation::Preset, static_cast<double>(Preset::Counting)},
                                     {creation::Excitatory, double{1} * plan.neurons},
                                     {creation::Inputs, double{1} * inputs},
                                     {creation::Symbols, double{1} * lesson.symbols},
                                     {creation::Share, 0.2}}) {
    values[field] = value;
  }
  return createNetwork(values, plan.seed);
}

/// A network that is shown a lesson.
class Pupil {
 public:
  Pupil(Model model, const Lesson& lesson, const TrialPlan& plan, const TaskProgress& goesOn)
      : model_(std::move(model)),
        settings_(model_.parameters),
        reservoir_(Reservoir::make(settings_.precision)),
        lesson_(lesson),
        plan_(plan),
        goesOn_(goesOn),
        allSteps_(plan.plasticSteps + lesson.before + 2 * static_cast<Tick>(plan.shownSteps)) {
    reservoir_->read(model_.graph, settings_);
    if (plan.variant == Variant::IpOnly) settings_.stdp = settings_.growth = settings_.istdp = false;
    if (plan.variant == Variant::Static) freeze();
  }

  void freeze() { settings_.stdp = settings_.ip = settings_.growth = settings_.istdp = settings_.scaling = false; }
  /// False: nobody wants it any more.
  bool live(Tick steps) {
    for (const Tick end = now_ + steps; now_ < end;) {
      if (!step()) return false;
    }
    return true;
  }
  /// Shows `shownSteps` steps; `each(firing, answers)` after every one, with the right answers.
  template <typename Each>
  bool ask(Each each) {
    std::vector<std::uint32_t> answers(lesson_.questions.size());
    for (std::size_t k = 0; k < plan_.shownSteps; ++k) {
      std::ranges::transform(lesson_.questions, answers.begin(), [&](const auto& one) { return one.answer(now_); });
      if (!step()) return false;
      each(reservoir_->cells().firing, answers);
    }
    return true;
  }
  [[nodiscard]] Tick now() const { return now_; }

 private:
  bool step() {
    if (now_ % askEvery == 0 && goesOn_ && !goesOn_(static_cast<double>(now_) / static_cast<double>(allSteps_)))
      return false;
    const auto first = lesson_.shown(now_) * plan_.pool;  // input neurons have the first rows, a symbol's side by side
    for (std::uint32_t k = 0; k < plan_.pool; ++k) reservoir_->put(first + k, 1);
    reservoir_->step({settings_, model_.graph, model_.seed, now_++});
    return true;
  }

  Model model_;
  Settings settings_;
  std::unique_ptr<Reservoir> reservoir_;
  const Lesson& lesson_;
  const TrialPlan& plan_;
  const TaskProgress& goesOn_;
  Tick allSteps_;
  Tick now_ = 0;
};

}  // namespace

Result<std::optional<Told>> liveAndTell(const Lesson& lesson, const TrialPlan& plan, const TaskProgress& goesOn) {
  auto model = modelOf(lesson, plan);
  if (!model) return tl::unexpected(model.error());
  const FlushDenormals flush;
  Pupil pupil(std::move(*model), lesson, plan, goesOn);
  if (!pupil.live(plan.plasticSteps)) return std::nullopt;
  pupil.freeze();
  if (!pupil.live(std::max<Tick>(lesson.before - plan.plasticSteps, 0))) return std::nullopt;
  std::vector<std::uint32_t> choices;
  for (const auto& question : lesson.questions) choices.push_back(question.choices);
  Readout readout(plan.neurons, std::move(choices));
  const bool learnt = pupil.ask([&](const auto& firing, const auto& answers) { readout.add(firing, answers); });
  if (!learnt) return std::nullopt;
  readout.learn(plan.ridge);
  Told told;
  told.first = pupil.now();
  told.answers.resize(plan.shownSteps * readout.questions());
  std::size_t next = 0;
  double firings = 0;
  const bool asked = pupil.ask([&](const auto& firing, const auto&) {
    readout.tell(firing, std::span(told.answers).subspan(next, readout.questions()));
    next += readout.questions();
    firings += static_cast<double>(firing.size());
  });
  if (!asked) return std::nullopt;
  told.rate = firings / static_cast<double>(plan.shownSteps) / plan.neurons;
  return told;
}

}  // namespace plexarium::sorn
