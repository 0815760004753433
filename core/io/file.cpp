#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <string>
#include <system_error>

#include "core/io/data_places.h"
#include "core/io/document.h"

namespace plexarium {
namespace {

namespace fs = std::filesystem;

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }
  /// Closes now; false where the system then reports a failed write.
  bool close() {
    const int number = number_;
    number_ = -1;
    return ::close(number) == 0;
  }

 private:
  int number_;
};

tl::unexpected<Error> systemFailure(const std::string& what, const fs::path& file, int code, std::string advice = {}) {
  return failure(what + ": " + std::generic_category().message(code), file.string(), std::move(advice));
}

bool writeAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), std::min(text.size(), std::size_t{1} << 30));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Makes a rename in the folder survive a power cut. Some file systems cannot; the rename itself has worked then.
void syncFolder(const fs::path& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.number() >= 0) ::fsync(descriptor.number());
}

/// A new file in the target's folder, so that a rename can put it in the target's place; the process's umask decides who
/// may read it. Its name goes to `temporary`.
int createBeside(const fs::path& target, fs::path& temporary) {
  static std::atomic<unsigned> count{0};
  for (;;) {
    temporary = target.parent_path() / ("." + target.filename().string() + '.' + std::to_string(::getpid()) + '-' +
                                        std::to_string(count.fetch_add(1)) + ".new");
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
  }
}

/// The file that a save must replace: the end of a chain of symbolic links, so that the links stay.
Result<fs::path> saveTarget(const fs::path& file) {
  fs::path target = file;
  std::error_code error;
  for (int links = 0; fs::is_symlink(fs::symlink_status(target, error)); ++links) {
    if (links == 40) return failure("symbolic links lead round in a circle", file.string());
    const auto next = fs::read_symlink(target, error);
    if (error) return systemFailure("cannot follow the symbolic link", target, error.value());
    target = next.is_absolute() ? next : target.parent_path() / next;
  }
  if (fs::is_directory(target, error)) return failure("is a folder", target.string(), "Give the name of a file");
  if (fs::exists(target, error) && !fs::is_regular_file(target, error)) {
    return failure("is not an ordinary file", target.string(), "Give the name of a file");
  }
  return target;
}

/// Writes everything to an open temporary file and gives it the target's name.
Result<void> fillAndRename(Descriptor& descriptor, const fs::path& temporary, const fs::path& target,
                           std::string_view text) {
  constexpr const char* stays = "The old file, if there was one, is unchanged";
  if (!writeAll(descriptor.number(), text)) return systemFailure("cannot write", target, errno, stays);
  struct stat old {};
  if (::stat(target.c_str(), &old) == 0 && ::fchmod(descriptor.number(), old.st_mode & 07777U) != 0) {
    return systemFailure("cannot keep the permissions", target, errno, stays);
  }
  if (::fsync(descriptor.number()) != 0) return systemFailure("cannot write", target, errno, stays);
  if (!descriptor.close()) return systemFailure("cannot write", target, errno, stays);
  if (::rename(temporary.c_str(), target.c_str()) != 0) return systemFailure("cannot replace", target, errno, stays);
  return {};
}

}  // namespace

Result<void> saveAtomically(const fs::path& file, std::string_view text) {
  const auto target = saveTarget(file);
  if (!target) return tl::unexpected(target.error());
  const fs::path folder = target->has_parent_path() ? target->parent_path() : fs::path(".");
  fs::path temporary;
  Descriptor descriptor(createBeside(*target, temporary));
  if (descriptor.number() < 0) {
    return systemFailure("cannot create a file in " + folder.string(), *target, errno,
                         "Choose a folder that you may write to");
  }
  if (auto filled = fillAndRename(descriptor, temporary, *target, text); !filled) {
    ::unlink(temporary.c_str());
    return filled;
  }
  syncFolder(folder);
  return {};
}

Result<std::string> readFile(const fs::path& file, std::size_t limit) {
  // Not blocking, so that opening a pipe that nobody fills returns.
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (descriptor.number() < 0) return systemFailure("cannot open", file, errno);
  struct stat status {};
  if (::fstat(descriptor.number(), &status) != 0) return systemFailure("cannot read", file, errno);
  if (S_ISDIR(status.st_mode)) return failure("is a folder", file.string(), "Give the name of a file");
  if (!S_ISREG(status.st_mode)) return failure("is not an ordinary file", file.string(), "Give the name of a file");
  const auto tooLarge = [&] {
    return failure("is larger than " + std::to_string(limit) + " bytes", file.string(),
                   "This is hardly a file for this program");
  };
  if (static_cast<std::uint64_t>(status.st_size) > limit) return tooLarge();
  std::string text(static_cast<std::size_t>(status.st_size) + 1, '\0');
  std::size_t size = 0;
  for (;;) {
    if (size == text.size()) text.resize(text.size() * 2);  // it grew meanwhile, or tells no size (/proc)
    const auto got = ::read(descriptor.number(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return systemFailure("cannot read", file, errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size > limit) return tooLarge();
  }
  text.resize(size);
  return text;
}

Result<Model> loadModel(const Registry& registry, const fs::path& file) {
  auto model =
      readFile(file).and_then([&](const std::string& text) { return readModel(registry, text, file.filename().string()); });
  if (model) model->feed = placesOf(model->feed, file);
  return model;
}

}  // namespace plexarium
