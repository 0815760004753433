#include "tools/bench.d/threads.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace plexarium::bench {

std::map<int, ThreadUse> threads() {
  const auto nameIn = [](const std::filesystem::path& folder) {
    std::string name;
    std::getline(std::ifstream(folder / "comm") >> std::ws, name);
    return name;
  };
  const std::string own = nameIn("/proc/self");
  std::map<int, ThreadUse> all;
  std::error_code none;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task", none)) {
    double nanoseconds = 0;
    if (std::ifstream(task.path() / "schedstat") >> nanoseconds) {
      all[std::stoi(task.path().filename().string())] = {nanoseconds * 1e-9, nameIn(task.path()) != own};
    }
  }
  return all;
}

void sideBySide(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::vector<std::jthread> workers;
  const auto most = std::max<std::size_t>(1, std::thread::hardware_concurrency());
  for (std::size_t k = 0; k < std::min(count, most); ++k) {
    workers.emplace_back([&] {
      for (std::size_t one = next++; one < count; one = next++) work(one);
    });
  }
}

double residentBytes() {
  double all = 0;
  double resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

}  // namespace plexarium::bench
