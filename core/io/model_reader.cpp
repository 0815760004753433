#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <tuple>
#include <vector>

#include "core/dynamics/embodied.h"
#include "core/io/document.h"
#include "core/io/field_json.h"
#include "core/io/json_object.h"
#include "core/io/json_tree.h"
#include "core/io/model_keys.h"
#include "core/io/suggestion.h"
#include "core/io/world_json.h"

namespace plexarium {
namespace {

using namespace json;

constexpr std::uint64_t largestId = std::numeric_limits<std::uint32_t>::max() - 1;  // nextId must stand above it

tl::unexpected<Error> at(Error error, std::string place) {
  error.where = std::move(place);
  return tl::unexpected(std::move(error));
}

/// Reads one document into one model.
class ModelReader {
 public:
  ModelReader(const Registry& registry, Node root) : registry_(registry), root_(root) {}

  Result<Model> read() {
    for (const auto step :
         {&ModelReader::readHeader, &ModelReader::readDynamics, &ModelReader::readRun, &ModelReader::readView,
          &ModelReader::readGroups, &ModelReader::readNeurons, &ModelReader::readLinks, &ModelReader::readNextId,
          &ModelReader::readControllers, &ModelReader::readBindings, &ModelReader::readFeed}) {
      if (auto done = (this->*step)(); !done) return tl::unexpected(done.error());
    }
    return std::move(model_);
  }

 private:
  Result<void> readHeader() {
    const auto format = root_.kind() == Kind::Object ? find(root_, "format") : std::nullopt;
    if (!format || format->kind() != Kind::Text || format->text() != modelFormat) {
      return failure("this is not a Plexarium model", {}, "A model begins with \"format\":\"plexarium-model\"");
    }
    const auto version = find(root_, "version");
    if (!version) return failure("the key 'version' is missing");
    const auto number = wholeNumber(*version, 1, std::numeric_limits<std::uint64_t>::max(), "version");
    if (!number) return tl::unexpected(number.error());
    if (*number > static_cast<std::uint64_t>(documentVersion)) {
      return failure("the model was made by a newer Plexarium (its format has version " + std::to_string(*number) +
                         ", this program reads up to " + std::to_string(documentVersion) + ")",
                     "version", "Update the program");
    }
    const Keys known = {"format", "version", "name",    "description", "dynamics",    "units",    "run", "view",
                        "nextId", "groups",  "neurons", "links",       "controllers", "bindings", "feed"};
    if (auto allowed = allowOnly(root_, known, {}); !allowed) return allowed;
    for (const auto& [key, text] : {std::pair("name", &model_.name), std::pair("description", &model_.description)}) {
      const auto node = find(root_, key);
      if (!node) continue;
      if (node->kind() != Kind::Text) return wrongKind(*node, "a text", key);
      *text = node->text();
    }
    if (const auto units = find(root_, "units")) return requireObject(*units, "units");
    return {};
  }

  Result<void> readDynamics() {
    const auto dynamics = require(root_, "dynamics", Kind::Object, "an object", {});
    if (!dynamics) return tl::unexpected(dynamics.error());
    if (auto allowed = allowOnly(*dynamics, {"key", "parameters", "state"}, "dynamics"); !allowed) return allowed;
    const auto key = require(*dynamics, "key", Kind::Text, "a text", "dynamics");
    if (!key) return tl::unexpected(key.error());
    const auto entry = registry_.require(key->text());
    if (!entry) return at(entry.error(), "dynamics.key");
    description_ = &(*entry)->description;
    model_.dynamics = description_->key;
    model_.parameters = initialValues(description_->parameters);
    model_.graph = Graph(*description_);
    if (const auto state = find(*dynamics, "state")) model_.dynamicsState = JsonTree::compact(*state);
    if (const auto parameters = find(*dynamics, "parameters")) return readParameters(*parameters);
    return {};
  }

