#include "core/io/graphml_elements.h"

#include <algorithm>

#include "core/io/graphml_keys.h"
#include "core/io/import_builder.h"
#include "core/io/json_text.h"

namespace plexarium::graphml {
namespace {

Use fixedUse(std::string_view called) {
  if (called == name || called == "label") return Use::Name;
  if (called == role) return Use::Role;
  if (called == x) return Use::X;
  if (called == y) return Use::Y;
  return Use::Unknown;
}

void understandOwn(Key& key, std::string_view id, bool ofNode, const std::vector<Field>& fields) {
  for (std::size_t field = 0; field < fields.size(); ++field) {
    if (id != (ofNode ? neuronKey : linkKey)(fields[field].key)) continue;
    key.use = Use::Field;
    key.field = field;
    return;
  }
  if (id == (ofNode ? lastFired : lastCarried))
    key.use = Use::LastTick;
  else if (ofNode)
    key.use = fixedUse(id);
}

}  // namespace

std::string_view local(pugi::xml_node node) {
  const std::string_view whole = node.name();
  const auto colon = whole.find(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node parent, std::string_view called) {
  return parent.find_child([called](pugi::xml_node node) { return local(node) == called; });
}

std::string textOf(pugi::xml_node node) {
  std::string text;
  for (const auto part : node.children()) {
    if (part.type() != pugi::node_pcdata && part.type() != pugi::node_cdata) continue;
    std::string_view rest = part.value();
    while (!rest.empty()) {
      const auto size = utf8Length(rest.substr(0, 4));
      text += size == 0 ? std::string_view("\xef\xbf\xbd") : rest.substr(0, size);
      rest.remove_prefix(std::max<std::size_t>(size, 1));
    }
  }
  return text;
}

Key understand(pugi::xml_node element, bool ofNode, bool own, const Description& description) {
  const auto& fields = ofNode ? description.neuronFields : description.linkFields;
  const auto called = element.attribute("attr.name");
  Key key;
  key.name = called ? called.value() : element.attribute("id").value();
  if (const auto byDefault = child(element, "default")) key.byDefault = textOf(byDefault);
  if (own) {
    understandOwn(key, element.attribute("id").value(), ofNode, fields);
  } else if (const auto field = foreignField(fields, key.name)) {
    key.use = Use::Field;
    key.field = *field;
  } else if (ofNode && std::string_view(element.attribute("yfiles.type").value()) == "nodegraphics") {
    key.use = Use::Graphics;
  } else if (ofNode) {
    key.use = fixedUse(lowered(key.name));
  }
  return key;
}

}  // namespace plexarium::graphml
