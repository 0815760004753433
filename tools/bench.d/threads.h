#pragma once

#include <cstddef>
#include <functional>
#include <map>

namespace plexarium::bench {

struct ThreadUse {
  double seconds = 0;    ///< Processor time so far.
  bool library = false;  ///< A library started it and gave it a name of its own.
};

/// Every thread of this program by its number; that of the first one is the process's. Empty where the system does not tell
/// (/proc/self/task).
std::map<int, ThreadUse> threads();

/// Calls work(0) to work(count - 1), as many at a time as the machine has cores.
void sideBySide(std::size_t count, const std::function<void(std::size_t)>& work);

/// Bytes of memory that this program holds; 0 where the system does not tell (/proc/self/statm).
double residentBytes();

}  // namespace plexarium::bench
