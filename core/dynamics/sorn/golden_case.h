#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/dynamics/model.h"
#include "core/error.h"

namespace plexarium::sorn {

using Json = nlohmann::json;

/// Why a text is no golden trace. Thrown and caught within golden_case.cpp and golden_trace.cpp, where the JSON library
/// throws as well.
struct BadTrace {
  Error error;
};

/// A golden trace, read and checked but for what is compared.
struct GoldenCase {
  Model model;  ///< Excitatory neurons in the first rows, then the inhibitory ones.
  std::size_t excitatory = 0;
  std::size_t inhibitory = 0;
  std::size_t inputs = 0;
  std::size_t steps = 0;
  std::string name;
  std::string rules;
  std::vector<std::vector<double>> input;  ///< By step and input.
  std::vector<std::vector<double>> noise;  ///< By step and cell; empty: there is none.
};

/// `object[key]`; throws BadTrace where there is none, like all that follow.
const Json& memberOf(const Json& object, const char* key, const std::string& where = {});
std::size_t wholeNumber(const Json& value, std::size_t limit, const std::string& where);
double finiteNumber(const Json& value, const std::string& where);
std::vector<double> numbers(const Json& list, std::size_t count, const std::string& where);
const Json& listOf(const Json& value, std::size_t count, const std::string& where);

/// Throws BadTrace or what the JSON library throws.
GoldenCase readGoldenCase(const Json& root, const std::function<Json(const std::string&)>& beside);

}  // namespace plexarium::sorn
