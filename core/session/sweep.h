#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "core/description/description.h"
#include "core/dynamics/model.h"
#include "core/dynamics/registry.h"
#include "core/edit/edit.h"
#include "core/error.h"

namespace plexarium {

/// What a network does if a number of it were another one: a copy of it lives for some ticks with each of many values.

/// A number of a network that can be set: a field of a neuron or a link or a parameter, set once before the ticks of a step,
struct NeuronHandle {
  NeuronId neuron;
  std::size_t field = 0;
  friend bool operator==(const NeuronHandle&, const NeuronHandle&) = default;
};
struct LinkHandle {
  LinkKey link;
  std::size_t field = 0;
  friend bool operator==(const LinkHandle&, const LinkHandle&) = default;
};
struct ParameterHandle {
  std::size_t parameter = 0;
  friend bool operator==(const ParameterHandle&, const ParameterHandle&) = default;
};
/// or an amount that is put into a neuron before every tick.
struct StimulusHandle {
  NeuronId neuron;
  std::size_t channel = 0;
  friend bool operator==(const StimulusHandle&, const StimulusHandle&) = default;
};
using Handle = std::variant<NeuronHandle, LinkHandle, ParameterHandle, StimulusHandle>;

/// Real, single or whole: what can be drawn along an axis.
bool isNumber(const Field& field);
/// The field that a handle sets; of a stimulus, its channel as a field. The handle's index must be of the description.
Field fieldOf(const Description& description, const Handle& handle);
/// What tells where the handle is now: itself, or the neuron field that the stimulus replaces; nothing: it only adds.
std::optional<Handle> shownBy(const Description& description, const Handle& handle);
/// The step that sets the handle in a living network. Not for stimuli (asserted): shownBy says what stands for those.
EditStep settingOf(const Handle& handle, double value);

struct SweepAxis {
  Handle handle;
  double from = 0;
  double to = 1;
  std::size_t steps = 2;  ///< At least 1: `from` alone.
};
/// Evenly spaced, both ends included; whole numbers at whole distances, so that the last may fall short of the end.
std::vector<double> valuesOf(const SweepAxis& axis, const Field& field);

struct SweepPlan {
  SweepAxis across;
  std::optional<SweepAxis> up;  ///< Every one of its values with every one across.
  NeuronId neuron;              ///< Who is looked at,
  std::size_t field = 0;        ///< and which field of it.
  Tick settle = 0;              ///< Ticks of a step that are left out, at least 0,
  Tick keep = 1;                ///< and those after them that are looked at, at least 1.
  bool onward = false;  ///< A step across begins where the one before it ended, else from the network as it was given.
};

/// How many values a sweep may yield: more can neither be drawn nor told apart.
inline constexpr std::size_t mostSweepValues = 1'000'000;

struct SweepResult {
  std::vector<double> across;  ///< Values tried.
  std::vector<double> up;      ///< Likewise; one 0 where there is no such axis.
  std::size_t kept = 0;        ///< Values of a step.
  std::vector<double> values;  ///< Step by step, across first. NaN: the neuron was gone.

  [[nodiscard]] std::span<const double> at(std::size_t column, std::size_t row) const {
    return std::span(values).subspan((row * across.size() + column) * kept, kept);
  }
};

/// Asked before every tick by every thread of the sweep, with the share of the steps that are done (0 to 1); false ends it.
using SweepGoesOn = std::function<bool(double share)>;

/// Runs the steps on copies of the network, `threads` (at least 1) at a time, each with two copies in memory; the calling
/// thread is one of them. The same bits for any number of threads. Nothing is shown or taught to the copies, whatever the
/// network's feeds; bodies live on. Nothing where `goesOn` ended it. Errors: neurons, links or fields that there are not, no
/// numbers, values out of range, too many of them, and what the dynamics refuses.
Result<std::optional<SweepResult>> sweep(const DynamicsEntry& entry, const Model& model, const SweepPlan& plan,
                                         std::size_t threads = 1, const SweepGoesOn& goesOn = {});

/// How many groups of values lie farther than `tolerance` apart: the period of what swings, where ticks enough were kept.
std::size_t distinctValues(std::span<const double> values, double tolerance);

}  // namespace plexarium
