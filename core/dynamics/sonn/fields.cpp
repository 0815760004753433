#include "core/dynamics/sonn/fields.h"

#include <cassert>

namespace plexarium::sonn {
namespace {

constexpr double longestCount = 0x1p53;
constexpr double mostUnits = 32767;

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

Field choice(std::string key, std::string label, std::string help, std::vector<std::string> choices) {
  auto field = number(std::move(key), std::move(label), "", std::move(help), 0, static_cast<double>(choices.size()) - 1, 0,
                      FieldType::Choice);
  field.choices = std::move(choices);
  return field;
}

Field state(Field field, bool editable = true) {
  field.evolves = true;
  field.editable = editable;
  return field;
}

std::vector<Field> neuronFields() {
  return {
      whole("slots", "Slots", "", "How many connections may grow into this neuron.", 0, 1000, 20),
      number("learns", "Learns", "", "Whether its connections grow, change, decay and are pruned.", 0, 1, 1,
             FieldType::Flag),
      number(
          "feeds", "Feeds others (experimental)", "",
          "Whether neurons that do not feed others may grow connections from it, as if it were a receptor that is on when "
          "it spikes. It listens to receptors alone.",
          0, 1, 0, FieldType::Flag),
      state(number("on", "Is on", "", "Receptor: whether the sample has this grey level here.", 0, 1, 0, FieldType::Flag)),
      state(number("share", "Share of samples", "",
                   "Receptor, or neuron that feeds others: in how large a share of the recent samples it was on. "
                   "Connections grow only from those that are neither rare nor always on.",
                   0, 1, 0)),
      state(whole("potential", "Potential", "",
                  "Sum of the weights of the connections whose receptors are on. Column: how many of its neurons spike.",
                  -2147483648.0, 2147483647.0, 0),
            false)};
}

std::vector<Field> potentials() {
  return {
      whole("threshold", "Threshold", "", "A neuron spikes from this potential on.", 1, mostUnits, 3500),
      whole("window_low", "Window from", "", "Neurons with a potential from here on learn: near the threshold.",
            -mostUnits - 1, mostUnits, 2000),
      whole("window_high", "Window to", "", "The largest potential with which a neuron learns.", -mostUnits - 1, mostUnits,
            5000),
      number("strengthen", "Strengthen by", "units",
             "Added to the active connections of the true column's neurons when it learns.", 0, 1000, 20),
      number("weaken", "Weaken by", "units",
             "Taken from those of a false column. A little less than strengthening, as decay takes the rest.", 0, 1000, 17)};
}

std::vector<Field> quantilizers() {
  return {number("event_rate", "Share that teaches", "",
                 "Share of the samples, the worst recognised ones, from which the true column learns. Its quantilizer keeps "
                 "to it.",
                 0.0001, 0.9999, 0.2),
          number("event_rate_end", "Share at the end", "", "The same at the end of the schedule.", 0.0001, 0.9999, 0.08),
          number("false_share", "False columns: one in", "",
                 "A false column learns from the share above divided by this. Nine for ten columns: both kinds of event are "
                 "as frequent.",
                 0.01, 10000, 9),
          number("mark_step", "Step of the marks", "spikes", "How fast the quantilizers' marks move.", 0, 1000, 1)};
}

std::vector<Field> turnover() {
  return {
      number("decay", "Decay", "units per 1000 samples", "Every weight goes towards 0 by this.", 0, 100, 0.9),
      whole("prune", "Prune below", "units", "A connection that is weaker dies and its slot opens.", 0, 1000, 25),
      whole("cap", "Largest weight", "units",
            "Weights are not taught beyond this, nor beyond 32767 over the connections of the neuron.", 1, mostUnits, 2000),
      number("growth", "Growth", "per sample", "How many connections are tried to grow; open slots are needed.", 0, 10000,
             4),
      number("new_weight", "New weight", "units", "What a new connection begins with.", -mostUnits, mostUnits, 250),
      number("new_spread", "Spread of new weights", "units", "New weights differ by up to this.", 0, mostUnits, 100),
      number("least_share", "Rarest receptor", "", "Connections grow from receptors that are on at least so often.", 0, 1,
             0.01),
      number("most_share", "Commonest receptor", "", "And at most so often.", 0, 1, 0.98)};
}

std::vector<Field> course() {
  return {number("noise", "Input noise", "",
                 "Probability with which an input is replaced by that of the sample before, while learning. In 256ths.", 0,
                 0.99, 0.06),
          whole("levels", "Receptors of an input", "",
                "So many receptors in a row belong to one input value: noise replaces them together.", 1, 256, 4),
          whole("block", "Block", "samples",
                "Lessons are gathered and learnt together after so many samples: 1 learns from each at once and is slower.",
                1, 64, 64),
          number("schedule", "Schedule", "samples",
                 "Over so many samples the share that teaches goes to its end; 0: it stays as it is.", 0, longestCount, 0),
          number("cool_share", "Cooling from the last", "",
                 "In this last share of the schedule, strengthening, weakening and decay fade.", 0, 1, 0.2),
          number("cool_to", "Cooling to", "", "What they fade to.", 0.001, 1, 0.1)};
}

std::vector<Field> rules() {
  return {choice("learners", "Who learns", "Which neurons of a column that learns change their active connections.",
                 {"near the threshold", "those that spiked", "all"}),
          choice("false_measure", "False columns are measured", "Above what their number of spikes must stand out.",
                 {"against the true column", "against the mean"}),
          choice("marks", "Quantilizers",
                 "With one a column, a column that is too loud is taught as often as one that is too silent.",
                 {"shared", "one a column"}),
          choice("true_rule", "The true column learns from", "The article leaves open which.",
                 {"the worst recognised", "the best recognised"}),
          choice("grow_into", "Grow into", "Where connections grow.", {"the true column", "any column"}),
          choice("grow_from", "Grow from", "From which receptors.", {"active receptors", "any receptor"})};
}

std::vector<Field> parameters() {
  std::vector<Field> all;
  for (auto part : {potentials(), quantilizers(), turnover(), course(), rules()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::vector<Field> creationFields() {
  auto size = choice("size", "Size", "Slots in all, as many neurons as it takes; or neurons and slots as given below.",
                     {"80,000 connections", "750,000 connections", "as given"});
  return {
      whole("width", "Width", "", "Of the pictures; of a table: its columns.", 1, 65536, 28),
      whole("height", "Height", "", "Of the pictures; 1 for a table.", 1, 4096, 28),
      whole("channels", "Channels", "", "Of a pixel: 1 grey, 3 in colour.", 1, 16, 1),
      whole("levels", "Grey levels", "", "Receptors of a value. Feed it with as many levels, by thermometer or level.", 1,
            256, 4),
      whole("columns", "Columns", "", "One for each class.", 1, 1000, 10),
      std::move(size),
      whole("neurons", "Neurons per column", "", "Used with the size 'as given'.", 1, 1000000, 400),
      whole("slots", "Slots", "per neuron", "Connections that may grow into a neuron.", 1, 1000, 20),
      number("feeding", "Hidden (experimental)", "of a column",
             "Share of each column's neurons that feed the others: these grow connections from receptors and from those.", 0,
             1, 0),
      choice("rules", "Rules",
             "recommended: those that learn best. article: as its text says, to be seen failing. All can be changed "
             "while it runs.",
             {"recommended", "article"}),
      number("samples", "Schedule", "samples",
             "How many samples it is going to be taught: the rates go down to the end of it. 0: they stay.", 0, longestCount,
             0)};
}

std::vector<Metric> metrics() {
  return {{"accuracy", "Accuracy", "", "Share of the last thousand samples with a target that were named rightly."},
          {"margin", "Margin", "spikes", "Spikes of the true column above the best false one; 0 without a target."},
          {"spikes", "Spikes", "per sample", "Of all columns."},
          {"true_mark", "Mark of the true rule", "spikes", "Below this margin the true column learns (mean over marks)."},
          {"false_mark", "Mark of the false rule", "spikes", "Above this a false column learns (mean over marks)."},
          {"strengthened", "Strengthened", "columns", "Columns that learn to spike more from this sample."},
          {"weakened", "Weakened", "columns", "Columns that learn to spike less from this sample."},
          {"born", "Born", "connections", "Grown at this sample."},
          {"died", "Died", "connections", "Pruned at this sample."},
          {"connections", "Connections", "", "From receptors, and from neurons that feed others."},
          {"learnt", "Samples learnt", "", "With a target, since the network began."}};
}

std::vector<PhaseStyle> phases() {
  return {{"silent", "Does not spike, or the receptor is off.", Tint::Calm, Shape::Disc},
          {"on", "The sample has this grey level here.", Tint::Ready, Shape::Square},
          {"spiked", "Passed its threshold.", Tint::Active, Shape::Triangle},
          {"near", "Near the threshold: would learn.", Tint::Tired, Shape::Disc},
          {"strengthened", "Its active connections are strengthened.", Tint::Excite, Shape::Hexagon},
          {"weakened", "Its active connections are weakened.", Tint::Inhibit, Shape::Diamond},
          {"wins", "The column with the most spikes.", Tint::Burst, Shape::Hexagon}};
}

Description makeDescription() {
  Description table;
  table.key = "sonn";
  table.label = "SONN";
  table.help =
      "Columns of spiking neurons, one for each class, that grow connections to receptors, keep those that help and let the "
      "others die. The column with the most spikes names the class.";
  table.tickUnit = "sample";
  table.usualSample = 1;
  table.neuronFields = neuronFields();
  table.linkFields = {state(whole("weight", "Weight", "units",
                                  "Added to the potential while the receptor is on. A neuron's vote for its column counts "
                                  "1, whatever this is.",
                                  -mostUnits, mostUnits, 250))};
  table.parameters = parameters();
  table.creationFields = creationFields();
  table.metrics = metrics();
  table.phases = phases();
  table.fillLabel = "potential";
  table.linkStyles = {{"exciting", Tint::Excite, LinkEnd::Arrow, false},
                      {"inhibiting", Tint::Inhibit, LinkEnd::Bar, false},
                      {"vote", Tint::Couple, LinkEnd::Ball, false},
                      {"unused", Tint::Neutral, LinkEnd::Arrow, true}};
  table.stimuli = {{"light", "Light", "", "From 0.5 on the receptor is on, until it is given less. Others ignore it.", 1, 0,
                    1, false, true}};
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

}  // namespace plexarium::sonn
