#include "core/data/shelf.h"

#include <algorithm>

namespace plexarium {

Result<DatasetPointer> DataShelf::open(const DataSource& source, const OpeningProgress& goesOn) {
  const auto found = [&]() -> DatasetPointer {
    const auto known = std::ranges::find(open_, source, &std::pair<DataSource, DatasetPointer>::first);
    return known != open_.end() ? known->second : nullptr;
  };
  {
    const std::lock_guard lock(mutex_);
    if (auto data = found()) return data;
  }
  auto opened = openData(source, goesOn);
  if (!opened) return opened;
  const std::lock_guard lock(mutex_);
  if (auto data = found()) return data;  // another thread was faster
  std::erase_if(open_, [](const auto& one) { return one.second.use_count() == 1; });
  open_.emplace_back(source, *opened);
  return opened;
}

}  // namespace plexarium
