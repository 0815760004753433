#include "core/feed/feed.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "core/io/suggestion.h"

namespace plexarium {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

std::size_t indexOf(Part part) { return static_cast<std::size_t>(part); }

/// Data whose order has a meaning is divided and shown as it stands.
FeedPlan settled(FeedPlan plan, const DatasetInfo& info) {
  if (info.ordered) plan.order = FeedOrder::Stored;
  if (plan.order == FeedOrder::Stored) plan.split.shuffled = false;
  return plan;
}

Result<std::size_t> channelCalled(const std::string& key, const Description& description, const std::string& where) {
  const auto& channels = description.stimuli;
  if (channels.empty()) return failure(description.label + " takes no stimuli", where);
  if (key.empty()) return 0;
  std::vector<std::string_view> known;
  for (std::size_t k = 0; k < channels.size(); ++k) {
    if (channels[k].key == key) return k;
    known.emplace_back(channels[k].key);
  }
  return failure("there is no stimulus '" + key + "'", where, suggestion(key, known));
}

/// Listed neurons, those of a group, or all of a role.
std::vector<NeuronId> resolve(const FeedNeurons& neurons, const Graph& graph, Role role) {
  if (!neurons.list.empty()) return neurons.list;
  std::vector<NeuronId> found;
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    const bool inside = !neurons.group || isWithin(graph.groups(), graph.memberOf()[row], neurons.group);
    if (graph.roles()[row] == role && inside) found.push_back(graph.ids()[row]);
  }
  return found;
}

}  // namespace

Feed::Feed(FeedPlan plan, DatasetPointer data)
    : plan_(std::move(plan)),
      data_(std::move(data)),
      split_(plan_.split, data_->info().samples),
      training_(streamOf(Part::Train, plan_.order)),
      exams_(streamOf(Part::Validation, plan_.order)) {}

Result<Feed> Feed::create(FeedPlan plan, DatasetPointer data, const Description& description) {
  if (auto checked = checkPlan(plan); !checked) return tl::unexpected(checked.error());
  const auto& info = data->info();
  if (info.samples == 0) return failure("there are no samples", info.name);
  if (!plan.importance.empty() && plan.importance.size() != info.classes.size()) {
    return failure("the importance of " + std::to_string(plan.importance.size()) + " classes is given, and there are " +
                       std::to_string(info.classes.size()),
                   plan.name);
  }
  plan = settled(std::move(plan), info);
  Feed feed(std::move(plan), std::move(data));
  if (feed.plan_.examEvery > 0 && feed.size(Part::Validation) == 0) {
    return failure("no samples are kept for validation", feed.plan_.name, "Give validation a share of the data");
  }
  if (auto made = feed.makeGroups(description); !made) return tl::unexpected(made.error());
  return feed;
}

Result<void> Feed::makeGroups(const Description& description) {
  for (const auto& group : plan_.inputs) {
    const auto where = plan_.name + ", input group '" + group.name + "'";
    auto encoder = InputEncoder::create(data_->info(), group.coding, group.columns);
    if (!encoder) return failure(encoder.error().what, where, encoder.error().advice);
    const auto channel = channelCalled(group.channel, description, where);
    if (!channel) return tl::unexpected(channel.error());
    inputs_.push_back({std::move(*encoder), *channel, description.stimuli[*channel].lasting});
  }
  for (std::size_t k = 0; k < plan_.outputs.size(); ++k) groups_.emplace_back();
  return {};
}

std::optional<std::string> Feed::warning() const {
  if (plan_.order != FeedOrder::Stored || data_->info().ordered || !standsGrouped(*data_)) return std::nullopt;
  return "the samples of a class stand together in " + data_->info().name +
         " and are shown so: a network forgets one class while it learns the next. Interleave the classes instead";
}

Result<void> Feed::bind(const Graph& graph) {
  bound_ = false;
  takesMany_ = false;
  for (std::size_t k = 0; k < inputs_.size(); ++k) {
    auto neurons = resolve(plan_.inputs[k].neurons, graph, Role::Sensory);
    const auto width = inputs_[k].encoder.width();
    if (plan_.inputs[k].enabled && neurons.size() != width) {
      return failure("there are " + std::to_string(neurons.size()) + " input neurons for " + std::to_string(width) +
                         (width == 1 ? " value" : " values"),
                     plan_.name + ", input group '" + plan_.inputs[k].name + "'",
                     "Use as many sensory neurons, or choose other columns or another coding");
    }
    inputs_[k].neurons = std::move(neurons);
  }
  if (auto bound = bindOutputs(graph); !bound) return bound;
  bound_ = true;
  takesMany_ = canTakeMany(graph);
  encode();
  return {};
}

