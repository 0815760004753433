#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include <pugixml.hpp>

#include "core/io/graphml.h"
#include "core/io/graphml_elements.h"
#include "core/io/graphml_keys.h"
#include "core/io/import_builder.h"
#include "core/io/model_keys.h"
#include "core/io/world_json.h"

namespace plexarium {
namespace {

using graphml::child;
using graphml::Key;
using graphml::Keys;
using graphml::local;
using graphml::numberIn;
using graphml::textOf;
using graphml::Use;
using pugi::xml_node;

class Reader {
 public:
  Reader(const Registry& registry, std::string_view text, std::string_view source)
      : registry_(registry), text_(text), source_(source) {}

  Result<Imported> read(std::string_view dynamics) {
    if (auto opened = open(); !opened) return tl::unexpected(opened.error());
    const auto mark = networkData(graphml::format);
    own_ = mark.has_value();
    if (own_) {
      const auto version = numberIn<int>(*mark);
      if (!version || *version < 1) return fault(root_, "the version '" + *mark + "' is none");
      if (*version > graphml::version) {
        return fault(root_, "the file is of version " + *mark + ", newer than this program", "Get a newer program");
      }
    }
    const auto entry = registry_.require(own_ ? networkData(graphml::dynamics).value_or("") : std::string(dynamics));
    if (!entry) return tl::unexpected(entry.error());
    description_ = &(*entry)->description;
    imported_.model = emptyModel(*description_);
    return fill();
  }

 private:
  [[nodiscard]] std::string place(xml_node node) const {
    const auto offset =
        std::min<std::size_t>(static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0)), text_.size());
    return placeAt(offset);
  }
  [[nodiscard]] std::string placeAt(std::size_t offset) const {
    const auto before = text_.substr(0, std::min(offset, text_.size()));
    return source_ + ", line " + std::to_string(1 + std::count(before.begin(), before.end(), '\n'));
  }
  [[nodiscard]] tl::unexpected<Error> fault(xml_node node, std::string what, std::string advice = {}) const {
    return failure(std::move(what), place(node), std::move(advice));
  }
  ImportReport& report() { return imported_.report; }

  Result<void> open() {
    if (text_.size() > maximumGraphmlSize) {
      return failure("the file is larger than " + std::to_string(maximumGraphmlSize >> 20) + " MiB", source_);
    }
    if (auto valid = requireUtf8Text(text_, source_); !valid) return valid;
    constexpr auto options = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_wconv_attribute |
                             pugi::parse_ws_pcdata_single;
    const auto parsed = document_.load_buffer(text_.data(), text_.size(), options, pugi::encoding_utf8);
    if (!parsed)
      return failure(parsed.description(), placeAt(static_cast<std::size_t>(parsed.offset)), "The XML is damaged");
    root_ = child(document_, "graphml");
    if (!root_) return failure("this is not GraphML", source_, "The outermost element must be <graphml>");
    network_ = child(root_, "graph");
    if (!network_) return failure("there is no graph in it", source_);
    return {};
  }

  /// Data of the outermost graph with this key.
  [[nodiscard]] std::optional<std::string> networkData(std::string_view key) const {
    for (const auto data : network_.children()) {
      if (local(data) == "data" && key == data.attribute("key").value()) return textOf(data);
    }
    return std::nullopt;
  }

  Result<Imported> fill() {
    ImportBuilder builder(*description_);
    readKeys();
    if (own_) {
      if (auto read = readNetworkData(); !read) return tl::unexpected(read.error());
    }
    if (auto read = readNodes(builder); !read) return tl::unexpected(read.error());
    if (auto read = readEdges(builder); !read) return tl::unexpected(read.error());
    report().add(Fidelity::Faithful, "values", {}, values_);
    auto graph = builder.finish(own_ ? ImportBuilder::Places::AsGiven : ImportBuilder::Places::Fitted, report());
    if (!graph) return tl::unexpected(graph.error());
    imported_.model.graph = std::move(*graph);
    if (own_) {
      const auto next = numberIn<std::uint32_t>(networkData(graphml::nextId).value_or("0"));
      if (!next) return fault(network_, "next_id is no id");
      imported_.model.graph.raiseNextId({*next});
      if (auto read = readBodies(); !read) return tl::unexpected(read.error());
    }
    return std::move(imported_);
  }

