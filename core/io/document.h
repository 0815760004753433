#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/dynamics/model.h"
#include "core/dynamics/registry.h"
#include "core/error.h"

namespace plexarium {

/// Version of the JSON schema that this program writes (docs/model-format.md). Older ones are read, newer ones refused.
inline constexpr int documentVersion = 1;

/// The model as readable JSON: one neuron or link per line, values that equal the initial ones left out, numbers in their
/// shortest exact form, so that read(write(m)) equals m bit for bit and a second write equals the first byte for byte.
std::string writeModel(const Description& description, const Model& model);

/// Reads what writeModel writes. `source` names the text in errors (a file name). Untrusted input: any text gives a model or
/// an error that names the place (line and column, or "neurons[3].threshold"); sizes are bounded by the text's own length.
Result<Model> readModel(const Registry& registry, std::string_view text, std::string_view source);

Result<Model> loadModel(const Registry& registry, const std::filesystem::path& file);

/// Replaces `file` as a whole: temporary file beside it, fsync, rename, fsync of the folder. On an error the old file stays.
Result<void> saveAtomically(const std::filesystem::path& file, std::string_view text);

/// The whole file, or an error that says why not. Refuses files larger than `limit` bytes.
Result<std::string> readFile(const std::filesystem::path& file, std::size_t limit = std::size_t{1} << 31);

/// Structure, parameters and non-evolving values without the state of the run: equal for two models exactly when a person
/// would call them the same circuit. For tests of undo.
std::string canonicalDump(const Description& description, const Model& model);

/// 64-bit hash of everything that decides how a model goes on, state included (FNV-1a over its canonical binary form), as 16
/// hex digits. Name, description, pace and view take no part.
std::string stateHash(const Description& description, const Model& model);

}  // namespace plexarium
