#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/session/simulation.h"

// The learning experiments of the SONN project, made repeatable: which samples, how many, how often tested.
namespace plexarium::bench {

/// The value, or an end of the program that says why there is none.
template <typename T>
T valueOf(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "plexarium-bench: %s\n", result.error().text().c_str());
    std::exit(2);
  }
  return std::move(*result);
}

/// Pictures, with their classes.
struct PictureSource {
  DataSource training;
  DataSource test{};  ///< No place: a share of the training data.
  bool real = false;
};
/// MNIST where PLEXARIUM_DATA (else ../shared/data beside the project) has it, else drawn digits.
PictureSource digitSource();
/// 60,000 drawn digits; difficulty 0 (print) to 1 (scrawl).
PictureSource drawnDigits(double difficulty);
/// The cats and dogs of CIFAR-10, from the same place.
std::optional<PictureSource> catsAndDogs();

/// What a run is made of; figures that are not named here are the network's own.
struct SonnSetting {
  double size = 0;  ///< Creation field: 80,000 connections, 750,000 connections, as given.
  std::size_t levels = 4;
  bool thermometer = true;
  double rules = 0;                                          ///< Creation field: recommended, article.
  double feeding = 0;                                        ///< Likewise: share of neurons that feed others.
  std::vector<std::pair<std::string, double>> parameters{};  ///< By key, set afterwards.
  std::size_t examEvery = 0;                                 ///< Of the feed: lessons between two exams; 0: none.
};

/// A network that fits the pictures, with its feed. `epochs`: rounds through the training samples until the end of the
/// schedule, 0: none. `held`: share of the training data that is kept for validation.
std::unique_ptr<Simulation> makeSonnRun(const SonnSetting& setting, const PictureSource& source, double epochs, double held,
                                        std::uint64_t seed);
/// Training samples of a round.
double roundOf(const Simulation& run);
/// Share of the samples named rightly; up to `most` of the held-out ones or, where `final` is set, of the test set.
double accuracyOf(Simulation& run, const PictureSource& source, bool final, std::size_t most);

/// One layer trained on the same receptors, as a yardstick: softmax by gradient descent, or a perceptron that learns where
/// the margin is small. Share of the test set named rightly; where there is none, of a sixth that is held out.
double linearAccuracy(const PictureSource& source, std::size_t levels, bool softmax, int epochs);

}  // namespace plexarium::bench
