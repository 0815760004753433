#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "core/description/field.h"

namespace plexarium {

/// The values of one field for all rows, stored as the field's type asks (Flag and Choice take one byte).
using Column = std::variant<std::vector<double>, std::vector<float>, std::vector<std::int32_t>, std::vector<std::uint8_t>>;

Column makeColumn(FieldType type);
double columnValue(const Column& column, std::size_t row);
void setColumnValue(Column& column, std::size_t row, double value);
/// All values as doubles.
std::vector<double> columnValues(const Column& column);

}  // namespace plexarium
