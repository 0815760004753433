#include "core/dynamics/sonn/state.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

namespace plexarium::sonn {
namespace {

using Json = nlohmann::ordered_json;

tl::unexpected<Error> damaged(const std::string& what) {
  return failure(what, "dynamics.state", "Take the state out of the file to begin the lessons anew");
}

/// Sixteen digits a word.
std::string wordsText(const std::vector<std::uint64_t>& words) {
  std::string text;
  text.reserve(words.size() * 16);
  for (const auto word : words) {
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[word >> shift & 15U];
  }
  return text;
}

bool readWords(const Json& object, const char* key, std::vector<std::uint64_t>& words) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return false;
  const auto& text = found->get_ref<const std::string&>();
  if (text.size() != words.size() * 16) return false;
  for (std::size_t k = 0; k < words.size(); ++k) {
    const char* const begin = text.data() + 16 * k;
    const auto read = std::from_chars(begin, begin + 16, words[k], 16);
    if (read.ec != std::errc{} || read.ptr != begin + 16) return false;
  }
  return true;
}

bool readCount(const Json& object, const char* key, std::uint64_t most, auto& value) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_unsigned() || found->get<std::uint64_t>() > most) return false;
  value = found->get<std::remove_reference_t<decltype(value)>>();
  return true;
}

bool readNumber(const Json& object, const char* key, double& value) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number()) return false;
  value = found->get<double>();
  return std::isfinite(value);
}

bool readNumbers(const Json& object, const char* key, std::vector<double>& values) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array() || found->size() != values.size()) return false;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (!(*found)[k].is_number()) return false;
    values[k] = (*found)[k].get<double>();
  }
  return true;
}

Json gatheredJson(const Gathered& gathered) {
  Json object = Json::object();
  object["wanted"] = Json::array();
  if (gathered.count == 0) return object;
  for (std::uint32_t k = 0; k < gathered.count; ++k) object["wanted"].push_back(gathered.wanted[k]);
  object["words"] = wordsText(gathered.words);
  object["plus"] = wordsText(gathered.plus);
  object["minus"] = wordsText(gathered.minus);
  return object;
}

bool readGathered(const Json& state, const Anatomy& anatomy, Gathered& gathered) {
  const auto object = state.find("gathered");
  if (object == state.end() || !object->is_object()) return false;
  const auto wanted = object->find("wanted");
  if (wanted == object->end() || !wanted->is_array() || wanted->size() >= laneCount) return false;
  gathered.words.assign(anatomy.inputs.size(), 0);
  gathered.plus.assign(anatomy.columns.size(), 0);
  gathered.minus.assign(anatomy.columns.size(), 0);
  gathered.count = static_cast<std::uint32_t>(wanted->size());
  if (gathered.count == 0) return true;
  for (std::uint32_t k = 0; k < gathered.count; ++k) {
    if (!(*wanted)[k].is_number_unsigned() || (*wanted)[k].get<std::uint64_t>() >= anatomy.columns.size()) return false;
    gathered.wanted[k] = (*wanted)[k].get<std::uint32_t>();
  }
  return readWords(*object, "words", gathered.words) && readWords(*object, "plus", gathered.plus) &&
         readWords(*object, "minus", gathered.minus);
}

bool readWish(const Json& state, const Anatomy& anatomy, Wish& wish) {
  const auto takesPart = state.find("takes_part");
  if (takesPart == state.end()) return true;
  if (!takesPart->is_array() || takesPart->size() != anatomy.columns.size()) return false;
  for (const auto& one : *takesPart) {
    if (!one.is_number_unsigned() || one.get<std::uint64_t>() > 1) return false;
    wish.takesPart.push_back(one.get<std::uint8_t>());
  }
  return !wish.takesPart.empty() && readCount(state, "wanted", anatomy.columns.size() - 1, wish.wanted) &&
         wish.takesPart[wish.wanted] != 0;
}

}  // namespace

std::string stateText(const Course& course, const Wish& wish) {
  Json object;
  object["learned"] = course.learned;
  object["judged"] = course.judged;
  object["accuracy"] = course.accuracy;
  object["true_marks"] = course.marks.ofTrue;
  object["false_marks"] = course.marks.ofFalse;
  object["decay_due"] = course.decayDue;
  object["cell"] = course.cell;
  object["previous"] = wordsText(course.previous);
  object["gathered"] = gatheredJson(course.gathered);
  if (!wish.takesPart.empty()) {
    object["wanted"] = wish.wanted;
    object["takes_part"] = wish.takesPart;
  }
  return object.dump();
}

Result<Memory> readState(const std::string& text, const Anatomy& anatomy) {
  const auto object = Json::parse(text, nullptr, false);
  if (!object.is_object()) return damaged("the state is no JSON object");
  Memory memory;
  auto& course = memory.course;
  constexpr std::uint64_t longest = std::uint64_t{1} << 53U;
  course.marks.resize(anatomy.columns.size());
  course.previous.assign((anatomy.receptors.size() + 63) / 64, 0);
  if (!readCount(object, "learned", longest, course.learned) || !readCount(object, "judged", longest, course.judged) ||
      !readNumber(object, "accuracy", course.accuracy)) {
    return damaged("the counts of samples are damaged");
  }
  if (!readNumbers(object, "true_marks", course.marks.ofTrue) || !readNumbers(object, "false_marks", course.marks.ofFalse))
    return damaged("the marks do not fit the columns");
  if (!readNumber(object, "decay_due", course.decayDue) || !(course.decayDue >= 0 && course.decayDue < 1) ||
      !readCount(object, "cell", nobody, course.cell)) {
    return damaged("the place of the decay is damaged");
  }
  if (!readWords(object, "previous", course.previous)) return damaged("the sample before does not fit the receptors");
  if (!readGathered(object, anatomy, course.gathered)) return damaged("the gathered samples are damaged");
  if (!readWish(object, anatomy, memory.wish)) return damaged("the target does not fit the columns");
  return memory;
}

}  // namespace plexarium::sonn
