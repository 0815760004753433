#include <limits>
#include <optional>
#include <utility>

#include "core/io/document.h"
#include "core/io/json_object.h"
#include "core/io/log_document.h"
#include "core/io/log_fields.h"
#include "core/io/model_keys.h"
#include "core/io/suggestion.h"
#include "core/io/world_json.h"

namespace plexarium {
namespace {

using namespace json;

constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<Tick>::max());

/// Reads values of every kind that a deed holds, the mirror of the writer.
class LogReader {
 public:
  explicit LogReader(const Description& description) : description_(description) {}

  Result<void> read(Node node, LogEntry& entry, const std::string& place) {
    if (auto object = requireObject(node, place); !object) return object;
    const auto kind = require(node, "do", Kind::Text, "a text", place);
    if (!kind) return tl::unexpected(kind.error());
    if (auto tick = readMember(node, "tick", entry.tick, place); !tick) return tick;
    const auto index = indexOf(log::deedKeys, kind->text());
    if (!index)
      return failure("there is no deed '" + std::string(kind->text()) + "'", member(place, "do"),
                     advice(log::deedKeys, kind->text()));
    Keys known{"tick", "do"};
    auto done = readDeed(node, *index, entry.deed, known, place);
    return done ? allowOnly(node, known, place) : done;
  }

 private:
  template <std::size_t size>
  static std::optional<std::size_t> indexOf(const std::array<std::string_view, size>& keys, std::string_view key) {
    for (std::size_t k = 0; k < size; ++k) {
      if (keys[k] == key) return k;
    }
    return std::nullopt;
  }
  template <std::size_t size>
  static std::string advice(const std::array<std::string_view, size>& keys, std::string_view key) {
    return suggestion(key, Keys(keys.begin(), keys.end()));
  }

  Result<void> readDeed(Node node, std::size_t index, Deed& deed, Keys& known, const std::string& place) {
    switch (index) {
      case 0: {
        Edit edit;
        known.insert(known.end(), {"label", "merge", "steps"});
        if (auto label = readMember(node, "label", edit.label, place); !label) return label;
        if (find(node, "merge")) {
          if (auto merge = readMember(node, "merge", edit.mergeKey, place); !merge) return merge;
        }
        auto steps = readMember(node, "steps", edit.steps, place);
        deed = ApplyEdit{std::move(edit)};
        return steps;
      }
      case 1:
        deed = Undo{};
        return {};
      case 2:
        deed = Redo{};
        return {};
      case 3: {
        known.emplace_back("stimuli");
        return readMember(node, "stimuli", deed.emplace<Stimulate>().stimuli, place);
      }
      case 4: {
        known.emplace_back("targets");
        return readMember(node, "targets", deed.emplace<Teach>().targets, place);
      }
      case 5:
        deed = ReturnToStart{};
        return {};
      case 7: {
        known.emplace_back("feeds");
        auto& feeds = deed.emplace<SetFeeds>().feeds;
        const auto child = find(node, "feeds");
        if (child) feeds = JsonTree::compact(*child);
        return child ? requireObject(*child, member(place, "feeds")) : Result<void>{};
      }
      case 8:
        return readFeeding(node, deed.emplace<SetFeeding>(), known, place);
      case 9:
        known.emplace_back("feed");
        return readMember(node, "feed", deed.emplace<NextSample>().feed, place);
      default: {
        Result<void> result;
        log::eachOfPoke(deed.emplace<Poke>(), [&](std::string_view key, auto& value) {
          known.push_back(key);
          if (result) result = readMember(node, key, value, place);
        });
        return result;
      }
    }
  }

  Result<void> readFeeding(Node node, SetFeeding& feeding, Keys& known, const std::string& place) {
    known.insert(known.end(), {"mode", "feed"});
    std::string mode;
    if (auto read = readMember(node, "mode", mode, place); !read) return read;
    const auto index = indexOf(log::modeKeys, mode);
    if (!index) return failure("there is no mode '" + mode + "'", member(place, "mode"), advice(log::modeKeys, mode));
    feeding.mode = static_cast<FeedMode>(*index);
    if (feeding.mode != FeedMode::Show) return {};
    if (auto read = readMember(node, "feed", feeding.feed, place); !read) return read;
    const bool given = find(node, "inputs").has_value();
    known.emplace_back(given ? "inputs" : "sample");
    return given ? readMember(node, "inputs", feeding.inputs, place) : readMember(node, "sample", feeding.sample, place);
  }

  template <typename T>
  Result<void> readMember(Node object, std::string_view key, T&& value, const std::string& place) {
    const auto node = find(object, key);
    if (!node) return failure("the key '" + std::string(key) + "' is missing", place);
    return read(*node, std::forward<T>(value), member(place, key));
  }

  /// Everything that eachMember tells of, and nothing else.
  template <typename Each>
  Result<void> readMembers(Node node, Keys known, const std::string& place, Each each) {
    Result<void> result;
    each([&](std::string_view key, auto&& value) {
      known.push_back(key);
      if (result) result = readMember(node, key, value, place);
    });
    return result ? allowOnly(node, known, place) : result;
  }

