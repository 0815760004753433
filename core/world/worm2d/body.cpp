#include "core/world/worm2d/body.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include <Eigen/Cholesky>

namespace plexarium::worm2d {
namespace {

Vector along(double heading) { return {std::cos(heading), std::sin(heading)}; }

}  // namespace

Body::Body(int links, Vector head, double heading)
    : head_(std::move(head)),
      headings_(static_cast<std::size_t>(links), heading),
      forward_(headings_.size()),
      left_(headings_.size()),
      drag_(links + 2, links + 2),
      force_(links + 2) {
  assert(links >= 2 && links <= mostLinks);
}

void Body::set(Vector head, std::span<const double> headings) {
  assert(headings.size() == headings_.size());
  head_ = std::move(head);
  headings_.assign(headings.begin(), headings.end());
}

Body Body::withLinks(int links) const {
  if (static_cast<std::size_t>(links) == headings_.size()) return *this;
  Body other(links, head_, 0);
  const auto count = static_cast<double>(headings_.size());
  for (std::size_t k = 0; k < other.links(); ++k) {
    const double place = std::clamp((static_cast<double>(k) + 0.5) / links * count - 0.5, 0.0, count - 1);
    const auto below = std::min(static_cast<std::size_t>(place), headings_.size() - 2);
    const double share = place - static_cast<double>(below);
    other.headings_[k] = (1 - share) * headings_[below] + share * headings_[below + 1];
  }
  return other;
}

Vector Body::point(std::size_t link, double fraction) const {
  Vector place = head_;
  for (std::size_t k = 0; k < link; ++k) place -= linkLength() * along(headings_[k]);
  return place - fraction * linkLength() * along(headings_[link]);
}

std::vector<Vector> Body::spine() const {
  std::vector<Vector> ends{head_};
  ends.reserve(links() + 1);
  for (const double heading : headings_) ends.emplace_back(ends.back() - linkLength() * along(heading));
  return ends;
}

double Body::curvature(std::size_t joint) const { return (headings_[joint] - headings_[joint + 1]) / linkLength(); }

Vector Body::centre() const {
  const auto ends = spine();
  Vector sum = Vector::Zero();
  for (std::size_t k = 0; k < links(); ++k) sum += 0.5 * (ends[k] + ends[k + 1]);
  return sum * linkLength();
}

double Body::meanHeading() const {
  double sum = 0;
  for (const double heading : headings_) sum += heading;
  return sum * linkLength();
}

/// M of the drag alone. The middle of link i moves with the head and turns with every link before it, so that sums over the
/// links behind give all entries in O(links^2).
void Body::fillDrag(const BodyMaterial& material) {
  const auto count = static_cast<Eigen::Index>(links());
  const double length = linkLength();
  const double tangential = 1.0 / static_cast<double>(links());
  const double normal = material.dragRatio / static_cast<double>(links());
  Eigen::Matrix2d behind = Eigen::Matrix2d::Zero();  // sum of the drag matrices of the links behind this one
  for (auto m = count - 1; m >= 0; --m) {
    const auto& e = forward_[static_cast<std::size_t>(m)];
    const auto& n = left_[static_cast<std::size_t>(m)];
    const Eigen::Matrix2d own = tangential * e * e.transpose() + normal * n * n.transpose();
    const Vector whole = length * (behind * n) + 0.5 * length * (own * n);  // minus the force on all for a turn of this link
    for (Eigen::Index k = 0; k < m; ++k) drag_(2 + m, 2 + k) = length * left_[static_cast<std::size_t>(k)].dot(whole);
    drag_(2 + m, 2 + m) = length * length * (n.dot(behind * n) + 0.25 * normal) + normal * length * length / 12;
    drag_(2 + m, 0) = -whole.x();
    drag_(2 + m, 1) = -whole.y();
    behind += own;
  }
  drag_.topLeftCorner<2, 2>() = behind;
}

void Body::addBending(double seconds, const BodyMaterial& material, std::span<const double> wanted) {
  const double length = linkLength();
  const double stiff = (material.rigidity * seconds + material.damping) / length;
  for (std::size_t joint = 0; joint + 1 < links(); ++joint) {
    const auto k = static_cast<Eigen::Index>(joint) + 2;
    drag_(k, k) += stiff;
    drag_(k + 1, k + 1) += stiff;
    drag_(k + 1, k) -= stiff;
    const double torque = material.rigidity * (wanted[joint] - curvature(joint));
    force_(k) += torque;
    force_(k + 1) -= torque;
  }
}

void Body::addPush(double seconds, const Push& push) {
  Unknowns reach = Unknowns::Zero(force_.size());  // how far the point moves towards the push for each unknown
  reach.head<2>() = push.direction;
  for (std::size_t k = 0; k <= push.link; ++k) {
    const double share = k == push.link ? push.fraction : 1.0;
    reach(static_cast<Eigen::Index>(k) + 2) = -share * linkLength() * push.direction.dot(left_[k]);
  }
  drag_.selfadjointView<Eigen::Lower>().rankUpdate(reach, seconds * push.stiffness);
  force_ += push.stiffness * push.depth * reach;
}

void Body::step(double seconds, const BodyMaterial& material, std::span<const double> wanted, std::span<const Push> pushes) {
  assert(wanted.size() + 1 == links());
  for (std::size_t k = 0; k < links(); ++k) {
    forward_[k] = along(headings_[k]);
    left_[k] = {-forward_[k].y(), forward_[k].x()};
  }
  fillDrag(material);
  force_.setZero();
  addBending(seconds, material, wanted);
  for (const auto& push : pushes) addPush(seconds, push);
  const Eigen::LLT<Eigen::Ref<Matrix>> cholesky(drag_);  // in place
  assert(cholesky.info() == Eigen::Success);
  cholesky.solveInPlace(force_);
  head_ += seconds * force_.head<2>();
  for (std::size_t k = 0; k < links(); ++k) headings_[k] += seconds * force_(static_cast<Eigen::Index>(k) + 2);
}

}  // namespace plexarium::worm2d
