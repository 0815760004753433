#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/description/description.h"
#include "core/session/snapshot.h"
#include "ui/canvas/activity.h"
#include "ui/canvas/display_list.h"
#include "ui/canvas/focus.h"
#include "ui/canvas/hulls.h"
#include "ui/canvas/lens.h"
#include "ui/canvas/link_ages.h"
#include "ui/canvas/link_changes.h"
#include "ui/canvas/network_geometry.h"
#include "ui/canvas/neuron_looks.h"
#include "ui/canvas/theme.h"

namespace plexarium::ui {

/// What a person points at and holds, by id; drawn over the network.
struct Marks {
  const std::vector<NeuronId>* selectedNeurons = nullptr;  ///< Ascending; null: none.
  const std::vector<LinkKey>* selectedLinks = nullptr;
  std::optional<NeuronId> hoveredNeuron;
  std::optional<LinkKey> hoveredLink;
  const std::vector<NeuronId>* pointed = nullptr;  ///< Pointed at from elsewhere; null: none.
  struct Ripple {
    NeuronId neuron;
    float age = 0;  ///< 0..1
    bool strong = false;
  };
  std::vector<Ripple> ripples;    ///< Answers to the stimulate tool.
  std::optional<Box> rubberBand;  ///< World units.
  std::optional<NeuronId> rim;    ///< Its rim is under the hand: a link can be drawn from it.
  /// A link that is being drawn.
  struct NewLink {
    NeuronId from;
    std::optional<NeuronId> to;  ///< Where it would end; nothing: in a new neuron at `place`.
    Point place;
    bool refused = false;  ///< It cannot be made.
  };
  std::optional<NewLink> newLink;
  /// The last levels (0..1) of a neuron, the latest last.
  struct Trace {
    NeuronId neuron;
    std::vector<float> levels;
  };
  const std::vector<Trace>* traces = nullptr;
};

/// Turns snapshots into things to draw. Resting links (the many that change slowly) and the living rest are two lists, so
/// that a painter may keep the first. No Qt; one thread.
class Scene {
 public:
  void open(const Description* description);
  void setTheme(const Theme& theme);
  void setColouring(Colouring colouring);
  [[nodiscard]] Colouring colouring() const { return colouring_; }
  /// Links are coloured by how long ago they came, where they come by themselves.
  void setLinkAges(bool on, double seconds);
  void show(std::shared_ptr<const Snapshot> snapshot, double seconds);

  [[nodiscard]] const Description* description() const { return description_; }
  /// What is shown of the network; rows are those of its graph.
  [[nodiscard]] const std::shared_ptr<const Snapshot>& snapshot() const { return snapshot_; }
  /// The network as show() got it.
  [[nodiscard]] const std::shared_ptr<const Snapshot>& whole() const { return whole_; }
  [[nodiscard]] const Lens& lens() const { return lens_; }
  void setFilter(const CanvasFilter& filter, double seconds);
  /// `around`: their inputs and outputs stand out; `causes`, where there are any, do instead.
  void setFocus(std::vector<NeuronId> around, std::vector<CauseLink> causes);
  [[nodiscard]] const std::vector<CauseLink>& causes() const { return causes_; }
  /// This neuron stands back.
  [[nodiscard]] bool standsBack(std::size_t row) const { return !focus_.empty() && !focus_.neurons[row]; }
  /// Opacity of what stands back.
  static constexpr float backOpacity = 0.22F;
  /// The group whose name is at that spot.
  [[nodiscard]] std::optional<GroupId> groupNameAt(Spot spot, const Camera& camera) const;
  [[nodiscard]] const Theme& theme() const { return *theme_; }
  [[nodiscard]] const NeuronLooks& looks() const { return looks_; }
  [[nodiscard]] NetworkGeometry& geometry() { return geometry_; }
  [[nodiscard]] const NetworkGeometry& geometry() const { return geometry_; }
  [[nodiscard]] Activity& activity() { return activity_; }
  [[nodiscard]] const Activity& activity() const { return activity_; }

  [[nodiscard]] LinkChanges& linkChanges() { return linkChanges_; }
  [[nodiscard]] const LinkChanges& linkChanges() const { return linkChanges_; }

  /// Rises when everything lies or looks different at once: positions, a drag in progress, theme, another network.
  [[nodiscard]] std::uint64_t placesRevision() const { return placesRevision_; }
  /// Rises when there are other links, and, at most five times a second, when learning made others of them.
  [[nodiscard]] std::uint64_t linksRevision() const { return linksRevision_; }
  /// A drag in progress moves these neurons.
  void setPreview(std::vector<std::size_t> rows, Point offset);

  /// Visible pixels of all resting links.
  [[nodiscard]] double ink(const Camera& camera) const { return geometry_.ink(camera); }
  /// Opacity at which `total` pixels of links make a picture that is neither empty nor solid.
  [[nodiscard]] static float opacity(double total, const Camera& camera);
  struct LinkPass {
    double budget = 0;  ///< Pixels that may be spent.
    float opacity = 1;
    bool plain = false;  ///< One pixel wide and without ends, whatever the zoom.
  };
  /// Appends resting links, strongest first and shuffled among equals, from place `from` of that order until the budget is
  /// spent. Returns the place to go on from; linkCount() when all are in.
  std::size_t addLinks(const Camera& camera, std::size_t from, const LinkPass& pass, DisplayList& list) const;
  [[nodiscard]] std::size_t linkCount() const { return order_.size(); }

