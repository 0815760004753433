#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/io/json_tree.h"

// What readers of documents ask of a JSON value; every refusal names the place, such as "neurons[3].threshold".
namespace plexarium::json {

using Node = JsonTree::Node;
using Kind = JsonTree::Kind;
using Keys = std::vector<std::string_view>;

/// "place.key", or "key" at the top.
std::string member(std::string_view place, std::string_view key);
/// "place[index]"
std::string element(std::string_view place, std::size_t index);

/// The member of an object called `key`, or nothing. O(members).
std::optional<Node> find(Node object, std::string_view key);

tl::unexpected<Error> wrongKind(Node node, std::string_view wanted, std::string place);
/// With advice: the nearest of the known keys.
tl::unexpected<Error> unknownKey(std::string_view key, const Keys& known, std::string_view place);

/// The member called `key`, which must be there and of that kind; `wanted` names the kind for people.
Result<Node> require(Node object, std::string_view key, Kind kind, std::string_view wanted, std::string_view place);
Result<void> requireObject(Node node, std::string_view place);
/// Refuses members whose key is none of the known ones.
Result<void> allowOnly(Node object, const Keys& known, std::string_view place);

/// A whole number from `minimum` to `maximum`, exact.
Result<std::uint64_t> wholeNumber(Node node, std::uint64_t minimum, std::uint64_t maximum, std::string place);
/// A number that a float holds.
Result<float> single(Node node, std::string place);

}  // namespace plexarium::json