Result<void> Feed::bindOutputs(const Graph& graph) {
  std::vector<NeuronId> motors;
  for (std::size_t row = 0; row < graph.neuronCount(); ++row) {
    if (graph.roles()[row] == Role::Motor) motors.push_back(graph.ids()[row]);
  }
  for (std::size_t k = 0; k < groups_.size(); ++k) {
    const auto& plan = plan_.outputs[k];
    auto& group = groups_[k];
    group.neurons = plan.enabled ? resolve(plan.neurons, graph, Role::Motor) : std::vector<NeuronId>{};
    group.motors.clear();
    for (const auto id : group.neurons) {
      const auto found = std::ranges::lower_bound(motors, id);
      const bool there = found != motors.end() && *found == id;
      group.motors.push_back(there ? std::optional(static_cast<std::size_t>(found - motors.begin())) : std::nullopt);
    }
    if (!plan.enabled) continue;
    auto encoder = TargetEncoder::create(data_->info(), plan.columns, group.neurons.size());
    if (!encoder) {
      return failure(encoder.error().what, plan_.name + ", output group '" + plan.name + "'", encoder.error().advice);
    }
    group.encoder = std::move(*encoder);
    group.answer.outputs.resize(group.neurons.size());
  }
  return {};
}

std::vector<std::size_t> Feed::boundMotors() const {
  std::vector<std::size_t> bound;
  for (const auto& group : groups_) {
    for (const auto motor : group.motors) {
      if (motor) bound.push_back(*motor);
    }
  }
  return bound;
}

std::optional<SampleStream> Feed::streamOf(Part part, FeedOrder order) const {
  if (size(part) == 0) return std::nullopt;
  return SampleStream(*data_, split_, part, order, plan_.seed);
}

/// No mode, and no sample in progress.
void Feed::leaveSample() {
  held_.reset();
  given_.clear();
  testing_.reset();
  test_.reset();
  finished_ = true;
}

void Feed::test(Part part) {
  assert(size(part) > 0);
  leaveSample();
  testing_ = part;
  test_ = streamOf(part, FeedOrder::Stored);
  shownSamples_[indexOf(part)] = 0;
  for (auto& group : groups_) group.scores[indexOf(part)] = {};
}

void Feed::show(std::size_t sample) {
  assert(sample < data_->info().samples);
  leaveSample();
  held_ = sample;
}

void Feed::show(std::vector<double> inputs) {
  assert(!inputs.empty() && inputs.size() == data_->info().inputs);
  leaveSample();
  given_ = std::move(inputs);
}

void Feed::train() {
  if (testing_ || holds()) leaveSample();
}

std::pair<Part, std::optional<SampleStream>*> Feed::nextStream() {
  if (testing_) return {*testing_, &test_};
  const bool exam = plan_.examEvery > 0 && sinceExam_ >= plan_.examEvery;
  sinceExam_ = exam ? 0 : sinceExam_ + 1;
  if (exam) return {Part::Validation, &exams_};
  return {Part::Train, &training_};
}

Result<void> Feed::begin() {
  for (auto& group : groups_) group.answer.decidedAfter.reset();
  if (holds()) return load(Part::Test, held_.value_or(0)).map([&] { finished_ = false; });
  before_.sinceExam = sinceExam_;
  const auto [part, stream] = nextStream();
  if (!*stream) return failure("no samples are kept for training", plan_.name, "Give validation and test smaller shares");
  before_.stream = (*stream)->state();
  ++shownSamples_[indexOf(part)];
  if (auto loaded = load(part, (*stream)->next()); !loaded) return loaded;
  finished_ = false;
  return {};
}

Result<void> Feed::load(Part part, std::size_t sample) {
  const auto& info = data_->info();
  Showing showing = showing_ ? std::move(*showing_) : Showing{};
  showing_.reset();
  showing.sample = sample;
  showing.part = part;
  showing.ticks = 0;
  if (given_.empty()) {
    showing.label = info.classes.empty() ? 0 : data_->label(sample);
    showing.inputs.resize(info.inputs);
    showing.targets.resize(info.targets.size());
    if (auto read = data_->read(sample, showing.inputs, showing.targets); !read) return read;
  } else {
    showing.label = 0;
    showing.inputs = given_;
    showing.targets.assign(info.targets.size(), unknown);
  }
  showing_ = std::move(showing);
  encode();
  return {};
}

/// The sample being shown as values for neurons.
void Feed::encode() {
  if (!bound_ || !showing_) return;
  encodeInputs();
  for (std::size_t k = 0; k < groups_.size(); ++k) {
    if (!plan_.outputs[k].enabled) continue;
    auto& group = groups_[k];
    group.answer.targets.assign(group.encoder.width(), unknown);
    if (given_.empty()) group.encoder.encode(showing_->label, showing_->targets, group.answer.targets);
  }
}

