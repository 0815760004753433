#include "core/dynamics/plexus/state.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

namespace plexarium::plexus {
namespace {

tl::unexpected<Error> damaged(std::string what) {
  return failure(std::move(what), "dynamics.state", "Take the state out of the file to begin a new wave");
}

/// The whole number called `key`; nothing where there is none.
std::optional<std::uint64_t> countIn(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_unsigned()) return std::nullopt;
  return found->get<std::uint64_t>();
}

}  // namespace

std::string stateText(const Course& course, std::span<const NeuronId> ids) {
  nlohmann::ordered_json object;
  object["wave"] = course.wave;
  object["generation"] = course.generation;
  object["fires"] = course.fires;
  object["queue"] = nlohmann::json::array();
  for (const auto row : course.queue) object["queue"].push_back(ids[row].value);
  object["targets"] = course.targets;  // of whom nothing is wanted: null
  object["loaded"] = course.loaded;
  return object.dump();
}

Result<Course> readState(const std::string& text, std::span<const NeuronId> ids, const Cells& cells) {
  const auto object = nlohmann::json::parse(text, nullptr, false);
  if (!object.is_object()) return damaged("the state is no JSON object");
  Course course;
  for (const auto& [key, value] :
       {std::pair{"wave", &course.wave}, {"generation", &course.generation}, {"fires", &course.fires}}) {
    const auto count = countIn(object, key);
    if (!count || *count > (std::uint64_t{1} << 53)) return damaged(std::string(key) + " is no count");
    *value = *count;
  }
  const auto queue = object.find("queue");
  const auto targets = object.find("targets");
  const auto loaded = object.find("loaded");
  if (queue == object.end() || !queue->is_array()) return damaged("queue is no list");
  if (targets == object.end() || !targets->is_array()) return damaged("targets is no list");
  if (loaded == object.end() || !loaded->is_boolean()) return damaged("loaded is neither true nor false");
  for (const auto& id : *queue) {
    const auto wanted = id.is_number_unsigned() ? id.get<std::uint64_t>() : 0;
    const auto found = std::ranges::lower_bound(ids, wanted, {}, [](NeuronId one) { return std::uint64_t{one.value}; });
    if (found == ids.end() || found->value != wanted) return damaged("the queue names a neuron that is not there");
    const auto row = static_cast<std::uint32_t>(found - ids.begin());
    if (cells.roles[row] == Role::Sensory) return damaged("the queue names a sensory neuron");
    if (!course.queue.empty() && course.queue.back() >= row) return damaged("the queue is out of order");
    course.queue.push_back(row);
  }
  for (const auto& target : *targets) {
    if (target.is_null()) {
      course.targets.push_back(noDesire);
      continue;
    }
    if (!target.is_number() || !(target.get<double>() >= 0 && target.get<double>() <= 1))
      return damaged("a target is not within 0 and 1");
    course.targets.push_back(target.get<float>());
  }
  if (!course.targets.empty() && course.targets.size() != cells.motors.size()) {
    return damaged("there are " + std::to_string(course.targets.size()) + " targets for " +
                   std::to_string(cells.motors.size()) + " motor neurons");
  }
  course.loaded = loaded->get<bool>();
  return course;
}

}  // namespace plexarium::plexus
