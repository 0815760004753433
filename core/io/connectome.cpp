#include "core/io/connectome.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/io/csv.h"
#include "core/io/document.h"
#include "core/io/spread.h"

namespace plexarium {
namespace {

constexpr double unitsPerMicrometre = 0.8;
constexpr float apart = 2.5F;  // world units between the middles of two discs of radius 1

/// Where a field called `key` stands; the importer and the dynamics' table agree on the keys or the program is wrong.
std::size_t fieldCalled(const std::vector<Field>& fields, std::string_view key) {
  const auto found = findField(fields, key);
  assert(found);
  return *found;
}

double choiceCalled(const Field& field, std::string_view choice) {
  const auto found = std::find(field.choices.begin(), field.choices.end(), choice);
  assert(found != field.choices.end());
  return static_cast<double>(found - field.choices.begin());
}

enum class Contact { Chemical, Electrical };

/// Builds the model table by table.
class Importer {
 public:
  Importer(const Description& description, bool fromAbove) : description_(description), fromAbove_(fromAbove) {
    neurons_.values.resize(description.neuronFields.size());
    links_.values.resize(description.linkFields.size());
  }

  Result<void> addNeurons(const CsvTable& table);
  Result<void> addMuscles(const CsvTable& table);
  Result<void> addContacts(const CsvTable& table, std::string_view fromColumn, std::string_view toColumn);
  Model finish();

 private:
  struct Columns {
    std::size_t from, to, type, weight, sign;
  };
  void addNeuron(const std::string& name, Role role, double x, double dv);
  GroupId groupCalled(const std::string& name);
  void setLast(NeuronTable& table, std::string_view key, double value);
  Result<NeuronId> neuronIn(const CsvTable& table, std::size_t row, std::size_t column) const;
  Result<Contact> contactIn(const CsvTable& table, std::size_t row, std::size_t column) const;
  Result<void> addChemical(const CsvTable& table, std::size_t row, const Columns& columns);
  Result<void> addElectrical(const CsvTable& table, std::size_t row, const Columns& columns);
  Result<double> weightIn(const CsvTable& table, std::size_t row, std::size_t column, std::string_view field) const;
  std::size_t addLink(LinkKey key, double weight, std::string_view kind);

