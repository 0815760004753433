#include <algorithm>
#include <cassert>

#include "core/feed/feed.h"

// Samples many at a time: the same stream and scores as one by one, without a stimulus for every neuron.
namespace plexarium {
namespace {

constexpr std::size_t mostKept = std::size_t{256} << 20U;  // bytes

bool isWithinOne(InputCode code) {
  return code == InputCode::Unit || code == InputCode::Levels || code == InputCode::Thermometer || code == InputCode::Symbol;
}

std::vector<NeuronId> allOf(const Graph& graph, Role role) {
  std::vector<NeuronId> ids;
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    if (graph.roles()[row] == role) ids.push_back(graph.ids()[row]);
  }
  return ids;
}

}  // namespace

bool Feed::canTakeMany(const Graph& graph) const {
  if (plan_.unit != FeedUnit::Ticks || plan_.duration != 1 || plan_.examDuration != 1 || !plan_.importance.empty())
    return false;
  if (inputs_.size() != 1 || groups_.size() != 1 || !plan_.inputs[0].enabled || !plan_.outputs[0].enabled) return false;
  const auto& input = plan_.inputs[0];
  const auto& output = plan_.outputs[0];
  if (!isWithinOne(input.coding.code) || input.gain != 1 || inputs_[0].channel != 0) return false;
  if (data_->info().classes.empty() || !output.columns.empty() || output.dominance > 0) return false;
  const auto& motors = groups_[0].motors;
  if (motors.size() != data_->info().classes.size() || motors.size() != allOf(graph, Role::Motor).size()) return false;
  for (std::size_t k = 0; k < motors.size(); ++k) {
    if (motors[k] != k) return false;
  }
  return inputs_[0].neurons == allOf(graph, Role::Sensory);
}

/// A bit for each value of the sample that neurons are given.
Result<std::span<const std::uint64_t>> Feed::packed(std::size_t sample) {
  const auto& info = data_->info();
  const auto width = inputs_[0].encoder.width();
  const auto words = (width + 63) / 64;
  if (many_.isKept.empty()) {
    many_.isKept.resize(info.samples);
    if (info.samples * words * sizeof(std::uint64_t) <= mostKept) many_.kept.resize(info.samples * words);
  }
  const auto place = many_.kept.empty() ? std::span(many_.one) : std::span(many_.kept).subspan(sample * words, words);
  if (many_.isKept[sample]) return place;
  many_.one.resize(words);
  if (auto encoded = encodeSample(sample); !encoded) return tl::unexpected(encoded.error());
  const auto bits = many_.kept.empty() ? std::span(many_.one) : place;
  std::ranges::fill(bits, std::uint64_t{0});
  for (std::size_t k = 0; k < width; ++k) bits[k / 64] |= std::uint64_t{encoded_[k] != 0} << (k % 64);
  many_.isKept[sample] = !many_.kept.empty();
  return bits;
}

/// What neurons are given of it, into encoded_.
Result<void> Feed::encodeSample(std::size_t sample) {
  many_.values.resize(data_->info().inputs);
  many_.targets.resize(data_->info().targets.size());
  if (auto read = data_->read(sample, many_.values, many_.targets); !read) return read;
  encoded_.resize(inputs_[0].encoder.width());
  inputs_[0].encoder.encode(many_.values, encoded_);
  return {};
}

Result<Lessons> Feed::presentMany(std::size_t most) {
  assert(takesMany() && most > 0);
  if (many_.error) {
    const auto error = *std::exchange(many_.error, std::nullopt);
    return tl::unexpected(error);
  }
  many_.on.clear();
  many_.amounts.clear();
  many_.wanted.clear();
  many_.samples.clear();
  many_.labels.clear();
  many_.parts.clear();
  std::size_t last = 0;
  const auto next = [&]() -> Result<void> {
    const auto [part, stream] = nextStream();
    if (!*stream) return failure("no samples are kept for training", plan_.name, "Give validation and test smaller shares");
    ++shownSamples_[static_cast<std::size_t>(part)];
    const auto sample = (*stream)->next();
    if (graded()) {
      if (auto encoded = encodeSample(sample); !encoded) return encoded;
      for (const double amount : encoded_) many_.amounts.push_back(static_cast<float>(amount));
    } else {
      const auto bits = packed(sample);
      if (!bits) return tl::unexpected(bits.error());
      many_.on.insert(many_.on.end(), bits->begin(), bits->end());
    }
    last = sample;
    const auto label = data_->label(sample);
    many_.wanted.push_back(part == Part::Train && !testing_ ? static_cast<std::int32_t>(label) : noWish);
    many_.samples.push_back(sample);
    many_.labels.push_back(label);
    many_.parts.push_back(part);
    return {};
  };
  while (many_.labels.size() < most) {
    if (auto done = next(); !done) {
      if (many_.labels.empty()) return tl::unexpected(done.error());
      many_.error = done.error();
      break;
    }
  }
  if (auto loaded = load(many_.parts.back(), last); !loaded) return tl::unexpected(loaded.error());
  for (auto& group : groups_) group.answer.decidedAfter.reset();
  showing_->ticks = 1;
  finished_ = false;
  const auto ticks = many_.labels.size();
  return Lessons{ticks, many_.on, many_.on.size() / ticks, many_.wanted, graded(), many_.amounts};
}

void Feed::observeMany(std::span<const double> motors) {
  auto& group = groups_[0];
  const auto width = group.motors.size();
  assert(motors.size() == width * many_.labels.size());
  std::vector<double> targets(group.encoder.width());
  for (std::size_t k = 0; k < many_.labels.size(); ++k) {
    group.encoder.encode(many_.labels[k], {}, targets);
    group.scores[static_cast<std::size_t>(many_.parts[k])].add(group.encoder, many_.samples[k], many_.labels[k], targets,
                                                               motors.subspan(k * width, width));
  }
  const auto answer = motors.last(width);
  group.answer.outputs.assign(answer.begin(), answer.end());
  finished_ = true;
}

}  // namespace plexarium
