#pragma once

#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

#include <pugixml.hpp>

#include "core/description/description.h"

/// What the GraphML reader needs of single elements.
namespace plexarium::graphml {

/// Element name without its namespace.
std::string_view local(pugi::xml_node node);
/// The first child element called so; null where there is none.
pugi::xml_node child(pugi::xml_node parent, std::string_view name);
/// All character data directly within, as UTF-8 also where a character reference named no character.
std::string textOf(pugi::xml_node node);

/// The finite number that the text is, all of it.
template <typename Number>
std::optional<Number> numberIn(std::string_view text) {
  Number value{};
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) return std::nullopt;
  if constexpr (std::is_floating_point_v<Number>) {
    if (!std::isfinite(value)) return std::nullopt;
  }
  return value;
}

/// What the data of a key is for.
enum class Use { Unknown, Name, Role, X, Y, LastTick, Field, Graphics };

struct Key {
  Use use = Use::Unknown;
  std::size_t field = 0;
  std::string name;                      ///< For notes.
  std::optional<std::string> byDefault;  ///< For all that have no data of this key.
};
/// By id; the ids are views into the document.
using Keys = std::unordered_map<std::string_view, Key>;

/// Understands a <key> of nodes or of edges: in our own files by its id, in foreign ones by the name it has.
Key understand(pugi::xml_node element, bool ofNode, bool own, const Description& description);

}  // namespace plexarium::graphml