void Feed::encodeInputs() {
  stimuli_.clear();
  once_ = 0;
  for (const bool lasting : {true, false}) {
    for (std::size_t k = 0; k < inputs_.size(); ++k) {
      const auto& input = inputs_[k];
      if (!plan_.inputs[k].enabled || input.lasting != lasting) continue;
      encoded_.resize(input.encoder.width());
      input.encoder.encode(showing_->inputs, encoded_);
      for (std::size_t value = 0; value < encoded_.size(); ++value) {
        const double amount = encoded_[value] * plan_.inputs[k].gain;
        if (lasting || amount != 0) stimuli_.push_back({input.neurons[value], input.channel, amount});
      }
    }
    if (lasting) once_ = stimuli_.size();
  }
}

double Feed::duration() const {
  if (showing_->part != Part::Train || testing_) return plan_.examDuration;
  return plan_.duration * (plan_.importance.empty() ? 1 : plan_.importance[showing_->label]);
}

bool Feed::over() const {
  if (plan_.unit == FeedUnit::Seconds || holds()) return false;
  // At least one tick, so that every sample is seen and answered.
  return static_cast<double>(showing_->ticks) >= std::max(1.0, std::round(duration()));
}

void Feed::takeBack() {
  assert(!finished_);
  if (--showing_->ticks > 0) return;
  finished_ = true;
  if (holds()) return;
  --shownSamples_[indexOf(showing_->part)];
  sinceExam_ = before_.sinceExam;
  auto& stream = testing_ ? test_ : showing_->part == Part::Validation ? exams_ : training_;
  const bool fits = stream->restore(before_.stream);
  assert(fits);
  static_cast<void>(fits);
}

void Feed::next() {
  if (!finished_ && !holds()) finish();
}

Result<Feed::Step> Feed::present() {
  assert(bound_);
  const bool begins = finished_;
  if (begins) {
    if (auto begun = begin(); !begun) return tl::unexpected(begun.error());
  }
  ++showing_->ticks;
  const auto all = std::span<const Stimulus>(stimuli_);
  const bool waits = std::ranges::any_of(plan_.outputs, [](const OutputGroup& group) { return group.dominance > 0; });
  return Step{begins ? all : all.subspan(once_), begins, waits || holds() || plan_.unit == FeedUnit::Seconds || over()};
}

void Feed::putTargets(std::span<double> motors) const {
  const bool silent = !showing_ || showing_->part != Part::Train || testing_ || holds();
  for (const auto& group : groups_) {
    for (std::size_t k = 0; k < group.motors.size(); ++k) {
      if (group.motors[k]) motors[*group.motors[k]] = silent ? unknown : group.answer.targets[k];
    }
  }
}

void Feed::look(std::span<const double> motors) {
  if (finished_) return;
  for (std::size_t k = 0; k < groups_.size(); ++k) {
    auto& answer = groups_[k].answer;
    if (!plan_.outputs[k].enabled || answer.decidedAfter) continue;
    for (std::size_t neuron = 0; neuron < answer.outputs.size(); ++neuron) {
      const auto motor = groups_[k].motors[neuron];
      answer.outputs[neuron] = motor ? motors[*motor] : 0;
    }
  }
}

void Feed::observe(std::span<const double> motors) {
  if (finished_) return;
  look(motors);
  for (std::size_t k = 0; k < groups_.size(); ++k) {
    const auto& plan = plan_.outputs[k];
    auto& answer = groups_[k].answer;
    if (!plan.enabled || answer.decidedAfter) continue;
    if (plan.dominance > 0 && groups_[k].encoder.classCount() > 0 &&
        groups_[k].encoder.dominance(answer.outputs) > plan.dominance) {
      answer.decidedAfter = showing_->ticks;
    }
  }
  if (over()) finish();
}

void Feed::finish() {
  finished_ = true;
  for (std::size_t k = 0; k < groups_.size(); ++k) {
    if (!plan_.outputs[k].enabled) continue;
    auto& group = groups_[k];
    auto& score = group.scores[indexOf(showing_->part)];
    score.add(group.encoder, showing_->sample, showing_->label, group.answer.targets, group.answer.outputs);
    if (!group.answer.decidedAfter) continue;
    ++score.decided;
    score.decisionTicks += static_cast<std::uint64_t>(*group.answer.decidedAfter);
  }
}

std::size_t Feed::bytes() const {
  std::size_t numbers =
      encoded_.size() + given_.size() + (showing_ ? showing_->inputs.size() + showing_->targets.size() : 0);
  for (const auto& input : inputs_) numbers += input.neurons.size();
  for (const auto& group : groups_) {
    numbers += 3 * group.motors.size() + 2 * group.answer.outputs.size();
    for (const auto& score : group.scores) numbers += score.confusion.size() + 2 * score.mistakes.size();
  }
  numbers += many_.kept.size() + many_.on.size();
  return sizeof(Feed) + numbers * sizeof(double) + stimuli_.size() * sizeof(Stimulus);
}

}  // namespace plexarium