  /// Bodies and their ties, in JSON as in a model document.
  Result<void> readBodies() {
    const auto list = [this](std::string_view key, const auto& read, auto& target) -> Result<void> {
      const auto text = networkData(key);
      if (!text) return {};
      const auto place = std::string(source_) + ", " + std::string(key);
      const auto tree = JsonTree::parse(*text, place);
      if (!tree) return tl::unexpected(tree.error());
      auto values = read(tree->root(), place);
      if (!values) return tl::unexpected(std::move(values.error()));
      target = std::move(*values);
      return {};
    };
    auto& model = imported_.model;
    const auto readTies = [&](json::Node node, const std::string& place) {
      return json::readBindings(node, place, *description_, model.graph, model.embodiment);
    };
    if (auto read = list(graphml::controllers, json::readControllers, model.embodiment.controllers); !read) return read;
    return list(graphml::bindings, readTies, model.embodiment.bindings);
  }

  void readKeys() {
    for (const auto key : root_.children()) {
      if (local(key) != "key") continue;
      const std::string_view owner = key.attribute("for").value();
      const std::string_view id = key.attribute("id").value();
      if (owner == "node" || owner == "all" || owner.empty())
        nodeKeys_.emplace(id, graphml::understand(key, true, own_, *description_));
      if (owner == "edge" || owner == "all" || owner.empty())
        edgeKeys_.emplace(id, graphml::understand(key, false, own_, *description_));
    }
    for (const auto* keys : {&nodeKeys_, &edgeKeys_}) {
      for (const auto& [id, key] : *keys) {
        if (key.byDefault) (keys == &nodeKeys_ ? nodeDefaults_ : edgeDefaults_).push_back(id);
      }
    }
    std::ranges::sort(nodeDefaults_);  // not in the order of a hash
    std::ranges::sort(edgeDefaults_);
  }

  Result<void> readNetworkData() {
    auto& model = imported_.model;
    model.name = networkData(graphml::modelName).value_or("");
    model.description = networkData(graphml::about).value_or("");
    model.dynamicsState = networkData(graphml::state).value_or("");
    const auto number = [this](std::string_view key, auto& value) -> Result<void> {
      const auto text = networkData(key);
      if (!text) return {};
      const auto read = numberIn<std::decay_t<decltype(value)>>(*text);
      if (!read) return fault(network_, std::string(key) + " '" + *text + "' is not a number in range");
      value = *read;
      return {};
    };
    for (const auto& read : {number(graphml::seed, model.seed), number(graphml::tick, model.tick),
                             number(graphml::pace, model.pace), number(graphml::viewX, model.view.centre.x),
                             number(graphml::viewY, model.view.centre.y), number(graphml::viewScale, model.view.scale)}) {
      if (!read) return read;
    }
    if (model.tick < 0 || model.pace < 0 || model.view.scale < 0) {
      return fault(network_, "tick, pace and view_scale may not be below 0");
    }
    for (std::size_t k = 0; k < description_->parameters.size(); ++k) {
      const auto text = networkData(graphml::parameterKey(description_->parameters[k].key));
      if (!text) continue;
      const auto value = foreignValue(description_->parameters[k], *text);
      if (!value) return fault(network_, value.error().what, value.error().advice);
      model.parameters[k] = *value;
    }
    return {};
  }

  /// All nodes, nested ones too; a list of graphs instead of a recursion, so that depth does not matter.
  Result<void> readNodes(ImportBuilder& builder) {
    graphs_.push_back(network_);
    for (std::size_t next = 0; next < graphs_.size(); ++next) {
      for (const auto node : graphs_[next].children()) {
        const auto name = local(node);
        if (name == "node") {
          if (auto read = readNode(node, builder); !read) return read;
        } else if (name == "hyperedge") {
          report().add(Fidelity::Unsupported, "hyperedges", "a link has one source and one target");
        } else if (name == "locator") {
          report().add(Fidelity::Unsupported, "locators", "nothing outside the file is read");
        } else if (name == "data" && !own_) {
          report().add(Fidelity::Unsupported, "data of the graph");
        }
      }
    }
    for (auto further = network_.next_sibling(); further; further = further.next_sibling()) {
      if (local(further) == "graph") report().add(Fidelity::Unsupported, "further graphs", "only the first is read");
    }
    return {};
  }

