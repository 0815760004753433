#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/error.h"

namespace plexarium {

struct Description;
struct Model;

// Where the data of a feed lie (Model::feed). A running program names a file or folder absolutely. A document names what
// lies in its own folder or below from there, so that both can be moved together, and everything else absolutely. Any
// thread.

/// What a place begins with that is made by a generator and lies nowhere.
inline constexpr std::string_view generatorPrefix = "generator:";

/// The feed as the document `file` is to hold it. A relative place counts from the working directory.
std::string placesFor(std::string_view feed, const std::filesystem::path& file);
/// The feed that the document `file` holds with places that are absolute. Text that is no JSON stays as it is.
std::string placesOf(std::string_view feed, const std::filesystem::path& file);

/// Writes a document with its places as saveAtomically does; loadModel reads it and makes them absolute.
Result<void> saveModel(const Description& description, const Model& model, const std::filesystem::path& file);

}  // namespace plexarium
