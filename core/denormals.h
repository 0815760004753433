#pragma once

#if defined(__SSE__)
#include <xmmintrin.h>
#endif

namespace plexarium {

/// While it lives, this thread rounds denormal numbers to zero: they are far below anything a network means and cost a
/// hundred times as much as others. Everything that steps a network does so under one of these, so that results do not
/// depend on who steps. Has an effect on x86-64 and on 64-bit Arm; elsewhere denormals stay.
class FlushDenormals {
 public:
#if defined(__SSE__)
  FlushDenormals() : before_(_mm_getcsr()) { _mm_setcsr(before_ | flushToZero | denormalsAreZero); }
  ~FlushDenormals() { _mm_setcsr(before_); }

 private:
  static constexpr unsigned flushToZero = 0x8000;
  static constexpr unsigned denormalsAreZero = 0x0040;
  unsigned before_;
#elif defined(__aarch64__)
  FlushDenormals() {
    asm volatile("mrs %0, fpcr" : "=r"(before_));
    asm volatile("msr fpcr, %0" : : "r"(before_ | flushToZero));
  }
  ~FlushDenormals() { asm volatile("msr fpcr, %0" : : "r"(before_)); }

 private:
  static constexpr unsigned long flushToZero = 1UL << 24;
  unsigned long before_ = 0;
#else
  FlushDenormals() = default;
  ~FlushDenormals() {}
#endif

 public:
  FlushDenormals(const FlushDenormals&) = delete;
  FlushDenormals& operator=(const FlushDenormals&) = delete;
};

}  // namespace plexarium
