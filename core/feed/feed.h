#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/dynamics/dynamics.h"
#include "core/feed/feed_plan.h"
#include "core/feed/sample_stream.h"
#include "core/feed/score.h"

namespace plexarium {

/// A stream of samples into a network and the scores of its answers. Belongs to the thread that ticks the network.
///
/// In training it shows training samples with their targets and, if the plan says so, now and then a validation sample
/// without; in a test, samples of one part without targets, each once before any is shown again.
class Feed {
 public:
  /// Checks the plan against the data and the dynamics' stimuli. Opens nothing: `data` is what plan.source names.
  static Result<Feed> create(FeedPlan plan, DatasetPointer data, const Description& description);

  [[nodiscard]] const FeedPlan& plan() const { return plan_; }
  [[nodiscard]] const Dataset& data() const { return *data_; }
  [[nodiscard]] const DatasetPointer& sharedData() const { return data_; }
  [[nodiscard]] std::size_t size(Part part) const { return split_.size(part); }
  /// What a person should know before starting: samples that stand grouped by class are shown so.
  [[nodiscard]] std::optional<std::string> warning() const;

  /// Finds the plan's neurons in the network: before the first tick and after every edit
  /// of its neurons, roles or groups. An error where their number does not fit the data; the feed must not present then.
  Result<void> bind(const Graph& graph);
  /// The motor neurons (by their number in row order) that output groups read.
  [[nodiscard]] std::vector<std::size_t> boundMotors() const;

  /// Shows samples of `part` (which must have some) without targets from its beginning on, and forgets its score and count.
  /// Nothing is learnt until `train`. The sample in progress is ended, unscored.
  void test(Part part);
  /// Shows one sample (< data().info().samples) without targets, again and again, until test() or train(). Its answer is not
  /// scored. The sample in progress is ended, unscored.
  void show(std::size_t sample);
  /// Likewise values that are not of the data, as a sample without class and targets: info().inputs of them, finite.
  void show(std::vector<double> inputs);
  /// Goes on where training stopped. The sample in progress is ended, unscored.
  void train();
  /// The part that is tested; nothing: it trains, or shows one sample.
  [[nodiscard]] std::optional<Part> testing() const { return testing_; }
  [[nodiscard]] std::optional<std::size_t> held() const { return held_; }  ///< What show() shows of the data.
  [[nodiscard]] std::span<const double> given() const { return given_; }   ///< What else it shows; empty: nothing.
  [[nodiscard]] bool holds() const { return held_ || !given_.empty(); }    ///< Either.

  /// What to do before a tick. Spans are valid until the next call.
  struct Step {
    std::span<const Stimulus> stimuli;
    bool begins = false;  ///< A sample begins: targets change.
    bool read = false;    ///< observe() wants the outputs after the tick.
  };
  /// To be called before every tick. An error where data cannot be read; the next call goes on with the next sample.
  Result<Step> present();
  /// The tick for which present() was called is not to be: as if it had not been called.
  void takeBack();
  /// Ends the sample in progress, if there is one, with the answer of the last tick. For plans in seconds, whose samples end
  /// in no other way: whoever ticks the network keeps the time.
  void next();
  /// Of the sample in progress, in the plan's unit.
  [[nodiscard]] double duration() const;
  /// Writes the sample's targets into `motors` (one value a motor neuron in row order) at its own neurons: NaN while it
  /// tests.
  void putTargets(std::span<double> motors) const;
  /// After the tick: what every motor neuron says, in row order.
  void observe(std::span<const double> motors);
  /// Lets answer() be what they say now, before the sample is over: for a copy that somebody looks at.
  void look(std::span<const double> motors);

  /// Whether samples can be presented many at a time, for dynamics that want that: each lasts one tick, its inputs are all
  /// of the sensory neurons' and either on or off or scaled to [0, 1] (graded), and there is one motor neuron for each
  /// class. Until the next `bind`.
  [[nodiscard]] bool takesMany() const { return takesMany_ && finished_ && !holds(); }
  [[nodiscard]] bool graded() const { return plan_.inputs[0].coding.code == InputCode::Unit; }
  /// In place of present: the next `most` (at least 1) samples, or fewer. Spans are valid until the next call.
  Result<Lessons> presentMany(std::size_t most);
  /// In place of observe: what every motor neuron said in each of these ticks, tick by tick.
  void observeMany(std::span<const double> motors);

  /// The sample that is being shown.
  struct Showing {
    std::size_t sample = 0;  ///< In the data; 0 and without meaning, as label and targets are, where it is given().
    Part part = Part::Train;
    std::uint32_t label = 0;      ///< Where there are classes.
    Tick ticks = 0;               ///< Shown for so long.
    std::vector<double> inputs;   ///< As the data has them.
    std::vector<double> targets;  ///< Where the data has values.
  };
  /// Nothing before the first.
  [[nodiscard]] const std::optional<Showing>& showing() const { return showing_; }
  /// Samples begun, the one in progress included.
  [[nodiscard]] std::uint64_t samplesShown(Part part) const { return shownSamples_[static_cast<std::size_t>(part)]; }
  /// Whether a sample is in progress.
  [[nodiscard]] bool midSample() const { return !finished_; }
  /// What the feed occupies, about.
  [[nodiscard]] std::size_t bytes() const;