  Result<void> read(Node node, EditStep& step, const std::string& place) {
    if (auto object = requireObject(node, place); !object) return object;
    const auto kind = require(node, "step", Kind::Text, "a text", place);
    if (!kind) return tl::unexpected(kind.error());
    const auto index = indexOf(log::stepKeys, kind->text());
    if (!index)
      return failure("there is no step '" + std::string(kind->text()) + "'", member(place, "step"),
                     advice(log::stepKeys, kind->text()));
    emplace(step, *index, std::make_index_sequence<std::variant_size_v<EditStep>>());
    return std::visit(
        [&](auto& one) {
          return readMembers(node, {"step"}, place, [&](auto visit) { log::eachMember(description_, one, visit); });
        },
        step);
  }
  template <std::size_t... indices>
  static void emplace(EditStep& step, std::size_t index, std::index_sequence<indices...> /*all*/) {
    static_cast<void>(((indices == index && (step.emplace<indices>(), true)) || ...));
  }

  Result<void> read(Node node, Stimulus& stimulus, const std::string& place) {
    if (auto object = requireObject(node, place); !object) return object;
    return readMembers(node, {}, place, [&](auto visit) { log::eachOfStimulus(description_, stimulus, visit); });
  }
  Result<void> read(Node node, ArenaObject& object, const std::string& place) {
    if (auto is = requireObject(node, place); !is) return is;
    return readMembers(node, {}, place, [&](auto visit) { log::eachOfObject(object, visit); });
  }
  Result<void> read(Node node, std::vector<Controller>& controllers, const std::string& place) {
    auto read = json::readControllers(node, place);
    if (!read) return tl::unexpected(std::move(read.error()));
    controllers = std::move(*read);
    return {};
  }
  Result<void> read(Node node, Binding& binding, const std::string& place) {
    auto read = json::readBinding(node, place);
    if (!read) return tl::unexpected(std::move(read.error()));
    binding = std::move(*read);
    return {};
  }
  Result<void> read(Node node, std::uint64_t& value, const std::string& place) {
    return wholeNumber(node, 0, std::numeric_limits<std::uint64_t>::max(), place).map([&](std::uint64_t read) {
      value = read;
    });
  }
  Result<void> read(Node node, std::uint32_t& value, const std::string& place) { return readId(node, value, place); }
  Result<void> read(Node node, Group& group, const std::string& place) {
    if (auto object = requireObject(node, place); !object) return object;
    return readMembers(node, {}, place, [&](auto visit) { log::eachOfGroup(group, visit); });
  }
  Result<void> read(Node node, bool& value, const std::string& place) {
    if (node.kind() != Kind::Flag) return wrongKind(node, "true or false", place);
    value = node.flag();
    return {};
  }
  Result<void> read(Node node, std::uint8_t& value, const std::string& place) {
    return wholeNumber(node, 0, 255, place).map([&](std::uint64_t read) { value = static_cast<std::uint8_t>(read); });
  }
  Result<void> read(Node node, GroupId& value, const std::string& place) { return readId(node, value.value, place); }
  Result<void> read(Node node, double& value, const std::string& place) {
    if (node.isNumber()) {
      value = node.number();
      return {};
    }
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    for (const auto& [word, meant] :
         {std::pair("inf", infinity), std::pair("-inf", -infinity), std::pair("nan", nan), std::pair("-nan", -nan)}) {
      if (node.kind() != Kind::Text || node.text() != word) continue;
      value = meant;
      return {};
    }
    return wrongKind(node, "a number", place);
  }
  Result<void> read(Node node, float& value, const std::string& place) {
    return single(node, place).map([&](float read) { value = read; });
  }
  Result<void> read(Node node, Tick& value, const std::string& place) {
    if (node.kind() == Kind::Integer && node.integer() == never) {
      value = never;
      return {};
    }
    return wholeNumber(node, 0, most, place).map([&](std::uint64_t read) { value = static_cast<Tick>(read); });
  }
  Result<void> read(Node node, std::string& value, const std::string& place) {
    if (node.kind() != Kind::Text) return wrongKind(node, "a text", place);
    value = node.text();
    return {};
  }
  Result<void> read(Node node, Role& value, const std::string& place) {
    const auto role = node.kind() == Kind::Text ? roleCalled(node.text()) : std::nullopt;
    if (!role) return failure("names no role", place, "It may be sensory, inter, motor");
    value = *role;
    return {};
  }
  Result<void> read(Node node, NeuronId& value, const std::string& place) { return readId(node, value.value, place); }
  static Result<void> readId(Node node, std::uint32_t& value, const std::string& place) {
    return wholeNumber(node, 0, std::numeric_limits<std::uint32_t>::max(), place).map([&](std::uint64_t read) {
      value = static_cast<std::uint32_t>(read);
    });
  }
  Result<void> read(Node node, LinkKey& value, const std::string& place) {
    return readBoth(node, value.from, value.to, place);
  }
  Result<void> read(Node node, Point& value, const std::string& place) { return readBoth(node, value.x, value.y, place); }
  template <typename A, typename B>
  Result<void> read(Node node, std::pair<A, B>& pair, const std::string& place) {
    return readBoth(node, pair.first, pair.second, place);
  }
  template <typename A, typename B>
  Result<void> readBoth(Node node, A& first, B& second, const std::string& place) {
    if (node.kind() != Kind::Array || node.childCount() != 2) return failure("is no pair", place);
    auto child = node.children().begin();
    if (auto read = this->read(*child, first, element(place, 0)); !read) return read;
    ++child;
    return read(*child, second, element(place, 1));
  }
  template <typename T>
  Result<void> read(Node node, std::vector<T>& list, const std::string& place) {
    if (node.kind() != Kind::Array) return wrongKind(node, "a list", place);
    list.clear();
    list.reserve(node.childCount());
    for (const auto child : node.children()) {
      auto& one = list.emplace_back();
      if (auto read = this->read(child, one, element(place, list.size() - 1)); !read) return read;
    }
    return {};
  }
  template <typename Index, typename Keyed>
  Result<void> read(Node node, log::ByKey<Index, Keyed> reference, const std::string& place) {
    if (node.kind() != Kind::Text) return wrongKind(node, "a text", place);
    Keys known;
    for (std::size_t k = 0; k < reference.list.size(); ++k) {
      known.emplace_back(reference.list[k].key);
      if (reference.list[k].key != node.text()) continue;
      reference.index = k;
      return {};
    }
    return failure("there is no '" + std::string(node.text()) + "' here", place, suggestion(node.text(), known));
  }
  template <typename Values>
  Result<void> read(Node node, log::Columns<Values> columns, const std::string& place) {
    if (auto object = requireObject(node, place); !object) return object;
    for (const auto child : node.children()) {
      const auto field = findField(columns.fields, child.key());
      if (!field) {
        Keys known;
        for (const auto& one : columns.fields) known.emplace_back(one.key);
        return unknownKey(child.key(), known, place);
      }
      if (columns.values.size() <= *field) columns.values.resize(*field + 1);
      if (auto read = this->read(child, columns.values[*field], member(place, child.key())); !read) return read;
    }
    return {};
  }

