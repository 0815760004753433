#include "core/dynamics/transmitter/fields.h"

#include <cassert>
#include <limits>

namespace plexarium::transmitter {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();
constexpr double largestAmount = 1e6;  // of what people set; what accumulates by itself has no bound
constexpr double longestTicks = 1e6;

Field setting(std::string key, std::string label, std::string unit, std::string help, double minimum, double maximum,
              double initial) {
  Field field;
  field.key = std::move(key);
  field.label = std::move(label);
  field.unit = std::move(unit);
  field.help = std::move(help);
  field.minimum = minimum;
  field.maximum = maximum;
  field.initial = initial;
  return field;
}

Field ticks(Field field) {
  field.type = FieldType::Integer;
  return field;
}

Field exciting(std::string key, std::string label, std::string help) {
  auto field = setting(std::move(key), std::move(label), "", std::move(help), 0, unbounded, 0);
  field.evolves = true;
  return field;
}

Field inhibiting(std::string key, std::string label, std::string help) {
  auto field = setting(std::move(key), std::move(label), "", std::move(help), -unbounded, 0, 0);
  field.evolves = true;
  return field;
}

Field choice(std::string key, std::string label, std::string help, std::vector<std::string> choices) {
  auto field = setting(std::move(key), std::move(label), "", std::move(help), 0, 0, 0);
  field.type = FieldType::Choice;
  field.maximum = static_cast<double>(choices.size()) - 1;
  field.choices = std::move(choices);
  return field;
}

void addSettings(std::vector<Field>& fields) {
  fields.push_back(setting("threshold", "Threshold", "",
                           "Activates when the sum of both potentials is above this; equal is not enough.", 0, 1e9, 10));
  fields.push_back(setting("returnability", "Returnability", "",
                           "Share of the pool that stays behind when the neuron releases.", 0, 1, 0.1));
  fields.push_back(ticks(setting("speed", "Conduction time", "ticks",
                                 "Ticks from activation to release: how long the pulse travels. A long one is a delay line.",
                                 1, longestTicks, 5)));
  fields.push_back(ticks(setting("recovery", "Recovery", "ticks", "Ticks after a release in which the neuron hears nothing.",
                                 0, longestTicks, 5)));
  fields.push_back(setting("production_e", "Production, exciting", "per tick",
                           "Exciting transmitter added to the pool every tick, in every phase.", 0, largestAmount, 5));
  fields.push_back(setting("production_i", "Production, inhibiting", "per tick",
                           "Inhibiting transmitter added to the pool every tick; counts negative.", -largestAmount, 0,
                           -0.1));
  auto capacity = setting("capacity", "Capacity", "",
                          "Most that the pool holds of either transmitter. Without a limit a long silence ends in a burst.",
                          0, 1e12, unbounded);
  capacity.unlimited = true;
  fields.push_back(std::move(capacity));
  fields.push_back(setting("leak", "Leak", "per tick",
                           "Share of the potential lost each tick while accumulating; 0 stores inhibition for ever.", 0, 1,
                           0));
  auto clear = setting("clear_while_recovering", "Forget while recovering", "",
                       "Drops what arrives during recovery instead of taking it in afterwards in one lump.", 0, 1, 0);
  clear.type = FieldType::Flag;
  fields.push_back(std::move(clear));
  fields.push_back(setting("gap_gain", "Gap junction gain", "",
                           "Excitation shared among the electrical neighbours at each activation, without delay.", 0,
                           largestAmount, 15));
}

void addState(std::vector<Field>& fields) {
  fields.push_back(exciting("accumulated_e", "Pool, exciting", "Exciting transmitter in stock, waiting for a release."));
  fields.push_back(inhibiting("accumulated_i", "Pool, inhibiting", "Inhibiting transmitter in stock; counts negative."));
  fields.push_back(
      exciting("synapse_e", "Synapse, exciting", "Exciting transmitter that the targets take from in this tick."));
  fields.push_back(
      inhibiting("synapse_i", "Synapse, inhibiting", "Inhibiting transmitter that the targets take from; counts negative."));
  fields.push_back(exciting("dendrite_e", "Dendrite, exciting", "What has arrived and was not taken in yet."));
  fields.push_back(
      inhibiting("dendrite_i", "Dendrite, inhibiting", "What has arrived and was not taken in yet; counts negative."));
  fields.push_back(exciting("state_e", "Potential, exciting", "Excitation taken in since the last activation."));
  fields.push_back(
      inhibiting("state_i", "Potential, inhibiting", "Inhibition taken in since the last activation; counts negative."));
  auto sta = ticks(setting("sta", "Ticks to release", "ticks",
                           "Counts down while the pulse travels; set it above 0 to make the neuron release by itself.", 0,
                           longestTicks, 0));
  auto str =
      ticks(setting("str", "Ticks to recovery", "ticks", "Counts down while the neuron recovers.", 0, longestTicks, 0));
  auto phase = choice("phase", "Phase", "What the neuron did in the last tick.",
                      {"accumulating", "activating", "conducting", "releasing", "recovering"});
  phase.editable = false;
  for (auto* field : {&sta, &str, &phase}) {
    field->evolves = true;
    fields.push_back(std::move(*field));
  }
}

std::vector<Field> neuronFields() {
  std::vector<Field> fields;
  addSettings(fields);
  addState(fields);
  assert(fields.size() == neuron::Count);
  return fields;
}

std::vector<Field> linkFields() {
  return {
      setting("weight", "Weight", "",
              "Share of the source's release that this link takes, relative to the source's other links of its sort.", 0,
              largestAmount, 1),
      choice("kind", "Kind",
             "Chemical hands over what is released; inverted turns its excitation into inhibition; electrical couples both "
             "ends at each activation, without delay.",
             {"chemical", "inverted", "electrical"}),
      setting(
          "gap_weight", "Gap junction weight", "",
          "Electrical contact that both ends have beside this link's chemical one; as an electrical link of this weight.", 0,
          largestAmount, 0)};
}

std::vector<Field> creationFields() {
  auto neurons = ticks(setting("neurons", "Neurons", "", "How many neurons.", 0, 2e6, 100));
  auto pattern =
      choice("pattern", "Pattern",
             "How they are linked: to anybody; to the next ones round a ring; to the next ones down a chain; to the "
             "nearest ones on a grid whose edges meet; or round a ring with a tenth of the links led astray.",
             {"random", "ring", "chain", "grid", "small world"});
  auto links = ticks(setting("links_per_neuron", "Links per neuron", "", "How many links leave each neuron.", 0, 1000, 4));
  auto inhibits =
      setting("inhibiting", "Inhibiting share", "", "Share of neurons that make inhibiting transmitter only.", 0, 1, 0.2);
  auto autostart = setting("autostart", "Starting share", "",
                           "Share of neurons that begin with a pulse on its way, at different times.", 0, 1, 0.1);
  auto pacemakers = setting("pacemakers", "Pacemaker share", "",
                            "Share of neurons that excite themselves for ever through a link to themselves; nobody inhibits "
                            "them. Above 0 there is at least one.",
                            0, 1, 0.03);
  auto leak = setting("leak", "Leak", "per tick",
                      "Leak of every neuron. Without any, inhibition is stored for ever and may silence a part for good.", 0,
                      1, 0.01);
  return {neurons, pattern, links, inhibits, autostart, pacemakers, leak};
}

std::vector<Metric> metrics() {
  return {{"releases", "Releases", "per tick", "Neurons that released their transmitter."},
          {"activations", "Activations", "per tick", "Neurons whose potential passed the threshold."},
          {"deliveries", "Deliveries", "per tick", "Links that carried something to their target."},
          {"handed_over_e", "Handed over, exciting", "per tick", "Exciting transmitter given to synapses."},
          {"handed_over_i", "Handed over, inhibiting", "per tick",
           "Inhibiting transmitter given to synapses; counts negative."}};
}

std::vector<PhaseStyle> phases() {
  return {{"accumulating", "Takes in what arrived at its dendrite.", Tint::Calm, Shape::Disc},
          {"activating", "The potential passed the threshold and is spent; a pulse sets out.", Tint::Ready, Shape::Diamond},
          {"conducting", "The pulse is on its way to the synapse.", Tint::Active, Shape::Triangle},
          {"releasing", "Hands its transmitter to its targets.", Tint::Burst, Shape::Hexagon},
          {"recovering", "Rests after a release and takes nothing in.", Tint::Tired, Shape::Square}};
}

Description makeDescription() {
  Description table;
  table.key = "transmitter";
  table.label = "Transmitter neurons";
  table.help =
      "Worm-like neurons that make transmitter all the time, fire when enough of it has reached them, and hand theirs over "
      "after a delay.";
  table.neuronFields = neuronFields();
  table.linkFields = linkFields();
  table.parameters = {
      choice("rule", "Rule",
             "sync: everybody acts at once and transmitter is conserved. literal: the published program, one "
             "neuron after the other, with its quirks.",
             {"sync", "literal"}),
      setting("noise", "Noise", "",
              "Standard deviation of what chance adds to every dendrite each tick: excitation or, below 0, inhibition.", 0,
              largestAmount, 0)};
  table.creationFields = creationFields();
  table.metrics = metrics();
  table.phases = phases();
  table.fillLabel = "potential";
  table.ringLabel = "transmitter in stock";
  table.linkStyles = {{"exciting", Tint::Excite, LinkEnd::Arrow, false},
                      {"inhibiting", Tint::Inhibit, LinkEnd::Bar, false},
                      {"inverted", Tint::Inhibit, LinkEnd::Bar, true},
                      {"electrical", Tint::Couple, LinkEnd::Ball, false}};
  table.stimuli = {
      {"exciting", "Exciting transmitter", "", "Put into the dendrite.", 20, 0, largestAmount},
      {"inhibiting", "Inhibiting transmitter", "", "Put into the dendrite, where it counts negative.", 20, 0, largestAmount},
      {"relayed", "Passed on", "",
       "Not taken in: every target gets it at once, times the link's weight; inverted links make it inhibiting, "
       "electrical ones carry nothing.",
       20, 0, largestAmount, true}};
  table.portValues = {{neuron::Threshold, 1e9}, {neuron::Speed, 1}, {neuron::Recovery, 0}, {neuron::ProductionE, 0},
                      {neuron::ProductionI, 0}, {neuron::Leak, 1},  {neuron::GapGain, 0}};
  assert(table.linkFields.size() == link::Count && table.parameters.size() == parameter::Count);
  assert(table.creationFields.size() == creation::Count && table.metrics.size() == metric::Count);
  assert(table.phases.size() == phaseCount && table.stimuli.size() == stimulus::Count);
  return table;
}

}  // namespace

const Description& description() {
  static const Description table = makeDescription();
  return table;
}

}  // namespace plexarium::transmitter