  /// The answer of an output group to the sample in progress or, at its end, to the last one.
  struct Answer {
    std::vector<double> outputs;       ///< One a neuron; 0 for one that is gone.
    std::vector<double> targets;       ///< NaN: not known.
    std::optional<Tick> decidedAfter;  ///< Ticks until the dominance threshold was passed.
  };
  [[nodiscard]] const Answer& answer(std::size_t group) const { return groups_[group].answer; }
  /// Since the feed was made or restored (Test: since the test began); of output group `group` of the plan.
  [[nodiscard]] const Score& score(std::size_t group, Part part) const {
    return groups_[group].scores[static_cast<std::size_t>(part)];
  }
  // Of a group of the plan, as last bound; a neuron of a list may be gone since.
  [[nodiscard]] const TargetEncoder& targetEncoder(std::size_t group) const { return groups_[group].encoder; }
  [[nodiscard]] const InputEncoder& inputEncoder(std::size_t group) const { return inputs_[group].encoder; }
  [[nodiscard]] std::span<const NeuronId> inputNeurons(std::size_t group) const { return inputs_[group].neurons; }
  [[nodiscard]] std::span<const NeuronId> outputNeurons(std::size_t group) const { return groups_[group].neurons; }

  /// The place in the stream as JSON (an object); scores are not part of it.
  [[nodiscard]] std::string state() const;
  /// Goes on from there: the sample in progress is not begun again. After an error it stands where it stood.
  Result<void> restore(json::Node state, std::string_view place);

 private:
  struct Input {
    InputEncoder encoder;
    std::size_t channel = 0;
    bool lasting = false;
    std::vector<NeuronId> neurons{};
  };
  struct Output {
    TargetEncoder encoder;
    std::vector<NeuronId> neurons{};
    std::vector<std::optional<std::size_t>> motors{};  ///< Number among the motor neurons; nothing: gone.
    Answer answer{};
    std::array<Score, 3> scores{};
  };

  Feed(FeedPlan plan, DatasetPointer data);
  Result<void> makeGroups(const Description& description);
  Result<void> bindOutputs(const Graph& graph);
  [[nodiscard]] std::optional<SampleStream> streamOf(Part part, FeedOrder order) const;
  std::pair<Part, std::optional<SampleStream>*> nextStream();
  Result<void> begin();
  [[nodiscard]] bool canTakeMany(const Graph& graph) const;
  Result<std::span<const std::uint64_t>> packed(std::size_t sample);
  Result<void> encodeSample(std::size_t sample);
  Result<void> load(Part part, std::size_t sample);
  void encode();
  void encodeInputs();
  void finish();
  [[nodiscard]] bool over() const;
  void leaveSample();
  /// The streams by their key in a state.
  std::array<std::pair<std::string_view, std::optional<SampleStream>*>, 3> streams() {
    return {{{"train_stream", &training_}, {"validation_stream", &exams_}, {"test_stream", &test_}}};
  }
  Result<void> restoreHeld(json::Node state, std::string_view place);
  Result<void> restoreCounts(json::Node state, std::string_view place);
  Result<void> restoreStreams(json::Node state, std::string_view place);
  Result<void> restoreShowing(json::Node state, std::string_view place);

  FeedPlan plan_;
  DatasetPointer data_;
  Split split_;
  std::vector<Input> inputs_;
  std::vector<Output> groups_;
  std::optional<SampleStream> training_;  ///< Nothing where the part is empty.
  std::optional<SampleStream> exams_;     ///< Of validation samples; nothing where the part is empty.
  std::optional<SampleStream> test_;      ///< While it tests.
  std::optional<Part> testing_;
  std::optional<std::size_t> held_;
  std::vector<double> given_;
  bool bound_ = false;
  std::optional<Showing> showing_;
  bool finished_ = true;
  std::array<std::uint64_t, 3> shownSamples_{};
  std::uint64_t sinceExam_ = 0;
  /// Before the sample in progress began, for takeBack.
  struct Before {
    SampleStream::State stream;
    std::uint64_t sinceExam = 0;
  } before_;
  std::vector<double> encoded_;
  std::vector<Stimulus> stimuli_;  ///< Those given once stand before those given on every tick.
  std::size_t once_ = 0;
  /// Samples presented many at a time. A copy of the feed begins without what was kept.
  struct Many {
    Many() = default;
    Many(const Many& /*other*/) : Many() {}
    Many(Many&&) = default;
    Many& operator=(const Many& /*other*/) { return *this = Many(); }
    Many& operator=(Many&&) = default;
    ~Many() = default;
    std::vector<std::uint64_t> kept;  ///< The inputs of samples seen before, packed; empty: they are too many.
    std::vector<bool> isKept;
    std::vector<std::uint64_t> one;
    std::vector<std::uint64_t> on;
    std::vector<float> amounts;
    std::vector<double> values;  ///< Of one sample,
    std::vector<double> targets;
    std::vector<std::int32_t> wanted;
    std::vector<std::size_t> samples;
    std::vector<std::uint32_t> labels;
    std::vector<Part> parts;
    std::optional<Error> error;  ///< Met after samples that were presented; told at the next call.
  };
  bool takesMany_ = false;
  Many many_;
};

}  // namespace plexarium
