#include "core/session/simulation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "core/record/recording.h"

namespace plexarium {
namespace {

/// A restored neuron or link may remember ticks that have not come yet, after a return to the start: they never happened.
void forgetFuture(Graph& graph, Tick now) {
  const auto forget = [now](Tick& tick) {
    if (tick > now) tick = never;
  };
  std::ranges::for_each(graph.lastFired(), forget);
  if (!std::as_const(graph).lastCarried().empty()) std::ranges::for_each(graph.lastCarried(), forget);
}

Result<void> checkShape(const Description& description, const Model& model) {
  const auto check = [&](const char* what, std::size_t wanted, std::size_t present) -> Result<void> {
    if (wanted == present) return {};
    return failure(description.label + " has " + std::to_string(wanted) + " " + what + ", the model " +
                   std::to_string(present));
  };
  if (auto same = check("parameters", description.parameters.size(), model.parameters.size()); !same) return same;
  if (auto same = check("neuron fields", description.neuronFields.size(), model.graph.neuronColumnCount()); !same)
    return same;
  if (auto same = check("link fields", description.linkFields.size(), model.graph.linkColumnCount()); !same) return same;
  if (model.tick < 0) return failure("tick " + std::to_string(model.tick) + " is below 0");
  return {};
}

/// A feed's sample may be thousands of these: nothing is told of what is in order.
Result<void> checkStimulus(const Description& description, const Stimulus& stimulus) {
  const bool known = stimulus.channel < description.stimuli.size();
  if (known && stimulus.amount >= description.stimuli[stimulus.channel].minimum &&
      stimulus.amount <= description.stimuli[stimulus.channel].maximum) {
    return {};
  }
  const auto where = "neuron " + std::to_string(stimulus.neuron.value);
  if (!known) return failure("there is no stimulus number " + std::to_string(stimulus.channel), where);
  const auto& channel = description.stimuli[stimulus.channel];
  return failure("an amount of " + std::to_string(stimulus.amount) + " is out of range", where,
                 channel.key + " goes from " + std::to_string(channel.minimum) + " to " + std::to_string(channel.maximum));
}

/// Those of a network without state are none; others are not known.
std::optional<std::vector<double>> targetsOf(const Model& model) {
  if (!model.dynamicsState.empty()) return std::nullopt;
  return std::vector<double>();
}

/// Adopts the network and the state that has no column.
Result<void> adopt(Dynamics& dynamics, Network& network, const std::string& state) {
  if (auto built = dynamics.build(network); !built) return built;
  if (state.empty()) return {};
  if (auto restored = dynamics.state(network, &state); !restored) return tl::unexpected(std::move(restored.error()));
  return {};
}

}  // namespace

Result<std::unique_ptr<Simulation>> Simulation::create(const DynamicsEntry& entry, Model model,
                                                       std::shared_ptr<DataShelf> shelf) {
  if (auto shape = checkShape(entry.description, model); !shape) return tl::unexpected(std::move(shape.error()));
  if (!shelf) shelf = std::make_shared<DataShelf>();
  std::unique_ptr<Simulation> simulation(new Simulation(entry, std::move(model), std::move(shelf)));
  if (auto built = simulation->build(); !built) return tl::unexpected(std::move(built.error()));
  if (auto kept = simulation->prepareStart(entry); !kept) return tl::unexpected(std::move(kept.error()));
  simulation->targets_ = targetsOf(simulation->model_);
  simulation->feeding_.bind(simulation->model_.graph, false);
  simulation->start_.feeding = simulation->feeding_;
  return simulation;
}

Simulation::Simulation(const DynamicsEntry& entry, Model model, std::shared_ptr<DataShelf> shelf)
    : description_(entry.description),
      model_(std::move(model)),
      network_{model_.graph, model_.parameters, model_.seed, model_.tick},
      dynamics_(entry.make()),
      bodies_(description_),
      shelf_(std::move(shelf)),
      feeding_(model_.feed, description_, [this](const DataSource& source) { return shelf_->open(source); }),
      start_{model_, nullptr, nullptr, {}},
      history_(description_),
      imager_(description_),
      metrics_(description_.metrics.size()) {}

Result<void> Simulation::build() {
  if (auto adopted = adopt(*dynamics_, network_, model_.dynamicsState); !adopted) return adopted;
  return bodies_.build(model_.graph, model_.embodiment);
}

Result<void> Simulation::prepareStart(const DynamicsEntry& entry) {
  auto& model = start_.model;
  if (model.dynamicsState.empty()) return {};
  start_.dynamics = entry.make();
  start_.network = std::make_unique<Network>(Network{model.graph, model.parameters, model.seed, model.tick});
  return adopt(*start_.dynamics, *start_.network, model.dynamicsState);
}

Result<std::span<const double>> Simulation::step() {
  const auto asked = present();
  if (!asked) return tl::unexpected(asked.error());
  settled_ = false;
  bodies_.sense(*dynamics_, network_);
  dynamics_->step(network_, metrics_);
  ++network_.tick;
  bodies_.act(*dynamics_, network_);
  if (*asked) {
    answers_.resize(feeding_.feeder().motorCount());
    readout(answers_);
    feeding_.feeder().observe(answers_);
  }
  return metrics_;
}

bool Simulation::takesMany() {
  const auto& feeder = feeding_.feeder();
  if (!bodies_.empty() || feeding_.empty() || feeding_.problem() || !feeder.takesMany()) return false;
  Lessons none;
  none.graded = feeder.graded();
  return dynamics_->stepMany(network_, none, {}, {});
}

Result<std::span<const double>> Simulation::stepMany(Tick most) {
  auto& feeder = feeding_.feeder();
  const auto lessons = feeder.presentMany(static_cast<std::size_t>(std::min(most, atATime - network_.tick % atATime)));
  if (!lessons) return tl::unexpected(lessons.error());
  answers_.resize(lessons->ticks * feeder.motorCount());
  manyMetrics_.resize(lessons->ticks * metrics_.size());
  settled_ = false;
  [[maybe_unused]] const bool done = dynamics_->stepMany(network_, *lessons, manyMetrics_, answers_);
  assert(done);
  network_.tick += static_cast<Tick>(lessons->ticks);
  auto& targets = targets_.emplace();
  if (const auto wish = lessons->wanted.back(); wish != noWish) {
    targets.assign(feeder.motorCount(), 0.0);
    targets[static_cast<std::size_t>(wish)] = 1;
  }
  feeder.observeMany(answers_);
  return manyMetrics_;
}

/// Gives the network what the feeds show in this tick; whether they want its answer.
Result<bool> Simulation::present() {
  if (feeding_.empty()) return false;
  auto& feeder = feeding_.feeder();
  if (feeding_.problem()) {
    if (feeder.on()) return tl::unexpected(*feeding_.problem());
    return false;
  }
  const auto todo = feeder.present();
  if (!todo) return tl::unexpected(todo.error());
  const auto& presentation = **todo;
  // Nothing is done to the network before both are known to be fit.
  auto fits = checkStimuli(presentation.stimuli);
  if (fits && presentation.targets && !(presentation.targets->empty() && targets_ && targets_->empty())) {
    fits = teach(*presentation.targets);
  }
  if (!fits) {
    feeder.takeBack();
    return tl::unexpected(std::move(fits.error()));
  }
  if (!presentation.stimuli.empty()) {
    settled_ = false;
    dynamics_->stimulate(network_, presentation.stimuli);
  }
  return presentation.read;
}

void Simulation::feed(Feeder feeder) { adoptFeeding(Feeding(std::move(feeder))); }

Result<void> Simulation::setFeeds(const SetFeeds& deed) {
  Feeding feeding(deed.feeds, description_, [this](const DataSource& source) { return shelf_->open(source); });
  if (feeding.problem()) return tl::unexpected(*feeding.problem());
  feeding.bind(graph(), true);
  if (feeding.problem()) return tl::unexpected(*feeding.problem());
  adoptFeeding(std::move(feeding));
  return {};
}

void Simulation::adoptFeeding(Feeding feeding) {
  feeding_ = std::move(feeding);
  start_.feeding = feeding_;
  feeding_.bind(graph(), true);
  start_.feeding.bind(start_.model.graph, true);
  editRevision_ = ++editRevisions_;
  person_.reset();
}

Result<void> Simulation::checkStimuli(const std::vector<Stimulus>& stimuli) const {
  for (const auto& stimulus : stimuli) {
    if (auto checked = checkStimulus(description_, stimulus); !checked) return checked;
  }
  return {};
}

Result<void> Simulation::stimulate(const std::vector<Stimulus>& stimuli) {
  if (auto checked = checkStimuli(stimuli); !checked) return checked;
  settled_ = false;
  dynamics_->stimulate(network_, stimuli);
  return {};
}

Result<void> Simulation::teach(const std::vector<double>& targets) {
  settled_ = false;
  auto done = dynamics_->learn(network_, targets);
  if (done) targets_ = targets;
  return done;
}

Result<void> Simulation::poke(const Poke& poke) { return bodies_.poke(poke); }

Result<void> Simulation::record(Recording& recording) {
  if (recording.wantsValues(tick())) settle();
  return recording.record(model_.graph, tick());
}

void Simulation::readout(std::span<double> outputs) {
  motors_.clear();
  const auto roles = model_.graph.roles();
  for (std::uint32_t row = 0; row < roles.size() && motors_.size() < outputs.size(); ++row) {
    if (roles[row] == Role::Motor) motors_.push_back(row);
  }
  dynamics_->readout(network_, motors_, outputs);
}

void Simulation::settle() {
  if (std::exchange(settled_, true)) return;
  dynamics_->publish(network_, nullptr);
}

template <typename Travel>
Result<std::vector<NeuronId>> Simulation::change(Travel travel) {
  settle();
  if (start_.dynamics) start_.dynamics->publish(*start_.network, nullptr);
  bodies_.save(model_.graph, model_.embodiment);
  auto& start = start_.model;
  auto done = travel(History::Side{model_.graph, model_.parameters, model_.embodiment},
                     History::Side{start.graph, start.parameters, start.embodiment});
  if (!done) return tl::unexpected(std::move(done.error()));
  if (done->living.topology) forgetFuture(model_.graph, network_.tick);
  if (done->start.topology) forgetFuture(start_.model.graph, start_.model.tick);
  dynamics_->edited(network_, done->living);
  if (done->living.embodiment) bodies_.edited(model_.graph, model_.embodiment);
  if (start_.dynamics) start_.dynamics->edited(*start_.network, done->start);
  settled_ = false;
  editRevision_ = ++editRevisions_;
  person_.reset();
  if (done->living.topology && !(targets_ && targets_->empty())) {  // they stood in the order of rows that are void now
    if (auto ended = teach({}); !ended) return tl::unexpected(std::move(ended.error()));
  }
  feeding_.bind(model_.graph, true);
  start_.feeding.bind(start_.model.graph, true);
  return std::move(done->added);
}

Result<std::vector<NeuronId>> Simulation::edit(const Edit& edit) {
  const bool needsIds = std::ranges::any_of(edit.steps, [](const EditStep& step) {
    const auto* add = std::get_if<AddNeurons>(&step);
    return std::holds_alternative<AddCircuit>(step) ||
           (add != nullptr && std::ranges::find(add->neurons.ids, NeuronId{}) != add->neurons.ids.end());
  });
  return change([&](History::Side living, History::Side start) {
    const auto next = living.graph.nextId();
    if (needsIds) living.graph.raiseNextId(nextId_);
    auto done = history_.apply(edit, living, start);
    if (!done) living.graph.takeBackIds(next);
    return done;
  });
}

Result<void> Simulation::undo() {
  return change([&](History::Side living, History::Side start) { return history_.undo(living, start); }).map([](auto&&) {});
}

Result<void> Simulation::redo() {
  return change([&](History::Side living, History::Side start) { return history_.redo(living, start); }).map([](auto&&) {});
}

Result<std::vector<NeuronId>> Simulation::perform(const Deed& deed) {
  struct Perform {
    Simulation& simulation;
    Result<std::vector<NeuronId>> operator()(const ApplyEdit& deed) const { return simulation.edit(deed.edit); }
    Result<std::vector<NeuronId>> operator()(const Undo&) const { return simulation.undo().map(nobody); }
    Result<std::vector<NeuronId>> operator()(const Redo&) const { return simulation.redo().map(nobody); }
    Result<std::vector<NeuronId>> operator()(const Stimulate& deed) const {
      return simulation.stimulate(deed.stimuli).map(nobody);
    }
    Result<std::vector<NeuronId>> operator()(const Teach& deed) const { return simulation.teach(deed.targets).map(nobody); }
    Result<std::vector<NeuronId>> operator()(const Poke& deed) const { return simulation.poke(deed).map(nobody); }
    Result<std::vector<NeuronId>> operator()(const ReturnToStart&) const { return simulation.returnToStart().map(nobody); }
    Result<std::vector<NeuronId>> operator()(const SetFeeds& deed) const { return simulation.setFeeds(deed).map(nobody); }
    Result<std::vector<NeuronId>> operator()(const SetFeeding& deed) const { return simulation.feed(deed).map(nobody); }
    Result<std::vector<NeuronId>> operator()(const NextSample& deed) const {
      return simulation.feeding_.next(deed).map(nobody);
    }
    static std::vector<NeuronId> nobody() { return {}; }
  };
  return std::visit(Perform{*this}, deed);
}

Result<void> Simulation::repeat(const LogEntry& entry) {
  auto done = perform(entry.deed);
  if (!done) {
    return failure("what was done at tick " + std::to_string(entry.tick) + " cannot be done again: " + done.error().text(),
                   labelOf(entry.deed));
  }
  if (entry.revision != 0) {
    editRevision_ = entry.revision;
    editRevisions_ = std::max(editRevisions_, entry.revision);
  }
  return {};
}

Result<std::string> Simulation::startState() {
  if (!start_.dynamics) return std::string();
  auto state = start_.dynamics->state(*start_.network, nullptr);
  if (state) start_.dynamics->publish(*start_.network, nullptr);
  return state;
}

Result<void> Simulation::returnToStart() {
  auto now = capture();
  if (!now) return tl::unexpected(std::move(now.error()));
  auto state = startState();
  if (!state) return tl::unexpected(std::move(state.error()));
  start_.model.dynamicsState = std::move(*state);
  const auto adoptModel = [&](Model model) {
    model.graph.raiseNextId(model_.graph.nextId());  // ids of neurons that the run made are not used again
    model_ = std::move(model);
    network_.tick = model_.tick;
    imager_.forget();
    settled_ = false;
    return build();
  };
  auto returned = adoptModel(start_.model);
  if (returned) {
    history_.returnToStart();
    targets_ = targetsOf(model_);
    feeding_ = start_.feeding;
    feeding_.bind(model_.graph, false);
    person_.reset();
    return {};
  }
  if (auto back = adoptModel(std::move(*now)); !back) return tl::unexpected(std::move(back.error()));
  return returned;
}

Result<Model> Simulation::capture() {
  settle();
  auto state = dynamics_->state(network_, nullptr);
  if (!state) return tl::unexpected(std::move(state.error()));
  Model model = model_;
  bodies_.save(model.graph, model.embodiment);
  model.feed = feeding_.write();
  model.tick = network_.tick;
  model.dynamicsState = std::move(*state);
  return model;
}

Result<std::shared_ptr<const Simulation::Checkpoint>> Simulation::checkpoint(const Checkpoint* earlier) {
  settle();
  auto state = dynamics_->state(network_, nullptr);
  if (!state) return tl::unexpected(std::move(state.error()));
  GraphArchive living(model_.graph, earlier != nullptr ? &earlier->graph : nullptr);
  auto kept = person(living, earlier);
  if (!kept) return tl::unexpected(std::move(kept.error()));
  bodies_.save(model_.graph, model_.embodiment);
  return std::make_shared<const Checkpoint>(Checkpoint{network_.tick, std::move(living), model_.parameters,
                                                       model_.embodiment, feeding_, std::move(*state), targets_,
                                                       std::move(*kept)});
}

Result<std::shared_ptr<const Simulation::Person>> Simulation::person(const GraphArchive& living, const Checkpoint* earlier) {
  if (person_) return person_;
  auto state = startState();
  if (!state) return tl::unexpected(std::move(state.error()));
  const auto& shared = earlier != nullptr ? earlier->person->start : living;
  person_ = std::make_shared<const Person>(Person{GraphArchive(start_.model.graph, &shared), start_.model.parameters,
                                                  start_.model.embodiment, start_.feeding, std::move(*state),
                                                  history_.state(), editRevision_});
  return person_;
}

Result<void> Simulation::restore(const Checkpoint& checkpoint) {
  model_.graph = checkpoint.graph.restored();
  model_.parameters = checkpoint.parameters;
  model_.embodiment = checkpoint.embodiment;
  model_.dynamicsState = checkpoint.dynamicsState;
  model_.tick = network_.tick = checkpoint.tick;
  imager_.forget();
  settled_ = false;
  if (auto restored = restorePerson(checkpoint.person); !restored) return restored;
  if (auto built = build(); !built) return built;
  feeding_ = checkpoint.feeding;
  targets_ = checkpoint.targets;
  return !targets_ || targets_->empty() ? Result<void>{} : dynamics_->learn(network_, *targets_);
}

Result<void> Simulation::restorePerson(const std::shared_ptr<const Person>& person) {
  if (person_ == person) return {};
  person_ = person;
  history_.restore(person->history);
  editRevision_ = person->editRevision;
  start_.model.graph = person->start.restored();
  start_.model.parameters = person->startParameters;
  start_.model.embodiment = person->startEmbodiment;
  start_.feeding = person->startFeeding;
  start_.model.dynamicsState = person->startState;
  return start_.dynamics ? adopt(*start_.dynamics, *start_.network, person->startState) : Result<void>{};
}

Model Simulation::modelOf(const Checkpoint& checkpoint) const {
  Model model;
  model.name = model_.name;
  model.description = model_.description;
  model.dynamics = model_.dynamics;
  model.parameters = checkpoint.parameters;
  model.graph = checkpoint.graph.restored();
  model.embodiment = checkpoint.embodiment;
  model.feed = checkpoint.feeding.write();
  model.dynamicsState = checkpoint.dynamicsState;
  model.tick = checkpoint.tick;
  model.seed = model_.seed;
  model.pace = model_.pace;
  model.view = model_.view;
  return model;
}

}  // namespace plexarium
