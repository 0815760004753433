#include "core/feed/feeder.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

namespace plexarium {
namespace {

constexpr std::string_view feederFormat = "plexarium-feeds";
constexpr std::uint64_t feederVersion = 1;

}  // namespace

Result<void> Feeder::bind(const Graph& graph, bool edited) {
  bound_ = false;
  for (auto& feed : feeds_) {
    if (auto bound = feed.bind(graph); !bound) return bound;
  }
  motorCount_ = static_cast<std::size_t>(std::ranges::count(graph.roles(), Role::Motor));
  if (auto alone = refuseSharedMotors(); !alone) return alone;
  bound_ = true;
  repeat_ = repeat_ || edited;
  return {};
}

Result<void> Feeder::refuseSharedMotors() const {
  std::vector<bool> taken(motorCount_, false);
  for (const auto& feed : feeds_) {
    for (const auto motor : feed.boundMotors()) {
      if (taken[motor])
        return failure("two output groups read the same motor neuron", feed.plan().name, "Name the neurons of each");
      taken[motor] = true;
    }
  }
  return {};
}

void Feeder::turn(bool on, std::optional<std::size_t> alone) {
  on_ = on;
  alone_ = alone;
  repeat_ = true;
}

void Feeder::off() { turn(false, alone_); }

void Feeder::train() {
  for (auto& feed : feeds_) feed.train();
  turn(true, std::nullopt);
}

bool Feeder::test(Part part) {
  const auto has = [part](const Feed& feed) { return feed.size(part) > 0; };
  if (std::ranges::none_of(feeds_, has)) return false;
  for (auto& feed : feeds_) {
    if (has(feed)) feed.test(part);
  }
  turn(true, std::nullopt);
  return true;
}

void Feeder::show(std::size_t feed, std::size_t sample) {
  alone(feed);
  feeds_[feed].show(sample);
}

void Feeder::show(std::size_t feed, std::vector<double> inputs) {
  alone(feed);
  feeds_[feed].show(std::move(inputs));
}

/// What others hold is let go.
void Feeder::alone(std::size_t feed) {
  for (auto& other : feeds_) {
    if (other.holds()) other.train();
  }
  turn(true, feed);
}

/// Whether a feed waits while another one shows a sample, or while others test and it has nothing for that.
bool Feeder::silent(std::size_t feed) const {
  if (alone_) return *alone_ != feed;
  return !feeds_[feed].testing() && std::ranges::any_of(feeds_, [](const Feed& one) { return one.testing().has_value(); });
}

Result<const Feeder::Presentation*> Feeder::present() {
  assert(bound_);
  presentation_.stimuli.clear();
  presentation_.targets.reset();
  presentation_.read = false;
  repeated_ = std::exchange(repeat_, false);
  bool changed = repeated_;
  for (std::size_t k = 0; k < feeds_.size() && on_; ++k) {
    if (silent(k)) continue;
    const auto step = feeds_[k].present();
    if (!step) {
      for (std::size_t before = 0; before < k; ++before) {
        if (!silent(before)) feeds_[before].takeBack();
      }
      repeat_ = repeated_;
      return tl::unexpected(step.error());
    }
    presentation_.stimuli.insert(presentation_.stimuli.end(), step->stimuli.begin(), step->stimuli.end());
    presentation_.read = presentation_.read || step->read;
    changed = changed || step->begins;
  }
  if (changed) collectTargets();
  return &presentation_;
}

void Feeder::takeBack() {
  for (std::size_t k = 0; k < feeds_.size() && on_; ++k) {
    if (!silent(k)) feeds_[k].takeBack();
  }
  repeat_ = repeated_;
}

Result<Lessons> Feeder::presentMany(std::size_t most) {
  assert(bound_ && takesMany());
  repeat_ = false;  // every sample comes with its own
  return feeds_[0].presentMany(most);
}

void Feeder::collectTargets() {
  auto& targets = presentation_.targets.emplace(motorCount_, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t k = 0; k < feeds_.size() && on_; ++k) {
    if (!silent(k)) feeds_[k].putTargets(targets);
  }
  if (std::ranges::all_of(targets, [](double target) { return std::isnan(target); })) targets.clear();
}

void Feeder::observe(std::span<const double> outputs) {
  assert(outputs.size() == motorCount_);
  for (std::size_t k = 0; k < feeds_.size() && on_; ++k) {
    if (!silent(k)) feeds_[k].observe(outputs);
  }
}

void Feeder::look(std::span<const double> outputs) {
  assert(outputs.size() == motorCount_);
  for (std::size_t k = 0; k < feeds_.size() && on_; ++k) {
    if (!silent(k)) feeds_[k].look(outputs);
  }
}

void Feeder::tally(Part part, std::vector<Tally>& tallies) const {
  tallies.clear();
  for (const auto& feed : feeds_) {
    for (std::size_t k = 0; k < feed.plan().outputs.size(); ++k) tallies.push_back(feed.score(k, part));
  }
}

std::size_t Feeder::bytes() const {
  std::size_t bytes = sizeof(Feeder);
  for (const auto& feed : feeds_) bytes += feed.bytes();
  return bytes;
}

std::string Feeder::write() const {
  std::string text = "{\"format\":\"" + std::string(feederFormat) + "\",\"version\":" + std::to_string(feederVersion);
  if (!on_) text += ",\"on\":false";
  if (alone_) text += ",\"alone\":" + std::to_string(*alone_);
  if (repeat_) text += ",\"repeat\":true";
  text += ",\n\"feeds\":[";
  for (const auto& feed : feeds_) {
    text += text.back() == '[' ? "\n" : ",\n";
    text += "{\"plan\":" + writePlan(feed.plan()) + ",\n \"place\":" + feed.state() + '}';
  }
  return text + "\n]}\n";
}

Result<Feeder> Feeder::read(std::string_view text, std::string_view source, const Description& description,
                            const OpenData& open) {
  const auto tree = JsonTree::parse(text, source);
  if (!tree) return tl::unexpected(tree.error());
  const auto root = tree->root();
  if (auto object = json::requireObject(root, source); !object) return tl::unexpected(object.error());
  if (auto only = json::allowOnly(root, {"format", "version", "on", "alone", "repeat", "feeds"}, {}); !only)
    return tl::unexpected(only.error());
  const auto format = json::require(root, "format", json::Kind::Text, "a text", source);
  if (!format) return tl::unexpected(format.error());
  if (format->text() != feederFormat) return failure("is not a document of feeds", std::string(source));
  const auto version = json::require(root, "version", json::Kind::Unsigned, "a whole number", source);
  if (!version) return tl::unexpected(version.error());
  if (version->wholeNumber() != feederVersion) {
    return failure("is of version " + std::to_string(version->wholeNumber()), std::string(source), "Use a newer program");
  }
  const auto list = json::require(root, "feeds", json::Kind::Array, "a list", source);
  if (!list) return tl::unexpected(list.error());
  std::vector<Feed> feeds;
  for (const auto child : list->children()) {
    const auto where = json::element("feeds", feeds.size());
    if (auto only = json::requireObject(child, where); !only) return tl::unexpected(only.error());
    if (auto only = json::allowOnly(child, {"plan", "place"}, where); !only) return tl::unexpected(only.error());
    const auto planNode = json::require(child, "plan", json::Kind::Object, "an object", where);
    if (!planNode) return tl::unexpected(planNode.error());
    auto plan = readPlan(*planNode, json::member(where, "plan"));
    if (!plan) return tl::unexpected(plan.error());
    auto data = open(plan->source);
    if (!data) return tl::unexpected(data.error());
    auto feed = Feed::create(std::move(*plan), std::move(*data), description);
    if (!feed) return tl::unexpected(feed.error());
    if (const auto place = json::find(child, "place")) {
      if (auto restored = feed->restore(*place, json::member(where, "place")); !restored)
        return tl::unexpected(restored.error());
    }
    feeds.push_back(std::move(*feed));
  }
  Feeder feeder(std::move(feeds));
  if (auto restored = feeder.restoreMode(root); !restored) return tl::unexpected(restored.error());
  return feeder;
}

Result<void> Feeder::restoreMode(json::Node root) {
  for (const auto& [key, flag] : {std::pair("on", &on_), std::pair("repeat", &repeat_)}) {
    const auto node = json::find(root, key);
    if (!node) continue;
    if (node->kind() != json::Kind::Flag) return json::wrongKind(*node, "true or false", key);
    *flag = node->flag();
  }
  if (const auto node = json::find(root, "alone")) {
    if (feeds_.empty()) return failure("there are no feeds", "alone");
    const auto feed = json::wholeNumber(*node, 0, feeds_.size() - 1, "alone");
    if (!feed) return tl::unexpected(feed.error());
    alone_ = *feed;
  }
  return {};
}

}  // namespace plexarium
