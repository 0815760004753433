#include "core/team.h"

#include <cassert>
#include <system_error>

#include "core/denormals.h"

namespace plexarium {

Team::Team(std::size_t size) : begin_(static_cast<std::ptrdiff_t>(size)), end_(static_cast<std::ptrdiff_t>(size)) {
  assert(size >= 1);
  members_.reserve(size - 1);
  try {
    for (std::size_t member = 1; member < size; ++member) members_.emplace_back([this, member] { live(member); });
  } catch (const std::system_error&) {  // no more to be had: a smaller team does the same work
    for (auto missing = size - this->size(); missing > 0; --missing) {
      begin_.arrive_and_drop();
      end_.arrive_and_drop();
    }
  }
}

Team::~Team() {
  work_ = nullptr;
  begin_.arrive_and_wait();
}

void Team::share(const std::function<void(std::size_t)>& work) {
  work_ = &work;
  begin_.arrive_and_wait();
  work(0);
  end_.arrive_and_wait();
}

void Team::live(std::size_t member) {
  const FlushDenormals flush;
  for (;;) {
    begin_.arrive_and_wait();
    if (work_ == nullptr) return;
    (*work_)(member);
    end_.arrive_and_wait();
  }
}

}  // namespace plexarium
