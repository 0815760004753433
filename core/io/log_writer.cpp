#include <cassert>
#include <cmath>
#include <utility>

#include "core/io/document.h"
#include "core/io/json_text.h"
#include "core/io/json_tree.h"
#include "core/io/log_document.h"
#include "core/io/log_fields.h"
#include "core/io/model_keys.h"
#include "core/io/world_json.h"

namespace plexarium {
namespace {

/// Writes values of every kind that a deed holds.
class LogWriter {
 public:
  explicit LogWriter(const Description& description) : description_(description) {}

  void entry(const LogEntry& entry) {
    text += "{\"tick\":";
    add(entry.tick);
    text += ",\"do\":";
    add(std::string(log::deedKeys[entry.deed.index()]));
    if (const auto* edit = std::get_if<ApplyEdit>(&entry.deed)) addEdit(edit->edit);
    if (const auto* stimulate = std::get_if<Stimulate>(&entry.deed)) member("stimuli", stimulate->stimuli);
    if (const auto* teach = std::get_if<Teach>(&entry.deed)) member("targets", teach->targets);
    if (const auto* poke = std::get_if<Poke>(&entry.deed)) {
      log::eachOfPoke(*poke, [&](std::string_view key, const auto& value) { member(key, value); });
    }
    if (const auto* feeds = std::get_if<SetFeeds>(&entry.deed); feeds != nullptr && !feeds->feeds.empty()) {
      text += ",\"feeds\":" + compactJson(feeds->feeds);
    }
    if (const auto* feeding = std::get_if<SetFeeding>(&entry.deed)) {
      member("mode", std::string(log::modeKeys[static_cast<std::size_t>(feeding->mode)]));
      if (feeding->mode == FeedMode::Show) {
        member("feed", feeding->feed);
        if (feeding->inputs.empty()) member("sample", feeding->sample);
        if (!feeding->inputs.empty()) member("inputs", feeding->inputs);
      }
    }
    if (const auto* next = std::get_if<NextSample>(&entry.deed)) member("feed", next->feed);
    text += '}';
  }

  template <typename T>
  void member(std::string_view key, const T& value) {
    text += ',';
    appendQuoted(text, key);
    text += ':';
    add(value);
  }

  std::string text;

 private:
  void addEdit(const Edit& edit) {
    member("label", edit.label);
    if (!edit.mergeKey.empty()) member("merge", edit.mergeKey);
    member("steps", edit.steps);
  }

  void add(const EditStep& step) {
    text += "{\"step\":";
    appendQuoted(text, log::stepKeys[step.index()]);
    std::visit(
        [&](const auto& one) {
          log::eachMember(description_, one, [&](std::string_view key, const auto& value) { member(key, value); });
        },
        step);
    text += '}';
  }
  void add(const Stimulus& stimulus) {
    addObject([&](auto visit) { log::eachOfStimulus(description_, stimulus, visit); });
  }
  void add(const ArenaObject& object) {
    addObject([&](auto visit) { log::eachOfObject(object, visit); });
  }
  void add(const Controller& controller) { appendController(text, controller); }
  void add(const Binding& binding) { appendBinding(text, binding); }
  void add(const Group& group) {
    addObject([&](auto visit) { log::eachOfGroup(group, visit); });
  }
  template <typename Each>
  void addObject(Each each) {
    text += '{';
    const auto begin = text.size();
    each([&](std::string_view key, const auto& value) { member(key, value); });
    text.erase(begin, 1);  // the first comma
    text += '}';
  }
  /// JSON has no numbers for these; four words stand for them, as in a model.
  void add(double value) {
    if (std::isfinite(value)) return appendNumber(text, value);
    text += std::signbit(value) ? "\"-" : "\"";
    text += std::isnan(value) ? "nan\"" : "inf\"";
  }
  void add(float value) { add(static_cast<double>(value)); }
  void add(Tick value) { appendNumber(text, std::int64_t{value}); }
  void add(const std::string& value) { appendQuoted(text, value); }
  void add(Role value) { appendQuoted(text, roleKey(value)); }
  void add(bool value) { text += value ? "true" : "false"; }
  void add(std::uint8_t value) { appendNumber(text, std::uint64_t{value}); }
  void add(std::uint64_t value) { appendNumber(text, value); }
  void add(std::uint32_t value) { appendNumber(text, std::uint64_t{value}); }
  void add(GroupId value) { appendNumber(text, std::uint64_t{value.value}); }
  void add(NeuronId value) { appendNumber(text, std::uint64_t{value.value}); }
  void add(LinkKey value) { add(std::pair(value.from, value.to)); }
  void add(Point value) { add(std::pair(value.x, value.y)); }
  template <typename A, typename B>
  void add(const std::pair<A, B>& pair) {
    text += '[';
    add(pair.first);
    text += ',';
    add(pair.second);
    text += ']';
  }
  template <typename T>
  void add(const std::vector<T>& list) {
    text += '[';
    for (std::size_t k = 0; k < list.size(); ++k) {
      if (k > 0) text += ',';
      add(list[k]);
    }
    text += ']';
  }
  template <typename Index, typename Keyed>
  void add(const log::ByKey<Index, Keyed>& reference) {
    appendQuoted(text, reference.list[reference.index].key);
  }
  template <typename Values>
  void add(const log::Columns<Values>& columns) {
    text += '{';
    bool first = true;
    for (std::size_t field = 0; field < columns.values.size(); ++field) {
      if (columns.values[field].empty()) continue;
      if (!std::exchange(first, false)) text += ',';
      appendQuoted(text, columns.fields[field].key);
      text += ':';
      add(columns.values[field]);
    }
    text += '}';
  }

  const Description& description_;
};

}  // namespace

std::string writeLog(const Description& description, const Log& log) {
  assert(log.beginning.dynamics == description.key);
  LogWriter writer(description);
  writer.text = "{\"format\":\"" + std::string(log::format) + "\",\"version\":" + std::to_string(logVersion);
  writer.text += ",\n\"end\":{\"tick\":" + std::to_string(log.end);
  if (!log.endHash.empty()) writer.member("hash", log.endHash);
  writer.text += "},\n\"deeds\":[";
  for (std::size_t k = 0; k < log.entries.size(); ++k) {
    writer.text += k == 0 ? "\n" : ",\n";
    writer.entry(*log.entries[k]);
  }
  writer.text += log.entries.empty() ? "],\n\"beginning\":" : "\n],\n\"beginning\":";
  writer.text += writeModel(description, log.beginning);
  writer.text += "}\n";
  return std::move(writer.text);
}

}  // namespace plexarium
