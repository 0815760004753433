#include "core/session/sweep.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cmath>
#include <exception>
#include <limits>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "core/denormals.h"
#include "core/session/simulation.h"

namespace plexarium {
namespace {

template <typename... Cases>
struct Either : Cases... {
  using Cases::operator()...;
};

Result<void> checkHandle(const Description& description, const Graph& graph, const Handle& handle) {
  const auto check = [](bool there, std::size_t index, std::size_t count, const char* kind) -> Result<void> {
    if (there && index < count) return {};
    return failure(there ? std::string("there is no ") + kind + " number " + std::to_string(index)
                         : "what is to be changed is not in the network",
                   "sweep", "Choose it anew");
  };
  const Either cases{
      [&](const NeuronHandle& one) {
        return check(graph.row(one.neuron).has_value(), one.field, description.neuronFields.size(), "neuron field");
      },
      [&](const LinkHandle& one) {
        return check(graph.link(one.link).has_value(), one.field, description.linkFields.size(), "link field");
      },
      [&](const ParameterHandle& one) { return check(true, one.parameter, description.parameters.size(), "parameter"); },
      [&](const StimulusHandle& one) {
        return check(graph.row(one.neuron).has_value(), one.channel, description.stimuli.size(), "stimulus");
      }};
  return std::visit(cases, handle);
}

Result<void> checkAxis(const Description& description, const Graph& graph, const SweepAxis& axis) {
  if (auto there = checkHandle(description, graph, axis.handle); !there) return there;
  const Field field = fieldOf(description, axis.handle);
  if (!isNumber(field) || !field.editable)
    return failure(field.label + " is no number that can be set", "sweep", "Choose another one");
  if (axis.steps == 0 || axis.steps > mostSweepValues)
    return failure(std::to_string(axis.steps) + " steps cannot be taken", field.label);
  for (const double end : {axis.from, axis.to}) {
    if (!std::isfinite(end)) return failure("the range must have ends", field.label);
    if (auto fits = checkValue(field, end, field.label); !fits) return fits;
  }
  return {};
}

Result<void> checkPlan(const Description& description, const Graph& graph, const SweepPlan& plan) {
  if (auto fits = checkAxis(description, graph, plan.across); !fits) return fits;
  if (plan.up) {
    if (auto fits = checkAxis(description, graph, *plan.up); !fits) return fits;
    if (plan.up->handle == plan.across.handle) return failure("both axes change the same", "sweep", "Choose another one");
  }
  if (!graph.row(plan.neuron)) return failure("the neuron to look at is not in the network", "sweep", "Choose it anew");
  if (plan.field >= description.neuronFields.size() || !isNumber(description.neuronFields[plan.field]))
    return failure("what is to be looked at is no number", "sweep", "Choose another field");
  if (plan.settle < 0 || plan.keep < 1) return failure("at least one tick must be looked at", "sweep");
  const double values = static_cast<double>(plan.across.steps) *
                        static_cast<double>(plan.up ? plan.up->steps : std::size_t{1}) * static_cast<double>(plan.keep);
  if (values > static_cast<double>(mostSweepValues)) {
    return failure("more than " + std::to_string(mostSweepValues) + " values would come of this", "sweep",
                   "Take fewer steps or ticks");
  }
  return {};
}

/// The steps of one plan, shared out among threads in chains: steps that need the one before them.
class Sweeper {
 public:
  Sweeper(const DynamicsEntry& entry, const Model& model, const SweepPlan& plan, const SweepGoesOn& goesOn)
      : entry_(entry), model_(model), plan_(plan), goesOn_(goesOn) {
    result_.across = valuesOf(plan.across, fieldOf(entry.description, plan.across.handle));
    result_.up = plan.up ? valuesOf(*plan.up, fieldOf(entry.description, plan.up->handle)) : std::vector{0.0};
    result_.kept = static_cast<std::size_t>(plan.keep);
    result_.values.resize(steps() * result_.kept);
    chainLength_ = plan.onward ? result_.across.size() : 1;
  }

