#include "app/cli/feed_options.h"

#include <charconv>

#include "core/io/data_places.h"
#include "core/io/document.h"
#include "core/io/suggestion.h"

namespace plexarium::cli {
namespace {

Result<DataSource> sourceOf(const FeedOptions& options) {
  DataSource source;
  source.place = options.data;
  source.seed = options.dataSeed;
  for (const auto& setting : options.settings) {
    const auto equals = setting.find('=');
    double value = 0;
    const char* const end = setting.data() + setting.size();
    const char* const begin = equals == std::string::npos ? end : setting.data() + equals + 1;
    if (const auto read = std::from_chars(begin, end, value); read.ec != std::errc{} || read.ptr != end) {
      return failure("'" + setting + "' is not of the form key=number", "--data-set");
    }
    source.settings.emplace_back(setting.substr(0, equals), value);
  }
  auto& csv = source.csv;
  if (options.separator == "comma") csv.separator = ',';
  if (options.separator == "semicolon") csv.separator = ';';
  if (options.separator == "tab") csv.separator = '\t';
  if (!options.header.empty()) csv.header = options.header == "yes";
  if (!options.decimal.empty()) csv.decimalComma = options.decimal == "comma";
  csv.inputs = options.inputs;
  csv.targets = options.targets;
  if (options.targetKind == "classes") csv.kind = TargetKind::Classes;
  if (options.targetKind == "values") csv.kind = TargetKind::Values;
  return source;
}

InputCoding codingOf(const FeedOptions& options) {
  InputCoding coding{InputCode::AsIs, options.levels};
  const auto names = inputCodeNames();
  for (std::size_t k = 0; k < names.size(); ++k) {
    if (names[k] == options.coding) coding.code = static_cast<InputCode>(k);
  }
  return coding;
}

Result<FeedPlan> planOf(const FeedOptions& options, std::uint64_t seed) {
  auto source = sourceOf(options);
  if (!source) return tl::unexpected(source.error());
  FeedPlan plan;
  plan.source = std::move(*source);
  plan.split.validation = options.validation;
  plan.split.test = options.test;
  plan.order = options.order == "shuffled" ? FeedOrder::Shuffled
               : options.order == "stored" ? FeedOrder::Stored
                                           : FeedOrder::Interleaved;
  plan.seed = seed;
  plan.duration = options.duration;
  plan.examDuration = options.examDuration.value_or(options.duration);
  plan.inputs[0].coding = codingOf(options);
  plan.inputs[0].gain = options.gain;
  plan.outputs[0].dominance = options.dominance;
  return plan;
}

}  // namespace

void FeedOptions::addTo(CLI::App& command) {
  command.add_option("--data", data, "File (IDX, CIFAR-10 .bin, table), folder of pictures by class, or generator:NAME")
      ->type_name("SOURCE");
  command.add_option("--data-set", settings, "Setting of a generator, once for each")
      ->type_name("key=number")
      ->allow_extra_args(false);
  command.add_option("--data-seed", dataSeed, "Seed of a generator")->capture_default_str();
  command.add_option("--separator", separator, "Of a table; else found out")
      ->check(CLI::IsMember({"comma", "semicolon", "tab"}));
  command.add_option("--header", header, "Whether the first row of a table holds names; else found out")
      ->check(CLI::IsMember({"yes", "no"}));
  command.add_option("--decimal", decimal, "How a table writes fractions; else found out")
      ->check(CLI::IsMember({"point", "comma"}));
  command.add_option("--inputs", inputs, "Columns of a table, by name or number from 1; else all but the targets")
      ->delimiter(',');
  command.add_option("--targets", targets, "Columns of a table; else the last")->delimiter(',');
  command.add_option("--target-kind", targetKind, "What a table's target is; else found out")
      ->check(CLI::IsMember({"classes", "values"}));
  command.add_option("--order", order, "Which sample comes next")
      ->capture_default_str()
      ->check(CLI::IsMember({"interleaved", "shuffled", "stored"}));
  const auto codes = inputCodeNames();
  command.add_option("--coding", coding, "How values become stimuli")
      ->capture_default_str()
      ->check(CLI::IsMember(std::vector<std::string>(codes.begin(), codes.end())));
  command.add_option("--levels", levels, "Of --coding levels and thermometer")
      ->capture_default_str()
      ->check(CLI::Range(2, 256));
  command.add_option("--gain", gain, "What an input of 1 becomes")->capture_default_str();
  command.add_option("--per-sample", duration, "Ticks for which a sample is shown")
      ->capture_default_str()
      ->check(atLeast(1));
  command.add_option("--per-test", examDuration, "Ticks for which a test sample is shown; else as --per-sample")
      ->check(atLeast(1));
  command.add_option("--dominance", dominance, "Take the answer once an output leads by so much; 0: after the last tick")
      ->capture_default_str()
      ->check(atLeast(0));
  command.add_option("--validation", validation, "Share of the data kept for validation")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0));
  command.add_option("--test", test, "Share of the data kept for the test")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0));
  command
      .add_option("--feed", feed, "Document of feeds (several groups, importance, place in the stream) instead of --data")
      ->type_name("FEED.json");
}

Result<Feeder> makeFeeder(const FeedOptions& options, const Description& description, DataShelf& shelf, std::uint64_t seed,
                          bool wholeTest) {
  if (!options.feed.empty()) {
    const auto text = readFile(options.feed);
    if (!text) return tl::unexpected(text.error());
    return Feeder::read(placesOf(*text, options.feed), options.feed, description,
                        [&](const DataSource& source) { return shelf.open(source); });
  }
  auto plan = planOf(options, seed);
  if (!plan) return tl::unexpected(plan.error());
  if (wholeTest) plan->split = {0, 1, plan->split.seed, plan->split.shuffled};
  auto data = shelf.open(plan->source);
  if (!data) return tl::unexpected(data.error());
  auto feed = Feed::create(std::move(*plan), std::move(*data), description);
  if (!feed) return tl::unexpected(feed.error());
  std::vector<Feed> feeds;
  feeds.push_back(std::move(*feed));
  return Feeder(std::move(feeds));
}

}  // namespace plexarium::cli
