#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

namespace attune {

/// One of the threads that run a piece of work together.
class Member {
 public:
  Member(int64_t index, int64_t count, std::atomic<int64_t> &arrivals) : index(index), count(count), arrivals(arrivals) {}

  /// Returns when every member is here. What members wrote before is then seen by all.
  void wait_for_all() {
    if (count == 1) return;
    const int64_t everyone = ++rounds * count;
    int64_t here = arrivals.fetch_add(1, std::memory_order_acq_rel) + 1;
    for (int spins = 0; here < everyone; here = arrivals.load(std::memory_order_acquire)) pause(++spins);
  }

  /// The member's share of [0, total), in whole multiples of `grain`.
  struct Share {
    int64_t begin, end;
  };

  Share share(int64_t total, int64_t grain = 1) const {
    const int64_t blocks = (total + grain - 1) / grain, begin = blocks * index / count * grain,
                  end = blocks * (index + 1) / count * grain;
    return {begin < total ? begin : total, end < total ? end : total};
  }

  const int64_t index, count;

 private:
  /// Spins at first, since others are microseconds away; then lets another program have the processor.
  static void pause(int spins);

  std::atomic<int64_t> &arrivals;
  int64_t rounds = 0;
};

/// Runs `work` once on each of LibTorch's threads, at the same time. The work must not throw.
void run_together(const std::function<void(Member &)> &work);

}  // namespace attune
