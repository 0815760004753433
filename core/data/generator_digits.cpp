#include <algorithm>
#include <array>
#include <vector>

#include "core/data/generator_parts.h"

namespace plexarium::generated {
namespace {

constexpr std::size_t side = 28;

struct Spot {
  double x;  ///< 0 left .. 1 right of the digit's box.
  double y;  ///< 0 top .. 1 bottom.
};
using Stroke = std::vector<Spot>;

/// Where a pen goes: through the spots, on a smooth curve. Several hands write some digits in different ways.
const std::vector<std::vector<Stroke>>& shapesOf(std::uint32_t digit) {
  static const std::array<std::vector<std::vector<Stroke>>, 10> shapes = {{
      {{{{0.5, 0}, {0.1, 0.25}, {0.1, 0.75}, {0.5, 1}, {0.9, 0.75}, {0.9, 0.25}, {0.5, 0}}}},
      {{{{0.5, 0}, {0.5, 0.5}, {0.5, 1}}}, {{{0.3, 0.2}, {0.55, 0}, {0.55, 0.5}, {0.55, 1}}}},
      {{{{0.1, 0.25}, {0.5, 0}, {0.88, 0.25}, {0.6, 0.6}, {0.1, 1}}, {{0.1, 1}, {0.5, 0.97}, {0.9, 1}}},
       {{{0.15, 0.2}, {0.55, 0}, {0.85, 0.28}, {0.5, 0.7}, {0.2, 0.95}, {0.2, 0.75}, {0.45, 0.85}, {0.9, 0.95}}}},
      {{{{0.15, 0.1}, {0.55, 0}, {0.85, 0.22}, {0.45, 0.46}}, {{0.45, 0.46}, {0.9, 0.7}, {0.55, 1}, {0.1, 0.88}}}},
      {{{{0.65, 0}, {0.35, 0.35}, {0.05, 0.65}}, {{0.05, 0.65}, {0.5, 0.65}, {0.95, 0.65}}, {{0.68, 0.3}, {0.68, 1}}},
       {{{0.15, 0}, {0.12, 0.3}, {0.2, 0.5}, {0.8, 0.48}}, {{0.8, 0}, {0.78, 0.5}, {0.75, 1}}}},
      {{{{0.85, 0}, {0.2, 0.02}},
        {{0.2, 0.02}, {0.17, 0.45}},
        {{0.17, 0.45}, {0.6, 0.38}, {0.88, 0.68}, {0.55, 1}, {0.1, 0.9}}}},
      {{{{0.7, 0}, {0.3, 0.3}, {0.12, 0.7}, {0.5, 1}, {0.87, 0.75}, {0.5, 0.5}, {0.17, 0.7}}}},
      {{{{0.1, 0.02}, {0.9, 0.02}}, {{0.9, 0.02}, {0.6, 0.45}, {0.4, 1}}},
       {{{0.1, 0.02}, {0.9, 0.02}}, {{0.9, 0.02}, {0.6, 0.45}, {0.4, 1}}, {{0.3, 0.5}, {0.8, 0.5}}}},
      {{{{0.5, 0.47}, {0.15, 0.24}, {0.5, 0}, {0.85, 0.24}, {0.5, 0.47}, {0.1, 0.75}, {0.5, 1}, {0.9, 0.75}, {0.5, 0.47}}}},
      {{{{0.85, 0.3}, {0.5, 0.5}, {0.13, 0.28}, {0.5, 0}, {0.85, 0.25}, {0.8, 0.65}, {0.6, 1}}}},
  }};
  return shapes[digit];
}

/// What is different from one drawing to the next; draws are counted on, so that each is used once.
class Hand {
 public:
  Hand(const RandomStream& random, std::uint64_t sample, double difficulty)
      : random_(random), sample_(sample), difficulty_(difficulty) {
    angle_ = 0.5 * difficulty * normal();
    shear_ = 0.5 * difficulty * normal();
    width_ = 11 * (1 + 0.35 * difficulty * normal());
    height_ = 19 * (1 + 0.2 * difficulty * normal());
    shift_ = {2.5 * difficulty * normal(), 2.5 * difficulty * normal()};
    pen = std::max(0.6, 1.1 + 0.8 * difficulty * normal());
    ink = std::clamp(1 - 0.4 * difficulty * uniform(), 0.0, 1.0);
  }

