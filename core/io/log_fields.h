#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/description/description.h"
#include "core/edit/deed.h"

// What a log says of every deed and step: one list for the writer and the reader. Part of log_document.h.
namespace plexarium::log {

inline constexpr std::string_view format = "plexarium-log";

/// Follows Deed.
inline constexpr std::array<std::string_view, 10> deedKeys = {
    "edit", "undo", "redo", "stimulate", "teach", "return_to_start", "poke", "set_feeds", "set_feeding", "next_sample"};
static_assert(deedKeys.size() == std::variant_size_v<Deed>);

/// Follows FeedMode.
inline constexpr std::array<std::string_view, 5> modeKeys = {"off", "train", "validate", "test", "show"};

/// Follows EditStep.
inline constexpr std::array<std::string_view, 24> stepKeys = {
    "add_neurons",   "remove_neurons", "add_links",     "remove_links",    "set_neuron_field",   "set_link_field",
    "set_parameter", "move",           "rename",        "set_roles",       "add_circuit",        "add_groups",
    "remove_groups", "set_groups",     "assign_groups", "add_controllers", "remove_controllers", "set_world_parameter",
    "add_objects",   "remove_objects", "set_objects",   "add_bindings",    "set_bindings",       "remove_bindings"};
static_assert(stepKeys.size() == std::variant_size_v<EditStep>);

/// An index that stands in the document as the key of what it points at.
template <typename Index, typename Keyed>
struct ByKey {
  Index& index;
  const std::vector<Keyed>& list;
};
template <typename Index, typename Keyed>
ByKey(Index&, const std::vector<Keyed>&) -> ByKey<Index, Keyed>;

/// Columns that stand in the document as an object of lists by the keys of their fields.
template <typename Values>
struct Columns {
  Values& values;
  const std::vector<Field>& fields;
};
template <typename Values>
Columns(Values&, const std::vector<Field>&) -> Columns<Values>;

/// Calls visit(key, member) for everything that a step holds. `Step` may be const.
template <typename Table, typename Visit>
void eachOfNeurons(const Description& description, Table& table, Visit visit) {
  visit("ids", table.ids);
  visit("names", table.names);
  visit("roles", table.roles);
  visit("positions", table.positions);
  visit("last_fired", table.lastFired);
  visit("values", Columns{table.values, description.neuronFields});
  visit("groups", table.groups);
}

template <typename Table, typename Visit>
void eachOfLinks(const Description& description, Table& table, Visit visit) {
  visit("links", table.keys);
  visit("last_carried", table.lastCarried);
  visit("link_values", Columns{table.values, description.linkFields});
}

template <typename Step, typename Visit>
void eachMember(const Description& description, Step& step, Visit visit) {
  using Plain = std::remove_const_t<Step>;
  if constexpr (std::is_same_v<Plain, AddNeurons>) {
    eachOfNeurons(description, step.neurons, visit);
  } else if constexpr (std::is_same_v<Plain, AddLinks>) {
    eachOfLinks(description, step.links, visit);
  } else if constexpr (std::is_same_v<Plain, AddCircuit>) {
    eachOfNeurons(description, step.neurons, visit);
    eachOfLinks(description, step.links, visit);
    visit("bindings", step.bindings);
  } else if constexpr (std::is_same_v<Plain, RemoveNeurons>) {
    visit("ids", step.neurons);
  } else if constexpr (std::is_same_v<Plain, RemoveLinks>) {
    visit("links", step.links);
  } else if constexpr (std::is_same_v<Plain, SetNeuronField>) {
    visit("field", ByKey{step.field, description.neuronFields});
    visit("values", step.values);
  } else if constexpr (std::is_same_v<Plain, SetLinkField>) {
    visit("field", ByKey{step.field, description.linkFields});
    visit("values", step.values);
  } else if constexpr (std::is_same_v<Plain, SetParameter>) {
    visit("field", ByKey{step.parameter, description.parameters});
    visit("value", step.value);
  } else if constexpr (std::is_same_v<Plain, MoveNeurons>) {
    visit("positions", step.positions);
  } else if constexpr (std::is_same_v<Plain, RenameNeurons>) {
    visit("names", step.names);
  } else if constexpr (std::is_same_v<Plain, SetRoles>) {
    visit("roles", step.roles);
  } else if constexpr (std::is_same_v<Plain, AddControllers> || std::is_same_v<Plain, RemoveControllers>) {
    visit("controllers", step.controllers);
  } else if constexpr (std::is_same_v<Plain, SetWorldParameter>) {
    visit("controller", step.controller);
    visit("parameter", step.parameter);
    visit("value", step.value);
  } else if constexpr (std::is_same_v<Plain, AddObjects> || std::is_same_v<Plain, RemoveObjects> ||
                       std::is_same_v<Plain, SetObjects>) {
    visit("controller", step.controller);
    visit("objects", step.objects);
  } else if constexpr (std::is_same_v<Plain, AddBindings> || std::is_same_v<Plain, SetBindings> ||
                       std::is_same_v<Plain, RemoveBindings>) {
    visit("bindings", step.bindings);
  } else {  // the four of groups
    visit("groups", step.groups);
  }
}

template <typename One, typename Visit>
void eachOfGroup(One& group, Visit visit) {
  visit("id", group.id);
  visit("name", group.name);
  visit("colour", group.colour);
  visit("parent", group.parent);
  visit("collapsed", group.collapsed);
}

/// The values stand in the order of the kind's fields: a step does not say the controller's type.
template <typename One, typename Visit>
void eachOfObject(One& object, Visit visit) {
  visit("id", object.id);
  visit("kind", object.kind);
  visit("values", object.values);
}

template <typename One, typename Visit>
void eachOfPoke(One& poke, Visit visit) {
  visit("controller", poke.controller);
  visit("x", poke.place.x);
  visit("y", poke.place.y);
  visit("seconds", poke.seconds);
}

template <typename One, typename Visit>
void eachOfStimulus(const Description& description, One& stimulus, Visit visit) {
  visit("neuron", stimulus.neuron);
  visit("channel", ByKey{stimulus.channel, description.stimuli});
  visit("amount", stimulus.amount);
}

}  // namespace plexarium::log
