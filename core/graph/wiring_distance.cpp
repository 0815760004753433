#include "core/graph/wiring_distance.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/graph/wiring_draw.h"

namespace plexarium {
namespace {

struct Box {
  double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;

  void cover(Point point) {
    left = std::min<double>(left, point.x);
    top = std::min<double>(top, point.y);
    right = std::max<double>(right, point.x);
    bottom = std::max<double>(bottom, point.y);
  }
};

double nearest(const Box& a, const Box& b) {
  return std::hypot(std::max({a.left - b.right, b.left - a.right, 0.0}),
                    std::max({a.top - b.bottom, b.top - a.bottom, 0.0}));
}

double farthest(const Box& a, const Box& b) {
  return std::hypot(std::max(a.right - b.left, b.right - a.left), std::max(a.bottom - b.top, b.bottom - a.top));
}

/// A group of neurons halved again and again at the median of its longer side. Node 0 is the whole group.
class HalvingTree {
 public:
  struct Node {
    Box box;
    std::uint32_t begin, end;    ///< Of members().
    std::uint32_t children = 0;  ///< The first of two neighbours; 0: a single neuron.
    [[nodiscard]] std::uint64_t size() const { return end - begin; }
  };

  explicit HalvingTree(std::span<const Point> points) : members_(points.size()) {
    std::iota(members_.begin(), members_.end(), 0U);
    nodes_.reserve(2 * points.size());
    nodes_.push_back({{}, 0, static_cast<std::uint32_t>(points.size())});
    for (std::uint32_t index = 0; index < nodes_.size(); ++index) split(index, points);
  }
  [[nodiscard]] const Node& node(std::uint32_t index) const { return nodes_[index]; }
  [[nodiscard]] std::uint32_t member(std::uint64_t place) const { return members_[place]; }

 private:
  void split(std::uint32_t index, std::span<const Point> points) {
    Node& node = nodes_[index];
    for (auto k = node.begin; k < node.end; ++k) node.box.cover(points[members_[k]]);
    if (node.size() < 2) return;
    const bool across = node.box.right - node.box.left > node.box.bottom - node.box.top;
    const auto middle = node.begin + static_cast<std::uint32_t>(node.size() / 2);
    std::ranges::nth_element(members_.begin() + node.begin, members_.begin() + middle, members_.begin() + node.end, {},
                             [&](std::uint32_t member) {
                               // The index decides between equals, so that the order depends on nothing else.
                               return std::pair(across ? points[member].x : points[member].y, member);
                             });
    node.children = static_cast<std::uint32_t>(nodes_.size());
    const auto begin = node.begin;
    const auto end = node.end;
    nodes_.push_back({{}, begin, middle});
    nodes_.push_back({{}, middle, end});
  }

  std::vector<std::uint32_t> members_;
  std::vector<Node> nodes_;
};

/// Goes down both trees until the chance of a link is nearly the same for all pairs of two nodes, or until those pairs have
/// less than one candidate between them. There candidates are drawn with the highest chance that any of the pairs can have,
/// by jumps from success to success, and each is kept with its own chance over that bound (thinning). So the time goes with
/// the neurons and the links, not with the pairs, and the result is exact.
class DistanceWiring {
 public:
  DistanceWiring(const WiringRequest& request, const DistanceRule& rule)
      : request_(request),
        rule_(rule),
        sources_(request.sourcePositions),
        targets_(request.targetPositions),
        draws_(request.seed) {}

  std::optional<std::vector<LinkKey>> run() {
    if (!join(0, 0)) return std::nullopt;
    return std::move(keys_);
  }

 private:
  [[nodiscard]] double chance(double distance) const {
    const double lengths = distance / rule_.length;
    return rule_.probability * (rule_.gaussian ? std::exp(-0.5 * lengths * lengths) : std::exp(-lengths));
  }

  /// False when there are too many links.
  bool join(std::uint32_t sourceNode, std::uint32_t targetNode) {
    const auto& from = sources_.node(sourceNode);
    const auto& to = targets_.node(targetNode);
    const double bound = chance(nearest(from.box, to.box));
    const bool leaves = from.children == 0 && to.children == 0;
    if (leaves || bound * static_cast<double>(from.size() * to.size()) < 1 ||
        bound <= 2 * chance(farthest(from.box, to.box))) {
      return draw(from, to, bound);
    }
    if (from.size() > to.size()) return join(from.children, targetNode) && join(from.children + 1, targetNode);
    return join(sourceNode, to.children) && join(sourceNode, to.children + 1);
  }

  bool draw(const HalvingTree::Node& from, const HalvingTree::Node& to, double bound) {
    const auto width = to.size();
    const auto pairs = width * from.size();
    for (auto pair = draws_.failuresBefore(bound); pair < pairs; pair += 1 + draws_.failuresBefore(bound)) {
      const auto source = sources_.member(from.begin + pair / width);
      const auto target = targets_.member(to.begin + pair % width);
      const auto tail = request_.sourcePositions[source];
      const auto head = request_.targetPositions[target];
      const double distance = std::hypot(double{tail.x} - double{head.x}, double{tail.y} - double{head.y});
      if (draws_.uniform() * bound >= chance(distance)) continue;
      const LinkKey key{request_.sources[source], request_.targets[target]};
      if (!rule_.selfLinks && key.from == key.to) continue;
      if (keys_.size() == maximumWiredLinks) return false;
      keys_.push_back(key);
    }
    return true;
  }

  const WiringRequest& request_;
  const DistanceRule& rule_;
  HalvingTree sources_;
  HalvingTree targets_;
  Draws draws_;
  std::vector<LinkKey> keys_;
};

}  // namespace

std::optional<std::vector<LinkKey>> linksByDistance(const WiringRequest& request, const DistanceRule& rule) {
  if (request.sources.empty() || request.targets.empty()) return std::vector<LinkKey>{};
  return DistanceWiring(request, rule).run();
}

}  // namespace plexarium
