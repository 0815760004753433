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

Result<const Feeder::Presentation*> Feeder::present(double seconds) {
  assert(bound_);
  presentation_.stimuli.clear();
  presentation_.targets.reset();
  presentation_.read = false;
  bool changed = std::exchange(repeat_, false);
  for (auto& feed : feeds_) {
    const auto step = feed.present(seconds);
    if (!step) return tl::unexpected(step.error());
    presentation_.stimuli.insert(presentation_.stimuli.end(), step->stimuli.begin(), step->stimuli.end());
    presentation_.read = presentation_.read || step->read;
    changed = changed || step->begins;
  }
  if (changed) collectTargets();
  return &presentation_;
}

void Feeder::collectTargets() {
  auto& targets = presentation_.targets.emplace(motorCount_, std::numeric_limits<double>::quiet_NaN());
  for (const auto& feed : feeds_) feed.putTargets(targets);
  if (std::ranges::all_of(targets, [](double target) { return std::isnan(target); })) targets.clear();
}

void Feeder::observe(std::span<const double> outputs) {
  assert(outputs.size() == motorCount_);
  for (auto& feed : feeds_) feed.observe(outputs);
}

std::string Feeder::write() const {
  std::string text =
      "{\"format\":\"" + std::string(feederFormat) + "\",\"version\":" + std::to_string(feederVersion) + ",\n\"feeds\":[";
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
  if (auto only = json::allowOnly(root, {"format", "version", "feeds"}, {}); !only) return tl::unexpected(only.error());
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
  return Feeder(std::move(feeds));
}

}  // namespace plexarium
