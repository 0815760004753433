#include "core/io/json_object.h"

#include <algorithm>
#include <cmath>

#include "core/io/suggestion.h"

namespace plexarium::json {

std::string member(std::string_view place, std::string_view key) {
  return place.empty() ? std::string(key) : std::string(place) + '.' + std::string(key);
}

std::string element(std::string_view place, std::size_t index) {
  return std::string(place) + '[' + std::to_string(index) + ']';
}

tl::unexpected<Error> wrongKind(Node node, std::string_view wanted, std::string place) {
  return failure("is " + std::string(node.kindName()) + " instead of " + std::string(wanted), std::move(place));
}

std::optional<Node> find(Node object, std::string_view key) {
  for (const auto child : object.children()) {
    if (child.key() == key) return child;
  }
  return std::nullopt;
}

Result<Node> require(Node object, std::string_view key, Kind kind, std::string_view wanted, std::string_view place) {
  const auto node = find(object, key);
  if (!node) return failure("the key '" + std::string(key) + "' is missing", std::string(place));
  if (node->kind() != kind) return wrongKind(*node, wanted, member(place, key));
  return *node;
}

Result<void> requireObject(Node node, std::string_view place) {
  if (node.kind() != Kind::Object) return wrongKind(node, "an object", std::string(place));
  return {};
}

tl::unexpected<Error> unknownKey(std::string_view key, const Keys& known, std::string_view place) {
  return failure("there is no key '" + std::string(key) + "' here", member(place, key), suggestion(key, known));
}

Result<void> allowOnly(Node object, const Keys& known, std::string_view place) {
  for (const auto child : object.children()) {
    if (std::find(known.begin(), known.end(), child.key()) == known.end()) return unknownKey(child.key(), known, place);
  }
  return {};
}

Result<std::uint64_t> wholeNumber(Node node, std::uint64_t minimum, std::uint64_t maximum, std::string place) {
  if (node.kind() == Kind::Unsigned && node.wholeNumber() >= minimum && node.wholeNumber() <= maximum) {
    return node.wholeNumber();
  }
  if (!node.isNumber()) return wrongKind(node, "a whole number", std::move(place));
  return failure("is not a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum),
                 std::move(place));
}

Result<float> single(Node node, std::string place) {
  if (!node.isNumber()) return wrongKind(node, "a number", std::move(place));
  const auto value = node.number();
  // Half a step beyond the largest float: shortest decimals of that float may lie above it.
  if (std::abs(value) >= 0x1.ffffffp127) return failure("is too large", std::move(place));
  return static_cast<float>(value);
}

}  // namespace plexarium::json
