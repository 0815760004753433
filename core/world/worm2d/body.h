#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <Eigen/Core>

namespace plexarium::worm2d {

using Vector = Eigen::Vector2d;

inline constexpr int mostLinks = 64;

/// What a body is made of. Lengths in body lengths, times in seconds; drags are those of the whole body, the one along it
/// being 1.
struct BodyMaterial {
  double dragRatio = 40;   ///< K: drag across the body / drag along it.
  double rigidity = 0.05;  ///< EI
  double damping = 0.002;  ///< d, of the bending.
};

/// Something that presses on one point of the body: a spring of that stiffness, compressed by `depth`, towards `direction`.
struct Push {
  std::size_t link = 0;
  double fraction = 0;  ///< Where on the link, 0 (front) to 1 (rear).
  Vector direction;     ///< Unit vector.
  double depth = 0;     ///< >= 0
  double stiffness = 0;
};

/// A planar chain of rigid links in a medium so viscous that nothing coasts: M(q) q' = Q with q = (head x, head y,
/// directions of the links front to rear). Bending and pushes are taken implicitly (linearised), so any time step is stable;
/// M is symmetric and positive definite. Source: resistive force theory, J. Gray and G. J. Hancock, "The propulsion of
/// sea-urchin spermatozoa", J. Exp. Biol. 32 (1955); articulated as in J. H. Boyle, S. Berri and N. Cohen, Front. Comput.
/// Neurosci. 6:10 (2012). Departs: links are rigid and slender (24 joints' angles instead of 48 elastic segments), there is
/// no inertia.
class Body {
 public:
  /// Straight, all links pointing along `heading` (radians). 2 <= links <= mostLinks.
  Body(int links, Vector head, double heading);

  /// The same bends on another number of links; exactly the same on the same number.
  [[nodiscard]] Body withLinks(int links) const;
  [[nodiscard]] std::size_t links() const { return headings_.size(); }
  [[nodiscard]] double linkLength() const { return 1.0 / static_cast<double>(links()); }
  [[nodiscard]] const Vector& head() const { return head_; }
  /// Direction of every link, towards the head; radians, not wrapped.
  [[nodiscard]] std::span<const double> headings() const { return headings_; }
  void set(Vector head, std::span<const double> headings);

  /// The point at `fraction` of a link.
  [[nodiscard]] Vector point(std::size_t link, double fraction) const;
  /// All ends of links, head first: links + 1.
  [[nodiscard]] std::vector<Vector> spine() const;
  /// Of joint j between links j and j + 1, per body length; to the left of the heading (dorsal) is positive.
  [[nodiscard]] double curvature(std::size_t joint) const;
  [[nodiscard]] Vector centre() const;
  [[nodiscard]] double meanHeading() const;

  /// One time step towards the wanted curvatures (one per joint, per body length).
  void step(double seconds, const BodyMaterial& material, std::span<const double> wanted, std::span<const Push> pushes);

 private:
  static constexpr int mostUnknowns = mostLinks + 2;
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, mostUnknowns, mostUnknowns>;
  using Unknowns = Eigen::Matrix<double, Eigen::Dynamic, 1, Eigen::ColMajor, mostUnknowns, 1>;

  void fillDrag(const BodyMaterial& material);
  void addBending(double seconds, const BodyMaterial& material, std::span<const double> wanted);
  void addPush(double seconds, const Push& push);

  Vector head_;
  std::vector<double> headings_;
  // Kept between steps for their memory alone.
  std::vector<Vector> forward_, left_;
  Matrix drag_;  ///< M; the lower triangle is filled.
  Unknowns force_;
};

}  // namespace plexarium::worm2d
