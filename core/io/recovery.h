#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace plexarium {

/// Where this program keeps what it must remember between runs: $XDG_STATE_HOME/plexarium, else .local/state/plexarium
/// in the person's home. Not created.
std::filesystem::path userStateFolder();

/// The running program's copy of one document's unsaved work. While the object lives it holds a lock (flock) on a file
/// beside the copy; the system drops the lock however the process ends, which is how the next start tells a crash from a
/// neighbour.
///
/// Files, in the folder given: `<process id>-<number>.lock` (process id and document, for people) and, once something was
/// written, `<process id>-<number>.json`, an ordinary model document.
/// Any one thread at a time.
class RecoveryFile {
 public:
  /// Creates the folder (mode 0700) where missing and takes a free name in it.
  static Result<RecoveryFile> create(const std::filesystem::path& folder);
  RecoveryFile(RecoveryFile&& other) noexcept;
  RecoveryFile& operator=(RecoveryFile&& other) noexcept;
  RecoveryFile(const RecoveryFile&) = delete;
  RecoveryFile& operator=(const RecoveryFile&) = delete;
  /// A normal end: the work has been saved or given up, so copy and lock are removed. (A crash leaves both.)
  ~RecoveryFile();

  /// Replaces the copy atomically. `document` is the file the work belongs to; empty for one that was never saved.
  Result<void> write(const std::filesystem::path& document, std::string_view text);
  /// The work has been saved elsewhere: removes the copy and keeps the name.
  Result<void> clear();

  [[nodiscard]] const std::filesystem::path& path() const { return copy_; }

 private:
  RecoveryFile(std::filesystem::path copy, std::filesystem::path lock, int descriptor);
  void release();

  std::filesystem::path copy_;
  std::filesystem::path lock_;
  std::filesystem::path document_;
  int descriptor_ = -1;
};

/// Unsaved work that a process left behind when it died.
struct LostWork {
  std::filesystem::path copy;      ///< loadModel reads it.
  std::filesystem::path document;  ///< The file it belongs to; empty: never saved.
  std::chrono::system_clock::time_point written;
};

/// What died processes left in the folder, newest first; removes lock files that have no copy. A folder that is not there
/// holds nothing.
Result<std::vector<LostWork>> findLostWork(const std::filesystem::path& folder);

/// Removes copy and lock. Call it once the work is restored (and has a recovery file of its own) or no longer wanted.
Result<void> discard(const LostWork& work);

}  // namespace plexarium