  /// Appends everything else: what the next four functions do, in their order.
  void addLiving(const Camera& camera, const Marks& marks, double budget, DisplayList& list) const;
  void addGroups(const Camera& camera, DisplayList& list) const;
  /// Glowing links within `budget` pixels, links that are selected or hovered, pulses.
  void addGlowing(const Camera& camera, const Marks& marks, double budget, DisplayList& list) const;
  void addNeurons(const Camera& camera, DisplayList& list) const;
  /// Rings of what is selected, hovered or stimulated; the rubber band; names.
  void addMarks(const Camera& camera, const Marks& marks, DisplayList& list) const;

  // For a painter that keeps resting links in a form of its own.
  struct RestingLook {
    Pixel colour = 0;  ///< Faded by the link's weight, not by opacity().
    float strength = 0;
    bool dashed = false;
  };
  [[nodiscard]] RestingLook restingLook(std::size_t link) const;
  /// Pixels by which a link of strength 1 is wider than the thinnest; 0 far out.
  [[nodiscard]] static float widthRoom(const Camera& camera);
  [[nodiscard]] static float dashUnit(const Camera& camera);  ///< Pixels.
  [[nodiscard]] static bool dashesShow(const Camera& camera);
  /// How all visible resting links end; nothing far out.
  void addEnds(const Camera& camera, DisplayList& list) const;

 private:
  /// How a link is drawn at rest.
  struct LinkLook {
    const LinkPaint* paint = nullptr;
    LinkEnd end = LinkEnd::Arrow;
    Dash dash;
    float width = 1;
    float weight = 1;   // of its opacity
    float endSize = 0;  // 0: no end
  };
  [[nodiscard]] LinkLook lookOf(std::size_t style, float strength, const Camera& camera) const;
  [[nodiscard]] LinkLook look(std::size_t link, const Camera& camera) const;
  [[nodiscard]] const LinkPaint& paintOf(std::size_t link) const;
  void see(double seconds);
  void dress();
  void refocus();
  void orderLinks();
  [[nodiscard]] const std::vector<GroupArea>& areas() const;
  void lateAreas(const std::vector<std::size_t>& rows);
  [[nodiscard]] bool linkStandsBack(std::size_t link) const { return !focus_.empty() && !focus_.holds(link); }
  [[nodiscard]] std::size_t findGlowing() const;
  void addActiveLinks(const Camera& camera, double budget, DisplayList& list) const;
  void addLinkChanges(const Camera& camera, DisplayList& list) const;
  void addPulses(const Camera& camera, DisplayList& list) const;
  void addMarkedLinks(const Camera& camera, const Marks& marks, DisplayList& list) const;
  void addMarkedPath(const LinkPath& path, const LinkLook& drawn, const Camera& camera, Pixel colour, float width,
                     DisplayList& list) const;
  void addMarkedLink(std::size_t link, const Camera& camera, Pixel colour, float width, DisplayList& list) const;
  void addNeuronMarks(const Camera& camera, const Marks& marks, DisplayList& list) const;
  void addFocus(const Camera& camera, double budget, DisplayList& list) const;
  void addNewLink(const Camera& camera, const Marks::NewLink& wish, DisplayList& list) const;
  void addTraces(const Camera& camera, const Marks& marks, DisplayList& list) const;
  void addRubberBand(const Camera& camera, const Box& band, DisplayList& list) const;
  void addNames(const Camera& camera, const Marks& marks, DisplayList& list) const;

  const Description* description_ = nullptr;
  const Theme* theme_ = &darkTheme();
  std::shared_ptr<const Snapshot> whole_;
  std::shared_ptr<const Snapshot> snapshot_;
  Lens lens_;
  std::vector<NeuronId> around_;
  std::vector<CauseLink> causes_;
  Focus focus_;
  mutable std::vector<GroupArea> areas_;
  mutable std::vector<GroupId> lateAreas_;                 // a drag in progress has moved some of their neurons since
  std::shared_ptr<const std::vector<NeuronId>> areaRows_;  // that areas_ show
  std::shared_ptr<const std::vector<Group>> areaGroups_;
  std::shared_ptr<const std::vector<GroupId>> areaMembers_;
  Colouring colouring_ = Colouring::Phase;
  NeuronLooks looks_;
  NetworkGeometry geometry_;
  Activity activity_;
  LinkChanges linkChanges_;
  std::uint64_t placesRevision_ = 0;
  std::uint64_t linksRevision_ = 0;
  double looksTaken_ = 0;
  std::vector<std::uint8_t> styles_;  // as the resting links show them
  std::vector<float> strengths_;
  std::vector<std::uint8_t> ages_;  // empty: links are not coloured by it
  bool linkAges_ = false;
  std::array<LinkPaint, linkAgeClasses> agePaints_{};
  std::vector<std::uint32_t> order_;           // links, strongest first
  mutable std::vector<std::uint8_t> glowing_;  // by link, in the picture that is being made
};

}  // namespace plexarium::ui