  Result<void> readParameters(Node parameters) {
    constexpr std::string_view place = "dynamics.parameters";
    if (auto object = requireObject(parameters, place); !object) return object;
    for (const auto child : parameters.children()) {
      const auto field = findField(description_->parameters, child.key());
      if (!field) return unknownKey(child.key(), keysOf(description_->parameters, {}), place);
      const auto value = fieldValue(description_->parameters[*field], child);
      if (!value) return at(value.error(), member(place, child.key()));
      model_.parameters[*field] = *value;
    }
    return {};
  }

  Result<void> readRun() {
    const auto run = find(root_, "run");
    if (!run) return {};
    if (auto object = requireObject(*run, "run"); !object) return object;
    if (auto allowed = allowOnly(*run, {"tick", "seed", "pace"}, "run"); !allowed) return allowed;
    if (const auto node = find(*run, "tick")) {
      const auto tick = wholeNumber(*node, 0, std::numeric_limits<Tick>::max(), "run.tick");
      if (!tick) return tl::unexpected(tick.error());
      model_.tick = static_cast<Tick>(*tick);
    }
    if (const auto node = find(*run, "seed")) {
      const auto seed = wholeNumber(*node, 0, std::numeric_limits<std::uint64_t>::max(), "run.seed");
      if (!seed) return tl::unexpected(seed.error());
      model_.seed = *seed;
    }
    if (const auto node = find(*run, "pace")) {
      if (!node->isNumber()) return wrongKind(*node, "a number", "run.pace");
      model_.pace = node->number();
      if (model_.pace < 0) return failure("is below 0", "run.pace", "Give ticks per second; 0 leaves it to the program");
    }
    return {};
  }

  Result<void> readView() {
    const auto view = find(root_, "view");
    if (!view) return {};
    if (auto object = requireObject(*view, "view"); !object) return object;
    if (auto allowed = allowOnly(*view, {"x", "y", "scale"}, "view"); !allowed) return allowed;
    for (const auto& [key, target] : {std::pair("x", &model_.view.centre.x), std::pair("y", &model_.view.centre.y),
                                      std::pair("scale", &model_.view.scale)}) {
      const auto node = find(*view, key);
      if (!node) continue;
      const auto value = single(*node, member("view", key));
      if (!value) return tl::unexpected(value.error());
      *target = *value;
    }
    if (model_.view.scale < 0) return failure("is below 0", "view.scale", "0 fits the whole network into the window");
    return {};
  }

  Result<void> readGroups() {
    const auto list = find(root_, "groups");
    if (!list) return {};
    if (list->kind() != Kind::Array) return wrongKind(*list, "a list", "groups");
    std::vector<Group> groups;
    for (const auto node : list->children()) {
      auto group = readGroup(node, element("groups", groups.size()));
      if (!group) return tl::unexpected(std::move(group.error()));
      groups.push_back(std::move(*group));
    }
    std::ranges::stable_sort(groups, {}, &Group::id);
    if (auto checked = checkGroups(groups); !checked) return at(checked.error(), "groups, " + checked.error().where);
    model_.graph.setGroups(std::move(groups));
    return {};
  }

  static Result<Group> readGroup(Node node, const std::string& place) {
    if (auto object = requireObject(node, place); !object) return tl::unexpected(object.error());
    const Keys known = {"id", "name", "colour", "parent", "collapsed"};
    if (auto allowed = allowOnly(node, known, place); !allowed) return tl::unexpected(allowed.error());
    if (!find(node, "id")) return failure("the key 'id' is missing", place);
    Group group;
    for (const auto& [key, least, most, set] :
         {std::tuple(
              "id", std::uint64_t{1}, largestId, +[](Group&g, std::uint32_t value) { g.id.value = value; }),
          std::tuple(
              "parent", std::uint64_t{1}, largestId, +[](Group&g, std::uint32_t value) { g.parent.value = value; }),
          std::tuple(
              "colour", std::uint64_t{0}, std::uint64_t{groupColours - 1},
              +[](Group&g, std::uint32_t value) { g.colour = static_cast<std::uint8_t>(value); })}) {
      const auto number = find(node, key);
      if (!number) continue;
      const auto value = wholeNumber(*number, least, most, member(place, key));
      if (!value) return tl::unexpected(value.error());
      set(group, static_cast<std::uint32_t>(*value));
    }
    if (const auto name = find(node, "name")) {
      if (name->kind() != Kind::Text) return wrongKind(*name, "a text", member(place, "name"));
      group.name = name->text();
    }
    if (const auto collapsed = find(node, "collapsed")) {
      if (collapsed->kind() != Kind::Flag) return wrongKind(*collapsed, "true or false", member(place, "collapsed"));
      group.collapsed = collapsed->flag();
    }
    return group;
  }

