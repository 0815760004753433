#include <cmath>
#include <limits>

#include "core/feed/feed.h"
#include "core/io/json_text.h"

// The place in the stream: what a saved model needs to go on bit for bit.
namespace plexarium {
namespace {

constexpr std::array<std::string_view, 3> partKeys = {"train", "validation", "test"};  // follows Part
constexpr auto anyNumber = std::numeric_limits<std::uint64_t>::max();

void appendMember(std::string& text, std::string_view key, std::uint64_t value) {
  text += ",\"" + std::string(key) + "\":";
  appendNumber(text, value);
}

Result<std::uint64_t> number(json::Node object, std::string_view key, std::string_view place) {
  const auto node = json::find(object, key);
  if (!node) return failure("the key '" + std::string(key) + "' is missing", std::string(place));
  return json::wholeNumber(*node, 0, anyNumber, json::member(place, key));
}

Result<Part> partCalled(std::string_view key, std::string place) {
  for (std::size_t part = 0; part < partKeys.size(); ++part) {
    if (partKeys[part] == key) return static_cast<Part>(part);
  }
  return failure("is not train, validation or test", std::move(place));
}

Result<Part> readPart(json::Node object, std::string_view key, std::string_view place) {
  const auto node = json::require(object, key, json::Kind::Text, "a text", place);
  if (!node) return tl::unexpected(node.error());
  return partCalled(node->text(), json::member(place, key));
}

Result<SampleStream::State> readStream(json::Node node, const std::string& place) {
  if (auto object = json::requireObject(node, place); !object) return tl::unexpected(object.error());
  SampleStream::State state;
  const auto turn = number(node, "turn", place);
  if (!turn) return tl::unexpected(turn.error());
  state.turn = *turn;
  const auto cursors = json::require(node, "cursors", json::Kind::Array, "a list", place);
  if (!cursors) return tl::unexpected(cursors.error());
  for (const auto pair : cursors->children()) {
    const auto where = json::element(json::member(place, "cursors"), state.cursors.size());
    if (pair.kind() != json::Kind::Array || pair.childCount() != 2)
      return json::wrongKind(pair, "a list of two numbers", where);
    std::vector<std::uint64_t> values;
    for (const auto child : pair.children()) {
      const auto value = json::wholeNumber(child, 0, anyNumber, where);
      if (!value) return tl::unexpected(value.error());
      values.push_back(*value);
    }
    state.cursors.push_back({values[0], values[1]});
  }
  return state;
}

void appendStream(std::string& text, std::string_view key, const std::optional<SampleStream>& stream) {
  if (!stream) return;
  text += ",\"" + std::string(key) + "\":{\"turn\":";
  appendNumber(text, stream->state().turn);
  text += ",\"cursors\":[";
  for (const auto& cursor : stream->state().cursors) {
    text += text.back() == '[' ? "[" : ",[";
    appendNumber(text, cursor.round);
    text += ',';
    appendNumber(text, cursor.place);
    text += ']';
  }
  text += "]}";
}

/// The sample in progress.
struct Progress {
  Part part;
  std::uint64_t sample;
  std::uint64_t ticks;
};

Result<Progress> readProgress(json::Node node, const std::string& place, std::size_t samples) {
  if (auto object = json::requireObject(node, place); !object) return tl::unexpected(object.error());
  const auto part = readPart(node, "part", place);
  if (!part) return tl::unexpected(part.error());
  const auto sample = number(node, "sample", place);
  if (!sample) return tl::unexpected(sample.error());
  if (*sample >= samples)
    return failure("there are only " + std::to_string(samples) + " samples", json::member(place, "sample"));
  const auto ticks = number(node, "ticks", place);
  if (!ticks) return tl::unexpected(ticks.error());
  if (*ticks > std::uint64_t{1} << 53U) return failure("is too large", json::member(place, "ticks"));
  return Progress{*part, *sample, *ticks};
}

}  // namespace

std::string Feed::state() const {
  std::string text = "{\"shown\":[";
  for (const auto shown : shownSamples_) {
    if (text.back() != '[') text += ',';
    appendNumber(text, shown);
  }
  text += ']';
  appendMember(text, "since_exam", sinceExam_);
  if (testing_) text += ",\"testing\":\"" + std::string(partKeys[static_cast<std::size_t>(*testing_)]) + '"';
  if (held_) appendMember(text, "held", *held_);
  if (!given_.empty()) {
    text += ",\"given\":[";
    for (const auto value : given_) {
      if (text.back() != '[') text += ',';
      appendNumber(text, value);
    }
    text += ']';
  }
  appendStream(text, "train_stream", training_);
  appendStream(text, "validation_stream", exams_);
  appendStream(text, "test_stream", test_);
  if (showing_ && !finished_) {
    text += ",\"showing\":{\"part\":\"" + std::string(partKeys[static_cast<std::size_t>(showing_->part)]) + '"';
    appendMember(text, "sample", showing_->sample);
    appendMember(text, "ticks", static_cast<std::uint64_t>(showing_->ticks));
    text += '}';
  }
  return text + '}';
}

Result<void> Feed::restore(json::Node state, std::string_view place) {
  if (auto object = json::requireObject(state, place); !object) return object;
  const json::Keys known = {"shown",   "since_exam",   "testing",           "held",       "given",
                            "showing", "train_stream", "validation_stream", "test_stream"};
  if (auto only = json::allowOnly(state, known, place); !only) return only;
  Feed restored = *this;
  restored.leaveSample();
  if (auto done = restored.restoreHeld(state, place); !done) return done;
  if (json::find(state, "testing")) {
    const auto part = readPart(state, "testing", place);
    if (!part) return tl::unexpected(part.error());
    if (restored.size(*part) == 0) return failure("that part has no samples", json::member(place, "testing"));
    restored.test(*part);
  }
  if (auto done = restored.restoreCounts(state, place); !done) return done;
  if (auto done = restored.restoreStreams(state, place); !done) return done;
  if (auto done = restored.restoreShowing(state, place); !done) return done;
  *this = std::move(restored);
  return {};
}

/// What is shown until told otherwise.
Result<void> Feed::restoreHeld(json::Node state, std::string_view place) {
  if (json::find(state, "held")) {
    const auto sample = number(state, "held", place);
    if (!sample) return tl::unexpected(sample.error());
    if (*sample >= data_->info().samples) return failure("there is no such sample", json::member(place, "held"));
    held_ = *sample;
  }
  if (!json::find(state, "given")) return {};
  const auto where = json::member(place, "given");
  const auto values = json::require(state, "given", json::Kind::Array, "a list", place);
  if (!values) return tl::unexpected(values.error());
  if (held_) return failure("a sample of the data is held already", where);
  if (values->childCount() == 0 || values->childCount() != data_->info().inputs) {
    return failure("there are " + std::to_string(values->childCount()) + " values for " +
                       std::to_string(data_->info().inputs) + " inputs",
                   where, "Use the data that it was saved with");
  }
  for (const auto value : values->children()) {
    if (!value.isNumber()) return json::wrongKind(value, "a number", json::element(where, given_.size()));
    given_.push_back(value.number());
  }
  return {};
}

Result<void> Feed::restoreCounts(json::Node state, std::string_view place) {
  const auto since = number(state, "since_exam", place);
  if (!since) return tl::unexpected(since.error());
  sinceExam_ = *since;
  const auto shown = json::require(state, "shown", json::Kind::Array, "a list", place);
  if (!shown) return tl::unexpected(shown.error());
  const auto where = json::member(place, "shown");
  if (shown->childCount() != shownSamples_.size()) return failure("is not a list of 3 numbers", where);
  std::size_t next = 0;
  for (const auto child : shown->children()) {
    const auto count = json::wholeNumber(child, 0, anyNumber, json::element(where, next));
    if (!count) return tl::unexpected(count.error());
    shownSamples_[next++] = *count;
  }
  return {};
}

Result<void> Feed::restoreStreams(json::Node state, std::string_view place) {
  for (const auto& [key, stream] : streams()) {
    const auto node = json::find(state, key);
    if (node.has_value() != stream->has_value()) {
      return failure(node ? "there are no samples for this" : "the key is missing", json::member(place, key),
                     "Use the data that it was saved with");
    }
    if (!node) continue;
    const auto read = readStream(*node, json::member(place, key));
    if (!read) return tl::unexpected(read.error());
    if ((*stream)->restore(*read)) continue;
    return failure("does not fit the data", json::member(place, key), "Use the data that it was saved with");
  }
  return {};
}

Result<void> Feed::restoreShowing(json::Node state, std::string_view place) {
  finished_ = true;
  showing_.reset();
  const auto node = json::find(state, "showing");
  if (!node) return {};
  const auto progress = readProgress(*node, json::member(place, "showing"), data_->info().samples);
  if (!progress) return tl::unexpected(progress.error());
  if (auto loaded = load(progress->part, progress->sample); !loaded) return loaded;
  showing_->ticks = static_cast<Tick>(progress->ticks);
  finished_ = false;
  return {};
}

}  // namespace plexarium
