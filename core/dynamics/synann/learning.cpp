#include "core/dynamics/synann/learning.h"

#include <algorithm>
#include <cmath>

#include "core/elementary.h"

namespace plexarium::synann {
namespace {

constexpr double keepMomentum = 0.9;
constexpr double keepSpread = 0.999;
constexpr double smallest = 1e-8;

double power(double base, std::uint64_t exponent) {
  double product = 1;
  for (; exponent > 0; exponent /= 2, base *= base) product *= exponent % 2 == 1 ? base : 1;
  return product;
}

/// -t ln q, and 0 for t = 0 whatever q.
double surprise(double target, double share) { return target > 0 ? -target * logarithm(std::max(share, least)) : 0; }

/// Of wanted outputs only.
struct Wanted {
  std::vector<std::size_t> numbers;
  double outputs = 0;  ///< Sum.
  double targets = 0;  ///< Sum.
  double highest = 0;  ///< Output.
};

Wanted wantedOf(std::span<const double> outputs, std::span<const double> targets) {
  Wanted wanted;
  for (std::size_t k = 0; k < targets.size(); ++k) {
    if (std::isnan(targets[k])) continue;
    wanted.numbers.push_back(k);
    wanted.outputs += outputs[k];
    wanted.targets += targets[k];
    wanted.highest = std::max(wanted.highest, outputs[k]);
  }
  return wanted;
}

double softmaxLoss(double temperature, const Wanted& wanted, std::span<const double> outputs,
                   std::span<const double> targets, std::span<double> direct) {
  double sum = 0;
  for (const auto k : wanted.numbers) sum += direct[k] = exponential((outputs[k] - wanted.highest) / temperature);
  double loss = 0;
  for (const auto k : wanted.numbers) {
    const double share = direct[k] / sum;
    loss += targets[k] * (logarithm(sum) - (outputs[k] - wanted.highest) / temperature);
    direct[k] = (share * wanted.targets - targets[k]) / temperature;
  }
  return loss;
}

}  // namespace

Lack lack(LossKind kind, double temperature, std::span<const double> outputs, std::span<const double> targets,
          std::span<double> direct) {
  std::ranges::fill(direct, 0.0);
  const auto wanted = wantedOf(outputs, targets);
  if (wanted.numbers.empty()) return {};
  Lack all;
  const double sum = std::max(wanted.outputs, least);
  for (const auto k : wanted.numbers) {
    const double output = outputs[k];
    const double target = targets[k];
    all.error += std::abs(output - target) / static_cast<double>(wanted.numbers.size());
    if (kind == LossKind::Square) {
      all.loss += 0.5 * (output - target) * (output - target);
      direct[k] = output - target;
    } else if (kind == LossKind::Binary) {
      all.loss += surprise(target, output) + surprise(1 - target, 1 - output);
      direct[k] = (1 - target) / std::max(1 - output, least) - target / std::max(output, least);
    } else if (kind == LossKind::Normalised) {
      all.loss += surprise(target, output / sum);
      direct[k] = wanted.targets / sum - target / std::max(output, least);
    }
  }
  if (kind == LossKind::Softmax) all.loss = softmaxLoss(temperature, wanted, outputs, targets, direct);
  return all;
}

double descend(Circuit& circuit, const Settings& settings, std::uint64_t step) {
  const double firstMoment = 1 - power(keepMomentum, step);
  const double secondMoment = 1 - power(keepSpread, step);
  double squares = 0;
  std::size_t learning = 0;
  for (std::size_t k = 0; k < circuit.weight.size(); ++k) {
    const auto row = circuit.target[k];
    const double rate = settings.rate * circuit.plasticity[row];
    if (circuit.trainable[k] == 0 || circuit.held[row] != 0 || rate == 0) continue;
    ++learning;
    squares += circuit.gradient[k] * circuit.gradient[k];
    const double weight = std::clamp(circuit.weight[k], leastWeight, mostWeight);
    double moved = weight;
    if (settings.rule == Rule::Surprisal) {
      moved = weight * exponential(-rate * weight * circuit.gradient[k]);
    } else {
      const double slope = circuit.gradient[k] * weight * (1 - weight);
      circuit.momentum[k] = keepMomentum * circuit.momentum[k] + (1 - keepMomentum) * slope;
      circuit.spread[k] = keepSpread * circuit.spread[k] + (1 - keepSpread) * slope * slope;
      const double size = std::sqrt(circuit.spread[k] / secondMoment) + smallest;
      // sigmoid(logit(w) + d) without a logarithm; exactly w where d is 0.
      const double factor = exponential(-rate * circuit.momentum[k] / firstMoment / size);
      moved = weight * factor / (1 - weight + weight * factor);
    }
    circuit.weight[k] = std::clamp(moved, leastWeight, mostWeight);
  }
  return learning > 0 ? std::sqrt(squares / static_cast<double>(learning)) : 0;
}

}  // namespace plexarium::synann
