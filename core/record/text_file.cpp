#include "core/record/text_file.h"

#include <cassert>
#include <cerrno>
#include <system_error>

namespace plexarium {
namespace {

tl::unexpected<Error> systemFailure(const char* what, const std::filesystem::path& file, int code) {
  return failure(std::string(what) + ": " + std::generic_category().message(code), file.string());
}

}  // namespace

Result<TextFile> TextFile::create(const std::filesystem::path& file) {
  std::FILE* opened = std::fopen(file.c_str(), "we");
  if (opened == nullptr) return systemFailure("cannot create", file, errno);
  return TextFile(file, opened);
}

Result<void> TextFile::append(std::string_view text) {
  assert(file_);
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size()) return {};
  return systemFailure("cannot write", path_, errno);
}

Result<void> TextFile::close() {
  if (!file_ || std::fclose(file_.release()) == 0) return {};
  return systemFailure("cannot write", path_, errno);
}

}  // namespace plexarium
