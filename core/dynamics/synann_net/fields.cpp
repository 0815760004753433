#include "core/dynamics/synann_net/fields.h"

#include <cassert>

#include "core/blocks/tensor.h"

namespace plexarium::synann_net {
namespace {

constexpr double longestCount = 0x1p53;
constexpr double unbounded = 1e30;
constexpr double mostUnits = 1'000'000;

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

Field whole(std::string key, std::string label, std::string unit, std::string help, double minimum, double maximum,
            double initial) {
  return number(std::move(key), std::move(label), std::move(unit), std::move(help), minimum, maximum, initial,
                FieldType::Integer);
}

Field choice(std::string key, std::string label, std::string help, std::vector<std::string> choices, double initial = 0) {
  auto field = number(std::move(key), std::move(label), "", std::move(help), 0, static_cast<double>(choices.size()) - 1,
                      initial, FieldType::Choice);
  field.choices = std::move(choices);
  return field;
}

Field learnt(std::string key, std::string label, std::string help, double minimum, double maximum, double initial) {
  auto field = number(std::move(key), std::move(label), "", std::move(help), minimum, maximum, initial, FieldType::Single);
  field.evolves = true;
  return field;
}

Field shown(Field field) {
  field.editable = false;
  return field;
}

Field featuresField() {
  return choice("features", "Features",
                "What makes probabilities of a picture. small: two convolutions and a dense layer (64 probabilities), as in "
                "the published program. fast: five convolutions with batch norm (96). dense: one dense layer (280).",
                {"small", "fast", "dense"});
}

std::vector<Field> neuronFields() {
  return {
      whole("unit", "Unit", "",
            "Sensory neuron: the pixel that it is, row by row from 1. Others: the number, from 1, of the probability that "
            "the features give it; 0: it is a synapse, that is, it lives by its links.",
            0, mostUnits, 0),
      shown(learnt("probability", "Probability", "Grey of a pixel; of the others, of being open, or of being the answer.", 0,
                   unbounded, 0)),
      shown(learnt("survival", "Survives inhibition",
                   "Product over the inhibiting links of 1 minus weight times source: 1 where nobody inhibits it.", 0, 1,
                   1)),
      shown(learnt("normal", "As the answers read it", "Its value after batch norm, where an answer reads it.", -unbounded,
                   unbounded, 0)),
      learnt("gain", "Gain", "Alpha: multiplies excitation times what survives inhibition.", 0, largestGain, 1),
      learnt("scale", "Scale", "Batch norm: what one standard deviation becomes.", -unbounded, unbounded, 1),
      learnt("shift", "Shift", "Batch norm: what the mean becomes.", -unbounded, unbounded, 0),
      learnt("mean", "Mean", "Running mean of its value, for batch norm.", -unbounded, unbounded, 0),
      learnt("variance", "Variance", "Running variance of its value, for batch norm.", 0, unbounded, 1),
      learnt("bias", "Bias", "Of an answer: added to what its links bring.", -unbounded, unbounded, 0)};
}

std::vector<Field> course() {
  return {
      number("rate", "Peak rate", "", "How far a step goes at the height of the course.", 0, 10, 0.06),
      number("warm_up", "Warm-up", "", "Share of the course in which the rate rises from 0 to its peak.", 0, 0.9, 0.15),
      number("course", "Course", "samples",
             "After so many samples the rate has come down to 0 along a cosine, and nothing more is learnt; 0: no course, "
             "the rate stays at its peak.",
             0, longestCount, 0),
      whole("batch", "Batch", "x 16 samples", "Lessons are gathered and learnt from together.", 1, double{mostLots}, 6)};
}

std::vector<Field> learning() {
  return {choice("optimiser", "Optimiser",
                 "nesterov: gradient descent with momentum. adam: usually wants a rate near 0.002.", {"nesterov", "adam"}),
          number("momentum", "Momentum", "", "Share of the last steps in the next.", 0, 0.999, 0.9),
          number("decay", "Weight decay", "",
                 "Pulls the weights of convolutions, dense layers and answers towards 0; never alpha, beta and batch norm.",
                 0, 1, 4e-4),
          number("smoothing", "Label smoothing", "", "So much of what is wanted is spread over all classes.", 0, 0.9, 0.05),
          number("dropout", "Dropout", "", "Share of the features' values that are left out, at random, while learning.", 0,
                 0.95, 0.15),
          number("distortion", "Distortion", "",
                 "Pictures are turned (up to 11.5 degrees), sheared (0.2), stretched (12 %) and moved (2 pixels) at random "
                 "before they are learnt from; this multiplies all four. 0: as they are.",
                 0, 3, 1),
          number("calm_share", "Calm from the last", "", "In this last share of the course distortion is multiplied by", 0,
                 1, 0.14),
          number("calm_to", "Calm", "", "this.", 0, 1, 0.6),
          whole("threads", "Threads", "", "That learn and answer together. Any number computes the same.", 1,
                double{mostThreads}, 2)};
}

std::vector<Field> parameters() {
  auto features = featuresField();
  features.editable = false;
  std::vector<Field> all{std::move(features), shown(whole("width", "Width", "", "Of the pictures.", 16, 64, 28)),
                         shown(whole("height", "Height", "", "Of the pictures.", 16, 64, 28))};
  for (auto part : {course(), learning()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::vector<Field> creationFields() {
  return {featuresField(),
          choice("synapse", "Synapse",
                 "yes: every probability is inhibited by all, and the answers read what is left. no: the answers read the "
                 "probabilities; for comparison.",
                 {"no", "yes"}, 1),
          whole("width", "Width", "", "Of the pictures.", 16, 64, 28),
          whole("height", "Height", "", "Of the pictures.", 16, 64, 28),
          whole("classes", "Classes", "", "An answer for each.", 2, 1000, 10),
          number("course", "Course", "samples",
                 "How many samples it is going to be taught: the rate goes down to the end of it. 0: it stays.", 0,
                 longestCount, 0)};
}

std::vector<Metric> metrics() {
  return {{"loss", "Loss", "nats", "Mean cross-entropy of the last batch, as it was distorted and with what was left out."},
          {"accuracy", "Accuracy", "",
           "Share of the last thousand samples with a target that were named rightly, each before it was learnt from."},
          {"rate", "Rate", "", "Of the last batch."},
          {"probability", "Mean probability", "", "That the features give, at this sample."},
          {"survival", "Mean survival", "", "What inhibition leaves of the synapses, at this sample."},
          {"learnt", "Samples learnt", "", "Since the network began."},
          {"batches", "Batches learnt", "", "Since the network began."}};
}

Description makeDescription() {
  Description table;
  table.key = "synann_net";
  table.label = "SynaNN network";
  table.help =
      "Recognises pictures: convolutions make probabilities of them, a layer of synapses lets these inhibit each other, and "
      "answers read what is left. Learns by gradient, in batches.";
  table.tickUnit = "sample";
  table.neuronFields = neuronFields();
  table.linkFields = {choice("channel", "Channel",
                             "Between a probability and a synapse: whether it excites or inhibits. An answer reads either.",
                             {"exciting", "inhibiting"}),
                      learnt("weight", "Weight",
                             "Into a synapse, 0 to 1: beta of an inhibiting link; an exciting one passes so much of its "
                             "source on and is not learnt. Into an answer: its weight.",
                             -unbounded, unbounded, 1)};
  table.parameters = parameters();
  table.creationFields = creationFields();
  table.metrics = metrics();
  table.phases = {{"closed", "Below its usual value.", Tint::Calm, Shape::Disc},
                  {"open", "Above its usual value.", Tint::Active, Shape::Triangle},
                  {"dark", "A pixel below half.", Tint::Neutral, Shape::Square},
                  {"light", "A pixel above half.", Tint::Ready, Shape::Square},
                  {"answer", "Not the most probable one.", Tint::Calm, Shape::Hexagon},
                  {"named", "The most probable answer.", Tint::Burst, Shape::Hexagon}};
  table.fillLabel = "probability";
  table.ringLabel = "left by inhibition";
  table.linkStyles = {{"exciting", Tint::Excite, LinkEnd::Arrow, false},
                      {"inhibiting", Tint::Inhibit, LinkEnd::Bar, false},
                      {"for this answer", Tint::Couple, LinkEnd::Ball, false},
                      {"against this answer", Tint::Couple, LinkEnd::Ball, true},
                      {"unused", Tint::Neutral, LinkEnd::Arrow, true}};
  table.stimuli = {
      {"light", "Light", "", "Grey of the pixel, until it is given another. Others ignore it.", 1, 0, 1, false, true}};
  table.course = Course{parameter::Course, metric::Learnt, metric::Rate};
  table.usualSample = 1;
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

}  // namespace plexarium::synann_net
