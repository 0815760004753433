#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/error.h"

namespace plexarium {

/// A text that grows on disk: what is appended waits in a buffer of bounded size. One thread at a time.
class TextFile {
 public:
  /// Replaces what was there.
  static Result<TextFile> create(const std::filesystem::path& file);
  /// Errors of the disk may show here or in a later call; after one, the file is incomplete.
  Result<void> append(std::string_view text);
  /// Everything is with the system once this returns without an error. Nothing may be appended afterwards.
  Result<void> close();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  TextFile(std::filesystem::path path, std::FILE* file) : path_(std::move(path)), file_(file) {}

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace plexarium
