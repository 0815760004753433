#include "ui/canvas/viewpoint.h"

#include <algorithm>
#include <cmath>

namespace plexarium::ui {
namespace {

constexpr double smallestScale = 0.02;
constexpr double largestScale = 200;
constexpr double glideSeconds = 0.045;  // time in which a glide covers 63 % of its way

}  // namespace

void Viewpoint::set(const View& view) {
  view_ = view;
  if (view_.scale > 0)
    view_.scale = std::clamp(view_.scale, static_cast<float>(smallestScale), static_cast<float>(largestScale));
  glide_.reset();
}

void Viewpoint::fit(const Box& box) {
  const Camera camera =
      fitted(box, std::max(1, static_cast<int>(size_.width())), std::max(1, static_cast<int>(size_.height())), 1);
  set({camera.centre, camera.scale});
}

void Viewpoint::pan(QPointF delta) {
  if (unset()) return;
  view_.centre.x -= static_cast<float>(delta.x()) / view_.scale;
  view_.centre.y -= static_cast<float>(delta.y()) / view_.scale;
  if (!glide_) return;
  glide_->spot += delta;
}

void Viewpoint::zoomAt(QPointF spot, double factor) {
  if (unset()) return;
  const double aim = std::clamp((glide_ ? glide_->scale : view_.scale) * factor, smallestScale, largestScale);
  const double last = glide_ ? glide_->last : -1;
  glide_ = Glide{spot, (spot.x() - size_.width() / 2) / view_.scale + view_.centre.x,
                 (spot.y() - size_.height() / 2) / view_.scale + view_.centre.y, aim, last};
}

void Viewpoint::setScaleAround(const Glide& glide, double scale) {
  view_.scale = static_cast<float>(scale);
  view_.centre.x = static_cast<float>(glide.worldX - (glide.spot.x() - size_.width() / 2) / scale);
  view_.centre.y = static_cast<float>(glide.worldY - (glide.spot.y() - size_.height() / 2) / scale);
}

bool Viewpoint::advance(double seconds) {
  if (!glide_) return false;
  const double passed = glide_->last < 0 ? 0.012 : std::max(0.0, seconds - glide_->last);
  glide_->last = seconds;
  const double way = std::log(glide_->scale / view_.scale);
  const double left = way * std::exp(-passed / glideSeconds);
  if (std::fabs(left) > 0.002) {
    setScaleAround(*glide_, glide_->scale * std::exp(-left));
    return true;
  }
  setScaleAround(*glide_, glide_->scale);
  glide_.reset();
  return false;
}

Camera Viewpoint::camera(float ratio) const {
  return {view_.centre, view_.scale * ratio, ratio, static_cast<int>(std::lround(size_.width() * ratio)),
          static_cast<int>(std::lround(size_.height() * ratio))};
}

QPointF Viewpoint::toItem(Point world) const {
  return {(world.x - view_.centre.x) * view_.scale + size_.width() / 2,
          (world.y - view_.centre.y) * view_.scale + size_.height() / 2};
}

Point Viewpoint::toWorld(QPointF item) const {
  if (unset()) return view_.centre;
  return {static_cast<float>((item.x() - size_.width() / 2) / view_.scale) + view_.centre.x,
          static_cast<float>((item.y() - size_.height() / 2) / view_.scale) + view_.centre.y};
}

}  // namespace plexarium::ui
