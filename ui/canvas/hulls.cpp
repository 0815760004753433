#include "ui/canvas/hulls.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace plexarium::ui {
namespace {

constexpr float nearest = 2.3F;  // of a group's outline to its members, in radii of a neuron
constexpr float further = 1.0F;  // for each group within it

bool isInside(const std::vector<Point>& outline, Point p) {
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const Point a = outline[i];
    const Point b = outline[(i + 1) % outline.size()];
    if ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) < 0) return false;
  }
  return true;
}

std::vector<Point> chain(std::vector<Point> places) {
  if (places.size() < 3) return places;
  std::sort(places.begin(), places.end(), [](Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
  std::vector<Point> around;
  const auto sweep = [&around](const auto& from, const auto& to) {
    const std::size_t kept = around.size();
    for (auto at = from; at != to; ++at) {
      while (around.size() >= kept + 2) {
        const Point a = around[around.size() - 2];
        const Point b = around.back();
        if ((b.x - a.x) * (at->y - a.y) - (b.y - a.y) * (at->x - a.x) > 0) break;
        around.pop_back();
      }
      around.push_back(*at);
    }
    around.pop_back();  // the next sweep begins there
  };
  sweep(places.begin(), places.end());
  sweep(places.rbegin(), places.rend());
  return around;
}

/// Leaves out what lies within eight of the outermost. Source: S. G. Akl and G. T. Toussaint, "A fast convex hull
/// algorithm", Information Processing Letters 7 (1978).
std::vector<Point> outer(std::vector<Point> places) {
  constexpr std::size_t few = 64;
  if (places.size() < few) return places;
  constexpr std::array<Point, 8> ways{{{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}}};
  std::array<Point, ways.size()> ends;
  ends.fill(places[0]);
  for (const Point p : places) {
    for (std::size_t k = 0; k < ways.size(); ++k) {
      if ((p.x - ends[k].x) * ways[k].x + (p.y - ends[k].y) * ways[k].y > 0) ends[k] = p;
    }
  }
  const auto core = chain({ends.begin(), ends.end()});
  std::erase_if(places, [&core](Point p) { return isInside(core, p); });
  places.insert(places.end(), core.begin(), core.end());
  return places;
}

std::vector<Point> hull(std::vector<Point> places) { return chain(outer(std::move(places))); }

/// How many groups lie within one another inside it.
int layers(const std::vector<Group>& groups, GroupId group) {
  int deepest = 0;
  for (const Group& other : groups) {
    if (other.parent == group) deepest = std::max(deepest, 1 + layers(groups, other.id));
  }
  return deepest;
}

/// Whether many others lie inside, more than half as many as members, so that an area would not tell who belongs to it.
/// `owners`: the group of each row, null for none.
bool isMingled(const GroupArea& area, const Box& box, std::size_t members, const std::vector<Group>& groups,
               const std::vector<const Group*>& owners, const NetworkGeometry& geometry) {
  std::size_t others = 0;
  for (std::size_t row = 0; row < owners.size() && 2 * others <= members; ++row) {
    const Point p = geometry.position(row);
    if (!box.holds(p) || (owners[row] && isWithin(groups, owners[row]->id, area.group))) continue;
    if (isInside(area.outline, p)) ++others;
  }
  return 2 * others > members;
}

/// Draws the outline around these places; the box it fills.
Box enclose(GroupArea& area, const std::vector<Point>& places) {
  area.outline = outlineAround(places, area.distance);
  Box box;
  for (const Point p : area.outline) box.include(p);
  area.top = {(box.left + box.right) / 2, box.top};
  return box;
}

}  // namespace

std::vector<Point> outlineAround(const std::vector<Point>& places, float distance) {
  constexpr int corners = 40;
  std::vector<Point> rounded;
  for (const Point p : hull(places)) {
    for (int i = 0; i < corners; ++i) {
      const float angle = 6.2831853F * static_cast<float>(i) / corners;
      rounded.push_back({p.x + distance * std::cos(angle), p.y + distance * std::sin(angle)});
    }
  }
  return hull(std::move(rounded));
}

void outlineAnew(GroupArea& area, const GraphImage& graph, const NetworkGeometry& geometry) {
  std::vector<Point> places;
  for (const std::size_t row : rowsIn(*graph.groups, *graph.memberOf, area.group)) places.push_back(geometry.position(row));
  enclose(area, places);
}

std::vector<GroupArea> groupAreas(const Lens& lens, const GraphImage& graph, const NetworkGeometry& geometry) {
  const std::vector<Group>& groups = *graph.groups;
  std::vector<std::vector<Point>> places(groups.size());
  std::vector<std::size_t> counts(groups.size(), 0);  // of neurons, where the group is one node
  std::vector<const Group*> owners(graph.memberOf->size());
  for (std::size_t row = 0; row < owners.size(); ++row) {
    const Group* own = owners[row] = findGroup(groups, (*graph.memberOf)[row]);
    if (!own) continue;
    if (const Lens::Folded* folded = lens.folded((*graph.ids)[row])) {
      counts[static_cast<std::size_t>(own - groups.data())] = folded->members.size();
    }
    for (const Group* group = own; group; group = findGroup(groups, group->parent)) {
      places[static_cast<std::size_t>(group - groups.data())].push_back(geometry.position(row));
    }
  }
  std::vector<std::pair<int, GroupArea>> areas;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (places[i].empty()) continue;
    const int depth = counts[i] > 0 ? 0 : layers(groups, groups[i].id);
    const float distance = nearest + further * static_cast<float>(depth);
    GroupArea area{groups[i].id, groups[i].colour, groups[i].name, {}, {}, distance};
    if (counts[i] > 0) area.label += " (" + std::to_string(counts[i]) + ")";
    const Box box = enclose(area, places[i]);
    if (isMingled(area, box, places[i].size(), groups, owners, geometry)) continue;
    areas.emplace_back(depth, std::move(area));
  }
  std::stable_sort(areas.begin(), areas.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<GroupArea> sorted;
  for (auto& [depth, area] : areas) sorted.push_back(std::move(area));
  return sorted;
}

}  // namespace plexarium::ui
