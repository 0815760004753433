#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/world/worm2d/worm.h"

namespace plexarium::worm2d {
namespace {

using Json = nlohmann::ordered_json;

constexpr double largestNumber = 1e15;  // of anything in a state; beyond, a place is no place any more

/// Takes the fields of a state apart; the first fault stays.
class StateReader {
 public:
  explicit StateReader(const Json& object) : object_(object) {}

  void numbers(const char* key, std::span<double* const> values) {
    const auto* list = array(key, values.size());
    for (std::size_t k = 0; list != nullptr && k < values.size(); ++k) {
      const auto& one = (*list)[k];
      const bool fits = one.is_number() && std::abs(one.get<double>()) <= largestNumber;
      if (!fits) return refuse(key, "number " + std::to_string(k) + " is none, or out of range");
      *values[k] = one.get<double>();
    }
  }

  void numbers(const char* key, std::vector<double>& values) {
    std::vector<double*> places;
    for (auto& value : values) places.push_back(&value);
    numbers(key, places);
  }

  template <typename Whole>
  void wholes(const char* key, std::initializer_list<Whole*> values, std::int64_t least, std::int64_t most) {
    const auto* list = array(key, values.size());
    if (list == nullptr) return;
    std::size_t k = 0;
    for (auto* value : values) {
      const Json& one = (*list)[k++];
      const bool whole = one.is_number_integer() && !(one.is_number_unsigned() && one.get<std::uint64_t>() > INT64_MAX);
      if (!whole || one.get<std::int64_t>() < least || one.get<std::int64_t>() > most) {
        return refuse(key, "number " + std::to_string(k - 1) + " is no whole number, or out of range");
      }
      *value = static_cast<Whole>(one.get<std::int64_t>());
    }
  }

  /// Null where it is missing, no list, or has another length.
  const Json* array(const char* key, std::size_t size) {
    if (!result_) return nullptr;
    const auto found = object_.find(key);
    if (found == object_.end()) {
      refuse(key, "is missing");
    } else if (!found->is_array() || found->size() != size) {
      refuse(key, "is no list of " + std::to_string(size));
    }
    return result_ ? &*found : nullptr;
  }

  void refuse(const char* key, std::string what) {
    if (result_) result_ = failure(std::move(what), key);
  }
  [[nodiscard]] const Result<void>& result() const { return result_; }

 private:
  const Json& object_;
  Result<void> result_;
};

/// How many links the body had; at least 2 and at most mostLinks, whatever stands there.
std::size_t linksIn(const Json& state) {
  const auto headings = state.find("headings");
  const auto count = headings == state.end() ? 0 : headings->size();
  return std::clamp<std::size_t>(count, 2, mostLinks);
}

constexpr std::int64_t mostCount = std::int64_t{1} << 30;  // leaves room for counting on
constexpr std::int64_t mostTicks = std::int64_t{1} << 53;

}  // namespace

std::string Worm::state() const {
  Json state;
  state["ticks"] = Json::array({ticks_});
  state["head"] = {body_.head().x(), body_.head().y()};
  state["headings"] = std::vector<double>(body_.headings().begin(), body_.headings().end());
  std::vector<double> calcium;
  std::vector<double> activation;
  for (const auto& muscle : muscles_) {
    calcium.push_back(muscle.calcium);
    activation.push_back(muscle.activation);
  }
  state["calcium"] = calcium;
  state["activation"] = activation;
  state["probe"] = {probe_.place.x(), probe_.place.y()};
  state["probe_ticks"] = Json::array({probe_.ticks});
  state["food"] = {foodBefore_, foodNow_};
  state["gait"] = {gait_.centre.x(), gait_.centre.y(), gait_.speed,   gait_.mark.x(),
                   gait_.mark.y(),   gait_.way,        gait_.firstWay};
  state["gait_counts"] = {gait_.direction, gait_.reversals, gait_.bend, gait_.undulations};
  return state.dump();
}

Result<void> Worm::restore(std::string_view text) {
  const auto json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return failure("is no JSON object");
  Worm other = *this;
  StateReader reader(json);
  Vector head;
  std::vector<double> headings(linksIn(json));
  std::vector<double> calcium(muscles_.size());
  std::vector<double> activation(muscles_.size());
  auto& gait = other.gait_;
  reader.wholes("ticks", {&other.ticks_}, 0, mostTicks);
  reader.numbers("head", std::array{&head.x(), &head.y()});
  reader.numbers("headings", headings);
  reader.numbers("calcium", calcium);
  reader.numbers("activation", activation);
  reader.numbers("probe", std::array{&other.probe_.place.x(), &other.probe_.place.y()});
  reader.wholes("probe_ticks", {&other.probe_.ticks}, 0, mostCount);
  reader.numbers("food", std::array{&other.foodBefore_, &other.foodNow_});
  reader.numbers("gait", std::array{&gait.centre.x(), &gait.centre.y(), &gait.speed, &gait.mark.x(), &gait.mark.y(),
                                    &gait.way, &gait.firstWay});
  reader.wholes("gait_counts", {&gait.direction, &gait.reversals, &gait.bend, &gait.undulations}, -1, mostCount);
  if (!reader.result()) return reader.result();
  Body saved(static_cast<int>(headings.size()), head, 0);
  saved.set(head, headings);
  other.body_ = saved.withLinks(static_cast<int>(body_.links()));
  for (std::size_t k = 0; k < muscles_.size(); ++k) {
    other.muscles_[k] = {std::max(0.0, calcium[k]), std::max(0.0, activation[k])};
  }
  other.touches_ = other.touches();
  *this = std::move(other);
  return {};
}

}  // namespace plexarium::worm2d
