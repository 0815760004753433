#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <Eigen/Cholesky>

#include "core/denormals.h"
#include "core/dynamics/sorn/creation.h"
#include "core/dynamics/sorn/fields.h"
#include "core/dynamics/sorn/reservoir.h"
#include "core/random.h"
#include "tools/bench.d/topics.h"

// Source: Lazar, Pipa, Triesch, "SORN: a self-organizing recurrent neural network", Frontiers in Computational Neuroscience
// 2009: words a b..b c and d e..e f in random order, and which letter comes next.
namespace plexarium::bench {
namespace {

using namespace plexarium::sorn;

constexpr std::uint32_t letterCount = 6;
constexpr std::uint32_t pool = 10;  // input neurons of a letter
constexpr Tick plasticSteps = 50'000;
constexpr std::size_t shownSteps = 5'000;  // to train the readout, and as many to test it
constexpr double ridge = 1e-3;

/// One of two words after the other, letter by letter.
class Words {
 public:
  Words(std::uint32_t repeats, std::uint64_t seed) : length_(repeats + 2), chance_(seed, 99) {}
  struct Letter {
    std::uint32_t letter = 0;
    std::uint32_t position = 0;  ///< In its word.
  };
  Letter next() {
    if (position_ == 0) second_ = chance_.below(2, word_++) == 1;
    const auto position = position_;
    position_ = (position_ + 1) % length_;
    const std::uint32_t part = position == 0 ? 0 : position + 1 < length_ ? 1 : 2;
    return {part + (second_ ? 3U : 0U), position};
  }
  [[nodiscard]] std::uint32_t length() const { return length_; }

 private:
  std::uint32_t length_;
  RandomStream chance_;
  std::uint64_t word_ = 0;
  std::uint32_t position_ = 0;
  bool second_ = false;
};

/// Who fired after a letter, and which letter came next.
struct Moment {
  std::vector<std::uint32_t> firing;
  Words::Letter next;
};

/// A network that reads words.
class Reader {
 public:
  Reader(std::uint32_t repeats, std::uint64_t seed)
      : model_(createNetwork(std::vector<double>{static_cast<double>(sorn::Preset::Counting), 200, letterCount * pool,
                                                 letterCount, 0.2, 0, 0, 0, 0, 0},
                             seed)
                   .value()),
        settings_(model_.parameters),
        words_(repeats, seed),
        coming_(words_.next()) {
    reservoir_->read(model_.graph, settings_);
  }

  Settings& rules() { return settings_; }
  void freeze() { settings_.stdp = settings_.ip = settings_.growth = settings_.istdp = settings_.scaling = false; }
  /// Returns how many fired.
  std::size_t read() {
    for (std::uint32_t k = 0; k < pool; ++k) reservoir_->put(coming_.letter * pool + k, 1);
    coming_ = words_.next();
    return reservoir_->step({settings_, model_.graph, model_.seed, now_++}).excitatory;
  }
  std::vector<Moment> watch(std::size_t steps) {
    std::vector<Moment> moments(steps);
    for (auto& moment : moments) {
      read();
      moment = {reservoir_->cells().firing, coming_};
    }
    return moments;
  }
  [[nodiscard]] std::uint32_t neurons() const { return reservoir_->cells().excitatory; }
  [[nodiscard]] std::uint32_t wordLength() const { return words_.length(); }

