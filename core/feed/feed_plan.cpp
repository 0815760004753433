#include "core/feed/feed_plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

#include "core/io/json_text.h"

namespace plexarium {
namespace {

using json::Node;

constexpr std::array<std::string_view, 3> orderKeys = {"interleaved", "shuffled", "stored"};  // follows FeedOrder
constexpr std::array<std::string_view, 2> unitKeys = {"ticks", "seconds"};                    // follows FeedUnit

/// Writes the members of an object that differ from what they are at first.
class ObjectWriter {
 public:
  ObjectWriter& text(std::string_view key, std::string_view value, std::string_view initial) {
    return value == initial ? *this : with(key, [&](std::string& out) { appendQuoted(out, value); });
  }
  ObjectWriter& number(std::string_view key, double value, double initial) {
    return value == initial ? *this : with(key, [&](std::string& out) { appendNumber(out, value); });
  }
  ObjectWriter& whole(std::string_view key, std::uint64_t value, std::uint64_t initial) {
    return value == initial ? *this : with(key, [&](std::string& out) { appendNumber(out, value); });
  }
  ObjectWriter& flag(std::string_view key, bool value, bool initial) {
    return value == initial ? *this : with(key, [&](std::string& out) { out += value ? "true" : "false"; });
  }
  template <typename List, typename Append>
  ObjectWriter& list(std::string_view key, const List& values, Append append) {
    return values.empty() ? *this : with(key, [&](std::string& out) {
      out += '[';
      for (const auto& value : values) {
        if (&value != &values.front()) out += ',';
        append(out, value);
      }
      out += ']';
    });
  }
  ObjectWriter& raw(std::string_view key, const std::string& value) {
    return with(key, [&](std::string& out) { out += value; });
  }
  [[nodiscard]] std::string done() const { return text_ + '}'; }

 private:
  template <typename Append>
  ObjectWriter& with(std::string_view key, Append append) {
    if (text_.size() > 1) text_ += ',';
    appendQuoted(text_, key);
    text_ += ':';
    append(text_);
    return *this;
  }
  std::string text_ = "{";
};

void appendColumn(std::string& text, std::size_t column) {
  if (column == noTarget) {
    text += "null";
  } else {
    appendNumber(text, std::uint64_t{column});
  }
}

/// Members that both kinds of group have.
template <typename Group>
void writeGroup(ObjectWriter& writer, const Group& group) {
  const Group initial;
  writer.text("name", group.name, initial.name)
      .list("neurons", group.neurons.list,
            [](std::string& text, NeuronId id) { appendNumber(text, std::uint64_t{id.value}); })
      .whole("group", group.neurons.group.value, 0)
      .list("columns", group.columns, appendColumn)
      .flag("enabled", group.enabled, true);
}

std::string writeInput(const InputGroup& group) {
  const InputGroup initial;
  ObjectWriter writer;
  writeGroup(writer, group);
  writer.text("coding", inputCodeNames()[static_cast<std::size_t>(group.coding.code)], inputCodeNames()[0])
      .whole("levels", group.coding.levels, initial.coding.levels)
      .text("channel", group.channel, "")
      .number("gain", group.gain, 1);
  return writer.done();
}

std::string writeOutput(const OutputGroup& group) {
  ObjectWriter writer;
  writeGroup(writer, group);
  writer.number("dominance", group.dominance, 0);
  return writer.done();
}

std::string writeSplit(const SplitPlan& split) {
  const SplitPlan initial;
  ObjectWriter writer;
  writer.number("validation", split.validation, initial.validation)
      .number("test", split.test, initial.test)
      .whole("seed", split.seed, initial.seed)
      .flag("shuffled", split.shuffled, initial.shuffled);
  return writer.done();
}

/// Reads members into what is there; remembers the first thing that is wrong.
class ObjectReader {
 public:
  ObjectReader(Node object, std::string_view place, const json::Keys& known) : object_(object), place_(place) {
    keep(json::requireObject(object, place));
    if (!error_) keep(json::allowOnly(object, known, place));
  }

