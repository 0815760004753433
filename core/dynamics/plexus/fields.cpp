#include "core/dynamics/plexus/fields.h"

#include <cassert>

namespace plexarium::plexus {
namespace {

constexpr double longestCount = 0x1p53;  // of what is counted one by one and kept as a double

Field number(std::string key, std::string label, std::string unit, std::string help, double minimum, double maximum,
             double initial, FieldType type = FieldType::Real) {
  Field field;
  field.key = std::move(key);
  field.label = std::move(label);
  field.unit = std::move(unit);
  field.help = std::move(help);
  field.type = type;
  field.minimum = minimum;
  field.maximum = maximum;
  field.initial = initial;
  return field;
}

Field flag(std::string key, std::string label, std::string help, double initial) {
  return number(std::move(key), std::move(label), "", std::move(help), 0, 1, initial, FieldType::Flag);
}

Field choice(std::string key, std::string label, std::string help, std::vector<std::string> choices, double initial = 0) {
  auto field = number(std::move(key), std::move(label), "", std::move(help), 0, static_cast<double>(choices.size()) - 1,
                      initial, FieldType::Choice);
  field.choices = std::move(choices);
  return field;
}

Field state(Field field, bool editable = true) {
  field.evolves = true;
  field.editable = editable;
  return field;
}

const std::vector<std::string>& ruleNames() {
  static const std::vector<std::string> names{"article", "sign", "sign repaired", "local gradient"};
  return names;
}

std::vector<Field> neuronFields() {
  return {
      number("plasticity", "Plasticity", "",
             "Multiplies what this neuron's weights learn; 0 locks them, as in a module that is plugged in finished.", 0, 10,
             1, FieldType::Single),
      number("made_for", "Made for fan-in", "",
             "The usual fan-in of the network that it was made for: bounds its fires per wave, blame and rewiring; 0: this "
             "network's. A module brings its own.",
             0, 1e6, 0, FieldType::Single),
      state(number("potential", "Potential", "", "What its subscribers read. A sensory neuron's is its input.",
                   -largestPotential, largestPotential, 0.5, FieldType::Single)),
      state(flag("wanted", "Is blamed", "Whether there is a potential that it should have.", 0)),
      state(number("desired", "Desired potential", "",
                   "What it should be, by a target or by the blame of a subscriber. 0 where nothing is wanted.", 0, 1, 0,
                   FieldType::Single)),
      state(number("loss", "Loss", "", "Distance from the desired potential at the last fire that had one.", 0,
                   2 * largestPotential, 0, FieldType::Single)),
      state(number("fires", "Fires", "", "How often it has fired in its life.", 0, longestCount, 0), false),
      state(number("fires_in_wave", "Fires in this wave", "", "Above the limit it is banned until the wave is over.", 0,
                   2147483647, 0, FieldType::Integer),
            false),
      state(number("blame_lock", "Blamed others in wave", "waves",
                   "Article rule: after blaming others it does not learn for as many waves as the usual fan-in; -1: free.",
                   -1, longestCount, -1),
            false),
      state(choice("doing", "Doing", "What became of its last fire in the tick, or what it is.",
                   {"idle", "fired", "banned", "blamed", "locked", "improved by weights", "improved by blame", "rewired"}),
            false)};
}

std::vector<Field> parameters() {
  return {
      choice("rule", "Rule",
             "article: random trials, blame and rewiring. sign: the author's later code. sign repaired: the same with blame "
             "that heeds weights. local gradient: each neuron steps down its own error.",
             ruleNames(), static_cast<double>(Rule::Gradient)),
      choice("tick", "A tick is",
             "A whole wave from the sensory neurons to the end, or one generation of it: slower, and every step is seen. "
             "The network does the same either way.",
             {"wave", "generation"}),
      choice(
          "executor", "Fires are computed",
          "in turn: each neuron reads what those before it have become. together: all of a generation read what everybody "
          "was before it, shared by threads. a thread per neuron: the same, every neuron on a thread of its own (above 64 "
          "neurons threads are shared); for watching. The article's trials are always made in turn.",
          {"in turn", "together", "a thread per neuron"}),
      number("threads", "Threads", "", "Of generations that fire together. Any number computes the same.", 1,
             double{mostThreads}, 2, FieldType::Integer),
      number("fan_in", "Usual fan-in", "",
             "Neurons times connectivity: how many subscriptions a neuron begins with. Its square root bounds fires per "
             "wave, blame and rewiring.",
             0, 1e6, 14),
      number("precision", "Precision", "decimals", "Decimals of the outputs and, under the article rule, of all arithmetic.",
             0, 6, 2, FieldType::Integer),
      number("fires_per_wave", "Fires per wave", "",
             "Most fires of a neuron in one wave; 0: as the rule says, one more than the square root of the usual fan-in "
             "(article: than its fourth root).",
             0, 1000, 0, FieldType::Integer),
      number("gradient_rate", "Gradient: rate", "", "How far weights step.", 0, 1000, 4),
      number("gradient_blame", "Gradient: blame", "", "How far desired potentials of sources lie from where they are.", 0,
             1000, 2),
      number("sign_rate", "Sign rules: rate", "", "Multiplies the weight step, which is 1 in the author's code.", 0, 1000,
             1),
      number("decay", "Sign rules: decay", "per 1000 fires",
             "Multiplies the weight step once for every thousand fires of the network; 1: none.", 0, 1, 1),
      flag("keep_blame", "Blame outlasts its sample",
           "Whether neurons still want what the sample before made others want of them, as in the author's code, or a new "
           "sample begins with the motor neurons alone.",
           1),
      flag("join", "Newcomers join", "A new neuron that comes without links subscribes to others, and others to it.", 0)};
}

std::vector<Field> creationFields() {
  return {number("neurons", "Neurons", "", "How many neurons, the sensory and motor ones included.", 1, 200'000, 14,
                 FieldType::Integer),
          number("inputs", "Inputs", "", "How many of them are sensory.", 0, 200'000, 4, FieldType::Integer),
          number("outputs", "Outputs", "", "How many of them are motor neurons.", 0, 200'000, 2, FieldType::Integer),
          number("connectivity", "Connectivity", "", "Share of the neurons that each neuron subscribes to.", 0, 1, 1),
          number("precision", "Precision", "decimals", "Decimals of the outputs.", 0, 6, 2, FieldType::Integer),
          choice("rule", "Rule", "Can be changed while the network runs. The article's weights begin between 0.1 and 1.",
                 ruleNames(), static_cast<double>(Rule::Gradient)),
          number("gain", "Largest gain", "",
                 "Bounds the weights that a network begins with to this over the square root of the fan-in, and to 1. At 3 "
                 "the inputs are heard in large networks; a large number gives the author's weights.",
                 0, 1e6, 3),
          flag("bias", "Bias",
               "An interneuron that reads nobody, so that it is 1 for ever, and that everybody reads: a threshold to learn.",
               0)};
}

std::vector<Metric> metrics() {
  return {{"error", "Error", "", "Mean distance of the outputs from their targets; 0 while nothing is wanted."},
          {"loss", "Loss", "", "Mean distance from the desired potential over the fires that had one."},
          {"decision", "Decision", "", "How far the largest output is above the next: the article decides at 0.7."},
          {"fires", "Fires", "per tick", "0: no way leads from a sensory neuron, or there are no neurons to fire."},
          {"wanted", "Fires with a desired potential", "per tick", "Fires of neurons that have something to learn."},
          {"by_weights", "Improved by weights", "per tick", "Fires after which the weights were better."},
          {"by_blame", "Improved by blame", "per tick", "Article: fires after which others were asked to change."},
          {"rewired", "Rewired", "per tick", "Article: fires after which subscriptions were added or broken off."},
          {"fan_in", "Mean fan-in", "", "Subscriptions per neuron that is not sensory."}};
}

std::vector<PhaseStyle> phases() {
  return {{"idle", "Did not fire in this tick.", Tint::Calm, Shape::Disc},
          {"fired", "Fired, and nothing is wanted of it.", Tint::Active, Shape::Triangle},
          {"banned", "Has fired as often as it may until the wave is over.", Tint::Tired, Shape::Square},
          {"blamed", "A target or a subscriber wants another potential of it.", Tint::Ready, Shape::Diamond},
          {"locked", "Has blamed others and waits.", Tint::Inhibit, Shape::Square},
          {"improved by weights", "Its weights are better now.", Tint::Burst, Shape::Hexagon},
          {"improved by blame", "Found what its sources should be, and blamed them.", Tint::Couple, Shape::Diamond},
          {"rewired", "Nothing helped: it subscribed to others or broke off.", Tint::Excite, Shape::Hexagon}};
}

Description makeDescription() {
  Description table;
  table.key = "plexus";
  table.label = "Plexus";
  table.help =
      "Neurons that subscribe to each other. Waves run from the sensory to the motor neurons; who misses its desired "
      "potential changes its weights, blames its sources or rewires.";
  table.tickUnit = "wave";
  table.neuronFields = neuronFields();
  table.linkFields = {state(number("weight", "Weight", "", "Multiplies the potential that the subscriber reads.",
                                   -largestWeight, largestWeight, 0.5, FieldType::Single))};
  table.parameters = parameters();
  table.creationFields = creationFields();
  table.metrics = metrics();
  table.phases = phases();
  table.fillLabel = "potential";
  table.ringLabel = "desired potential";
  table.linkStyles = {{"exciting", Tint::Excite, LinkEnd::Arrow, false}, {"inhibiting", Tint::Inhibit, LinkEnd::Bar, false}};
  table.stimuli = {{"input", "Input", "",
                    "Becomes the potential: of a sensory neuron until the next input, of others until they fire.", 1,
                    -largestPotential, largestPotential, false, true}};
  table.learningField = neuron::Plasticity;
  table.ownParameters = {{neuron::MadeFor, parameter::FanIn}};
  assert(table.neuronFields.size() == neuron::Count && table.linkFields.size() == link::Count);
  assert(table.parameters.size() == parameter::Count && table.creationFields.size() == creation::Count);
  assert(table.metrics.size() == metric::Count && table.phases.size() == doingCount);
  return table;
}

}  // namespace

const Description& description() {
  static const Description table = makeDescription();
  return table;
}

}  // namespace plexarium::plexus
