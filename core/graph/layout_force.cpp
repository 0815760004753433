#include "core/graph/layout_force.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "core/graph/layout_spacing.h"
#include "core/graph/layout_tree.h"
#include "core/random.h"

namespace plexarium {
namespace {

constexpr double theta = 0.9;
constexpr std::size_t coarsestSize = 24;
constexpr int coarsestSteps = 300;
constexpr int refiningSteps = 150;
constexpr double cooling = 0.9;  ///< t of the source.

double length(Vector2 vector) { return std::sqrt(vector.x * vector.x + vector.y * vector.y); }

/// Turns the places so that their longest extent lies across, about their middle.
void turnFlat(std::vector<Point>& places) {
  double meanX = 0;
  double meanY = 0;
  for (const auto place : places) meanX += place.x, meanY += place.y;
  meanX /= static_cast<double>(places.size());
  meanY /= static_cast<double>(places.size());
  double xx = 0;
  double xy = 0;
  double yy = 0;
  for (const auto place : places) {
    const double x = place.x - meanX;
    const double y = place.y - meanY;
    xx += x * x, xy += x * y, yy += y * y;
  }
  const double angle = std::atan2(2 * xy, xx - yy) / 2;
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  for (auto& place : places) {
    const double x = place.x - meanX;
    const double y = place.y - meanY;
    place = {static_cast<float>(c * x + s * y), static_cast<float>(c * y - s * x)};
  }
}

}  // namespace

/// One connected component on its way from the coarsest level to the finest.
class ForceLayout::Relaxation {
 public:
  Relaxation(Springs network, const std::vector<Point>& start, std::uint64_t seed)
      : random_(seed, 0x464f5243U), anchored_(std::ranges::any_of(network.frozen, [](auto frozen) { return frozen != 0; })) {
    levels_.push_back({std::move(network), {}});
    while (levels_.back().network.size() > coarsestSize) {
      auto coarser = coarsen(levels_.back().network);
      if (coarser.network.size() * 10 > levels_.back().network.size() * 9) break;
      levels_.push_back({std::move(coarser.network), std::move(coarser.group)});
    }
    for (const auto point : start) start_.push_back({point.x, point.y});
    level_ = levels_.size() - 1;
    for (std::size_t level = 0; level <= level_; ++level) work_ += workOf(level);
    scatter();
    enter(1);
  }

  [[nodiscard]] bool anchored() const { return anchored_; }
  /// Work of the steps done over that of all steps.
  [[nodiscard]] double progress() const {
    return std::min(1.0, (workDone_ + workOf(level_) * static_cast<double>(steps_) / stepsOf(level_)) / work_);
  }

  /// False when settled.
  bool step() {
    if (steps_ == stepsOf(level_) || step_ < 1e-3 * unit_) {
      if (level_ == 0) return false;
      workDone_ += workOf(level_);
      refine();
      enter(0.5);
    }
    iterate();
    ++steps_;
    return true;
  }

  /// Of the finest rows, also while a coarser level is relaxed.
  [[nodiscard]] std::vector<Point> positions() const {
    std::vector<Point> points;
    for (std::uint32_t row = 0; row < levels_[0].network.size(); ++row) {
      auto at = row;
      for (std::size_t level = 1; level <= level_; ++level) at = levels_[level].group[at];
      // Those of one group stand around its place, so that whoever stops here gets no heap.
      const double spread = level_ == 0 || levels_[0].network.frozen[row] != 0 ? 0 : unit_;
      points.push_back({static_cast<float>(places_[at].x + spread * (random_.uniform(row, 0) - 0.5)),
                        static_cast<float>(places_[at].y + spread * (random_.uniform(row, 1) - 0.5))});
    }
    return points;
  }

 private:
  struct Level {
    Springs network;
    std::vector<std::uint32_t> group;  ///< Row here of every row of the next finer level; empty at the finest.
  };

  [[nodiscard]] const Springs& network() const { return levels_[level_].network; }
  [[nodiscard]] int stepsOf(std::size_t level) const { return level + 1 == levels_.size() ? coarsestSteps : refiningSteps; }
  [[nodiscard]] double workOf(std::size_t level) const {
    const auto& network = levels_[level].network;
    return stepsOf(level) * (20.0 * static_cast<double>(network.size()) + static_cast<double>(network.ends.size()));
  }

  /// First places at the coarsest level: by chance, around the frozen ones where there are any.
  void scatter() {
    const auto& coarse = network();
    std::vector<std::uint32_t> group(start_.size());
    std::iota(group.begin(), group.end(), 0U);
    for (std::size_t level = 1; level <= level_; ++level) {
      for (auto& at : group) at = levels_[level].group[at];
    }
    Vector2 middle;
    double count = 0;
    for (std::size_t row = 0; row < start_.size(); ++row) {
      if (levels_[0].network.frozen[row] == 0) continue;
      middle = {middle.x + start_[row].x, middle.y + start_[row].y};
      ++count;
    }
    if (count > 0) middle = {middle.x / count, middle.y / count};
    const double width = idealLinkLength * std::sqrt(static_cast<double>(start_.size()));
    places_.resize(coarse.size());
    for (std::size_t row = 0; row < coarse.size(); ++row) {
      places_[row] = {middle.x + width * (random_.uniform(row, 0) - 0.5),
                      middle.y + width * (random_.uniform(row, 1) - 0.5)};
    }
    for (std::size_t row = 0; row < start_.size(); ++row) {
      if (levels_[0].network.frozen[row] != 0) places_[group[row]] = start_[row];
    }
  }

