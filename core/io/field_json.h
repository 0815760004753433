#pragma once

#include <string>
#include <string_view>

#include "core/description/field.h"
#include "core/io/json_object.h"

// Values of fields in JSON, as docs/model-format.md has them: for writer and reader alike.
namespace plexarium {

/// "key":
void appendKey(std::string& text, std::string_view key);
/// The field's value; `null` is "no limit", and what a state that ran away may hold has four words: inf, -inf, nan, -nan.
void appendValue(std::string& text, const Field& field, double value);
/// Whether `value` is the field's initial one, bit for bit (0 and -0 differ: a run must go on exactly): left out then.
bool isInitial(const Field& field, double value);

namespace json {
/// A field's value, checked. Errors have no place yet: the caller knows it, and building it for every value would be slow.
Result<double> fieldValue(const Field& field, Node node);
}  // namespace json

}  // namespace plexarium
