#include "core/io/recovery.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "core/io/document.h"

namespace plexarium {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> systemFailure(const std::string& what, const fs::path& file, int code) {
  return failure(what + ": " + std::generic_category().message(code), file.string(),
                 "Unsaved work is not being kept: save often, or free space in that folder");
}

/// flock that is not disturbed by signals.
bool lockFile(int descriptor, int operation) {
  int result = 0;
  do {
    result = ::flock(descriptor, operation);
  } while (result != 0 && errno == EINTR);
  return result == 0;
}

/// True where the descriptor's file still stands under that name (a search may have removed it before it was locked).
bool stillNamed(int descriptor, const fs::path& file) {
  struct stat open {
  }, named{};
  return ::fstat(descriptor, &open) == 0 && ::stat(file.c_str(), &named) == 0 && open.st_dev == named.st_dev &&
         open.st_ino == named.st_ino;
}

/// Who owns the lock, for people, and on the second line the document, for the next start.
bool describe(int descriptor, const fs::path& document) {
  const std::string text = std::to_string(::getpid()) + '\n' + document.string() + '\n';
  return ::ftruncate(descriptor, 0) == 0 &&
         ::pwrite(descriptor, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

fs::path documentOf(const fs::path& lock) {
  const auto text = readFile(lock, std::size_t{1} << 16);
  if (!text) return {};
  const auto first = text->find('\n');
  if (first == std::string::npos) return {};
  const auto second = text->find_last_of('\n');
  return second > first ? fs::path(text->substr(first + 1, second - first - 1)) : fs::path();
}

fs::path lockOf(fs::path copy) { return copy.replace_extension(".lock"); }

/// The lock of a process that lives is refused; of one that died, taken, and let go when the result is closed.
int lockOfTheDead(const fs::path& lock) {
  const int descriptor = ::open(lock.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0 || lockFile(descriptor, LOCK_EX | LOCK_NB)) return descriptor;
  ::close(descriptor);
  return -1;
}

}  // namespace

fs::path userStateFolder() {
  const char* state = std::getenv("XDG_STATE_HOME");
  if (state != nullptr && fs::path(state).is_absolute()) return fs::path(state) / "plexarium";
  const char* home = std::getenv("HOME");
  if (home != nullptr && fs::path(home).is_absolute()) return fs::path(home) / ".local" / "state" / "plexarium";
  const auto* account = ::getpwuid(::getuid());
  return fs::path(account != nullptr ? account->pw_dir : "/tmp") / ".local" / "state" / "plexarium";
}

Result<RecoveryFile> RecoveryFile::create(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    fs::create_directories(folder.parent_path(), error);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
      return systemFailure("cannot create the folder", folder, errno);
  }
  for (int number = 1;; ++number) {
    const auto copy = folder / (std::to_string(::getpid()) + '-' + std::to_string(number) + ".json");
    const auto lock = lockOf(copy);
    const int descriptor = ::open(lock.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0 && errno == EEXIST) continue;
    if (descriptor < 0) return systemFailure("cannot create", lock, errno);
    if (lockFile(descriptor, LOCK_EX) && stillNamed(descriptor, lock) && describe(descriptor, {})) {
      return RecoveryFile(copy, lock, descriptor);
    }
    const int code = errno;
    const bool gone = !stillNamed(descriptor, lock);
    ::close(descriptor);
    if (gone) continue;  // a search took it for a dead one's between open and lock
    ::unlink(lock.c_str());
    return systemFailure("cannot lock", lock, code);
  }
}

RecoveryFile::RecoveryFile(fs::path copy, fs::path lock, int descriptor)
    : copy_(std::move(copy)), lock_(std::move(lock)), descriptor_(descriptor) {}

RecoveryFile::RecoveryFile(RecoveryFile&& other) noexcept
    : copy_(std::move(other.copy_)),
      lock_(std::move(other.lock_)),
      document_(std::move(other.document_)),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

RecoveryFile& RecoveryFile::operator=(RecoveryFile&& other) noexcept {
  if (this == &other) return *this;
  release();
  copy_ = std::move(other.copy_);
  lock_ = std::move(other.lock_);
  document_ = std::move(other.document_);
  descriptor_ = std::exchange(other.descriptor_, -1);
  return *this;
}

RecoveryFile::~RecoveryFile() { release(); }

void RecoveryFile::release() {
  if (descriptor_ < 0) return;
  // The copy first: a crash in between leaves a lock without a copy, which the next search sweeps away.
  ::unlink(copy_.c_str());
  ::unlink(lock_.c_str());
  ::close(descriptor_);
  descriptor_ = -1;
}

Result<void> RecoveryFile::write(const fs::path& document, std::string_view text) {
  if (document != document_) {
    if (!describe(descriptor_, document)) return systemFailure("cannot write", lock_, errno);
    document_ = document;
  }
  return saveAtomically(copy_, text);
}

Result<void> RecoveryFile::clear() {
  if (::unlink(copy_.c_str()) != 0 && errno != ENOENT) return systemFailure("cannot remove", copy_, errno);
  return {};
}

Result<std::vector<LostWork>> findLostWork(const fs::path& folder) {
  std::vector<LostWork> found;
  std::error_code error;
  if (!fs::exists(folder, error)) return found;
  fs::directory_iterator entry(folder, error);
  if (error) return systemFailure("cannot list", folder, error.value());
  std::error_code listing;  // an increment that fails ends the loop
  for (const fs::directory_iterator end; entry != end; entry.increment(listing)) {
    const fs::path lock = entry->path();
    if (lock.extension() != ".lock") continue;
    const int descriptor = lockOfTheDead(lock);
    if (descriptor < 0) continue;
    const auto copy = fs::path(lock).replace_extension(".json");
    const auto written = fs::last_write_time(copy, error);
    if (error) {
      ::unlink(lock.c_str());
    } else {
      found.push_back({copy, documentOf(lock), std::chrono::file_clock::to_sys(written)});
    }
    ::close(descriptor);
  }
  if (listing) return systemFailure("cannot list", folder, listing.value());
  std::sort(found.begin(), found.end(), [](const LostWork& a, const LostWork& b) { return a.written > b.written; });
  return found;
}

Result<void> discard(const LostWork& work) {
  if (::unlink(work.copy.c_str()) != 0 && errno != ENOENT) return systemFailure("cannot remove", work.copy, errno);
  ::unlink(lockOf(work.copy).c_str());
  return {};
}

}  // namespace plexarium
