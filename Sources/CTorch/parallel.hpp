#pragma once

#include <cstdint>

namespace attune {

/// Calls `body(context, begin, end)` for parts of a range, at most one a thread and none of fewer than `grain` elements.
void parallel_ranges(int64_t begin, int64_t end, int64_t grain, void (*body)(void *, int64_t, int64_t), void *context);

/// Calls `body(begin, end)` for parts of a range, on LibTorch's threads.
///
/// LibTorch's own template of this name runs its body on one thread wherever it is compiled without OpenMP, as it is
/// here: Clang's OpenMP would bring a second runtime with threads of its own beside the one that LibTorch waits with.
template <typename Body>
void parallel_for(int64_t begin, int64_t end, int64_t grain, const Body &body) {
  parallel_ranges(
      begin, end, grain,
      [](void *context, int64_t first, int64_t last) { (*static_cast<const Body *>(context))(first, last); },
      const_cast<Body *>(&body));
}

}  // namespace attune
