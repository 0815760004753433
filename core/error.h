#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace plexarium {

/// Why something a person, a file or a program asked for could not be done. A bug is an assert, never an Error.
struct Error {
  std::string what;    ///< What is wrong, as a sentence without a full stop: "threshold -3 is below 0".
  std::string where;   ///< The place: "neurons[3].threshold", "line 12", "neuron B"; may be empty.
  std::string advice;  ///< What to do about it; may be empty.

  /// One line for a terminal, a status bar or a message box: "where: what. advice".
  [[nodiscard]] std::string text() const {
    std::string line = where.empty() ? what : where + ": " + what;
    if (!advice.empty()) line += ". " + advice;
    return line;
  }
};

template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> failure(std::string what, std::string where = {}, std::string advice = {}) {
  return tl::unexpected<Error>(Error{std::move(what), std::move(where), std::move(advice)});
}

}  // namespace plexarium