  Result<void> readNode(xml_node node, ImportBuilder& builder) {
    const std::string_view label = node.attribute("id").value();
    if (label.empty()) return fault(node, "a node has no id");
    NeuronId id{static_cast<std::uint32_t>(ids_.size() + 1)};
    if (own_) {
      const auto number = label.front() == 'n' ? numberIn<std::uint32_t>(label.substr(1)) : std::nullopt;
      if (!number || *number == 0 || *number == std::numeric_limits<std::uint32_t>::max()) {
        return fault(node, "'" + std::string(label) + "' is no neuron's id", "Ids are n1, n2, ...");
      }
      id = {*number};
      if (!taken_.insert(*number).second) return fault(node, "the node '" + std::string(label) + "' is there twice");
    }
    if (!ids_.emplace(label, id).second) return fault(node, "the node '" + std::string(label) + "' is there twice");
    const auto index = builder.addNeuron(id, {});
    NodeData data;
    for (const auto& key : nodeDefaults_) {
      const auto& known = nodeKeys_[key];
      if (auto set = setNode(known, *known.byDefault, node, builder, index, data); !set) return set;
    }
    data.byDefault = std::move(builder.neurons().names[index]);
    builder.neurons().names[index].clear();
    for (const auto part : node.children()) {
      const auto name = local(part);
      if (name == "graph") {
        graphs_.push_back(part);
        report().add(Fidelity::Approximate, "nested graphs", "their nodes stand beside the others");
      } else if (name == "port") {
        report().add(Fidelity::Approximate, "ports", "links lead to the node itself");
      } else if (name == "data") {
        const auto known = nodeKeys_.find(part.attribute("key").value());
        const bool undeclared = known == nodeKeys_.end();
        if (undeclared || known->second.use == Use::Unknown) {
          unknownData(undeclared ? part.attribute("key").value() : known->second.name, "node");
        } else if (known->second.use == Use::Graphics) {
          readGraphics(part, builder, index, data);
        } else if (auto set = setNode(known->second, textOf(part), part, builder, index, data); !set) {
          return set;
        }
      }
    }
    if (data.x && data.y) builder.place(index, {*data.x, *data.y});
    auto& name = builder.neurons().names[index];
    if (name.empty() && !own_) name = data.byDefault.empty() ? std::string(label) : data.byDefault;
    return {};
  }

  struct NodeData {
    std::optional<float> x, y;
    std::string byDefault;  ///< Name that the key's default gives.
  };

  Result<void> setNode(const Key& key, const std::string& text, xml_node at, ImportBuilder& builder, std::size_t index,
                       NodeData& data) {
    auto& neurons = builder.neurons();
    switch (key.use) {
      case Use::Name:
        if (neurons.names[index].empty()) neurons.names[index] = text;
        return {};
      case Use::Role:
        if (const auto role = roleCalled(own_ ? text : lowered(text)))
          neurons.roles[index] = *role;
        else if (own_)
          return fault(at, "'" + text + "' is no role", "There are sensory, inter and motor");
        else
          report().add(Fidelity::Unsupported, "role '" + text + "'", "there are sensory, inter and motor");
        return {};
      case Use::X:
      case Use::Y: {
        const auto number = numberIn<float>(text);
        if (!number && own_) return fault(at, "the place '" + text + "' is not a number");
        if (!number) report().add(Fidelity::Unsupported, "places that are not numbers");
        (key.use == Use::X ? data.x : data.y) = number;
        return {};
      }
      case Use::LastTick:
        return setTick(text, at, neurons.lastFired[index]);
      case Use::Field:
        return setField(description_->neuronFields[key.field], text, at,
                        [&](double value) { builder.setNeuronValue(index, key.field, value); });
      case Use::Unknown:
      case Use::Graphics:
        break;
    }
    return {};
  }

  template <typename Set>
  Result<void> setField(const Field& field, const std::string& text, xml_node at, Set&& set) {
    const auto value = foreignValue(field, text);
    if (value) {
      ++values_;
      set(*value);
    } else if (own_) {
      return fault(at, value.error().what, value.error().advice);
    } else {
      noteMisfit(report(), field, value.error(), report().find("unfitting " + field.key + " values") ? "" : place(at));
    }
    return {};
  }

  Result<void> setTick(const std::string& text, xml_node at, Tick& tick) {
    const auto read = numberIn<Tick>(text);
    if (!read || *read < 0 || *read > imported_.model.tick) {
      return fault(at, "'" + text + "' is no tick of this run",
                   "It may be from 0 to " + std::to_string(imported_.model.tick));
    }
    tick = *read;
    return {};
  }

  void unknownData(const std::string& name, const char* owner) {
    report().add(Fidelity::Unsupported, std::string(owner) + " data '" + name + "'", "no field is called that");
  }

