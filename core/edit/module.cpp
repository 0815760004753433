#include "core/edit/module.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "core/edit/steps.h"
#include "core/random.h"

namespace plexarium {
namespace {

enum Stream : std::uint32_t { ReaderStream = 0x4d4f4401U, ValueStream };

template <typename T>
bool repeats(std::vector<T> list) {
  std::ranges::sort(list);
  return std::ranges::adjacent_find(list) != list.end();
}

std::string titleOf(const Model& module) { return module.name.empty() ? "Module" : module.name; }

/// Makes the edit of one plugging; the checks first.
class Plug {
 public:
  Plug(const Description& description, const Graph& host, std::span<const double> hostParameters, const Model& module,
       const Plugging& wanted)
      : description_(description), host_(host), hostParameters_(hostParameters), module_(module), wanted_(wanted) {}

  Result<Edit> run() {
    if (auto fits = check(); !fits) return tl::unexpected(std::move(fits.error()));
    shift_ = shift();
    circuit_.neurons.values.resize(description_.neuronFields.size());
    circuit_.links.values.resize(description_.linkFields.size());
    for (std::size_t row = 0; row < module_.graph.neuronCount(); ++row) {
      if (!standIn_.contains(module_.graph.ids()[row])) addNeuron(row);
    }
    for (std::size_t l = 0; l < module_.graph.linkCount(); ++l) addInnerLink(l);
    addReaders();
    Edit edit{"Plug in " + titleOf(module_), {}};
    if (wanted_.group) edit.steps.emplace_back(AddGroups{{{wanted_.group, titleOf(module_), 0, {}, false}}});
    edit.steps.emplace_back(std::move(circuit_));
    return edit;
  }

 private:
  Result<void> check() {
    if (module_.dynamics != description_.key) {
      return failure("the module lives by other rules than the network", "module " + titleOf(module_),
                     "Choose a module of " + description_.label);
    }
    if (module_.graph.neuronCount() == 0) return failure("the module has no neurons", "module " + titleOf(module_));
    if (wanted_.learning != 1 && !description_.learningField)
      return failure("neurons of " + description_.label + " cannot be locked or slowed", "learning", "Leave it at 1");
    if (auto fits = checkInputs(); !fits) return fits;
    if (auto fits = checkOutputs(); !fits) return fits;
    for (const auto& drawn : wanted_.linkValues) {
      if (drawn.field >= description_.linkFields.size()) return failure("there is no such field of links", "link values");
      for (const double end : {drawn.least, drawn.most}) {
        if (auto fits = checkValue(description_.linkFields[drawn.field], end, "link values"); !fits) return fits;
      }
    }
    return {};
  }

  Result<void> checkInputs() {
    std::vector<NeuronId> hosts;
    for (const auto& [input, host] : wanted_.inputs) {
      const auto row = module_.graph.row(input);
      if (!row) return tl::unexpected(edit::absent(module_.graph, input));
      if (module_.graph.roles()[*row] != Role::Sensory)
        return failure("only inputs can be bound", edit::describe(module_.graph, input), "Choose a sensory neuron");
      if (!host_.row(host)) return tl::unexpected(edit::absent(host_, host));
      if (!standIn_.emplace(input, host).second) return failure("it is bound twice", edit::describe(module_.graph, input));
      hosts.push_back(host);
    }
    if (repeats(hosts)) return failure("a neuron stands for two inputs of the module", {}, "Bind each to another one");
    return {};
  }

  Result<void> checkOutputs() {
    outputs_ = wanted_.outputs;
    for (std::size_t row = 0; wanted_.outputs.empty() && row < module_.graph.neuronCount(); ++row) {
      if (module_.graph.roles()[row] == Role::Motor) outputs_.push_back(module_.graph.ids()[row]);
    }
    for (const auto id : outputs_) {
      if (!module_.graph.row(id)) return tl::unexpected(edit::absent(module_.graph, id));
      if (standIn_.contains(id)) return failure("an input that is bound is no output", edit::describe(module_.graph, id));
    }
    readers_ = wanted_.readers;
    for (const auto id : readers_) {
      if (!host_.row(id)) return tl::unexpected(edit::absent(host_, id));
    }
    for (std::size_t row = 0; wanted_.readers.empty() && row < host_.neuronCount(); ++row) {
      if (host_.roles()[row] != Role::Sensory) readers_.push_back(host_.ids()[row]);
    }
    if (repeats(outputs_) || repeats(readers_)) return failure("a neuron is named twice", "outputs or readers");
    return {};
  }

