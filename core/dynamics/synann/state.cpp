#include "core/dynamics/synann/state.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

namespace plexarium::synann {
namespace {

using nlohmann::json;

tl::unexpected<Error> damaged(std::string what) {
  return failure(std::move(what), "dynamics.state", "Take the state out of the file to begin anew");
}

bool isProbability(const json& value) { return value.is_number() && value.get<double>() >= 0 && value.get<double>() <= 1; }

/// The list called `key`; null where there is none.
const json* listIn(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? &*found : nullptr;
}

Result<void> readHistory(const json& ticks, std::size_t neurons, History& history) {
  if (ticks.empty()) return damaged("history is empty");
  for (const auto& tick : ticks) {
    if (!tick.is_array() || tick.size() != neurons) return damaged("history does not fit the neurons");
    if (!std::ranges::all_of(tick, isProbability)) return damaged("history holds what is no probability");
  }
  for (auto tick = ticks.rbegin(); tick != ticks.rend(); ++tick)
    history.push(tick->get<std::vector<double>>(), ticks.size());
  return {};
}

Result<void> readKicks(const json& kicks, std::span<const NeuronId> ids, Course& course) {
  for (const auto& kick : kicks) {
    if (!kick.is_array() || kick.size() != 2 || !kick[0].is_number_unsigned() || !isProbability(kick[1]))
      return damaged("kicks holds what is no neuron with a probability");
    const auto id = kick[0].get<std::uint64_t>();
    const auto found = std::ranges::lower_bound(ids, id, {}, [](NeuronId one) { return std::uint64_t{one.value}; });
    if (found == ids.end() || found->value != id) return damaged("kicks names a neuron that is not there");
    course.kicks.emplace_back(*found, kick[1].get<double>());
  }
  return {};
}

}  // namespace

std::string stateText(const Course& course) {
  nlohmann::ordered_json object;
  object["steps"] = course.steps;
  object["targets"] = course.targets;  // of whom nothing is wanted: null
  object["kicks"] = json::array();
  for (const auto& [id, probability] : course.kicks) object["kicks"].push_back({id.value, probability});
  object["history"] = json::array();
  for (std::size_t ago = 1; ago <= course.history.size(); ++ago) object["history"].push_back(course.history.back(ago));
  return object.dump();
}

Result<Course> readState(const std::string& text, std::span<const NeuronId> ids, std::size_t motors) {
  const auto object = json::parse(text, nullptr, false);
  if (!object.is_object()) return damaged("the state is no JSON object");
  const auto steps = object.find("steps");
  const auto* targets = listIn(object, "targets");
  const auto* kicks = listIn(object, "kicks");
  const auto* history = listIn(object, "history");
  if (steps == object.end() || !steps->is_number_unsigned() || steps->get<std::uint64_t>() > (std::uint64_t{1} << 53))
    return damaged("steps is no count");
  if (targets == nullptr || kicks == nullptr || history == nullptr)
    return damaged("one of targets, kicks and history is no list");
  Course course;
  course.steps = steps->get<std::uint64_t>();
  for (const auto& target : *targets) {
    if (!target.is_null() && !isProbability(target)) return damaged("a target is not within 0 and 1");
    course.targets.push_back(target.is_null() ? std::numeric_limits<double>::quiet_NaN() : target.get<double>());
  }
  if (!course.targets.empty() && course.targets.size() != motors) {
    return damaged("there are " + std::to_string(course.targets.size()) + " targets for " + std::to_string(motors) +
                   " motor neurons");
  }
  if (auto read = readKicks(*kicks, ids, course); !read) return tl::unexpected(std::move(read.error()));
  if (auto read = readHistory(*history, ids.size(), course.history); !read) return tl::unexpected(std::move(read.error()));
  return course;
}

}  // namespace plexarium::synann