  /// A neuron of the file before the neurons are put in order of their ids.
  struct Listed {
    NeuronId id;
    std::size_t index;
    Node node;
    friend bool operator<(const Listed& a, const Listed& b) { return a.id < b.id; }
  };

  Result<std::vector<Listed>> listNeurons(Node neurons) {
    std::vector<Listed> listed;
    listed.reserve(neurons.childCount());
    for (const auto node : neurons.children()) {
      const auto place = [&] { return element("neurons", listed.size()); };
      if (node.kind() != Kind::Object) return wrongKind(node, "an object", place());
      const auto id = find(node, "id");
      if (!id) return failure("the key 'id' is missing", place());
      if (id->kind() != Kind::Unsigned || id->wholeNumber() == 0 || id->wholeNumber() > largestId) {
        return tl::unexpected(wholeNumber(*id, 1, largestId, member(place(), "id")).error());
      }
      listed.push_back({{static_cast<std::uint32_t>(id->wholeNumber())}, listed.size(), node});
    }
    if (!std::is_sorted(listed.begin(), listed.end())) std::stable_sort(listed.begin(), listed.end());
    const auto twice =
        std::adjacent_find(listed.begin(), listed.end(), [](const Listed& a, const Listed& b) { return a.id == b.id; });
    if (twice != listed.end()) {
      return failure("neurons[" + std::to_string(twice->index) + "] has the same id " + std::to_string(twice->id.value),
                     element("neurons", (twice + 1)->index) + ".id", "Every neuron needs an id of its own");
    }
    return listed;
  }

  Result<void> readNeurons() {
    const auto neurons = require(root_, "neurons", Kind::Array, "a list", {});
    if (!neurons) return tl::unexpected(neurons.error());
    const auto listed = listNeurons(*neurons);
    if (!listed) return tl::unexpected(listed.error());
    NeuronTable table;
    const auto count = listed->size();
    table.ids.resize(count);
    table.names.resize(count);
    table.roles.resize(count, Role::Inter);
    table.positions.resize(count);
    table.values.resize(description_->neuronFields.size());
    for (std::size_t row = 0; row < count; ++row) {
      table.ids[row] = (*listed)[row].id;
      if (auto read = readNeuron(table, row, (*listed)[row]); !read) return read;
    }
    model_.graph.addNeurons(table);
    return {};
  }

  Result<void> readNeuron(NeuronTable& table, std::size_t row, const Listed& listed) {
    for (const auto child : listed.node.children()) {
      const auto key = child.key();
      const auto place = [&] { return member(element("neurons", listed.index), key); };
      if (key == "id") continue;
      if (key == "name") {
        if (child.kind() != Kind::Text) return wrongKind(child, "a text", place());
        table.names[row] = child.text();
      } else if (key == "role") {
        const auto role = child.kind() == Kind::Text ? roleCalled(child.text()) : std::nullopt;
        if (!role) return failure("names no role", place(), "It may be sensory, inter, motor");
        table.roles[row] = *role;
      } else if (key == "group") {
        const auto id = wholeNumber(child, 1, largestId, {});
        if (!id) return at(id.error(), place());
        const GroupId group{static_cast<std::uint32_t>(*id)};
        if (findGroup(model_.graph.groups(), group) == nullptr) return failure("is the id of no group", place());
        if (table.groups.empty()) table.groups.resize(table.size());
        table.groups[row] = group;
      } else if (key == "x" || key == "y") {
        const auto value = single(child, {});
        if (!value) return at(value.error(), place());
        (key == "x" ? table.positions[row].x : table.positions[row].y) = *value;
      } else if (key == "last_fired") {
        if (table.lastFired.empty()) table.lastFired.resize(table.size(), never);
        const auto tick = readTick(child);
        if (!tick) return at(tick.error(), place());
        table.lastFired[row] = *tick;
      } else if (const auto field = findField(description_->neuronFields, key)) {
        const auto value = fieldValue(description_->neuronFields[*field], child);
        if (!value) return at(value.error(), place());
        store(table.values[*field], table.size(), description_->neuronFields[*field], row, *value);
      } else {
        return unknownKey(key, keysOf(description_->neuronFields, {"id", "name", "role", "x", "y", "group", "last_fired"}),
                          element("neurons", listed.index));
      }
    }
    return {};
  }

