#include "core/dynamics/synann_net/learner.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/blocks/layers.h"
#include "core/dynamics/synann_net/features.h"

namespace plexarium::synann_net {
namespace {

using blocks::lotSize;

constexpr std::uint32_t distortionStream = 180;
constexpr std::uint64_t drawsOfBatch = 1024;
static_assert(drawsOfBatch >= lotSize * mostLots);
// Greys of pictures of digits: mean and deviation become about 0 and 1.
constexpr float usualGrey = 0.13F;
constexpr float usualSpread = 0.31F;

void normalise(float* lot, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) lot[k] = (lot[k] - usualGrey) / usualSpread;
}

}  // namespace

void Learner::reset(const Settings& settings, std::uint64_t seed) {
  net.cut(0);
  course = {};
  settings_ = settings;
  seed_ = seed;
  addFeatures(net, settings, seed);
  features_ = net.size();
  set(settings);
}

void Learner::set(const Settings& settings) {
  settings_ = settings;
  for (std::size_t k = 0; k < net.size(); ++k) {
    if (auto* drop = dynamic_cast<blocks::Dropout*>(&net[k])) drop->share = settings.dropout;
  }
  if (course.labels.size() >= settings.lots * lotSize) forgetLessons();
  if (net.size() > features_) fit();
}

void Learner::fit() { net.fit(settings_.lots, slopes_); }

void Learner::forgetLessons() {
  course.labels.clear();
  course.pictures.clear();
  course.wanted = -1;
}

Team& Learner::team() {
  if (!team_ || team_->size() != settings_.threads) team_.emplace(settings_.threads);
  return *team_;
}

/// Samples beside the last are dark.
void Learner::putLot(std::span<const float> pictures, std::size_t count, std::size_t lot) {
  const auto pixels = settings_.pixels();
  float* const to = net.values(0, lot).at;
  for (std::size_t k = 0; k < lotSize; ++k) {
    const auto sample = lot * lotSize + k;
    for (std::size_t pixel = 0; pixel < pixels; ++pixel)
      to[pixel * lotSize + k] = sample < count ? pictures[sample * pixels + pixel] : 0.0F;
  }
  normalise(to, pixels * lotSize);
}

void Learner::putDistorted(const blocks::Distortion& distortion, std::size_t lot) {
  const auto pixels = settings_.pixels();
  float* const to = net.values(0, lot).at;
  std::vector<float> room;
  for (std::size_t k = 0; k < lotSize; ++k) {
    const auto sample = lot * lotSize + k;
    DrawSequence draw(seed_, distortionStream, course.batches * drawsOfBatch + sample);
    blocks::distort(distortion, std::span(course.pictures).subspan(sample * pixels, pixels), settings_.height,
                    settings_.width, draw, room, to + k, lotSize);
  }
  normalise(to, pixels * lotSize);
}

void Learner::answer(std::span<const float> pictures, std::size_t count) {
  assert(count > 0 && count <= settings_.lots * lotSize);
  const blocks::Pass pass{false, seed_, course.batches, (count + lotSize - 1) / lotSize};
  net.forward(pass, team(), [&](std::size_t lot) { putLot(pictures, count, lot); });
  const auto classes = net[net.size() - 1].out().channels;
  for (std::size_t lot = 0; lot < pass.lots; ++lot) blocks::softmax(net.output(lot), classes, net.output(lot));
}

void Learner::gather(std::span<const float> pictures, std::span<const std::int32_t> wanted) {
  course.labels.insert(course.labels.end(), wanted.begin(), wanted.end());
  const auto floats = wanted.size() * settings_.pixels();
  course.pictures.insert(course.pictures.end(), pictures.begin(), pictures.begin() + static_cast<std::ptrdiff_t>(floats));
  assert(course.labels.size() <= settings_.lots * lotSize);
}

double Learner::slopesOfLoss(const blocks::Pass& pass, std::size_t classes) {
  const auto samples = pass.lots * lotSize;
  double loss = 0;
  for (std::size_t lot = 0; lot < pass.lots; ++lot) {
    blocks::Wanted wanted;
    std::copy_n(course.labels.begin() + static_cast<std::ptrdiff_t>(lot * lotSize), lotSize, wanted.label);
    loss += blocks::crossEntropy(net.output(lot), classes, wanted, settings_.smoothing, 1.0F / static_cast<float>(samples),
                                 net.outputSlopes(lot));
  }
  return loss / static_cast<double>(samples);
}

void Learner::learn() {
  const auto samples = settings_.lots * lotSize;
  assert(course.labels.size() == samples);
  course.rate = settings_.rateAt(course.learnt + samples);
  if (course.rate > 0) {
    if (!std::exchange(slopes_, true)) fit();
    const blocks::Pass pass{true, seed_, course.batches, settings_.lots};
    const auto distortion = settings_.distortionAt(course.learnt);
    net.forward(pass, team(), [&](std::size_t lot) { putDistorted(distortion, lot); });
    const double loss = slopesOfLoss(pass, net[net.size() - 1].out().channels);
    if (std::isfinite(loss)) {
      course.loss = loss;
      net.backward(pass, team());
      auto descent = settings_.descent;
      descent.rate = static_cast<float>(course.rate);
      descent.steps = course.batches;
      for (std::size_t k = 0; k < net.size(); ++k) blocks::descend(net[k], descent);
    }
    ++course.batches;
    course.learnt += samples;
  }
  course.labels.clear();
  course.pictures.clear();
}

}  // namespace plexarium::synann_net
