#include "ui/canvas/link_density.h"

#include <algorithm>
#include <cmath>

namespace plexarium::ui {
namespace {

constexpr double crowd = 24;    // links over each pixel
constexpr double sampled = 20;  // links over each pixel that are counted
constexpr float brightest = 0.55F;

double area(const Camera& camera) { return std::max(1.0, static_cast<double>(camera.width) * camera.height); }

}  // namespace

bool LinkDensity::fits(double ink, const Camera& camera) { return ink > crowd * area(camera); }

void LinkDensity::begin(const Camera& camera) {
  camera_ = camera;
  next_ = 0;
  counted_ = 0;
  sums_.assign(static_cast<std::size_t>(camera.width) * camera.height, Sum{});
}

bool LinkDensity::add(const Scene& scene, double budget) {
  const NetworkGeometry& geometry = scene.geometry();
  const auto links = geometry.shuffled();
  const double enough = sampled * area(camera_);
  const double until = std::min(counted_ + budget, enough);
  for (; next_ < links.size() && counted_ < until; ++next_) {
    const std::uint32_t link = links[next_];
    count(camera_.toScreen(geometry.position(geometry.source(link))),
          camera_.toScreen(geometry.position(geometry.target(link))), scene.restingLook(link).colour);
  }
  return next_ >= links.size() || counted_ >= enough;
}

/// One pixel for each step along the longer axis.
void LinkDensity::count(Spot from, Spot to, Pixel colour) {
  counted_ += 4;
  if (!clipLine(from.x, from.y, to.x, to.y, 0, 0, static_cast<float>(camera_.width), static_cast<float>(camera_.height)))
    return;
  const float dx = to.x - from.x;
  const float dy = to.y - from.y;
  const int steps = static_cast<int>(std::max(std::fabs(dx), std::fabs(dy)));
  if (steps == 0) return;
  const Sum sum{colour & 255, colour >> 8 & 255, colour >> 16 & 255, colour >> 24};
  const float stepX = dx / static_cast<float>(steps);
  const float stepY = dy / static_cast<float>(steps);
  for (int i = 0; i < steps; ++i) {
    const auto at = static_cast<float>(i) + 0.5F;
    const int x = std::min(static_cast<int>(from.x + stepX * at), camera_.width - 1);
    const int y = std::min(static_cast<int>(from.y + stepY * at), camera_.height - 1);
    Sum& pixel = sums_[static_cast<std::size_t>(y) * camera_.width + x];
    for (std::size_t channel = 0; channel < sum.size(); ++channel) pixel[channel] += sum[channel];
  }
  counted_ += steps;
}

void LinkDensity::lay(std::vector<Pixel>& pixels) const {
  std::uint32_t most = 0;
  for (const Sum& sum : sums_) most = std::max(most, sum[3]);
  if (most == 0) return;
  const float scale = brightest / std::log1p(static_cast<float>(most) / 255);
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    const Sum& sum = sums_[i];
    if (sum[3] == 0) continue;
    const auto mean = [&sum](std::size_t channel) { return sum[channel] * std::uint64_t{255} / sum[3]; };
    const auto colour = makePixel(static_cast<std::uint32_t>(mean(2) << 16 | mean(1) << 8 | mean(0)));
    pixels[i] = mixed(pixels[i], colour, std::log1p(static_cast<float>(sum[3]) / 255) * scale);
  }
}

}  // namespace plexarium::ui