  /// When something happened last: not later than the tick at which the model was saved.
  Result<Tick> readTick(Node node) {
    const auto tick = wholeNumber(node, 0, static_cast<std::uint64_t>(model_.tick), {});
    if (!tick) return tl::unexpected(tick.error());
    return static_cast<Tick>(*tick);
  }

  static void store(std::vector<double>& column, std::size_t rows, const Field& field, std::size_t row, double value) {
    if (column.empty()) column.resize(rows, field.initial);
    column[row] = value;
  }

  static Keys keysOf(const std::vector<Field>& fields, Keys keys) {
    for (const auto& field : fields) keys.emplace_back(field.key);
    return keys;
  }

  /// What a column of the list of links holds: the index of a link field, or one of these.
  static constexpr std::size_t columnFrom = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t columnTo = columnFrom - 1;
  static constexpr std::size_t columnCarried = columnFrom - 2;

  Result<std::vector<std::size_t>> readColumns(Node columns) {
    std::vector<std::size_t> meaning;
    for (const auto node : columns.children()) {
      const auto place = element("links.columns", meaning.size());
      if (node.kind() != Kind::Text) return wrongKind(node, "a text", place);
      const auto field = findField(description_->linkFields, node.text());
      if (node.text() == "from") {
        meaning.push_back(columnFrom);
      } else if (node.text() == "to") {
        meaning.push_back(columnTo);
      } else if (node.text() == "last_carried") {
        meaning.push_back(columnCarried);
      } else if (field) {
        meaning.push_back(*field);
      } else {
        return failure("there is no column '" + std::string(node.text()) + "'", place,
                       suggestion(node.text(), keysOf(description_->linkFields, {"from", "to", "last_carried"})));
      }
      if (std::count(meaning.begin(), meaning.end(), meaning.back()) > 1) {
        return failure("the column '" + std::string(node.text()) + "' stands twice", place);
      }
    }
    for (const auto& [needed, name] : {std::pair(columnFrom, "from"), std::pair(columnTo, "to")}) {
      if (std::find(meaning.begin(), meaning.end(), needed) == meaning.end()) {
        return failure("the column '" + std::string(name) + "' is missing", "links.columns");
      }
    }
    return meaning;
  }

  Result<void> readLinks() {
    const auto links = require(root_, "links", Kind::Object, "an object", {});
    if (!links) return tl::unexpected(links.error());
    if (auto allowed = allowOnly(*links, {"columns", "rows"}, "links"); !allowed) return allowed;
    const auto columns = require(*links, "columns", Kind::Array, "a list", "links");
    if (!columns) return tl::unexpected(columns.error());
    const auto rows = require(*links, "rows", Kind::Array, "a list", "links");
    if (!rows) return tl::unexpected(rows.error());
    const auto meaning = readColumns(*columns);
    if (!meaning) return tl::unexpected(meaning.error());
    LinkTable table;
    table.keys.resize(rows->childCount());
    table.values.resize(description_->linkFields.size());
    for (const auto column : *meaning) {
      if (column < columnCarried) table.values[column].resize(table.size());
      if (column == columnCarried) table.lastCarried.resize(table.size());
    }
    std::size_t index = 0;
    for (const auto row : rows->children()) {
      if (auto read = readLink(table, index, row, *meaning); !read) return read;
      ++index;
    }
    if (auto unique = requireUnique(table.keys); !unique) return unique;
    model_.graph.addLinks(table);
    return {};
  }

