#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "core/data/shelf.h"
#include "core/feed/feeder.h"

namespace plexarium::cli {

/// What `train` and `evaluate` ask about data and how it is shown.
struct FeedOptions {
  std::string feed;  ///< A document of feeds, instead of everything else here.
  std::string data;
  std::vector<std::string> settings;
  std::uint64_t dataSeed = 1;
  std::string separator;
  std::string header;
  std::string decimal;
  std::vector<std::string> inputs;
  std::vector<std::string> targets;
  std::string targetKind;
  std::string order = "interleaved";
  std::string coding = "as_is";
  std::size_t levels = 4;
  double duration = 100;
  std::optional<double> examDuration;
  double gain = 1;
  double dominance = 0;
  double validation = 0;
  double test = 0.2;

  void addTo(CLI::App& command);
};

/// The feeds that the options describe. `seed`: of the order, unless a document says it. `wholeTest`: every sample is for
/// the test.
Result<Feeder> makeFeeder(const FeedOptions& options, const Description& description, DataShelf& shelf, std::uint64_t seed,
                          bool wholeTest);

}  // namespace plexarium::cli
