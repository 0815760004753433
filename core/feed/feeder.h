#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/feed/feed.h"

namespace plexarium {

/// All feeds of a network, as one: what whoever ticks the network asks before and tells after every tick. Belongs to that
/// thread.
///
///     if (network was edited) feeder.bind(graph, true);
///     const auto todo = feeder.present();            // an error: data cannot be read
///     if (!todo->stimuli.empty()) stimulate(todo->stimuli);
///     if (todo->targets) learn(*todo->targets);
///     step();
///     if (todo->read) { readout(outputs); feeder.observe(outputs); }
class Feeder {
 public:
  Feeder() = default;
  explicit Feeder(std::vector<Feed> feeds) : feeds_(std::move(feeds)) {}

  [[nodiscard]] std::span<Feed> feeds() { return feeds_; }
  [[nodiscard]] std::span<const Feed> feeds() const { return feeds_; }
  [[nodiscard]] bool empty() const { return feeds_.empty(); }

  /// Whether anything is shown; so it is at first. Going on after off() tells the targets again.
  [[nodiscard]] bool on() const { return on_; }
  /// Shows nothing any more and withdraws the targets. What is in progress goes on with the next call of the others.
  void off();
  void train();
  /// Feeds without samples in that part show nothing. False, and nothing changed, where none has any.
  bool test(Part part);
  /// One feed (< feeds().size()) shows one of its samples, the others nothing; see Feed::show.
  void show(std::size_t feed, std::size_t sample);
  /// Likewise values that are not of its data.
  void show(std::size_t feed, std::vector<double> inputs);

  /// See Feed::bind. An error also where two output groups read the same motor neuron. `edited`: the network has changed
  /// since the last tick, which ends its teaching, so the targets are told again at the next one.
  Result<void> bind(const Graph& graph, bool edited = false);
  [[nodiscard]] std::size_t motorCount() const { return motorCount_; }

  struct Presentation {
    std::vector<Stimulus> stimuli;
    /// Where something else is wanted from now on: one value a motor neuron in row order, NaN for those of whom nothing is
    /// wanted; empty where nothing is wanted of anybody.
    std::optional<std::vector<double>> targets;
    bool read = false;  ///< observe() wants the outputs after this tick.
  };
  /// Before every tick; see Feed::present. Valid until the next call.
  Result<const Presentation*> present();
  /// The tick is not to be: as if present() had not been called.
  void takeBack();
  /// What the motor neurons say after the tick, in row order (motorCount() values).
  void observe(std::span<const double> outputs);
  /// See Feed::look.
  void look(std::span<const double> outputs);

  /// How the output groups of all feeds, one after the other, answered samples of `part`.
  void tally(Part part, std::vector<Tally>& tallies) const;
  /// What the feeds occupy, about.
  [[nodiscard]] std::size_t bytes() const;

  /// In place of present and observe, where there is one feed that Feed::takesMany: up to `most` samples at a time.
  [[nodiscard]] bool takesMany() const { return on_ && feeds_.size() == 1 && feeds_[0].takesMany(); }
  /// Whether those lessons are graded.
  [[nodiscard]] bool graded() const { return feeds_[0].graded(); }
  Result<Lessons> presentMany(std::size_t most);
  void observeMany(std::span<const double> outputs) { feeds_[0].observeMany(outputs); }

  /// Plans and places in the streams as one JSON text, so that a network saved with it goes on bit for bit.
  [[nodiscard]] std::string write() const;
  using OpenData = std::function<Result<DatasetPointer>(const DataSource&)>;
  /// Reads what write() writes, and opens the data. `source` names the text in errors. Plans without a place begin anew.
  static Result<Feeder> read(std::string_view text, std::string_view source, const Description& description,
                             const OpenData& open);

 private:
  Result<void> refuseSharedMotors() const;
  void collectTargets();
  [[nodiscard]] bool silent(std::size_t feed) const;
  void alone(std::size_t feed);
  void turn(bool on, std::optional<std::size_t> alone);
  Result<void> restoreMode(json::Node root);

  std::vector<Feed> feeds_;
  bool on_ = true;
  std::optional<std::size_t> alone_;  ///< The only feed that shows something.
  std::size_t motorCount_ = 0;
  bool bound_ = false;
  bool repeat_ = false;    ///< Targets must be told again.
  bool repeated_ = false;  ///< What repeat_ was before present().
  Presentation presentation_;
};

}  // namespace plexarium