  Result<void> readLink(LinkTable& table, std::size_t index, Node row, const std::vector<std::size_t>& meaning) {
    const auto place = [&] { return element("links.rows", index); };
    if (row.kind() != Kind::Array) return wrongKind(row, "a list", place());
    if (row.childCount() != meaning.size()) {
      return failure("has " + std::to_string(row.childCount()) + " values, but there are " + std::to_string(meaning.size()) +
                         " columns",
                     place());
    }
    auto column = meaning.begin();
    for (const auto node : row.children()) {
      const auto what = *column++;
      if (what == columnFrom || what == columnTo) {
        const bool whole = node.kind() == Kind::Unsigned && node.wholeNumber() <= largestId;
        const NeuronId id{whole ? static_cast<std::uint32_t>(node.wholeNumber()) : 0};
        if (!id || !model_.graph.row(id)) {
          return failure(JsonTree::compact(node) + " is the id of no neuron",
                         place() + (what == columnFrom ? " (from)" : " (to)"));
        }
        (what == columnFrom ? table.keys[index].from : table.keys[index].to) = id;
      } else if (what == columnCarried) {
        const auto tick = node.kind() == Kind::Null ? Result<Tick>(never) : readTick(node);
        if (!tick) return at(tick.error(), place() + " (last_carried)");
        table.lastCarried[index] = *tick;
      } else {
        const auto& field = description_->linkFields[what];
        const auto value = fieldValue(field, node);
        if (!value) return at(value.error(), place() + " (" + field.key + ")");
        table.values[what][index] = *value;
      }
    }
    return {};
  }

  static Result<void> requireUnique(const std::vector<LinkKey>& keys) {
    if (std::adjacent_find(keys.begin(), keys.end(), std::greater_equal<>()) == keys.end()) return {};
    std::vector<std::size_t> order(keys.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
    const auto twice =
        std::adjacent_find(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys[a] == keys[b]; });
    if (twice == order.end()) return {};
    const auto key = keys[*twice];
    return failure("the link from " + std::to_string(key.from.value) + " to " + std::to_string(key.to.value) +
                       " stands already in links.rows[" + std::to_string(*twice) + "]",
                   element("links.rows", *(twice + 1)), "One link leads from one neuron to another: remove one of the two");
  }

  Result<void> readNextId() {
    const auto node = find(root_, "nextId");
    if (!node) return {};
    const auto next = wholeNumber(*node, model_.graph.nextId().value, largestId + 1, "nextId");
    if (!next) return tl::unexpected(next.error());
    model_.graph.raiseNextId({static_cast<std::uint32_t>(*next)});
    return {};
  }

  Result<void> readControllers() {
    const auto list = find(root_, "controllers");
    if (!list) return {};
    auto read = json::readControllers(*list, "controllers");
    if (!read) return tl::unexpected(std::move(read.error()));
    model_.embodiment.controllers = std::move(*read);
    return {};
  }

  Result<void> readBindings() {
    const auto list = find(root_, "bindings");
    if (!list) return {};
    auto read = json::readBindings(*list, "bindings", *description_, model_.graph, model_.embodiment);
    if (!read) return tl::unexpected(std::move(read.error()));
    model_.embodiment.bindings = std::move(*read);
    return {};
  }

  /// What it says is the feeds' business.
  Result<void> readFeed() {
    const auto node = find(root_, "feed");
    if (!node) return {};
    if (auto object = requireObject(*node, "feed"); !object) return object;
    model_.feed = JsonTree::compact(*node);
    return {};
  }

  const Registry& registry_;
  Node root_;
  const Description* description_ = nullptr;
  Model model_;
};

}  // namespace

Result<Model> readModel(const Registry& registry, std::string_view text, std::string_view source) {
  const auto tree = JsonTree::parse(text, source);
  if (!tree) return tl::unexpected(tree.error());
  auto model = ModelReader(registry, tree->root()).read();
  if (!model) {
    auto& where = model.error().where;
    where = where.empty() ? std::string(source) : std::string(source) + ", " + where;
  }
  return model;
}

}  // namespace plexarium
