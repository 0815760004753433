#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/description/field.h"

namespace plexarium {

/// A curve that a dynamics yields, one value a tick.
struct Metric {
  std::string key;
  std::string label;
  std::string unit;
  std::string help;
};

/// Outline of a neuron on the canvas: phases must differ in shape as well as in colour.
enum class Shape : std::uint8_t { Disc, Square, Diamond, Triangle, Hexagon };

/// Colour by meaning; a theme turns it into light or dark, colour-blind-safe paint.
enum class Tint : std::uint8_t { Calm, Ready, Active, Burst, Tired, Excite, Inhibit, Couple, Neutral };

/// One of the things a neuron can be doing, as it is drawn.
struct PhaseStyle {
  std::string label;
  std::string help;
  Tint tint = Tint::Calm;
  Shape shape = Shape::Disc;
};

/// How a link ends at its target and how its line is drawn, so that its meaning survives without hue.
enum class LinkEnd : std::uint8_t { Arrow, Bar, Ball };
struct LinkStyle {
  std::string label;
  Tint tint = Tint::Excite;
  LinkEnd end = LinkEnd::Arrow;
  bool dashed = false;
};

/// Something that a person or a feed can put into a neuron.
struct StimulusChannel {
  std::string key;
  std::string label;
  std::string unit;
  std::string help;
  double usual = 1;  ///< Amount that the stimulate tool starts with.
  double minimum = 0;
  double maximum = 0;
  /// Not taken in by the neuron: passed on at once to its targets, to each times its link's weight. How sensors work.
  bool relayed = false;
  bool lasting = false;  ///< The neuron keeps the last amount; otherwise an amount acts once and must come on every tick.
};

/// A value of a field.
struct FieldValue {
  std::size_t field = 0;
  double value = 0;
};

/// A neuron field that, at its initial value, means "as this parameter of the network says". A neuron that moves to another
/// network takes the parameter along in its field.
struct OwnParameter {
  std::size_t neuronField = 0;
  std::size_t parameter = 0;
};

/// The metrics that count links which come and go by themselves, per tick.
struct Rewiring {
  std::size_t born = 0;
  std::size_t gone = 0;
};

/// A stimulus takes the place of a neuron field instead of adding to it: one that comes on every tick holds the field.
struct Replacement {
  std::size_t channel = 0;
  std::size_t neuronField = 0;
};

/// A parameter that says in what share of ticks a neuron should fire: what measured rates are compared with.
struct RateTarget {
  std::size_t parameter = 0;
  /// Of whom: neurons with this value of a neuron field with named values that only edits change; nothing: of all.
  std::optional<FieldValue> of{};
};

/// Learning that comes to an end: the parameter that says after how many lessons (0: never), the metric that counts those
/// learnt, and the one that says how far a step goes, which is 0 from the end on. (The last lessons may not fill a batch.)
struct Course {
  std::size_t length = 0;
  std::size_t learnt = 0;
  std::size_t rate = 0;
};

/// Everything the rest of the program knows of a dynamics. Constant; one per dynamics; indices into the lists are the
/// dynamics' private business inside its folder and opaque numbers outside.
struct Description {
  std::string key;    ///< The name in files and on the command line, lower case.
  std::string label;  ///< The name on screen.
  std::string help;   ///< A sentence for a newcomer.
  std::string tickUnit = "tick";
  std::vector<Field> neuronFields;
  std::vector<Field> linkFields;
  std::vector<Field> parameters;      ///< Of the whole network.
  std::vector<Field> creationFields;  ///< What `create` asks for.
  std::vector<Metric> metrics;
  std::vector<PhaseStyle> phases;
  std::vector<LinkStyle> linkStyles;
  std::vector<StimulusChannel> stimuli;
  /// What makes a neuron a port of a body: it never fires, and after a tick it says exactly what it took in in that tick.
  /// Empty: networks of this dynamics have no bodies.
  std::vector<FieldValue> portValues;
  /// The neuron field that multiplies what a neuron learns (0 locks it, 1 is usual); nothing: no such thing.
  std::optional<std::size_t> learningField{};
  std::vector<OwnParameter> ownParameters{};
  std::optional<Rewiring> rewiring{};  ///< Nothing: links come and go by edits alone.
  /// The neuron flag that says whether it fired in the last tick, where the others hear it in the next: turning it round is
  /// the smallest disturbance that there is. Nothing: no such thing.
  std::optional<std::size_t> firedField{};
  std::vector<Replacement> replacements{};
  std::optional<Course> course{};  ///< Nothing: who is taught learns for ever.
  double usualSample = 100;        ///< Ticks for which a new feed shows a sample.
  std::vector<RateTarget> rateTargets{};
  std::string fillLabel{};  ///< What the filling of a neuron shows on the canvas, for the legend; empty: it is not told.
  std::string ringLabel{};  ///< What the ring around it shows, likewise.
};

}  // namespace plexarium