  /// To the next finer level: every row starts at its group's place, drawn towards the groups that it is linked to.
  void refine() {
    const auto& fine = levels_[level_ - 1].network;
    const auto& group = levels_[level_].group;
    std::vector<Vector2> places(fine.size());
    for (std::uint32_t row = 0; row < fine.size(); ++row) {
      const auto own = places_[group[row]];
      Vector2 pull;
      double weight = 0;
      for (auto k = fine.first[row]; k < fine.first[row + 1]; ++k) {
        const auto other = group[fine.ends[k]];
        if (other == group[row]) continue;
        const double w = fine.weights[k];
        pull = {pull.x + w * (places_[other].x - own.x), pull.y + w * (places_[other].y - own.y)};
        weight += w;
      }
      places[row] = own;
      if (fine.frozen[row] != 0) continue;
      if (weight > 0) places[row] = {own.x + 0.25 * pull.x / weight, own.y + 0.25 * pull.y / weight};
      const auto draw = static_cast<std::uint32_t>(2 * level_);
      places[row].x += 0.1 * unit_ * (random_.uniform(row, draw) - 0.5);
      places[row].y += 0.1 * unit_ * (random_.uniform(row, draw + 1) - 0.5);
    }
    --level_;
    places_ = std::move(places);
  }

  /// Begins to relax the level: stretches it to the size at which the forces balance, and sets the step.
  /// Scaling by s multiplies the virial of attraction, sum of w d^3 / K, by s^3 and leaves that of repulsion,
  /// C K^2 times the sum of mass products, as it is.
  void enter(double firstStep) {
    const auto& at = network();
    forces_.resize(at.size());
    steps_ = 0;
    calm_ = 0;
    energy_ = INFINITY;
    double mass = 0;
    double squares = 0;
    for (const double m : at.masses) mass += m, squares += m * m;
    double attraction = 0;
    double total = 0;
    double weights = 0;
    everySpring([&](Vector2 d, double weight) {
      const double distance = length(d);
      attraction += weight * distance * distance * distance / idealLinkLength;
      total += weight * distance;
      weights += weight;
    });
    if (!anchored_) recentre();
    const double pairs = idealLinkLength * idealLinkLength * (mass * mass - squares) / 2;
    double stretch = 1;
    if (!anchored_ && attraction > 0) {
      stretch = std::cbrt(repulsionStrength_ * pairs / attraction);
      for (auto& place : places_) place = {place.x * stretch, place.y * stretch};
    } else if (level_ == 0 && total > 0) {
      // Frozen neurons set the scale: let the forces balance at the ideal length instead.
      repulsionStrength_ = std::pow(idealLinkLength * weights / total, 3) * attraction / pairs;
    }
    unit_ = weights > 0 ? std::max(total / weights * stretch, 1e-3) : idealLinkLength;
    step_ = firstStep * unit_;
  }

  /// Steps of equal length do not keep the centre where it is, and stretching would carry it off.
  void recentre() {
    Vector2 mean;
    for (const auto place : places_) mean = {mean.x + place.x, mean.y + place.y};
    const auto count = static_cast<double>(places_.size());
    for (auto& place : places_) place = {place.x - mean.x / count, place.y - mean.y / count};
  }

  template <typename Visit>
  void everySpring(Visit&& visit) const {
    const auto& at = network();
    for (std::uint32_t row = 0; row < at.size(); ++row) {
      for (auto k = at.first[row]; k < at.first[row + 1] && at.ends[k] < row; ++k) {
        const auto other = places_[at.ends[k]];
        visit(Vector2{other.x - places_[row].x, other.y - places_[row].y}, static_cast<double>(at.weights[k]));
      }
    }
  }

  void iterate() {
    const auto& at = network();
    tree_.repulsion(places_, at.masses, forces_);
    double energy = 0;
    for (std::uint32_t row = 0; row < at.size(); ++row) {
      if (at.frozen[row] != 0) {
        forces_[row] = {};
        continue;
      }
      const double push = repulsionStrength_ * idealLinkLength * idealLinkLength * at.masses[row];
      Vector2 force{push * forces_[row].x, push * forces_[row].y};
      const auto place = places_[row];
      for (auto k = at.first[row]; k < at.first[row + 1]; ++k) {
        const auto other = places_[at.ends[k]];
        const Vector2 d{other.x - place.x, other.y - place.y};
        const double pull = static_cast<double>(at.weights[k]) * length(d) / idealLinkLength;
        force.x += pull * d.x;
        force.y += pull * d.y;
      }
      forces_[row] = force;
      energy += force.x * force.x + force.y * force.y;
    }
    for (std::uint32_t row = 0; row < at.size(); ++row) {
      const double strength = length(forces_[row]);
      if (strength == 0) continue;
      places_[row].x += forces_[row].x / strength * step_;
      places_[row].y += forces_[row].y / strength * step_;
    }
    adapt(energy);
  }

