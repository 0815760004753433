#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/dynamics/sonn/anatomy.h"
#include "core/dynamics/sonn/learner.h"
#include "core/error.h"

namespace plexarium::sonn {

/// What is wanted of the columns, until something else is.
struct Wish {
  std::uint32_t wanted = nobody;        ///< The true column.
  std::vector<std::uint8_t> takesPart;  ///< By column; empty while nothing is wanted.
};

struct Memory {
  Course course;
  Wish wish;
};

/// As JSON.
std::string stateText(const Course& course, const Wish& wish);
/// Reads it. An error where it is damaged or does not fit the receptors and columns.
Result<Memory> readState(const std::string& text, const Anatomy& anatomy);

}  // namespace plexarium::sonn
