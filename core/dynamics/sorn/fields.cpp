#include "core/dynamics/sorn/fields.h"

#include <cassert>
#include <utility>

namespace plexarium::sorn {
namespace {

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

/// Of a field whose minimum is no number like the others.
Field lowest(Field field, std::string meaning) {
  field.minimumText = std::move(meaning);
  return field;
}

std::vector<Field> neuronFields() {
  constexpr double mostQuanta = 0x1p62;
  return {
      choice("kind", "Kind",
             "Excitatory neurons learn; inhibitory ones hold them back and keep their own inputs as they are.",
             {"excitatory", "inhibitory"}),
      state(number("threshold", "Threshold", "", "It fires where its drive is above this. Intrinsic plasticity moves it.",
                   -largestThreshold, largestThreshold, 0.5)),
      state(flag("active", "Fires", "Whether it fired in the last step: what the others hear in the next.", 0)),
      state(flag("recurrent", "Would fire without input", "The same without what was put in from outside.", 0), false),
      state(number("input", "Input", "", "What is put in from outside; acts in the next step, once.", -largestInput,
                   largestInput, 0)),
      state(flag("starved", "Starved",
                 "Fell silent for ever when it had lost all excitatory or all inhibitory inputs, as in the package.", 0)),
      state(number("quanta_e", "Excitatory quanta", "", "Parts of a weight of 1 in which its excitatory inputs are counted.",
                   0, mostQuanta, 0),
            false),
      state(number("quanta_i", "Inhibitory quanta", "", "Parts of a weight of 1 in which its inhibitory inputs are counted.",
                   0, mostQuanta, 0),
            false)};
}

std::vector<Field> linkFields() {
  return {state(number("weight", "Weight", "",
                       "What the target takes in when the source fires; taken off its drive where the source is inhibitory.",
                       0, largestWeight, 0.05)),
          state(lowest(number("born", "Born in step", "",
                              "The step in which growth made it; -1: it was there before, or made by hand.", -1,
                              4294967294.0, -1),
                       "not by growth"),
                false)};
}

std::vector<Field> switches() {
  return {
      flag("stdp", "STDP",
           "Synapses between excitatory neurons: stronger where the source fired the step before the target, weaker the "
           "other way round.",
           1),
      flag("ip", "Intrinsic plasticity", "Thresholds move until everybody fires as often as the target rate says.", 1),
      flag("growth", "Structural plasticity", "New synapses between excitatory neurons grow at random.", 1),
      flag("istdp", "Inhibitory STDP", "Synapses of inhibitory neurons: stronger where the target fires all the same.", 1),
      flag("scaling", "Synaptic scaling", "The weights that a neuron takes in sum to 1, excitatory and inhibitory alike.",
           1)};
}

std::vector<Field> rates() {
  return {
      number("eta_stdp", "STDP rate", "", "Weight that one pairing adds or takes.", 0, 1000, 0.004),
      number("eta_ip", "Intrinsic rate", "", "How far a firing moves the threshold.", 0, 1000, 0.01),
      number("eta_istdp", "Inhibitory rate", "", "Weight that an inhibitory firing takes where the target stays silent.", 0,
             1000, 0.001),
      number("target_rate", "Target rate", "per step",
             "Share of steps in which a neuron should fire. The package makes it twice the share of input neurons.", 0, 1,
             0.1),
      number("balance", "Inhibitory balance", "",
             "Inhibitory STDP adds the rate over this where the target fires: at rest at the firing share mu / (1 + mu).",
             1e-6, 1e6, 0.1),
      number("threshold_min", "Lowest threshold", "", "Intrinsic plasticity stops here.", -largestThreshold,
             largestThreshold, -largestThreshold),
      number("threshold_max", "Highest threshold", "", "Intrinsic plasticity stops here.", -largestThreshold,
             largestThreshold, largestThreshold)};
}

std::vector<Field> weightRules() {
  return {number("weight_cap", "Largest weight", "", "No rule makes a synapse stronger.", 1e-3, largestWeight, 1),
          number("prune_below", "Prune at", "", "A synapse that a rule brings down to this is removed.", 0, 1, 1e-10),
          number("births", "Births", "per step", "How many synapses grow in a step, on average.", 0, 1000, 0.1),
          number("birth_weight", "Weight at birth", "", "Of a synapse that grows.", 1e-6, 1, 0.001),
          flag("births_scale", "Births by pairs",
               "Multiplies the births by the number of pairs of excitatory neurons over that of 200 neurons.", 0),
          flag("births_last", "Births after scaling", "A new synapse is scaled in the next step only.", 0),
          choice("istdp_loss", "Weakest inhibition",
                 "Inhibitory synapses that reach the bottom are removed for ever, as in the package, or stay at the floor.",
                 {"pruned", "kept at the floor"}, static_cast<double>(Loss::Floor)),
          number("floor", "Floor", "", "The weight at which an inhibitory synapse stays.", 1e-6, 1, 0.001)};
}

std::vector<Field> circumstances() {
  return {
      number("noise", "Noise", "", "Strength of what chance adds to every drive; 0: none.", 0, 1000, 0.04),
      choice("noise_kind", "Noise is", "Normal with this deviation, or uniform from 0 to this.", {"normal", "uniform"}),
      choice("timing", "Inhibition hears", "Which firing of the excitatory neurons the inhibitory ones answer.",
             {"the tick before", "the same tick"}),
      flag("at_threshold", "Fires at the threshold", "On: also where the drive is the threshold exactly.", 0),
      choice("empty_column", "Without inputs",
             "A neuron that has lost all excitatory or all inhibitory inputs goes on, or falls silent for ever, as in the "
             "package.",
             {"goes on", "falls silent"}),
      choice(
          "precision", "Precision",
          "fast: weights of 32 bits, counted in parts of their column. exact: doubles, every weight scaled in every step.",
          {"fast", "exact"})};
}

std::vector<Field> parameters() {
  auto all = switches();
  for (auto& part : {rates(), weightRules(), circumstances()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::vector<Field> creationFields() {
  return {
      choice(
          "preset", "Preset",
          "package: exactly as the sorn package. counting: learns sequences (Lazar 2009). criticality: strong noise, free "
          "thresholds (Zheng 2013, Del Papa 2017). Everything can be changed while it runs.",
          {"package", "counting", "criticality"}, static_cast<double>(Preset::Criticality)),
      number("excitatory", "Excitatory neurons", "", "How many neurons learn.", 1, 100'000, 200, FieldType::Integer),
      number("inputs", "Input neurons", "", "How many of them are sensory.", 0, 100'000, 10, FieldType::Integer),
      lowest(number("symbols", "Symbols", "", "Divides the input neurons into as many groups, one a symbol; 0: no groups.",
                    0, 1000, 0, FieldType::Integer),
             "no groups"),
      number("inhibitory_share", "Inhibitory share", "", "Inhibitory neurons per excitatory one.", 0, 1, 0.2),
      lowest(number("lambda_ee", "Excitatory inputs", "",
                    "Excitatory sources of an excitatory neuron, on average; 0: as the preset says (20, counting 10).", 0,
                    100'000, 0),
             "as preset"),
      lowest(number("lambda_ei", "Inhibited neurons", "",
                    "Excitatory targets of an inhibitory neuron, on average; 0: as the preset says (a fifth, counting all).",
                    0, 100'000, 0),
             "as preset"),
      lowest(number("lambda_ie", "Inputs of inhibition", "", "Excitatory sources of an inhibitory neuron; 0: all.", 0,
                    100'000, 0),
             "all"),
      lowest(number("threshold_e", "Excitatory thresholds up to", "",
                    "Where they begin; 0: as the preset says (1, counting 0.5).", 0, largestThreshold, 0),
             "as preset"),
      lowest(number("threshold_i", "Inhibitory thresholds up to", "", "They stay; 0: as the preset says (0.5).", 0,
                    largestThreshold, 0),
             "as preset")};
}

std::vector<Metric> metrics() {
  return {{"rate", "Firing rate", "per step", "Share of the excitatory neurons that fired."},
          {"excitatory", "Excitatory firings", "per step", "How many excitatory neurons fired."},
          {"inhibitory", "Inhibitory firings", "per step", "How many inhibitory neurons fired."},
          {"links_ee", "Excitatory synapses", "", "Between excitatory neurons, before the step's plasticity."},
          {"links_ei", "Inhibitory synapses", "", "From inhibitory to excitatory neurons, before the step's plasticity."},
          {"born", "Synapses born", "per step", "By structural plasticity."},
          {"pruned", "Synapses pruned", "per step", "Removed because a rule brought them to the bottom."},
          {"strengthened", "Strengthened", "per step", "Synapses between excitatory neurons that STDP made stronger."},
          {"weakened", "Weakened", "per step", "Synapses between excitatory neurons that STDP made weaker, pruned or not."},
          {"threshold", "Mean threshold", "", "Of the excitatory neurons."},
          {"starved", "Starved neurons", "", "Excitatory neurons that have no excitatory or no inhibitory input."}};
}

std::vector<PhaseStyle> phases() {
  return {{"excitatory", "Did not fire in this step.", Tint::Calm, Shape::Disc},
          {"excitatory, fires", "Fired in this step.", Tint::Burst, Shape::Hexagon},
          {"inhibitory", "Did not fire in this step.", Tint::Couple, Shape::Diamond},
          {"inhibitory, fires", "Fired in this step.", Tint::Inhibit, Shape::Square},
          {"starved", "Has lost its inputs and is silent for ever.", Tint::Tired, Shape::Triangle}};
}

std::vector<LinkStyle> linkStyles() {
  return {{"exciting", Tint::Excite, LinkEnd::Arrow, false},
          {"strengthened", Tint::Active, LinkEnd::Arrow, false},
          {"weakened", Tint::Tired, LinkEnd::Arrow, true},
          {"inhibiting", Tint::Inhibit, LinkEnd::Bar, false},
          {"inhibition strengthened", Tint::Active, LinkEnd::Bar, false},
          {"inhibition weakened", Tint::Tired, LinkEnd::Bar, true},
          {"into inhibition", Tint::Neutral, LinkEnd::Ball, false}};
}

Description makeDescription() {
  Description table;
  table.key = "sorn";
  table.label = "SORN";
  table.help =
      "A self-organising recurrent network: excitatory and inhibitory neurons that fire or do not, and five rules of "
      "plasticity under which synapses are born, grow and die.";
  table.tickUnit = "step";
  table.neuronFields = neuronFields();
  table.linkFields = linkFields();
  table.parameters = parameters();
  table.creationFields = creationFields();
  table.metrics = metrics();
  table.phases = phases();
  table.fillLabel = "fired lately";
  table.ringLabel = "threshold";
  table.rateTargets = {{parameter::Target, FieldValue{neuron::Kind, static_cast<double>(Kind::Excitatory)}}};
  table.linkStyles = linkStyles();
  table.rewiring = Rewiring{metric::Born, metric::Pruned};
  table.firedField = neuron::Active;
  table.stimuli = {{"input", "Input", "", "Added to the drive in the next step.", 1, -largestInput, largestInput}};
  assert(table.neuronFields.size() == neuron::Count && table.linkFields.size() == link::Count);
  assert(table.parameters.size() == parameter::Count && table.creationFields.size() == creation::Count);
  assert(table.metrics.size() == metric::Count && table.phases.size() == phaseCount);
  assert(table.linkStyles.size() == styleCount);
  return table;
}

}  // namespace

const Description& description() {
  static const Description table = makeDescription();
  return table;
}

}  // namespace plexarium::sorn