 private:
  Model model_;
  Settings settings_;
  std::unique_ptr<Reservoir> reservoir_ = Reservoir::make(Precision::Fast);
  Words words_;
  Words::Letter coming_;
  Tick now_ = 0;
};

/// Ridge regression from firings (and a constant) to next letters and their positions, one column each.
Eigen::MatrixXd learnReadout(const std::vector<Moment>& moments, std::uint32_t neurons, std::uint32_t positions) {
  const auto inputs = static_cast<Eigen::Index>(neurons) + 1;
  Eigen::MatrixXd both = Eigen::MatrixXd::Identity(inputs, inputs) * ridge;
  Eigen::MatrixXd wanted = Eigen::MatrixXd::Zero(inputs, letterCount + positions);
  for (const auto& moment : moments) {
    auto active = moment.firing;
    active.push_back(neurons);
    for (const auto a : active) {
      for (const auto b : active) both(a, b) += 1;
      wanted(a, moment.next.letter) += 1;
      wanted(a, letterCount + moment.next.position) += 1;
    }
  }
  return both.llt().solve(wanted);
}

struct Score {
  double norm = 0;      ///< Share of letters told right, over the best possible: the first letter of a word is chance.
  double last = 0;      ///< The same of last letters alone.
  double position = 0;  ///< Share of positions in the word told right.
  double rate = 0;      ///< Share of the neurons that fire, at the end of plasticity.
};

Score test(const Eigen::MatrixXd& readout, const std::vector<Moment>& moments, std::uint32_t neurons,
           std::uint32_t positions) {
  double right = 0;
  double lasts = 0;
  double lastsRight = 0;
  double placed = 0;
  for (const auto& moment : moments) {
    Eigen::RowVectorXd said = readout.row(neurons);
    for (const auto cell : moment.firing) said += readout.row(cell);
    Eigen::Index letter = 0;
    Eigen::Index position = 0;
    said.head(letterCount).maxCoeff(&letter);
    said.tail(positions).maxCoeff(&position);
    const bool hit = letter == moment.next.letter;
    const bool isLast = moment.next.position + 1 == positions;
    right += hit ? 1 : 0;
    lasts += isLast ? 1 : 0;
    lastsRight += isLast && hit ? 1 : 0;
    placed += position == moment.next.position ? 1 : 0;
  }
  const auto all = static_cast<double>(moments.size());
  return {right / all / (1 - 0.5 / positions), lastsRight / lasts, placed / all, 0};
}

enum class Variant { Whole, IpOnly, Static };
constexpr std::array variantNames{"SORN", "IP only", "static"};

Score learnToCount(std::uint32_t repeats, Variant variant, std::uint64_t seed) {
  Reader reader(repeats, seed);
  const FlushDenormals flush;
  if (variant == Variant::IpOnly) reader.rules().stdp = false;
  if (variant == Variant::Static) reader.freeze();
  double firings = 0;
  for (Tick k = 0; k < plasticSteps; ++k) {
    const auto firing = reader.read();
    if (k >= plasticSteps * 9 / 10) firings += static_cast<double>(firing);
  }
  reader.freeze();
  const auto neurons = reader.neurons();
  const auto readout = learnReadout(reader.watch(shownSteps), neurons, reader.wordLength());
  auto score = test(readout, reader.watch(shownSteps), neurons, reader.wordLength());
  score.rate = firings / (static_cast<double>(plasticSteps) / 10) / neurons;
  return score;
}

struct Spread {
  double mean = 0;
  double deviation = 0;
};
Spread spreadOf(const std::vector<Score>& scores, double Score::*which) {
  Spread spread;
  for (const auto& score : scores) spread.mean += score.*which / static_cast<double>(scores.size());
  for (const auto& score : scores) spread.deviation += (score.*which - spread.mean) * (score.*which - spread.mean);
  spread.deviation = scores.size() > 1 ? std::sqrt(spread.deviation / static_cast<double>(scores.size() - 1)) : 0;
  return spread;
}

/// Nothing where the line has no bar. `staticPosition`: what the frozen twins tell of positions.
std::optional<bool> passes(std::uint32_t repeats, Variant variant, double last, double position, double staticPosition) {
  if (variant == Variant::Whole) {
    if (repeats <= 8) return last >= 0.98 && position >= 0.99;
    if (repeats == 14) return last >= 0.7;
    if (repeats == 20) return position >= staticPosition + 0.2;
  }
  if (variant == Variant::IpOnly && repeats == 8) return last <= 0.1;
  if (variant == Variant::Static && repeats == 8) return last <= 0.8;
  if (variant == Variant::Static && repeats == 14) return last <= 0.25;
  return std::nullopt;
}

}  // namespace

Table sornCounting(const Patience& patience) {
  Table table{.title = "sorn: counting, which letter comes next in words a b..b c and d e..e f of n b or e", .lines = {}};
  const std::uint64_t seeds = patience.quick ? 2 : 5;
  for (const std::uint32_t repeats : {4U, 8U, 14U, 20U, 28U}) {
    std::array<std::vector<Score>, variantNames.size()> scores;
    for (std::size_t variant = 0; variant < scores.size(); ++variant) {
      for (std::uint64_t seed = 1; seed <= seeds; ++seed)
        scores[variant].push_back(learnToCount(repeats, static_cast<Variant>(variant), seed));
    }
    const auto still = spreadOf(scores[static_cast<std::size_t>(Variant::Static)], &Score::position);
    for (std::size_t variant = 0; variant < scores.size(); ++variant) {
      const auto last = spreadOf(scores[variant], &Score::last);
      const auto position = spreadOf(scores[variant], &Score::position);
      table.lines.push_back(
          {.name = "n = " + std::to_string(repeats) + ", " + variantNames[variant],
           .figures = {{"norm", spreadOf(scores[variant], &Score::norm).mean},
                       {"last", last.mean},
                       {"+- ", last.deviation},
                       {"position", position.mean},
                       {"+-  ", position.deviation},
                       {"rate", spreadOf(scores[variant], &Score::rate).mean}},
           .passed = passes(repeats, static_cast<Variant>(variant), last.mean, position.mean, still.mean)});
    }
  }
  table.notes = {
      std::to_string(seeds) +
          " seeds, mean and deviation; preset counting, 50,000 steps with the rules, then frozen: 5,000 to train a "
          "ridge readout (1e-3), 5,000 to test it",
      "norm: share of letters told right over the best possible; last: of last letters; position: of the next "
      "letter's place in its word",
      "IP only: STDP off; static: all rules off from the beginning"};
  return table;
}

}  // namespace plexarium::bench