  /// Longer steps after five in a row that calmed the network, shorter ones whenever it got wilder.
  void adapt(double energy) {
    if (energy >= energy_) {
      calm_ = 0;
      step_ *= cooling;
    } else if (++calm_ >= 5) {
      calm_ = 0;
      step_ /= cooling;
    }
    energy_ = energy;
  }

  RandomStream random_;
  bool anchored_;
  std::vector<Level> levels_;  ///< Finest first.
  std::vector<Vector2> start_;
  std::size_t level_ = 0;
  std::vector<Vector2> places_;
  std::vector<Vector2> forces_;
  RepulsionTree tree_{theta};
  double repulsionStrength_ = 0.2;  ///< C of the source.
  double unit_ = idealLinkLength;   ///< Mean link length when the level was entered.
  double step_ = 0;
  double energy_ = 0;
  int calm_ = 0;
  int steps_ = 0;
  double work_ = 0;
  double workDone_ = 0;
};

ForceLayout::ForceLayout(const LayoutInput& input)
    : seed_(input.seed),
      network_(springs(input.topology, input.positions.size(), input.frozen)),
      places_(input.positions.begin(), input.positions.end()),
      components_(components(network_)),
      scratch_(network_.size()) {
  begin();
}
ForceLayout::~ForceLayout() = default;
ForceLayout::ForceLayout(ForceLayout&&) noexcept = default;
ForceLayout& ForceLayout::operator=(ForceLayout&&) noexcept = default;

/// Takes up the component in turn; those of one neuron are where they are.
void ForceLayout::begin() {
  relaxation_.reset();
  while (component_ < components_.size() && components_[component_].size() == 1) ++component_, ++rowsDone_;
  if (component_ == components_.size()) return;
  const auto& rows = components_[component_];
  std::vector<Point> start;
  for (const auto row : rows) start.push_back(places_[row]);
  relaxation_ = std::make_unique<Relaxation>(part(network_, rows, scratch_), start, seed_);
}

bool ForceLayout::step() {
  if (!relaxation_) return false;
  if (relaxation_->step()) return true;
  const auto& rows = components_[component_];
  const auto places = shaped(true);
  for (std::size_t k = 0; k < rows.size(); ++k) places_[rows[k]] = places[k];
  ++component_;
  rowsDone_ += rows.size();
  begin();
  return relaxation_ != nullptr;
}

double ForceLayout::progress() const {
  if (!relaxation_) return 1;
  const double here = relaxation_->progress() * static_cast<double>(components_[component_].size());
  return (static_cast<double>(rowsDone_) + here) / static_cast<double>(network_.size());
}

/// The component in turn, brought to scale; with `spaced` also turned and freed of overlaps.
std::vector<Point> ForceLayout::shaped(bool spaced) const {
  auto places = relaxation_->positions();
  if (relaxation_->anchored()) return places;
  const auto& rows = components_[component_];
  std::vector<double> lengths;
  for (std::size_t k = 0; k < rows.size(); ++k) scratch_[rows[k]] = static_cast<std::uint32_t>(k);
  for (const auto row : rows) {
    for (auto end = network_.first[row]; end < network_.first[row + 1]; ++end) {
      const auto a = places[scratch_[row]];
      const auto b = places[scratch_[network_.ends[end]]];
      lengths.push_back(std::hypot(double{a.x} - double{b.x}, double{a.y} - double{b.y}));
    }
  }
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::ranges::nth_element(lengths, middle);
  if (*middle > 0) scale(places, idealLinkLength / *middle);
  // Where links are much longer than the way to the nearest neighbour, the network is too dense for the ideal length.
  const double crowded = neighbourDistance(places, 0.25);
  if (crowded > 0 && crowded < minimumSpacing) scale(places, minimumSpacing / crowded);
  if (!spaced) return places;
  turnFlat(places);
  removeOverlaps(places, {}, seed_);
  return places;
}

std::vector<Point> ForceLayout::assembled(bool spaced) const {
  auto places = places_;
  if (relaxation_) {
    const auto& rows = components_[component_];
    const auto now = shaped(spaced);
    for (std::size_t k = 0; k < rows.size(); ++k) places[rows[k]] = now[k];
  }
  std::vector<Parcel> parcels;
  bool anyFixed = false;
  for (const auto& rows : components_) {
    const bool fixed = std::ranges::any_of(rows, [this](std::uint32_t row) { return network_.frozen[row] != 0; });
    parcels.push_back({rows, fixed});
    anyFixed = anyFixed || fixed;
  }
  pack(parcels, places);
  if (!anyFixed) centre(places);
  // Components that wait for their turn after a stop, and those held by frozen neurons, may still overlap.
  if (spaced) removeOverlaps(places, network_.frozen, seed_);
  return places;
}

std::vector<Point> ForceLayout::positions() const { return assembled(false); }
std::vector<Point> ForceLayout::finished() const { return assembled(true); }

}  // namespace plexarium
