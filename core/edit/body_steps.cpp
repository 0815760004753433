#include <algorithm>
#include <string>
#include <utility>

#include "core/dynamics/embodied.h"
#include "core/edit/steps.h"
#include "core/world/world.h"

namespace plexarium::edit {
namespace {

std::string placeOf(const std::string& controller) { return "controller " + controller; }

tl::unexpected<Error> absent(const std::string& controller) {
  return failure("there is no such controller", placeOf(controller), "It may have been removed meanwhile");
}

std::string placeOf(const Binding& binding) {
  return "binding of " + binding.controller + ':' + binding.port + " to neuron " + std::to_string(binding.neuron.value);
}

Controller* find(Embodiment& embodiment, const std::string& id) {
  const auto* found = findController(embodiment, id);
  return found != nullptr ? &embodiment.controllers[static_cast<std::size_t>(found - embodiment.controllers.data())]
                          : nullptr;
}

Binding* find(Embodiment& embodiment, const Binding& binding) {
  const auto* found = findBinding(embodiment, binding);
  return found != nullptr ? &embodiment.bindings[static_cast<std::size_t>(found - embodiment.bindings.data())] : nullptr;
}

ArenaObject* find(Controller& controller, std::uint32_t id) {
  const auto found = std::ranges::lower_bound(controller.objects, id, {}, &ArenaObject::id);
  return found != controller.objects.end() && found->id == id ? &*found : nullptr;
}

void insert(Embodiment& embodiment, Controller controller) {
  auto& all = embodiment.controllers;
  all.insert(std::ranges::upper_bound(all, controller.id, {}, &Controller::id), std::move(controller));
}

void insert(Embodiment& embodiment, Binding binding) {
  auto& all = embodiment.bindings;
  const auto place = std::ranges::upper_bound(all, binding.key(), {}, &Binding::key);
  all.insert(place, std::move(binding));
}

void insert(Controller& controller, ArenaObject object) {
  auto& all = controller.objects;
  all.insert(std::ranges::upper_bound(all, object.id, {}, &ArenaObject::id), std::move(object));
}

/// What a person puts there; of an undo, what still has its place.
Result<bool> fits(const Site& site, const Embodiment& embodiment, const Binding& binding) {
  const auto checked = checkTie(site.description, site.graph, embodiment, binding, placeOf(binding));
  if (checked) return true;
  if (site.strict()) return tl::unexpected(checked.error());
  return false;
}

Done bodyDone(std::vector<EditStep> inverse) {
  Done done{std::move(inverse), {}, {}};
  done.touched.embodiment = true;
  return done;
}

/// Takes over what a step has made of a copy.
Done finish(const Site& site, Embodiment next, std::vector<EditStep> inverse) {
  site.embodiment = std::move(next);
  return bodyDone(std::move(inverse));
}

/// What chance and time made of an object stays when a person moves it.
void keepEvolved(const Controller& controller, const ArenaObject& present, ArenaObject& wanted) {
  const auto* kind = findWorld(controller.type)->description.objectKind(present.kind);
  if (wanted.kind != present.kind) return;
  for (std::size_t field = 0; field < kind->fields.size(); ++field) {
    if (kind->fields[field].evolves) wanted.values[field] = present.values[field];
  }
}

}  // namespace

AddBindings unbind(const Site& site, std::span<const NeuronId> neurons) {
  AddBindings removed;
  std::erase_if(site.embodiment.bindings, [&](const Binding& binding) {
    const bool goes = std::ranges::binary_search(neurons, binding.neuron);
    if (goes) removed.bindings.push_back(binding);
    return goes;
  });
  return removed;
}

Result<Done> applyStep(const Site& site, const AddControllers& step) {
  auto next = site.embodiment;
  RemoveControllers fresh;
  AddControllers replaced;
  for (const auto& controller : step.controllers) {
    if (site.strict()) {
      if (auto checked = checkController(controller, placeOf(controller.id)); !checked) {
        return tl::unexpected(std::move(checked.error()));
      }
      if (auto world = makeWorld(controller); !world) return tl::unexpected(std::move(world.error()));
    }
    if (auto* present = find(next, controller.id)) {
      if (site.strict()) {
        return failure("there is already such a controller", placeOf(controller.id), "Give it another name");
      }
      replaced.controllers.push_back(std::exchange(*present, controller));
    } else {
      insert(next, controller);
      fresh.controllers.push_back(controller.id);
    }
  }
  std::vector<EditStep> inverse;
  if (!fresh.controllers.empty()) inverse.emplace_back(std::move(fresh));
  if (!replaced.controllers.empty()) inverse.emplace_back(std::move(replaced));
  return finish(site, std::move(next), std::move(inverse));
}

Result<Done> applyStep(const Site& site, const RemoveControllers& step) {
  auto next = site.embodiment;
  AddControllers removed;
  AddBindings untied;
  for (const auto& id : step.controllers) {
    auto* present = find(next, id);
    if (present == nullptr) {
      if (site.strict()) return absent(id);
      continue;
    }
    removed.controllers.push_back(std::move(*present));
    next.controllers.erase(next.controllers.begin() + (present - next.controllers.data()));
    std::erase_if(next.bindings, [&](const Binding& binding) {
      if (binding.controller == id) untied.bindings.push_back(binding);
      return binding.controller == id;
    });
  }
  return finish(site, std::move(next), {std::move(removed), std::move(untied)});
}

Result<Done> applyStep(const Site& site, const SetWorldParameter& step) {
  auto* controller = find(site.embodiment, step.controller);
  if (controller == nullptr) {
    if (site.strict()) return absent(step.controller);
    return Done{};
  }
  const auto& fields = findWorld(controller->type)->description.parameters;
  const auto field = findField(fields, step.parameter);
  if (!field) return failure("there is no parameter '" + step.parameter + "'", placeOf(step.controller));
  if (site.strict()) {
    const auto where = placeOf(step.controller) + ".parameters." + step.parameter;
    if (auto checked = checkValue(fields[*field], step.value, where); !checked) {
      return tl::unexpected(std::move(checked.error()));
    }
  }
  const double old = std::exchange(controller->parameters[*field], step.value);
  return bodyDone({SetWorldParameter{step.controller, step.parameter, old}});
}

Result<Done> applyStep(const Site& site, const AddObjects& step) {
  const auto* controller = findController(site.embodiment, step.controller);
  if (controller == nullptr) {
    if (site.strict()) return absent(step.controller);
    return Done{};
  }
  auto next = *controller;
  RemoveObjects fresh{step.controller, {}};
  SetObjects overwritten{step.controller, {}};
  for (const auto& object : step.objects) {
    const auto where = placeOf(step.controller) + ".objects " + std::to_string(object.id);
    if (auto checked = checkObject(findWorld(next.type)->description, object, where); !checked) {
      return tl::unexpected(std::move(checked.error()));
    }
    if (auto* present = find(next, object.id)) {
      if (site.strict()) return failure("there is already such an object", where, "Give it another id");
      overwritten.objects.push_back(std::exchange(*present, object));
    } else {
      insert(next, object);
      fresh.objects.push_back(object.id);
    }
  }
  *find(site.embodiment, step.controller) = std::move(next);
  return bodyDone({std::move(fresh), std::move(overwritten)});
}

Result<Done> applyStep(const Site& site, const RemoveObjects& step) {
  const auto* controller = findController(site.embodiment, step.controller);
  if (controller == nullptr) {
    if (site.strict()) return absent(step.controller);
    return Done{};
  }
  auto next = *controller;
  AddObjects removed{step.controller, {}};
  for (const auto id : step.objects) {
    auto* present = find(next, id);
    if (present == nullptr) {
      if (!site.strict()) continue;
      return failure("there is no such object", placeOf(step.controller) + ".objects " + std::to_string(id),
                     "It may have been removed meanwhile");
    }
    removed.objects.push_back(std::move(*present));
    next.objects.erase(next.objects.begin() + (present - next.objects.data()));
  }
  *find(site.embodiment, step.controller) = std::move(next);
  return bodyDone({std::move(removed)});
}

Result<Done> applyStep(const Site& site, const SetObjects& step) {
  const auto* controller = findController(site.embodiment, step.controller);
  if (controller == nullptr) {
    if (site.strict()) return absent(step.controller);
    return Done{};
  }
  auto next = *controller;
  SetObjects old{step.controller, {}};
  for (auto wanted : step.objects) {
    const auto where = placeOf(step.controller) + ".objects " + std::to_string(wanted.id);
    if (auto checked = checkObject(findWorld(next.type)->description, wanted, where); !checked) {
      return tl::unexpected(std::move(checked.error()));
    }
    auto* present = find(next, wanted.id);
    if (present == nullptr) {
      if (site.strict()) return failure("there is no such object", where, "It may have been removed meanwhile");
      continue;
    }
    keepEvolved(next, *present, wanted);
    old.objects.push_back(std::exchange(*present, std::move(wanted)));
  }
  std::ranges::reverse(old.objects);  // of two values for one object the first is restored last
  *find(site.embodiment, step.controller) = std::move(next);
  return bodyDone({std::move(old)});
}

Result<Done> applyStep(const Site& site, const AddBindings& step) {
  auto next = site.embodiment;
  RemoveBindings fresh;
  SetBindings overwritten;
  for (const auto& binding : step.bindings) {
    const auto fit = fits(site, next, binding);
    if (!fit) return tl::unexpected(fit.error());
    if (!*fit) continue;
    if (auto* present = find(next, binding)) {
      if (site.strict()) return failure("is there already", placeOf(binding), "Change its gain and offset instead");
      overwritten.bindings.push_back(std::exchange(*present, binding));
    } else {
      insert(next, binding);
      fresh.bindings.push_back(binding);
    }
  }
  return finish(site, std::move(next), {std::move(fresh), std::move(overwritten)});
}

Result<Done> applyStep(const Site& site, const SetBindings& step) {
  auto next = site.embodiment;
  SetBindings old;
  for (const auto& binding : step.bindings) {
    auto* present = find(next, binding);
    if (present == nullptr) {
      if (site.strict()) return failure("is not there", placeOf(binding), "It may have been removed meanwhile");
      continue;
    }
    const auto fit = fits(site, next, binding);
    if (!fit) return tl::unexpected(fit.error());
    old.bindings.push_back(std::exchange(*present, binding));
  }
  std::ranges::reverse(old.bindings);
  return finish(site, std::move(next), {std::move(old)});
}

Result<Done> applyStep(const Site& site, const RemoveBindings& step) {
  auto next = site.embodiment;
  AddBindings removed;
  for (const auto& binding : step.bindings) {
    auto* present = find(next, binding);
    if (present == nullptr) {
      if (site.strict()) return failure("is not there", placeOf(binding), "It may have been removed meanwhile");
      continue;
    }
    removed.bindings.push_back(std::move(*present));
    next.bindings.erase(next.bindings.begin() + (present - next.bindings.data()));
  }
  return finish(site, std::move(next), {std::move(removed)});
}

}  // namespace plexarium::edit
