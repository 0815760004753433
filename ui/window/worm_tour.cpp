#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <optional>

#include "ui/bridge/session_bridge.h"
#include "ui/window/gallery.h"
#include "ui/window/tours.h"

namespace plexarium::ui {
namespace {

constexpr double wayToGo = 0.3;  // body lengths: more than a twitch
constexpr double bend = 1;       // curvature per body length that counts

QString tr(const char* text) { return QCoreApplication::translate("WormTour", text); }

/// A value that the tour asks for.
struct Wish {
  std::size_t field = 0;
  double value = 0;
};

/// What is to be built, read off the finished model.
struct Goal {
  const Description* rules = nullptr;
  std::vector<Wish> wishes;  ///< Of every neuron that moves a muscle.
  int rows = 0;              ///< Of muscles on either side.
  int wakingRow = 0;         ///< Whose neuron on one side starts the other side.
  double pace = 0;           ///< Ticks per second at which it lives in real time.
};

/// Who stands for the muscle of a row.
std::optional<NeuronId> muscle(const Snapshot& look, BodySide side, int row) {
  if (look.worlds.empty()) return std::nullopt;
  const WorldView& body = *look.worlds.front();
  for (const auto& port : body.description->effectors) {
    if (port.side != side || port.row != row) continue;
    for (const auto& binding : *look.bindings) {
      if (binding.controller == body.controller && binding.port == port.key) return binding.neuron;
    }
  }
  return std::nullopt;
}

int rowsOf(const WorldDescription& body) {
  int rows = 0;
  for (const auto& port : body.effectors) rows = std::max(rows, port.row);
  return rows;
}

bool isPort(const Snapshot& look, NeuronId neuron) {
  return std::ranges::find(*look.bindings, neuron, &Binding::neuron) != look.bindings->end();
}

bool fits(const Snapshot& look, const std::vector<Wish>& wishes, NeuronId neuron) {
  const auto row = look.graph.row(neuron);
  return row && std::ranges::all_of(wishes, [&](const Wish& wish) {
           return columnValue((*look.graph.neuronFields)[wish.field], *row) == wish.value;
         });
}

/// Who moves the muscle of a row: a neuron as it is wished for, with a link to it.
std::optional<NeuronId> driver(const Snapshot& look, const std::vector<Wish>& wishes, BodySide side, int row) {
  const auto target = muscle(look, side, row);
  if (!target) return std::nullopt;
  for (const NeuronId id : *look.graph.ids) {
    if (!isPort(look, id) && look.graph.link({id, *target}) && fits(look, wishes, id)) return id;
  }
  return std::nullopt;
}

std::optional<NeuronId> driver(const Snapshot& look, const Goal& goal, BodySide side, int row) {
  return driver(look, goal.wishes, side, row);
}

bool leads(const Snapshot& look, std::optional<NeuronId> from, std::optional<NeuronId> to) {
  return from && to && look.graph.link({*from, *to}).has_value();
}

constexpr std::array sides{BodySide::Dorsal, BodySide::Ventral};
constexpr BodySide other(BodySide side) { return side == BodySide::Dorsal ? BodySide::Ventral : BodySide::Dorsal; }

/// Every row of muscles has its neuron, and each of these leads to the next.
bool chained(const Snapshot& look, const Goal& goal) {
  return std::ranges::all_of(sides, [&](BodySide side) {
    for (int row = 1; row <= goal.rows; ++row) {
      const auto here = driver(look, goal, side, row);
      if (!here || (row > 1 && !leads(look, driver(look, goal, side, row - 1), here))) return false;
    }
    return true;
  });
}

bool wakesOther(const Snapshot& look, const Goal& goal, BodySide side) {
  return leads(look, driver(look, goal, side, goal.wakingRow), driver(look, goal, other(side), 1));
}

Goal readGoal(const Registry& registry) {
  auto model = galleryModel(registry, QStringLiteral(":/models/worm_wriggling.json"));
  assert(model);  // compiled in
  Goal goal;
  goal.rules = &registry.find(model->dynamics)->description;
  const auto look = lookAt(registry, std::move(*model), 0).value();
  const auto& body = *look->worlds.front()->description;
  goal.rows = rowsOf(body);
  goal.pace = 1 / body.tickSeconds;
  const std::vector<Wish> anybody;  // fits without any wish
  const auto first = driver(*look, anybody, BodySide::Dorsal, 1);
  assert(first);
  for (std::size_t field = 0; field < goal.rules->neuronFields.size(); ++field) {
    const Field& known = goal.rules->neuronFields[field];
    if (known.evolves) continue;
    const double value = columnValue((*look->graph.neuronFields)[field], *look->graph.row(*first));
    if (value != known.initial) goal.wishes.push_back({field, value});
  }
  for (int row = 1; row <= goal.rows && goal.wakingRow == 0; ++row) {
    if (leads(*look, driver(*look, anybody, BodySide::Dorsal, row), driver(*look, anybody, BodySide::Ventral, 1)))
      goal.wakingRow = row;
  }
  assert(goal.wakingRow > 0);
  return goal;
}

/// "Conduction time to 24 ticks, Capacity to 100"
QString wishText(const Goal& goal) {
  QStringList parts;
  for (const auto& wish : goal.wishes) {
    const Field& field = goal.rules->neuronFields[wish.field];
    parts << tr("%1 to %2 %3")
                 .arg(QString::fromStdString(field.label), QString::fromStdString(formatValue(field, wish.value)),
                      QString::fromStdString(field.unit))
                 .trimmed();
  }
  return parts.join(tr(" and "));
}

/// Where a value without a limit hides the box that another one is typed into.
QString unlimitedHint(const Goal& goal) {
  const bool any = std::ranges::any_of(
      goal.wishes, [&](const Wish& wish) { return std::isinf(goal.rules->neuronFields[wish.field].initial); });
  return any ? QLatin1Char(' ') + tr("Take the check off ∞ before you type.") : QString();
}

/// To point at: those of them that there are.
std::vector<NeuronId> present(std::initializer_list<std::optional<NeuronId>> wanted) {
  std::vector<NeuronId> neurons;
  for (const auto& one : wanted) {
    if (one) neurons.push_back(*one);
  }
  std::ranges::sort(neurons);
  return neurons;
}

TourStep emptyCanvas(const Goal& goal) {
  return {tr("An empty canvas"),
          tr("Press Ctrl+N, choose “%1” and 0 neurons, and create it.").arg(QString::fromStdString(goal.rules->label)),
          [goal](const TourLook& look) {
            return look.description.key == goal.rules->key && look.now.graph.ids->empty() && look.now.worlds.empty();
          },
          QStringLiteral("create")};
}

TourStep aBody() {
  return {tr("A body"), tr("Choose Body > Add a body: a worm, and a neuron for each of its sensors and muscles."),
          [](const TourLook& look) { return !look.now.worlds.empty(); }, QStringLiteral("addBody")};
}

TourStep aNeuron() {
  return {tr("A neuron"),
          tr("Double-click beside the muscle that is marked, the first on the dorsal (upper) side."),
          [](const TourLook& look) {
            return std::ranges::any_of(*look.now.graph.ids, [&](NeuronId id) { return !isPort(look.now, id); });
          },
          {},
          [](const Snapshot& now) { return present({muscle(now, BodySide::Dorsal, 1)}); }};
}

TourStep itsValues(const Goal& goal) {
  return {tr("How it works"),
          tr("It is selected. In the Inspector, set %1: it passes a pulse on slowly and has enough in stock.")
                  .arg(wishText(goal)) +
              unlimitedHint(goal),
          [goal](const TourLook& look) {
            return std::ranges::any_of(
                *look.now.graph.ids, [&](NeuronId id) { return !isPort(look.now, id) && fits(look.now, goal.wishes, id); });
          },
          QStringLiteral("inspectorDock")};
}

TourStep itsMuscle(const Goal& goal) {
  return {tr("Its muscle"),
          tr("Hold Ctrl and drag from your neuron to the marked muscle: it moves that muscle from now on."),
          [goal](const TourLook& look) { return driver(look.now, goal, BodySide::Dorsal, 1).has_value(); },
          {},
          [](const Snapshot& now) { return present({muscle(now, BodySide::Dorsal, 1)}); }};
}

TourStep itsTwin(const Goal& goal) {
  return {
      tr("Its twin"),
      tr("Click your neuron and press Ctrl+D. Drag the copy down to the first ventral muscle, the marked one, and link it "
         "to that: Ctrl and drag, as before."),
      [goal](const TourLook& look) {
        const auto dorsal = driver(look.now, goal, BodySide::Dorsal, 1);
        const auto ventral = driver(look.now, goal, BodySide::Ventral, 1);
        return dorsal && ventral && dorsal != ventral;
      },
      {},
      [](const Snapshot& now) { return present({muscle(now, BodySide::Ventral, 1)}); }};
}

TourStep twelveRows(const Goal& goal) {
  return {tr("The whole length"),
          tr("Select both (click one, Ctrl+click the other). Choose Body > Repeat along the body…: %1 copies, each "
             "neuron linked to its own copy.")
              .arg(goal.rows - 1),
          [goal](const TourLook& look) { return chained(look.now, goal); }, QStringLiteral("repeatAlongBody"),
          [goal](const Snapshot& now) {
            return present({driver(now, goal, BodySide::Dorsal, 1), driver(now, goal, BodySide::Ventral, 1)});
          }};
}

TourStep wakesTheOther(const Goal& goal, BodySide side) {
  const bool dorsal = side == BodySide::Dorsal;
  const QString text = dorsal
                           ? tr("Link dorsal neuron %1 to the first ventral one; both are marked. A wave that has come that "
                                "far down one side starts the other.")
                           : tr("And ventral neuron %1 to the first dorsal one. Now the sides take turns for ever.");
  return {dorsal ? tr("Dorsal wakes ventral") : tr("Ventral wakes dorsal"),
          text.arg(goal.wakingRow),
          [goal, side](const TourLook& look) { return wakesOther(look.now, goal, side); },
          {},
          [goal, side](const Snapshot& now) {
            return present({driver(now, goal, side, goal.wakingRow), driver(now, goal, other(side), 1)});
          }};
}

TourStep realTime(const Goal& goal) {
  return {tr("Real time"),
          tr("Let it run (Space) and press 3: %1 ticks per second are the worm's real time.").arg(goal.pace),
          [goal](const TourLook& look) { return look.now.running && (look.now.pace == 0 || look.now.pace >= goal.pace); },
          QStringLiteral("paceSlider")};
}

TourStep wakeIt(const Goal& goal) {
  return {tr("Wake it"),
          tr("Hold Alt and click the first dorsal neuron, the marked one: one pulse is enough."),
          [goal](const TourLook& look) {
            const auto first = driver(look.now, goal, BodySide::Dorsal, 1);
            return first && look.now.appearance.lastFired[*look.now.graph.row(*first)] > look.before.tick;
          },
          {},
          [goal](const Snapshot& now) { return present({driver(now, goal, BodySide::Dorsal, 1)}); }};
}

/// Bent to either side and come forward.
TourStep itWriggles() {
  struct Bends {
    bool dorsal = false;
    bool ventral = false;
  };
  return {tr("It wriggles"), tr("Watch it in the arena: pulses run down both sides in turn, and the body follows."),
          [bends = Bends()](const TourLook& look) mutable {
            if (look.now.worlds.empty() || look.before.worlds.empty()) return false;
            const WorldView& body = *look.now.worlds.front();
            const double middle = body.curvature.empty() ? 0 : body.curvature[body.curvature.size() / 2];
            bends.dorsal = bends.dorsal || middle > bend;
            bends.ventral = bends.ventral || middle < -bend;
            const auto place = [](const WorldView& view) { return view.spine[view.spine.size() / 2]; };
            const ArenaPoint from = place(*look.before.worlds.front());
            const ArenaPoint to = place(body);
            return bends.dorsal && bends.ventral && std::hypot(to.x - from.x, to.y - from.y) > wayToGo;
          },
          QStringLiteral("arenaDock")};
}

}  // namespace

TourPlan buildAWorm(const Registry& registry) {
  const Goal goal = readGoal(registry);
  return {tr("Build a worm"),
          {emptyCanvas(goal), aBody(), aNeuron(), itsValues(goal), itsMuscle(goal), itsTwin(goal), twelveRows(goal),
           wakesTheOther(goal, BodySide::Dorsal), wakesTheOther(goal, BodySide::Ventral), realTime(goal), wakeIt(goal),
           itWriggles()},
          tr("A worm of your own. Touch it, wall it in, save it with Ctrl+S; the gallery has worms that turn at walls and "
             "find food.")};
}

}  // namespace plexarium::ui