  /// From the digit's box to pixels.
  Spot place(Spot spot) {
    const double jitter = 0.09 * difficulty_;
    const double x = width_ * (spot.x - 0.5 + jitter * normal());
    const double y = height_ * (spot.y - 0.5 + jitter * normal());
    const double slanted = x - shear_ * y;
    const double middle = static_cast<double>(side) / 2;
    return {middle + shift_.x + slanted * std::cos(angle_) - y * std::sin(angle_),
            middle + shift_.y + slanted * std::sin(angle_) + y * std::cos(angle_)};
  }
  double uniform() { return random_.uniform(sample_, 2 * draw_++); }
  double normal() { return generated::normal(random_, sample_, draw_++); }

  double pen;  ///< Half the width of a stroke, pixels.
  double ink;  ///< Darkest value.

 private:
  const RandomStream& random_;
  std::uint64_t sample_;
  std::uint32_t draw_ = 0;
  double difficulty_;
  double angle_;
  double shear_;
  double width_;
  double height_;
  Spot shift_;
};

/// Draws a straight line with soft edges; the darker of two values stays.
void drawLine(Spot a, Spot b, double pen, double ink, std::span<double> picture) {
  const auto first = [&](double least) {
    return static_cast<std::size_t>(std::clamp(std::floor(least - pen - 1), 0.0, static_cast<double>(side)));
  };
  const auto last = [&](double most) {
    return static_cast<std::size_t>(std::clamp(std::ceil(most + pen + 1), 0.0, static_cast<double>(side)));
  };
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double square = dx * dx + dy * dy;
  for (auto row = first(std::min(a.y, b.y)); row < last(std::max(a.y, b.y)); ++row) {
    for (auto column = first(std::min(a.x, b.x)); column < last(std::max(a.x, b.x)); ++column) {
      const double px = static_cast<double>(column) + 0.5 - a.x;
      const double py = static_cast<double>(row) + 0.5 - a.y;
      const double along = square > 0 ? std::clamp((px * dx + py * dy) / square, 0.0, 1.0) : 0;
      const double distance = std::hypot(px - along * dx, py - along * dy);
      auto& value = picture[row * side + column];
      value = std::max(value, ink * std::clamp(pen + 0.5 - distance, 0.0, 1.0));
    }
  }
}

/// A smooth curve through the spots. Source: E. Catmull, R. Rom, "A class of local interpolating splines", 1974.
void drawCurve(const std::vector<Spot>& spots, double pen, double ink, std::span<double> picture) {
  constexpr int pieces = 5;
  Spot from = spots.front();
  for (std::size_t k = 0; k + 1 < spots.size(); ++k) {
    const Spot& before = spots[k == 0 ? 0 : k - 1];
    const Spot& begin = spots[k];
    const Spot& end = spots[k + 1];
    const Spot& after = spots[std::min(k + 2, spots.size() - 1)];
    for (int piece = 1; piece <= pieces; ++piece) {
      const double t = static_cast<double>(piece) / pieces;
      const auto bend = [t](double p0, double p1, double p2, double p3) {
        return p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
      };
      const Spot to{bend(before.x, begin.x, end.x, after.x), bend(before.y, begin.y, end.y, after.y)};
      drawLine(from, to, pen, ink, picture);
      from = to;
    }
  }
}

void drawDigit(std::uint32_t digit, const RandomStream& random, std::size_t sample, double difficulty,
               std::span<double> picture) {
  std::ranges::fill(picture, 0.0);
  Hand hand(random, sample, difficulty);
  const auto& shapes = shapesOf(digit);
  const auto& strokes = shapes[static_cast<std::size_t>(hand.uniform() * static_cast<double>(shapes.size()))];
  std::vector<Spot> spots;
  for (const auto& stroke : strokes) {
    spots.clear();
    for (const auto& spot : stroke) spots.push_back(hand.place(spot));
    drawCurve(spots, hand.pen, hand.ink, picture);
  }
  for (auto& value : picture) value = std::round(255 * value) / 255;  // grey levels, as in a picture file
}

}  // namespace

DatasetPointer makeDigits(const Generator& generator, std::span<const double> values, std::uint64_t seed) {
  std::vector<std::string> classes;
  for (int digit = 0; digit < 10; ++digit) classes.push_back(std::to_string(digit));
  auto info = infoOf(generator, values[1], side * side, std::move(classes));
  info.picture = {side, side, 1};
  const double difficulty = values[0];
  const RandomStream draws(seed, Draws);
  const auto label = [](std::size_t sample) { return static_cast<std::uint32_t>(sample % 10); };
  return std::make_shared<const Formula>(std::move(info), label, [=](std::size_t sample, std::span<double> inputs) {
    drawDigit(label(sample), draws, sample, difficulty, inputs);
  });
}

}  // namespace plexarium::generated
