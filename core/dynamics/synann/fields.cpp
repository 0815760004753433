#include "core/dynamics/synann/fields.h"

#include <cassert>
#include <limits>

namespace plexarium::synann {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();

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

Field choice(std::string key, std::string label, std::string help, std::vector<std::string> choices) {
  auto field = number(std::move(key), std::move(label), "", std::move(help), 0, static_cast<double>(choices.size()) - 1, 0,
                      FieldType::Choice);
  field.choices = std::move(choices);
  return field;
}

Field state(Field field, bool editable = false) {
  field.evolves = true;
  field.editable = editable;
  return field;
}

std::vector<Field> neuronFields() {
  return {
      choice("join", "Excitation joins by",
             "or: one open channel is enough (1 minus the product of what stays closed). and: all must be open (the "
             "product). sum: they add up, at most to 1.",
             {"or", "and", "sum"}),
      number("gain", "Gain", "",
             "Multiplies excitation times what survives inhibition; the result is kept at most at 1. Above 1 networks with "
             "loops may swing or run riot in time.",
             0, 4, 1),
      number("bias", "Bias", "", "Excitation that is there by itself; joins the others by or.", 0, 1, 0),
      flag("held", "Held",
           "Keeps its probability whatever its links say, as sensory neurons always do. Set the probability to choose it.",
           0),
      number("plasticity", "Plasticity", "",
             "Multiplies what this neuron's incoming weights learn; 0 locks them, as in a module that is plugged in "
             "finished.",
             0, 10, 1),
      state(number("probability", "Probability", "",
                   "Of being open: what its targets read. A sensory neuron's is its input.", 0, 1, 0),
            true),
      state(number("excitation", "Excitation", "", "What its exciting channels and its bias join to.", 0, 1, 0)),
      state(number("survival", "Survives inhibition", "",
                   "Product over its inhibiting links of 1 minus weight times source: 1 where nobody inhibits it.", 0, 1,
                   1)),
      state(number("surprisal", "Surprisal", "nats", "Minus the logarithm of the probability; 691 at most, where it is 0.",
                   0, 700, 0)),
      state(number("odds", "Odds", "", "Probability over 1 minus probability; a million at most.", 0, 1 / least, 0))};
}

std::vector<Field> linkFields() {
  return {
      choice("channel", "Channel", "Whether an open channel excites its target or keeps it closed.",
             {"exciting", "inhibiting"}),
      state(number("weight", "Weight", "",
                   "Times the source's probability: the probability that this channel is open. Alpha of an exciting, "
                   "beta of an inhibiting link.",
                   0, 1, 0.5),
            true),
      number("delay", "Delay", "ticks",
             "0: the target reads what the source is in the same tick (in time mode: was in the tick before); else what "
             "it was so many ticks ago.",
             0, 1000, 0, FieldType::Integer),
      flag("trainable", "Learns", "Whether learning changes its weight.", 1),
      state(number("gradient", "Gradient", "", "Of the loss by the weight, when it was last worked out.", -unbounded,
                   unbounded, 0)),
      state(number("occupation", "Occupation", "",
                   "Odds of the channel being open, which is the Bose-Einstein occupation of its energy: how much the "
                   "logarithm of an inhibited target gives way when the logarithm of the weight rises.",
                   0, 1 / least, 0)),
      state(number("swap_ratio", "Swap ratio", "",
                   "Of an inhibiting link into a neuron with one exciting link: what the neuron's value would be divided "
                   "by were the two sources exchanged, which is how the odds of their channels compare. 1 for others; a "
                   "million at most.",
                   0, 1 / least, 1)),
      state(number("momentum", "Mean gradient", "", "Adam: running mean of the gradient by the weight's logit.", -unbounded,
                   unbounded, 0)),
      state(number("spread", "Mean square gradient", "", "Adam: running mean of its square.", 0, unbounded, 0))};
}

std::vector<Field> parameters() {
  return {
      choice("mode", "Mode",
             "relax: in every tick the network settles with its inputs, loop by loop. time: everybody moves one step from "
             "what was a tick ago, so that waves and swings are seen.",
             {"relax", "time"}),
      number("sweeps", "Sweeps", "per tick",
             "Most sweeps through a loop in one tick, when settling and when learning. 1 shows settling sweep by sweep.", 1,
             10'000, 50, FieldType::Integer),
      number("tolerance", "Tolerance", "", "A loop has settled when no probability changes by more than this in a sweep.",
             1e-15, 0.1, 1e-6),
      number("damping", "Damping", "", "Share of the old value that stays in every sweep (in loops) or step (in time mode).",
             0, 0.99, 0),
      choice("firing", "Fires",
             "For the eye, the ear and recordings: by chance, in each tick with its probability; or when the probability "
             "rises to a half.",
             {"by chance", "rising"}),
      choice("shown", "Fill shows",
             "What the fill of a neuron shows: its probability, its surprisal (full at 5 nats) or the logarithm of its odds "
             "(half full at even odds).",
             {"probability", "surprisal", "odds"}),
      choice("loss", "Loss",
             "square: half the squared distance. binary: cross-entropy of each output for itself. normalised: cross-entropy "
             "of outputs divided by their sum. softmax: cross-entropy of the softmax of outputs over the temperature.",
             {"square", "binary", "normalised", "softmax"}),
      number("temperature", "Softmax temperature", "", "Outputs are divided by this.", 0.01, 10, 0.1),
      choice("rule", "Learning rule",
             "adam: Adam on the logit of every weight. surprisal: steps of the weight's surprisal down the gradient, as in "
             "the paper.",
             {"adam", "surprisal"}),
      number("rate", "Rate", "", "How far a step goes.", 0, 10, 0.02),
      number("window", "Window", "ticks", "Time mode: how many ticks back learning looks.", 1, 200, 20, FieldType::Integer)};
}

std::vector<Field> creationFields() {
  return {number("neurons", "Neurons", "", "How many neurons, the sensory and motor ones included.", 1, 200'000, 40,
                 FieldType::Integer),
          number("inputs", "Inputs", "", "How many of them are sensory.", 0, 200'000, 4, FieldType::Integer),
          number("outputs", "Outputs", "", "How many of them are motor neurons; nobody reads these.", 0, 200'000, 2,
                 FieldType::Integer),
          number("exciting", "Exciting links", "per neuron", "Incoming exciting links of everybody but sensory neurons.", 0,
                 10'000, 4, FieldType::Integer),
          number("inhibiting", "Inhibiting links", "per neuron",
                 "Incoming inhibiting links of everybody but sensory neurons.", 0, 10'000, 4, FieldType::Integer),
          flag("cyclic", "Loops", "Whether neurons read anybody, or only those before them.", 1),
          choice("mode", "Mode", "Can be changed while the network runs.", {"relax", "time"})};
}

std::vector<Metric> metrics() {
  return {{"probability", "Mean probability", "", "Of all neurons that are not held."},
          {"survival", "Mean survival", "", "What inhibition leaves, over all neurons that are not held."},
          {"silenced", "Silenced", "", "Neurons of which inhibition leaves less than a millionth: no gradient passes."},
          {"residual", "Residual", "", "Largest change of a probability in the last sweep through a loop."},
          {"sweeps", "Sweeps", "per tick", "Of the loop that took the most."},
          {"unsettled", "Unsettled", "", "Neurons in loops that did not settle in this tick; nothing is learnt then."},
          {"loss", "Loss", "", "Over the outputs of which something is wanted; 0 while nothing is."},
          {"error", "Error", "", "Mean distance of the outputs from their targets; 0 while nothing is wanted."},
          {"gradient", "Gradient", "", "Root of the mean square over the weights that learnt in this tick."},
          {"adjoint_sweeps", "Learning sweeps", "per tick", "Backward sweeps of the loop that took the most."}};
}

std::vector<PhaseStyle> phases() {
  return {{"closed", "More likely closed than open.", Tint::Calm, Shape::Disc},
          {"open", "At least as likely open as closed.", Tint::Active, Shape::Triangle},
          {"held", "Keeps its probability: an input, or held by hand.", Tint::Neutral, Shape::Square},
          {"silenced", "Inhibition leaves less than a millionth.", Tint::Inhibit, Shape::Diamond},
          {"unsettled", "In a loop that did not settle in this tick.", Tint::Burst, Shape::Hexagon}};
}

Description makeDescription() {
  Description table;
  table.key = "synann";
  table.label = "SynaNN";
  table.help =
      "Neurons hold probabilities, links are channels that excite or inhibit. Loops settle or swing, and any graph learns "
      "by "
      "gradient.";
  table.neuronFields = neuronFields();
  table.linkFields = linkFields();
  table.parameters = parameters();
  table.creationFields = creationFields();
  table.metrics = metrics();
  table.phases = phases();
  table.fillLabel = "probability";
  table.ringLabel = "left by inhibition";
  table.linkStyles = {{"exciting", Tint::Excite, LinkEnd::Arrow, false},
                      {"inhibiting", Tint::Inhibit, LinkEnd::Bar, false},
                      {"exciting, delayed", Tint::Excite, LinkEnd::Arrow, true},
                      {"inhibiting, delayed", Tint::Inhibit, LinkEnd::Bar, true}};
  table.stimuli = {{"input", "Input", "",
                    "Becomes the probability: of sensory and held neurons until the next input, of others for one tick.", 1,
                    0, 1, false, true}};
  table.learningField = neuron::Plasticity;
  table.usualSample = 4;
  table.replacements = {{0, neuron::Probability}};
  assert(table.neuronFields.size() == neuron::Count && table.linkFields.size() == link::Count);
  assert(table.parameters.size() == parameter::Count && table.creationFields.size() == creation::Count);
  assert(table.metrics.size() == metric::Count && table.phases.size() == phaseCount);
  return table;
}

}  // namespace

const Description& description() {
  static const Description table = makeDescription();
  return table;
}

}  // namespace plexarium::synann