  /// What the module's neuron is called within the edit: above every id of the host, or the host's neuron itself.
  [[nodiscard]] NeuronId nameOf(NeuronId id) const {
    const auto found = standIn_.find(id);
    if (found != standIn_.end()) return found->second;
    return {host_.nextId().value + static_cast<std::uint32_t>(*module_.graph.row(id))};
  }

  void addNeuron(std::size_t row) {
    const auto& graph = module_.graph;
    auto& table = circuit_.neurons;
    table.ids.push_back(nameOf(graph.ids()[row]));
    table.names.push_back(graph.names()[row]);
    const auto role = graph.roles()[row];
    table.roles.push_back(role == Role::Motor && wanted_.outputsBecomeInterneurons ? Role::Inter : role);
    const auto place = graph.positions()[row];
    table.positions.push_back({place.x + shift_.x, place.y + shift_.y});
    table.groups.push_back(wanted_.group);
    for (std::size_t field = 0; field < description_.neuronFields.size(); ++field)
      table.values[field].push_back(valueOf(row, field));
  }

  [[nodiscard]] double valueOf(std::size_t row, std::size_t index) const {
    const auto& field = description_.neuronFields[index];
    if (field.evolves && !field.editable) return field.initial;
    const double value = columnValue(module_.graph.neuronColumn(index), row);
    if (description_.learningField == index) return std::clamp(value * wanted_.learning, field.minimum, field.maximum);
    for (const auto& own : description_.ownParameters) {
      const double parameter = module_.parameters[own.parameter];
      if (own.neuronField == index && value == field.initial && parameter != hostParameters_[own.parameter])
        return std::clamp(parameter, field.minimum, field.maximum);
    }
    return value;
  }

  /// From where the module's neurons are to where they go: the middle of the rectangle around them counts.
  [[nodiscard]] Point shift() const {
    const auto places = module_.graph.positions();
    const auto [left, right] = std::ranges::minmax_element(places, {}, &Point::x);
    const auto [top, bottom] = std::ranges::minmax_element(places, {}, &Point::y);
    return {wanted_.middle.x - (left->x + right->x) / 2, wanted_.middle.y - (top->y + bottom->y) / 2};
  }

  /// Links into an input that is bound would change the host's neuron: they stay behind.
  void addInnerLink(std::size_t l) {
    const auto key = module_.graph.key(l);
    if (standIn_.contains(key.to)) return;
    circuit_.links.keys.push_back({nameOf(key.from), nameOf(key.to)});
    for (std::size_t field = 0; field < description_.linkFields.size(); ++field)
      circuit_.links.values[field].push_back(columnValue(module_.graph.linkColumn(field), l));
  }

  void addReaders() {
    const RandomStream choice(wanted_.seed, ReaderStream);
    const RandomStream values(wanted_.seed, ValueStream);
    std::uint64_t draws = 0;
    for (const auto output : outputs_) {
      auto left = readers_;
      const auto count = std::min(wanted_.readersPerOutput, left.size());
      for (std::size_t k = 0; k < count; ++k, ++draws) {
        const auto rest = static_cast<std::uint32_t>(left.size() - k);
        std::swap(left[k], left[k + choice.below(rest, draws)]);
        circuit_.links.keys.push_back({nameOf(output), left[k]});
        for (std::size_t field = 0; field < description_.linkFields.size(); ++field)
          circuit_.links.values[field].push_back(drawn(field, values, draws));
      }
    }
  }

  [[nodiscard]] double drawn(std::size_t field, const RandomStream& values, std::uint64_t draw) const {
    const auto found = std::ranges::find(wanted_.linkValues, field, &DrawnValue::field);
    if (found == wanted_.linkValues.end()) return description_.linkFields[field].initial;
    return found->least + (found->most - found->least) * values.uniform(draw, static_cast<std::uint32_t>(field));
  }

