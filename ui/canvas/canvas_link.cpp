#include <algorithm>
#include <cmath>

#include "ui/canvas/canvas_impl.h"
#include "ui/canvas/hover_text.h"

namespace plexarium::ui {
namespace {

constexpr float smallestRim = 8;    // radius in layout units below which a rim is too thin to hit
constexpr float rimInside = 0.68F;  // of the radius
constexpr float snapPixels = 16;    // how far a link jumps to a neuron
constexpr float snapRadii = 1.7F;   // and at least that far, in radii

}  // namespace

std::optional<NeuronId> CanvasItem::Impl::rimAt(QPointF spot) const {
  if (tool != Tool::Select || !selection || !scene.snapshot() || viewpoint.unset()) return std::nullopt;
  const float radius = viewpoint.view().scale;
  if (radius < smallestRim) return std::nullopt;
  const float halo = std::clamp(radius * 0.35F, 4.0F, 10.0F);
  const Point place = viewpoint.toWorld(spot);
  const auto row = scene.geometry().neuronAt(place, 1 + halo / radius);
  if (!row) return std::nullopt;
  const Point centre = scene.geometry().position(*row);
  const NeuronId id = (*graph().ids)[*row];
  if (std::hypot(place.x - centre.x, place.y - centre.y) < rimInside || scene.lens().folded(id)) return std::nullopt;
  return id;
}

void CanvasItem::Impl::startLink(NeuronId from) {
  grip_ = Grip::Link;
  endLink();
  newLink_ = Marks::NewLink{from, std::nullopt, {}, false};
  leftSource_ = false;
}

void CanvasItem::Impl::aimLink(QPointF spot) {
  Marks::NewLink& wish = *newLink_;
  wish.place = viewpoint.toWorld(spot);
  wish.to.reset();
  wish.refused = !graph().row(wish.from);
  const auto row = scene.geometry().neuronAt(wish.place, std::max(snapRadii, snapPixels / viewpoint.view().scale));
  if (row) wish.to = (*graph().ids)[*row];
  // A link to itself begins and ends at the same place: the hand has to leave it in between.
  leftSource_ = leftSource_ || wish.to != wish.from;
  if (wish.to)
    wish.refused = wish.refused || graph().link({wish.from, *wish.to}) || scene.whole()->graph.link({wish.from, *wish.to}) ||
                   scene.lens().folded(*wish.to);
}

void CanvasItem::Impl::submitLink() {
  if (!leftSource_) return endLink();
  const Marks::NewLink wish = *newLink_;
  const GraphImage& whole = scene.whole()->graph;
  if (wish.refused) {
    endLink();
    if (!whole.row(wish.from)) {
      emit item.messageRequested(CanvasItem::tr("The neuron that the link was drawn from is gone."));
    } else if (wish.to && scene.lens().folded(*wish.to)) {
      emit item.messageRequested(CanvasItem::tr("Expand the group to link its neurons."));
    } else if (wish.to) {
      emit item.messageRequested(
          CanvasItem::tr("%1 leads to %2 already.").arg(displayName(whole, wish.from), displayName(whole, *wish.to)));
    }
    return;
  }
  Edit edit;
  LinkTable links;
  links.values.resize(scene.description()->linkFields.size());
  if (wish.to) {
    links.keys = {{wish.from, *wish.to}};
    edit = {CanvasItem::tr("Add link").toStdString(), {AddLinks{std::move(links)}}};
  } else {
    // Any name that no neuron has.
    const NeuronId fresh{whole.ids->back().value + 1};
    NeuronTable neurons;
    neurons.ids = {fresh};
    neurons.names = {""};
    neurons.roles = {Role::Inter};
    neurons.positions = {wish.place};
    neurons.values.resize(scene.description()->neuronFields.size());
    links.keys = {{wish.from, fresh}};
    edit = {CanvasItem::tr("Add neuron and link").toStdString(), {AddCircuit{std::move(neurons), std::move(links)}}};
  }
  targetsBeforeLink_ = whole.targets;
  linkSubmitted_ = seconds();
  emit item.editRequested(edit);
}

void CanvasItem::Impl::endLink() {
  newLink_.reset();
  targetsBeforeLink_.reset();
}

}  // namespace plexarium::ui