  Result<std::optional<SweepResult>> run(std::size_t threads) {
    {
      std::vector<std::jthread> helpers;
      for (std::size_t k = 1; k < std::min(threads, steps() / chainLength_); ++k) helpers.emplace_back([this] { work(); });
      work();
    }
    if (error_) return tl::unexpected(std::move(error_->second));
    if (cancelled_) return std::nullopt;
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::size_t steps() const { return result_.across.size() * result_.up.size(); }

  void work() {
    const FlushDenormals flush;
    while (!ended_) {
      const auto chain = nextChain_++;
      if (chain * chainLength_ >= steps()) return;
      try {
        if (auto lived = live(chain * chainLength_); !lived) fail(chain, std::move(lived.error()));
      } catch (const std::exception& exception) {
        fail(chain, {exception.what(), "sweep", {}});
      }
    }
  }

  /// Chains begin in order and those that have begun go on, so that the first error is the same on any number of threads.
  void fail(std::size_t chain, Error error) {
    const std::scoped_lock lock(mutex_);
    if (!error_ || chain < error_->first) error_ = {chain, std::move(error)};
    ended_ = true;
  }

  Result<void> live(std::size_t first) {
    Model copy = model_;
    copy.feed.clear();
    auto simulation = Simulation::create(entry_, std::move(copy));
    if (!simulation) return tl::unexpected(std::move(simulation.error()));
    if (auto untaught = (*simulation)->teach({}); !untaught) return untaught;
    for (auto step = first; step < first + chainLength_ && !cancelled_; ++step) {
      if (auto lived = liveStep(**simulation, step); !lived) return lived;
      ++stepsDone_;
    }
    return {};
  }

  Result<void> liveStep(Simulation& simulation, std::size_t step) {
    Edit edit{"Sweep", {}, "sweep"};
    std::vector<Stimulus> stimuli;
    const auto set = [&](const Handle& handle, double value) {
      if (const auto* stimulus = std::get_if<StimulusHandle>(&handle)) {
        stimuli.push_back({stimulus->neuron, stimulus->channel, value});
      } else {
        edit.steps.push_back(settingOf(handle, value));
      }
    };
    set(plan_.across.handle, result_.across[step % result_.across.size()]);
    if (plan_.up) set(plan_.up->handle, result_.up[step / result_.across.size()]);
    if (!edit.steps.empty()) {
      if (auto done = simulation.edit(edit); !done) return tl::unexpected(std::move(done.error()));
    }
    const auto share = [&] { return static_cast<double>(stepsDone_) / static_cast<double>(steps()); };
    for (Tick tick = 0; tick < plan_.settle + plan_.keep; ++tick) {
      if (cancelled_ || (goesOn_ && !goesOn_(share()))) {
        cancelled_ = ended_ = true;
        return {};
      }
      if (!stimuli.empty()) {
        if (auto done = simulation.stimulate(stimuli); !done) return done;
      }
      if (auto ticked = simulation.step(); !ticked) return tl::unexpected(std::move(ticked.error()));
      if (tick >= plan_.settle) {
        result_.values[step * result_.kept + static_cast<std::size_t>(tick - plan_.settle)] = look(simulation.graph());
      }
    }
    return {};
  }

  [[nodiscard]] double look(const Graph& graph) const {
    const auto row = graph.row(plan_.neuron);
    return row ? columnValue(graph.neuronColumn(plan_.field), *row) : std::numeric_limits<double>::quiet_NaN();
  }

  const DynamicsEntry& entry_;
  const Model& model_;
  const SweepPlan& plan_;
  const SweepGoesOn& goesOn_;
  SweepResult result_;  ///< Every step writes values of its own.
  std::size_t chainLength_ = 1;
  std::atomic<std::size_t> nextChain_ = 0;
  std::atomic<std::size_t> stepsDone_ = 0;
  std::atomic<bool> cancelled_ = false;
  std::atomic<bool> ended_ = false;  ///< No further chain begins.
  std::mutex mutex_;
  std::optional<std::pair<std::size_t, Error>> error_;  ///< Of the first chain that has one.
};

}  // namespace

bool isNumber(const Field& field) {
  return field.type == FieldType::Real || field.type == FieldType::Single || field.type == FieldType::Integer;
}

Field fieldOf(const Description& description, const Handle& handle) {
  const Either cases{[&](const NeuronHandle& one) { return description.neuronFields[one.field]; },
                     [&](const LinkHandle& one) { return description.linkFields[one.field]; },
                     [&](const ParameterHandle& one) { return description.parameters[one.parameter]; },
                     [&](const StimulusHandle& one) {
                       const auto& channel = description.stimuli[one.channel];
                       Field field;
                       field.key = channel.key;
                       field.label = channel.label;
                       field.unit = channel.unit;
                       field.help = channel.help;
                       field.minimum = channel.minimum;
                       field.maximum = channel.maximum;
                       field.initial = channel.usual;
                       return field;
                     }};
  return std::visit(cases, handle);
}

std::optional<Handle> shownBy(const Description& description, const Handle& handle) {
  const auto* stimulus = std::get_if<StimulusHandle>(&handle);
  if (stimulus == nullptr) return handle;
  const auto found = std::ranges::find(description.replacements, stimulus->channel, &Replacement::channel);
  if (found == description.replacements.end()) return std::nullopt;
  return NeuronHandle{stimulus->neuron, found->neuronField};
}

EditStep settingOf(const Handle& handle, double value) {
  const Either cases{[&](const NeuronHandle& one) -> EditStep {
                       return SetNeuronField{one.field, {{one.neuron, value}}};
                     },
                     [&](const LinkHandle& one) -> EditStep {
                       return SetLinkField{one.field, {{one.link, value}}};
                     },
                     [&](const ParameterHandle& one) -> EditStep {
                       return SetParameter{one.parameter, value};
                     },
                     [&](const StimulusHandle&) -> EditStep {
                       assert(false);
                       return {};
                     }};
  return std::visit(cases, handle);
}

std::vector<double> valuesOf(const SweepAxis& axis, const Field& field) {
  std::vector<double> values;
  const double width = axis.to - axis.from;
  const auto gaps = static_cast<double>(std::max<std::size_t>(axis.steps, 2) - 1);
  if (field.type == FieldType::Integer) {
    const double stride = std::max(1.0, std::ceil(std::abs(width) / gaps));
    const double sign = width < 0 ? -1 : 1;
    for (double way = 0; way <= std::abs(width) && values.size() < axis.steps; way += stride)
      values.push_back(axis.from + sign * way);
    return values;
  }
  for (std::size_t step = 0; step < axis.steps; ++step) {
    const double share = static_cast<double>(step) / gaps;
    values.push_back(share < 1 ? axis.from + share * width : axis.to);
  }
  return values;
}

Result<std::optional<SweepResult>> sweep(const DynamicsEntry& entry, const Model& model, const SweepPlan& plan,
                                         std::size_t threads, const SweepGoesOn& goesOn) {
  if (auto fits = checkPlan(entry.description, model.graph, plan); !fits) return tl::unexpected(std::move(fits.error()));
  return Sweeper(entry, model, plan, goesOn).run(threads);
}

std::size_t distinctValues(std::span<const double> values, double tolerance) {
  std::vector<double> sorted;
  std::ranges::copy_if(values, std::back_inserter(sorted), [](double value) { return !std::isnan(value); });
  std::ranges::sort(sorted);
  std::size_t count = sorted.empty() ? 0 : 1;
  for (std::size_t k = 1; k < sorted.size(); ++k) count += sorted[k] - sorted[k - 1] > tolerance ? 1 : 0;
  return count;
}

}  // namespace plexarium
