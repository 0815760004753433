#include "core/graph/column.h"

namespace plexarium {

Column makeColumn(FieldType type) {
  switch (type) {
    case FieldType::Real:
      return std::vector<double>{};
    case FieldType::Single:
      return std::vector<float>{};
    case FieldType::Integer:
      return std::vector<std::int32_t>{};
    case FieldType::Flag:
    case FieldType::Choice:
      break;
  }
  return std::vector<std::uint8_t>{};
}

double columnValue(const Column& column, std::size_t row) {
  return std::visit([row](const auto& values) { return static_cast<double>(values[row]); }, column);
}

void setColumnValue(Column& column, std::size_t row, double value) {
  std::visit(
      [row, value](auto& values) { values[row] = static_cast<typename std::decay_t<decltype(values)>::value_type>(value); },
      column);
}

std::vector<double> columnValues(const Column& column) {
  return std::visit([](const auto& values) { return std::vector<double>(values.begin(), values.end()); }, column);
}

}  // namespace plexarium