  /// yEd: <y:ShapeNode><y:Geometry x y width height/><y:NodeLabel>text</y:NodeLabel></y:ShapeNode>, x and y of the corner.
  void readGraphics(xml_node data, ImportBuilder& builder, std::size_t index, NodeData& node) {
    for (const auto shape : data.children()) {
      if (const auto geometry = child(shape, "Geometry")) {
        const auto x = geometry.attribute("x").as_float(NAN) + geometry.attribute("width").as_float() / 2;
        const auto y = geometry.attribute("y").as_float(NAN) + geometry.attribute("height").as_float() / 2;
        if (std::isfinite(x) && std::isfinite(y)) node.x = x, node.y = y;
      }
      if (const auto label = child(shape, "NodeLabel")) {
        auto text = textOf(label);
        const auto begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
        const auto end = text.find_last_not_of(" \t\r\n");
        text = text.substr(begin, end == std::string::npos ? 0 : end + 1 - begin);
        if (builder.neurons().names[index].empty()) builder.neurons().names[index] = text;
      }
    }
    report().add(Fidelity::Approximate, "drawn shapes", "place and label are read; size, shape and colour are not");
  }

  Result<void> readEdges(ImportBuilder& builder) {
    for (const auto graph : graphs_) {
      const bool directed = std::string_view(graph.attribute("edgedefault").value()) != "undirected";
      for (const auto edge : graph.children()) {
        if (local(edge) != "edge") continue;
        if (auto read = readEdge(edge, directed, builder); !read) return read;
      }
    }
    return {};
  }

  Result<NeuronId> end(xml_node edge, const char* which) const {
    const std::string_view label = edge.attribute(which).value();
    const auto found = ids_.find(label);
    if (found == ids_.end())
      return fault(edge, "the edge's " + std::string(which) + " '" + std::string(label) + "' is no node");
    return found->second;
  }

  Result<void> readEdge(xml_node edge, bool directed, ImportBuilder& builder) {
    const auto from = end(edge, "source");
    if (!from) return tl::unexpected(from.error());
    const auto to = end(edge, "target");
    if (!to) return tl::unexpected(to.error());
    if (edge.attribute("directed")) directed = edge.attribute("directed").as_bool();
    if (edge.attribute("sourceport") || edge.attribute("targetport")) {
      report().add(Fidelity::Approximate, "ports", "links lead to the node itself");
    }
    if (auto read = readLink({*from, *to}, edge, builder); !read || directed || *from == *to) return read;
    report().add(Fidelity::Approximate, "undirected edges", "each became two links");
    return readLink({*to, *from}, edge, builder);
  }

  Result<void> readLink(LinkKey key, xml_node edge, ImportBuilder& builder) {
    const auto index = builder.addLink(key);
    for (const auto& id : edgeDefaults_) {
      const auto& known = edgeKeys_[id];
      if (auto set = setLink(known, *known.byDefault, edge, builder, index); !set) return set;
    }
    for (const auto part : edge.children()) {
      const auto name = local(part);
      if (name == "graph") report().add(Fidelity::Unsupported, "graphs within edges");
      if (name != "data") continue;
      const auto known = edgeKeys_.find(part.attribute("key").value());
      const bool undeclared = known == edgeKeys_.end();
      if (undeclared || known->second.use == Use::Unknown) {
        unknownData(undeclared ? part.attribute("key").value() : known->second.name, "edge");
      } else if (auto set = setLink(known->second, textOf(part), part, builder, index); !set) {
        return set;
      }
    }
    return {};
  }

  Result<void> setLink(const Key& key, const std::string& text, xml_node at, ImportBuilder& builder, std::size_t index) {
    if (key.use == Use::LastTick) return setTick(text, at, builder.links().lastCarried[index]);
    if (key.use != Use::Field) return {};
    return setField(description_->linkFields[key.field], text, at,
                    [&](double value) { builder.setLinkValue(index, key.field, value); });
  }

  const Registry& registry_;
  std::string_view text_;
  std::string source_;
  pugi::xml_document document_;
  xml_node root_;
  xml_node network_;
  bool own_ = false;  ///< Written by writeGraphml.
  const Description* description_ = nullptr;
  Imported imported_;
  Keys nodeKeys_;
  Keys edgeKeys_;
  std::vector<std::string_view> nodeDefaults_;
  std::vector<std::string_view> edgeDefaults_;
  std::vector<xml_node> graphs_;
  std::unordered_map<std::string_view, NeuronId> ids_;
  std::unordered_set<std::uint32_t> taken_;  ///< Of our own files: n1 and n01 would be the same neuron.
  std::size_t values_ = 0;
};

}  // namespace

Result<Imported> readGraphml(const Registry& registry, std::string_view text, std::string_view source,
                             std::string_view dynamics) {
  return Reader(registry, text, source).read(dynamics);
}

}  // namespace plexarium
