#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace plexarium {

/// How a value is stored in a column; every value crosses the generic parts of the program as a double.
enum class FieldType : std::uint8_t {
  Real,     ///< double
  Single,   ///< float, where memory or speed ask for it
  Integer,  ///< 32-bit signed
  Flag,     ///< 0 or 1
  Choice,   ///< index into Field::choices
};

/// One value that a neuron, a link or a whole network has. Inspector, JSON, command line, validation, undo and plots are
/// generated from lists of these; nothing outside a dynamics' own folder knows a field by name.
struct Field {
  std::string key;    ///< Stable name in files and on the command line, lower_snake_case.
  std::string label;  ///< Name on screen.
  std::string unit;   ///< "ticks", "per tick", ...; empty where dimensionless.
  std::string help;   ///< One or two sentences for a tooltip.
  FieldType type = FieldType::Real;
  double minimum = 0;                  ///< Inclusive.
  double maximum = 0;                  ///< Inclusive; infinity is a value of its own only where `unlimited` is set.
  double initial = 0;                  ///< What a new neuron, link or network gets; left out of files when unchanged.
  std::vector<std::string> choices{};  ///< Names of a Choice, in order of their index.
  bool evolves = false;                ///< The dynamics changes it by itself (state); otherwise only edits do.
  bool editable = true;                ///< A person may set it, also while the network runs.
  bool unlimited = false;              ///< +infinity is allowed and means "no limit" (null in JSON).
  /// What the minimum stands for where it is no number like the others ("as preset"). People see and may type this in its
  /// place; files and tables have the number.
  std::string minimumText{};
};

/// Checks `value` against type, range and choices. `where` names the place for the error.
Result<void> checkValue(const Field& field, double value, std::string_view where = {});

/// Index of the field called `key`, or nothing.
std::optional<std::size_t> findField(std::span<const Field> fields, std::string_view key);

/// The value as people read it: "12", "0.5", "chemical", "unlimited", "yes"; numbers in their shortest exact form.
std::string formatValue(const Field& field, double value);

/// Reads what formatValue writes (choice names, yes/no/true/false, unlimited, numbers) and checks it.
Result<double> parseValue(const Field& field, std::string_view text, std::string_view where = {});

/// The `initial` of every field, in order.
std::vector<double> initialValues(std::span<const Field> fields);

}  // namespace plexarium
