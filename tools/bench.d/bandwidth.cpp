#include "tools/bench.d/bandwidth.h"

#include <algorithm>
#include <vector>

#include "tools/bench.d/report.h"

namespace plexarium::bench {
namespace {

#if defined(__x86_64__)
__attribute__((target_clones("avx512f", "avx2", "default")))
#endif
void addTo(double* __restrict sums, const double* __restrict terms, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) sums[k] += terms[k];
}

}  // namespace

double sweepBandwidth(std::size_t workingSet) {
  const std::size_t count = std::max<std::size_t>(64, workingSet / (2 * sizeof(double)));
  std::vector<double> sums(count, 1.0);
  const std::vector<double> terms(count, 1e-9);
  const std::size_t sweeps = 1 + 4'000'000 / count;
  double best = 0;
  for (int trial = 0; trial < 7; ++trial) {
    const double begin = threadSeconds();
    for (std::size_t sweep = 0; sweep < sweeps; ++sweep) addTo(sums.data(), terms.data(), count);
    const double spent = threadSeconds() - begin;
    best = std::max(best, static_cast<double>(3 * sizeof(double) * count * sweeps) / spent);
  }
  return best;
}

}  // namespace plexarium::bench
