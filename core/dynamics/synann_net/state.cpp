#include "core/dynamics/synann_net/state.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include <nlohmann/json.hpp>

#include "core/base64.h"
#include "core/blocks/layers.h"

namespace plexarium::synann_net {
namespace {

using Json = nlohmann::ordered_json;
using List = std::vector<float>;

tl::unexpected<Error> damaged(const std::string& what) {
  return failure(what, "dynamics.state", "Take the state out of the file to begin the lessons anew");
}

/// What the features have learnt, in one order.
void overFeatures(blocks::Net& net, std::size_t first, const std::function<void(List&)>& work) {
  for (std::size_t k = 0; k < first; ++k) {
    for (auto& parameter : net[k].parameters) work(parameter.values);
    if (auto* norm = dynamic_cast<blocks::BatchNorm*>(&net[k])) {
      work(norm->mean);
      work(norm->variance);
    }
  }
}

/// Of all blocks; empty where there is nothing of any.
List together(const blocks::Net& net, List blocks::Parameter::*list) {
  List all;
  bool any = false;
  for (std::size_t k = 0; k < net.size(); ++k) {
    for (const auto& parameter : net[k].parameters) {
      any = any || !(parameter.*list).empty();
      all.insert(all.end(), (parameter.*list).begin(), (parameter.*list).end());
      if ((parameter.*list).empty()) all.resize(all.size() + parameter.values.size());  // nothing yet
    }
  }
  return any ? all : List{};
}

const std::string* textIn(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get_ptr<const std::string*>() : nullptr;
}

bool readFinite(const std::string* text, List& list) {
  return text != nullptr && readBase64(*text, list) &&
         std::ranges::all_of(list, [](float value) { return std::isfinite(value); });
}

/// Moments are there for all parameters or for none.
bool readMoments(const Json& object, const char* key, blocks::Net& net, List blocks::Parameter::*list) {
  const auto* text = textIn(object, key);
  if (text == nullptr) return false;
  if (text->empty()) return true;
  std::size_t count = 0;
  for (std::size_t k = 0; k < net.size(); ++k) {
    for (const auto& parameter : net[k].parameters) count += parameter.values.size();
  }
  List all(count);
  if (!readFinite(text, all)) return false;
  auto from = all.begin();
  for (std::size_t k = 0; k < net.size(); ++k) {
    for (auto& parameter : net[k].parameters) {
      const auto end = from + static_cast<std::ptrdiff_t>(parameter.values.size());
      (parameter.*list).assign(from, end);
      from = end;
    }
  }
  return true;
}

bool readCount(const Json& object, const char* key, std::uint64_t& value) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_unsigned() || found->get<std::uint64_t>() > std::uint64_t{1} << 53U)
    return false;
  value = found->get<std::uint64_t>();
  return true;
}

bool readNumber(const Json& object, const char* key, double& value) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number()) return false;
  value = found->get<double>();
  return std::isfinite(value);
}

bool isLabel(const Json& value, std::int64_t least, std::size_t motors) {
  return value.is_number_integer() && value.get<std::int64_t>() >= least &&
         value.get<std::int64_t>() < static_cast<std::int64_t>(motors);
}

bool readLessons(const Json& object, std::size_t pixels, std::size_t motors, std::size_t batch, Course& course) {
  const auto labels = object.find("labels");
  if (labels == object.end() || !labels->is_array() || labels->size() >= batch) return false;
  for (const auto& label : *labels) {
    if (!isLabel(label, 0, motors)) return false;
    course.labels.push_back(label.get<std::int32_t>());
  }
  course.pictures.resize(course.labels.size() * pixels);
  return readFinite(textIn(object, "pictures"), course.pictures);
}

}  // namespace

std::string stateText(const Course& course, blocks::Net& net, std::size_t first) {
  Json object;
  object["batches"] = course.batches;
  object["learnt"] = course.learnt;
  object["judged"] = course.judged;
  object["accuracy"] = course.accuracy;
  object["loss"] = course.loss;
  object["rate"] = course.rate;
  object["wanted"] = course.wanted;
  object["labels"] = course.labels;
  object["pictures"] = base64(course.pictures);
  List features;
  overFeatures(net, first, [&](List& list) { features.insert(features.end(), list.begin(), list.end()); });
  object["features"] = base64(features);
  object["momentum"] = base64(together(net, &blocks::Parameter::momentum));
  object["spread"] = base64(together(net, &blocks::Parameter::spread));
  return object.dump();
}

Result<Course> readState(const std::string& text, blocks::Net& net, std::size_t first, std::size_t pixels,
                         std::size_t motors, std::size_t batch) {
  const auto object = Json::parse(text, nullptr, false);
  if (!object.is_object()) return damaged("the state is no JSON object");
  Course course;
  if (!readCount(object, "batches", course.batches) || !readCount(object, "learnt", course.learnt) ||
      !readCount(object, "judged", course.judged)) {
    return damaged("the counts of samples are damaged");
  }
  if (!readNumber(object, "accuracy", course.accuracy) || !readNumber(object, "loss", course.loss) ||
      !readNumber(object, "rate", course.rate)) {
    return damaged("the figures of the last batch are damaged");
  }
  const auto wanted = object.find("wanted");
  if (wanted == object.end() || !isLabel(*wanted, -1, motors)) return damaged("the target does not fit the answers");
  course.wanted = wanted->get<std::int32_t>();
  if (!readLessons(object, pixels, motors, batch, course)) return damaged("the gathered lessons are damaged");
  List features;
  overFeatures(net, first, [&](List& list) { features.resize(features.size() + list.size()); });
  if (!readFinite(textIn(object, "features"), features)) return damaged("the features do not fit the network");
  auto from = features.begin();
  overFeatures(net, first, [&](List& list) {
    std::copy_n(from, list.size(), list.begin());
    from += static_cast<std::ptrdiff_t>(list.size());
  });
  if (!readMoments(object, "momentum", net, &blocks::Parameter::momentum) ||
      !readMoments(object, "spread", net, &blocks::Parameter::spread)) {
    return damaged("what the optimiser remembers does not fit the network");
  }
  return course;
}

}  // namespace plexarium::synann_net
