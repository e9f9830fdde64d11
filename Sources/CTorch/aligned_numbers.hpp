#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>

namespace attune {

/// Room for numbers that begins with a cache line, so that no load of sixteen in a row of a multiple of sixteen touches
/// two. It is not cleared.
class AlignedNumbers {
 public:
  /// The room, for `count` numbers at least; what was in a smaller one is lost.
  float *at_least(int64_t count) {
    if (count > size) {
      const size_t bytes = (count * sizeof(float) + line - 1) / line * line;
      numbers.reset(static_cast<float *>(std::aligned_alloc(line, bytes)));
      size = numbers == nullptr ? 0 : count;
      if (numbers == nullptr) throw std::bad_alloc();
    }
    return numbers.get();
  }

  float *data() const { return numbers.get(); }

 private:
  static constexpr size_t line = 64;

  struct Free {
    void operator()(float *numbers) const { std::free(numbers); }
  };

  std::unique_ptr<float, Free> numbers;
  int64_t size = 0;
};

}  // namespace attune