  const Description& description_;
  NeuronTable neurons_;
  LinkTable links_;
  std::unordered_map<std::string, NeuronId> idOf_;
  std::map<LinkKey, std::size_t> linkOf_;  ///< Index into links_.
  std::set<LinkKey> electrical_;           ///< Pairs, smaller id first.
  std::size_t muscles_ = 0;
  bool fromAbove_ = false;
  std::vector<Group> groups_;
};

/// "ALML" and "ALM": the class and a side; "AVM" itself.
bool isOf(std::string_view name, std::string_view cell) {
  if (!name.starts_with(cell)) return false;
  const auto rest = name.substr(cell.size());
  return rest.empty() || rest == "L" || rest == "R";
}

bool isAnyOf(std::string_view name, std::initializer_list<std::string_view> cells) {
  return std::ranges::any_of(cells, [&](std::string_view cell) { return isOf(name, cell); });
}

/// Touch cells hush the neurons of the movement towards the touch.
bool hushes(std::string_view from, std::string_view to) {
  if (isAnyOf(from, {"ALM", "AVM"})) return isAnyOf(to, {"PVC", "AVB"});
  return isOf(from, "PLM") && isAnyOf(to, {"AVA", "AVD", "AVE"});
}

std::optional<Role> roleOfType(std::string_view type) {
  if (type == "sensory") return Role::Sensory;
  if (type == "interneuron" || type == "other") return Role::Inter;
  if (type == "motor") return Role::Motor;
  return std::nullopt;
}

void Importer::addNeuron(const std::string& name, Role role, double x, double dv) {
  const NeuronId id{static_cast<std::uint32_t>(neurons_.size() + 1)};
  idOf_.emplace(name, id);
  neurons_.ids.push_back(id);
  neurons_.names.push_back(name);
  neurons_.roles.push_back(role);
  neurons_.positions.push_back({static_cast<float>(x * unitsPerMicrometre), static_cast<float>(-dv * unitsPerMicrometre)});
  neurons_.groups.push_back({});
  for (std::size_t field = 0; field < neurons_.values.size(); ++field) {
    neurons_.values[field].push_back(description_.neuronFields[field].initial);
  }
  for (const auto& [key, value] :
       {std::pair("production_e", 2.9), std::pair("production_i", 0.0), std::pair("capacity", 48.0),
        std::pair("gap_gain", 33.8), std::pair("leak", 0.3), std::pair("speed", 4.0), std::pair("recovery", 7.0)}) {
    setLast(neurons_, key, value);
  }
}

/// The group of that name, made where it is new; none where the name is empty.
GroupId Importer::groupCalled(const std::string& name) {
  if (name.empty()) return {};
  const auto known = std::ranges::find(groups_, name, &Group::name);
  if (known != groups_.end()) return known->id;
  const auto colour = static_cast<std::uint8_t>(groups_.size() % groupColours);
  groups_.push_back({freeGroupId(groups_), name, colour, {}, false});
  return groups_.back().id;
}

void Importer::setLast(NeuronTable& table, std::string_view key, double value) {
  table.values[fieldCalled(description_.neuronFields, key)].back() = value;
}

Result<void> Importer::addNeurons(const CsvTable& table) {
  std::array<std::size_t, 4> columns{};
  const std::array<std::string_view, 4> names = {"name", "type", "x", fromAbove_ ? "y" : "dv"};
  for (std::size_t k = 0; k < names.size(); ++k) {
    const auto column = table.column(names[k]);
    if (!column) return tl::unexpected(column.error());
    columns[k] = *column;
  }
  const auto transmitters = table.column("neurotransmitter");
  for (std::size_t row = 0; row < table.rowCount(); ++row) {
    const auto& name = table.cell(row, columns[0]);
    if (name.empty()) return table.fault(row, columns[0], "the neuron has no name");
    if (idOf_.contains(name)) return table.fault(row, columns[0], "there is a neuron " + name + " already");
    const auto role = roleOfType(table.cell(row, columns[1]));
    if (!role) {
      return table.fault(row, columns[1], "'" + table.cell(row, columns[1]) + "' is no type of neuron",
                         "It may be sensory, interneuron, motor, other");
    }
    std::array<double, 2> place{};
    for (std::size_t k = 0; k < 2; ++k) {
      const auto value = table.number(row, columns[2 + k]);
      if (!value) return tl::unexpected(value.error());
      constexpr double longestBody = 1e6;  // a metre
      if (*value < -longestBody || *value > longestBody) {
        return table.fault(row, columns[2 + k], "is further than a metre away", "Give micrometres");
      }
      place[k] = *value;
    }
    addNeuron(name, *role, place[0], place[1]);
    if (transmitters) neurons_.groups.back() = groupCalled(table.cell(row, *transmitters));
  }
  return {};
}

/// Row 1..24 of a body-wall muscle "MDL07", 0 for anything else.
int bodyWallRow(std::string_view name) {
  if (name.size() != 5 || name[0] != 'M' || (name[1] != 'D' && name[1] != 'V') || (name[2] != 'L' && name[2] != 'R'))
    return 0;
  const auto digit = [&](std::size_t k) { return std::isdigit(static_cast<unsigned char>(name[k])) != 0; };
  if (!digit(3) || !digit(4)) return 0;
  const int row = (name[3] - '0') * 10 + (name[4] - '0');
  return row <= 24 ? row : 0;
}

/// Body-wall muscles stand along the back and the belly, the other end organs under them where their neurons are.
Result<void> Importer::addMuscles(const CsvTable& table) {
  const auto neuronColumn = table.column("neuron");
  if (!neuronColumn) return tl::unexpected(neuronColumn.error());
  const auto targetColumn = table.column("target");
  if (!targetColumn) return tl::unexpected(targetColumn.error());
  struct Place {
    double sum = 0;
    double count = 0;
  };
  std::map<std::string, Place> places;
  double length = 0;
  for (const auto& position : neurons_.positions) {
    length = std::max(length, static_cast<double>(position.x) / unitsPerMicrometre);
  }
  for (std::size_t row = 0; row < table.rowCount(); ++row) {
    const auto neuron = neuronIn(table, row, *neuronColumn);
    if (!neuron) return tl::unexpected(neuron.error());
    const auto& target = table.cell(row, *targetColumn);
    if (target.empty()) return table.fault(row, *targetColumn, "the target has no name");
    if (idOf_.contains(target))
      return table.fault(row, *targetColumn, target + " is a neuron", "List it among the synapses");
    auto& place = places[target];
    place.sum += static_cast<double>(neurons_.positions[neuron->value - 1].x) / unitsPerMicrometre;
    place.count += 1;
  }
  for (const auto& [name, place] : places) {
    const int row = bodyWallRow(name);
    double x = place.sum / place.count;
    double dv = -50;
    if (row > 0) {
      x = (row - 0.5) / 24 * length;
      const double side = name[2] == 'L' ? 0 : 4;
      dv = name[1] == 'D' ? 60 + side : -20 - side;
    }
    addNeuron(name, Role::Motor, x, dv);
    for (const auto key : {"production_e", "gap_gain"}) setLast(neurons_, key, 0);
    ++muscles_;
  }
  return {};
}

Result<NeuronId> Importer::neuronIn(const CsvTable& table, std::size_t row, std::size_t column) const {
  const auto found = idOf_.find(table.cell(row, column));
  if (found != idOf_.end()) return found->second;
  return table.fault(row, column, "there is no neuron '" + table.cell(row, column) + "'",
                     "Names must be those of the table of neurons");
}

Result<Contact> Importer::contactIn(const CsvTable& table, std::size_t row, std::size_t column) const {
  if (table.cell(row, column) == "chemical") return Contact::Chemical;
  if (table.cell(row, column) == "electrical") return Contact::Electrical;
  return table.fault(row, column, "'" + table.cell(row, column) + "' is no type of contact",
                     "It may be chemical or electrical");
}

Result<double> Importer::weightIn(const CsvTable& table, std::size_t row, std::size_t column, std::string_view field) const {
  const auto weight = table.number(row, column);
  if (!weight) return weight;
  const auto checked = checkValue(description_.linkFields[fieldCalled(description_.linkFields, field)], *weight);
  if (!checked) return table.fault(row, column, checked.error().what, checked.error().advice);
  return weight;
}

std::size_t Importer::addLink(LinkKey key, double weight, std::string_view kind) {
  const auto& fields = description_.linkFields;
  const auto index = links_.size();
  linkOf_.emplace(key, index);
  links_.keys.push_back(key);
  for (std::size_t field = 0; field < fields.size(); ++field) links_.values[field].push_back(fields[field].initial);
  const auto kindField = fieldCalled(fields, "kind");
  links_.values[fieldCalled(fields, "weight")].back() = weight;
  links_.values[kindField].back() = choiceCalled(fields[kindField], kind);
  return index;
}

Result<void> Importer::addChemical(const CsvTable& table, std::size_t row, const Columns& columns) {
  const auto from = neuronIn(table, row, columns.from);
  if (!from) return tl::unexpected(from.error());
  const auto to = neuronIn(table, row, columns.to);
  if (!to) return tl::unexpected(to.error());
  const auto weight = weightIn(table, row, columns.weight, "weight");
  if (!weight) return tl::unexpected(weight.error());
  const auto& sign = table.cell(row, columns.sign);
  if (sign != "+" && sign != "-" && !sign.empty()) {
    return table.fault(row, columns.sign, "'" + sign + "' is no sign", "It may be +, - or empty");
  }
  if (linkOf_.contains({*from, *to})) return table.fault(row, columns.to, "this chemical contact is listed twice");
  const bool inverts = sign == "-" || hushes(table.cell(row, columns.from), table.cell(row, columns.to));
  addLink({*from, *to}, *weight, inverts ? "inverted" : "chemical");
  return {};
}

Result<void> Importer::addElectrical(const CsvTable& table, std::size_t row, const Columns& columns) {
  const auto from = neuronIn(table, row, columns.from);
  if (!from) return tl::unexpected(from.error());
  const auto to = neuronIn(table, row, columns.to);
  if (!to) return tl::unexpected(to.error());
  const auto weight = weightIn(table, row, columns.weight, "gap_weight");
  if (!weight) return tl::unexpected(weight.error());
  const LinkKey forward{*from, *to};
  const LinkKey backward{*to, *from};
  if (!electrical_.insert(std::min(forward, backward)).second) {
    return table.fault(row, columns.to, "this electrical contact is listed twice",
                       "It has no direction: list each pair once");
  }
  for (const auto& key : {forward, backward}) {
    if (linkOf_.contains(key)) continue;
    addLink(key, *weight, "electrical");
    return {};
  }
  links_.values[fieldCalled(description_.linkFields, "gap_weight")][linkOf_[forward]] = *weight;
  return {};
}

/// Chemical contacts of the table first: an electrical one takes what directions they leave.
Result<void> Importer::addContacts(const CsvTable& table, std::string_view fromColumn, std::string_view toColumn) {
  std::array<std::size_t, 5> found{};
  const std::array<std::string_view, 5> names = {fromColumn, toColumn, "type", "weight", "sign"};
  for (std::size_t k = 0; k < names.size(); ++k) {
    const auto column = table.column(names[k]);
    if (!column) return tl::unexpected(column.error());
    found[k] = *column;
  }
  const Columns columns{found[0], found[1], found[2], found[3], found[4]};
  for (const auto wanted : {Contact::Chemical, Contact::Electrical}) {
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
      const auto contact = contactIn(table, row, columns.type);
      if (!contact) return tl::unexpected(contact.error());
      if (*contact != wanted) continue;
      const auto added = wanted == Contact::Chemical ? addChemical(table, row, columns) : addElectrical(table, row, columns);
      if (!added) return added;
    }
  }
  return {};
}

Model Importer::finish() {
  Model model = emptyModel(description_);
  const auto neurons = neurons_.size() - muscles_;
  model.name = "Connectome of " + std::to_string(neurons) + " neurons";
  model.description = "Silent until touched: stimulate a sensory neuron and watch how far it spreads.";
  spreadApart(neurons_.positions, apart, 200);
  model.graph.setGroups(groups_);
  model.graph.addNeurons(neurons_);
  model.graph.addLinks(links_);
  return model;
}

}  // namespace