  ObjectReader& text(std::string_view key, std::string& value) {
    return with(key, [&](Node node, const std::string& where) -> Result<void> {
      if (node.kind() != json::Kind::Text) return json::wrongKind(node, "a text", where);
      value = node.text();
      return {};
    });
  }
  ObjectReader& number(std::string_view key, double& value) {
    return with(key, [&](Node node, const std::string& where) -> Result<void> {
      if (!node.isNumber()) return json::wrongKind(node, "a number", where);
      value = node.number();
      return {};
    });
  }
  template <typename Whole>
  ObjectReader& whole(std::string_view key, Whole& value) {
    return with(key, [&](Node node, const std::string& where) {
      return json::wholeNumber(node, 0, std::numeric_limits<Whole>::max(), where).map([&](std::uint64_t read) {
        value = static_cast<Whole>(read);
      });
    });
  }
  ObjectReader& flag(std::string_view key, bool& value) {
    return with(key, [&](Node node, const std::string& where) -> Result<void> {
      if (node.kind() != json::Kind::Flag) return json::wrongKind(node, "true or false", where);
      value = node.flag();
      return {};
    });
  }
  template <typename Choice>
  ObjectReader& choice(std::string_view key, Choice& value, auto names) {
    return with(key, [&](Node node, const std::string& where) -> Result<void> {
      if (node.kind() != json::Kind::Text) return json::wrongKind(node, "a text", where);
      const auto found = std::ranges::find(names, node.text());
      if (found == std::end(names)) return failure("'" + std::string(node.text()) + "' is not known here", where);
      value = static_cast<Choice>(found - std::begin(names));
      return {};
    });
  }
  /// `read(node, where)` for every element of a list.
  ObjectReader& list(std::string_view key, const std::function<Result<void>(Node, const std::string&)>& read) {
    return with(key, [&](Node node, const std::string& where) -> Result<void> {
      if (node.kind() != json::Kind::Array) return json::wrongKind(node, "a list", where);
      std::size_t index = 0;
      for (const auto child : node.children()) {
        if (auto done = read(child, json::element(where, index++)); !done) return done;
      }
      return {};
    });
  }
  ObjectReader& object(std::string_view key, const std::function<Result<void>(Node, const std::string&)>& read) {
    return with(key, read);
  }
  [[nodiscard]] Result<void> done() const { return error_ ? Result<void>(tl::unexpected(*error_)) : Result<void>{}; }

