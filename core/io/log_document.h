#pragma once

#include <string>
#include <string_view>

#include "core/dynamics/registry.h"
#include "core/edit/deed.h"
#include "core/error.h"

namespace plexarium {

/// Version of the log's JSON schema (docs/model-format.md).
inline constexpr int logVersion = 1;

/// The log as readable JSON, one deed per line, the model of the beginning last. Exact: readLog gives a log that lives the
/// same life bit for bit. Fields and stimuli stand there by their keys. Any thread.
std::string writeLog(const Description& description, const Log& log);

/// Reads what writeLog writes. `source` names the text in errors. Untrusted input: any text gives a log or an error that
/// names the place. Whether the deeds fit the network shows when they are done again.
Result<Log> readLog(const Registry& registry, std::string_view text, std::string_view source);

}  // namespace plexarium
