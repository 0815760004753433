#include "core/world/worm2d/gait.h"

namespace plexarium::worm2d {
namespace {

constexpr double smoothing = 0.5;    // seconds
constexpr double clearly = 0.05;     // body lengths a second that count as moving
constexpr double clearlyBent = 0.5;  // per body length

}  // namespace

void Gait::begin(const Body& body) {
  *this = {};
  centre = mark = body.centre();
}

void Gait::look(const Body& body, double seconds) {
  const auto spine = body.spine();
  Vector now = Vector::Zero();
  for (std::size_t k = 0; k + 1 < spine.size(); ++k) now += 0.5 * (spine[k] + spine[k + 1]);
  now *= body.linkLength();
  const Vector ahead = (spine.front() - spine.back()).normalized();
  speed += ((now - centre).dot(ahead) / seconds - speed) * seconds / smoothing;
  centre = now;
  if (direction > 0 && speed < -clearly) {
    direction = -1;
    ++reversals;
  } else if (direction < 0 && speed > clearly) {
    direction = 1;
  }

  const double curvature = body.curvature(body.links() / 2 - 1);
  if (curvature < -clearlyBent) bend = -1;
  if (curvature <= clearlyBent || bend == 1) return;
  bend = 1;
  way += (centre - mark).norm();
  mark = centre;
  if (++undulations == 2) firstWay = way;
}

}  // namespace plexarium::worm2d