  const Description& description_;
  const Graph& host_;
  std::span<const double> hostParameters_;
  const Model& module_;
  const Plugging& wanted_;
  std::map<NeuronId, NeuronId> standIn_;  ///< From inputs of the module to neurons of the host.
  std::vector<NeuronId> outputs_;         ///< Of the module.
  std::vector<NeuronId> readers_;         ///< Of the host.
  Point shift_;
  AddCircuit circuit_;
};

/// Takes a part out of a network.
class Extraction {
 public:
  Extraction(const Description& description, const Model& whole) : description_(description), whole_(whole) {}

  Result<Extract> run(std::span<const NeuronId> part) {
    if (part.empty()) return failure("there is nothing to extract", {}, "Select the neurons of the module first");
    for (const auto id : part) {
      const auto row = whole_.graph.row(id);
      if (!row) return tl::unexpected(edit::absent(whole_.graph, id));
      inside_.insert(*row);
    }
    sortLinks();
    extract_.model.name = "Module of " + (whole_.name.empty() ? "a network" : whole_.name);
    extract_.model.dynamics = whole_.dynamics;
    extract_.model.parameters = whole_.parameters;
    extract_.model.seed = whole_.seed;
    extract_.model.pace = whole_.pace;
    extract_.model.graph = Graph(description_);
    addNeurons();
    auto links = whole_.graph.linkTable(links_);
    links.lastCarried.clear();
    extract_.model.graph.addLinks(links);
    return std::move(extract_);
  }

 private:
  void sortLinks() {
    for (std::size_t l = 0; l < whole_.graph.linkCount(); ++l) {
      const auto from = whole_.graph.source(l);
      const std::size_t to = whole_.graph.targets()[l];
      const bool comes = inside_.contains(from);
      if (inside_.contains(to)) {
        links_.push_back(l);
        (comes ? readInside_ : inputs_).insert(from);
      } else if (comes) {
        readOutside_.insert(from);
      }
    }
  }

  void addNeurons() {
    std::vector<std::size_t> rows(inside_.begin(), inside_.end());
    rows.insert(rows.end(), inputs_.begin(), inputs_.end());
    std::ranges::sort(rows);
    auto table = whole_.graph.neuronTable(rows);
    table.lastFired.clear();
    for (std::size_t k = 0; k < rows.size(); ++k) {
      auto& role = table.roles[k];
      if (inputs_.contains(rows[k])) role = Role::Sensory;
      const bool read = readOutside_.contains(rows[k]);
      if (role == Role::Inter && read && !readInside_.contains(rows[k])) role = Role::Motor;
      if (role == Role::Sensory) extract_.inputs.push_back(table.ids[k]);
      if (role == Role::Motor || (read && role == Role::Inter)) extract_.outputs.push_back(table.ids[k]);
      for (std::size_t field = 0; field < table.values.size(); ++field) {
        const auto& described = description_.neuronFields[field];
        if (described.evolves && !described.editable) table.values[field][k] = described.initial;
      }
    }
    const auto groups = whole_.graph.groups();
    extract_.model.graph.setGroups({groups.begin(), groups.end()});
    extract_.model.graph.addNeurons(table);
    dropEmptyGroups();
  }

  void dropEmptyGroups() {
    auto& graph = extract_.model.graph;
    std::vector<Group> used(graph.groups().begin(), graph.groups().end());
    std::erase_if(used, [&](const Group& group) { return rowsIn(graph.groups(), graph.memberOf(), group.id).empty(); });
    graph.setGroups(std::move(used));
  }

  const Description& description_;
  const Model& whole_;
  std::set<std::size_t> inside_, inputs_, readInside_, readOutside_;  ///< Rows.
  std::vector<std::size_t> links_;                                    ///< That come along.
  Extract extract_;
};

}  // namespace

Result<Edit> plugIn(const Description& description, const Graph& host, std::span<const double> hostParameters,
                    const Model& module, const Plugging& wanted) {
  return Plug(description, host, hostParameters, module, wanted).run();
}

Result<Extract> extractModule(const Description& description, const Model& whole, std::span<const NeuronId> part) {
  return Extraction(description, whole).run(part);
}

}  // namespace plexarium