Result<ConnectomeTables> readConnectome(const std::string& folder, bool fromAbove) {
  ConnectomeTables tables;
  tables.fromAbove = fromAbove;
  const auto read = [&](const char* name, ConnectomeTables::Table& table) -> Result<void> {
    auto text = readFile(std::filesystem::path(folder) / name);
    if (!text) return failure(text.error().what, text.error().where, std::string(connectomeAdvice()));
    table = {name, std::move(*text)};
    return {};
  };
  if (auto done = read("neurons.csv", tables.neurons); !done) return tl::unexpected(done.error());
  if (auto done = read("synapses.csv", tables.synapses); !done) return tl::unexpected(done.error());
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::path(folder) / "neuron_to_muscle.csv", ignored)) {
    if (auto done = read("neuron_to_muscle.csv", tables.muscles); !done) return tl::unexpected(done.error());
  }
  return tables;
}

std::string_view connectomeAdvice() {
  return "Make CSV tables of a published wiring (for C. elegans: S. J. Cook et al., Nature 571, 2019, in the supplement and "
         "in "
         "openworm/c302; soma places in its cell files). Neurons: name, type, x, dv and, where known, y and "
         "neurotransmitter. "
         "Synapses: pre, post, type, weight, sign. Muscles: neuron, target, type, weight, sign";
}

Result<Model> importConnectome(const Registry& registry, const ConnectomeTables& tables) {
  const auto entry = registry.require("transmitter");
  if (!entry) return tl::unexpected(entry.error());
  Importer importer((*entry)->description, tables.fromAbove);

  const auto neurons = CsvTable::parse(tables.neurons.text, tables.neurons.source);
  if (!neurons) return tl::unexpected(neurons.error());
  if (auto added = importer.addNeurons(*neurons); !added) return tl::unexpected(added.error());
  const auto synapses = CsvTable::parse(tables.synapses.text, tables.synapses.source);
  if (!synapses) return tl::unexpected(synapses.error());
  if (auto added = importer.addContacts(*synapses, "pre", "post"); !added) return tl::unexpected(added.error());
  if (!tables.muscles.text.empty()) {
    const auto muscles = CsvTable::parse(tables.muscles.text, tables.muscles.source);
    if (!muscles) return tl::unexpected(muscles.error());
    if (auto added = importer.addMuscles(*muscles); !added) return tl::unexpected(added.error());
    if (auto added = importer.addContacts(*muscles, "neuron", "target"); !added) return tl::unexpected(added.error());
  }
  return importer.finish();
}

}  // namespace plexarium