 private:
  void keep(Result<void> result) {
    if (!result) error_ = std::move(result.error());
  }
  template <typename Read>
  ObjectReader& with(std::string_view key, Read read) {
    if (error_) return *this;
    if (const auto node = json::find(object_, key)) keep(read(*node, json::member(place_, key)));
    return *this;
  }
  Node object_;
  std::string place_;
  std::optional<Error> error_;
};

template <typename Group>
void readGroup(ObjectReader& reader, Group& group) {
  reader.text("name", group.name).whole("group", group.neurons.group.value).flag("enabled", group.enabled);
  reader.list("neurons", [&](Node node, const std::string& where) {
    return json::wholeNumber(node, 1, std::numeric_limits<std::uint32_t>::max() - 1, where).map([&](std::uint64_t id) {
      group.neurons.list.push_back({static_cast<std::uint32_t>(id)});
    });
  });
  reader.list("columns", [&](Node node, const std::string& where) -> Result<void> {
    if (node.kind() == json::Kind::Null) {
      group.columns.push_back(noTarget);
      return {};
    }
    return json::wholeNumber(node, 0, std::numeric_limits<std::uint32_t>::max(), where).map([&](std::uint64_t column) {
      group.columns.push_back(column);
    });
  });
}

Result<void> readInput(Node node, const std::string& place, FeedPlan& plan) {
  InputGroup group;
  ObjectReader reader(node, place,
                      {"name", "neurons", "group", "columns", "enabled", "coding", "levels", "channel", "gain"});
  readGroup(reader, group);
  reader.choice("coding", group.coding.code, inputCodeNames()).whole("levels", group.coding.levels);
  reader.text("channel", group.channel).number("gain", group.gain);
  plan.inputs.push_back(std::move(group));
  return reader.done();
}

Result<void> readOutput(Node node, const std::string& place, FeedPlan& plan) {
  OutputGroup group;
  ObjectReader reader(node, place, {"name", "neurons", "group", "columns", "enabled", "dominance"});
  readGroup(reader, group);
  reader.number("dominance", group.dominance);
  plan.outputs.push_back(std::move(group));
  return reader.done();
}

Result<void> readSplit(Node node, const std::string& place, SplitPlan& split) {
  ObjectReader reader(node, place, {"validation", "test", "seed", "shuffled"});
  reader.number("validation", split.validation).number("test", split.test).whole("seed", split.seed);
  return reader.flag("shuffled", split.shuffled).done();
}

}  // namespace

Result<void> checkPlan(const FeedPlan& plan) {
  if (auto split = checkSplit(plan.split); !split) return split;
  constexpr double most = 1e15;
  const auto positive = [](double value) { return value > 0 && value <= most; };
  if (!positive(plan.duration) || !positive(plan.examDuration)) return failure("a duration is not above 0", plan.name);
  if (!std::ranges::all_of(plan.importance, positive)) return failure("an importance is not above 0", plan.name);
  for (const auto& group : plan.inputs) {
    if (!std::isfinite(group.gain))
      return failure("the gain is not finite", plan.name + ", input group '" + group.name + "'");
  }
  for (const auto& group : plan.outputs) {
    if (!(group.dominance >= 0) || !std::isfinite(group.dominance)) {
      return failure("the dominance threshold is below 0", plan.name + ", output group '" + group.name + "'");
    }
  }
  return {};
}

std::string writePlan(const FeedPlan& plan) {
  const FeedPlan initial;
  ObjectWriter writer;
  writer.text("name", plan.name, initial.name)
      .raw("source", writeSource(plan.source))
      .raw("split", writeSplit(plan.split))
      .text("order", orderKeys[static_cast<std::size_t>(plan.order)], orderKeys[0])
      .whole("seed", plan.seed, initial.seed)
      .text("unit", unitKeys[static_cast<std::size_t>(plan.unit)], unitKeys[0])
      .number("duration", plan.duration, initial.duration)
      .list("importance", plan.importance, [](std::string& text, double value) { appendNumber(text, value); })
      .number("exam_duration", plan.examDuration, initial.examDuration)
      .whole("exam_every", plan.examEvery, initial.examEvery);
  const auto groups = [&](const auto& list, auto write) {
    std::string text = "[";
    for (const auto& group : list) text += (text.size() > 1 ? "," : "") + write(group);
    return text + ']';
  };
  return writer.raw("inputs", groups(plan.inputs, writeInput)).raw("outputs", groups(plan.outputs, writeOutput)).done();
}

Result<FeedPlan> readPlan(Node node, std::string_view place) {
  FeedPlan plan;
  ObjectReader reader(node, place,
                      {"name", "source", "split", "order", "seed", "unit", "duration", "importance", "exam_duration",
                       "exam_every", "inputs", "outputs"});
  reader.text("name", plan.name).choice("order", plan.order, orderKeys).whole("seed", plan.seed);
  reader.choice("unit", plan.unit, unitKeys).number("duration", plan.duration).number("exam_duration", plan.examDuration);
  reader.whole("exam_every", plan.examEvery);
  reader.object("source", [&](Node source, const std::string& where) {
    return readSource(source, where).map([&](DataSource read) { plan.source = std::move(read); });
  });
  reader.object("split", [&](Node split, const std::string& where) { return readSplit(split, where, plan.split); });
  reader.list("importance", [&](Node value, const std::string& where) -> Result<void> {
    if (!value.isNumber()) return json::wrongKind(value, "a number", where);
    plan.importance.push_back(value.number());
    return {};
  });
  if (json::find(node, "inputs")) plan.inputs.clear();
  if (json::find(node, "outputs")) plan.outputs.clear();
  reader.list("inputs", [&](Node group, const std::string& where) { return readInput(group, where, plan); });
  reader.list("outputs", [&](Node group, const std::string& where) { return readOutput(group, where, plan); });
  if (auto done = reader.done(); !done) return tl::unexpected(done.error());
  if (auto checked = checkPlan(plan); !checked) return tl::unexpected(checked.error());
  return plan;
}

}  // namespace plexarium