  const Description& description_;
};

Result<void> readHeader(Node root, Log& log) {
  const auto format = root.kind() == Kind::Object ? find(root, "format") : std::nullopt;
  if (!format || format->kind() != Kind::Text || format->text() != log::format) {
    return failure("this is not a Plexarium log", {}, "A log begins with \"format\":\"plexarium-log\"");
  }
  const auto version = find(root, "version");
  if (!version) return failure("the key 'version' is missing");
  const auto number = wholeNumber(*version, 1, std::numeric_limits<std::uint64_t>::max(), "version");
  if (!number) return tl::unexpected(number.error());
  if (*number > static_cast<std::uint64_t>(logVersion)) {
    return failure("the log was made by a newer Plexarium", "version", "Update the program");
  }
  if (auto allowed = allowOnly(root, {"format", "version", "end", "deeds", "beginning"}, {}); !allowed) return allowed;
  const auto end = require(root, "end", Kind::Object, "an object", {});
  if (!end) return tl::unexpected(end.error());
  if (auto allowed = allowOnly(*end, {"tick", "hash"}, "end"); !allowed) return allowed;
  const auto tick = find(*end, "tick");
  if (!tick) return failure("the key 'tick' is missing", "end");
  const auto last = wholeNumber(*tick, 0, most, "end.tick");
  if (!last) return tl::unexpected(last.error());
  log.end = static_cast<Tick>(*last);
  const auto hash = find(*end, "hash");
  if (hash && hash->kind() != Kind::Text) return wrongKind(*hash, "a text", "end.hash");
  if (hash) log.endHash = hash->text();
  return {};
}

Result<Log> readTree(const Registry& registry, Node root) {
  Log log;
  if (auto header = readHeader(root, log); !header) return tl::unexpected(header.error());
  const auto beginning = require(root, "beginning", Kind::Object, "an object", {});
  if (!beginning) return tl::unexpected(beginning.error());
  auto model = readModel(registry, JsonTree::compact(*beginning), "beginning");
  if (!model) return tl::unexpected(model.error());
  const auto deeds = require(root, "deeds", Kind::Array, "a list", {});
  if (!deeds) return tl::unexpected(deeds.error());
  LogReader reader((*registry.require(model->dynamics))->description);
  for (const auto node : deeds->children()) {
    auto entry = std::make_shared<LogEntry>();
    if (auto read = reader.read(node, *entry, element("deeds", log.entries.size())); !read)
      return tl::unexpected(read.error());
    log.entries.push_back(std::move(entry));
  }
  log.beginning = std::move(*model);
  return log;
}

}  // namespace

Result<Log> readLog(const Registry& registry, std::string_view text, std::string_view source) {
  const auto tree = JsonTree::parse(text, source);
  if (!tree) return tl::unexpected(tree.error());
  auto log = readTree(registry, tree->root());
  if (!log) {
    auto& where = log.error().where;
    where = where.empty() ? std::string(source) : std::string(source) + ", " + where;
  }
  return log;
}

}  // namespace plexarium
