// Float loops that the compiler vectorizes, compiled for several instruction sets and chosen when
// the program is loaded. LibTorch's own kernels do the same, one operation at a time.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#if defined(__x86_64__) && defined(__linux__)
#define ATTUNE_VECTORIZED \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define ATTUNE_VECTORIZED
#endif
#define ATTUNE_INLINE inline __attribute__((always_inline))

namespace attune {

/// eˣ to about two units in the last place: x = n ln 2 + r, eˣ = 2ⁿ · p(r) with the minimax
/// polynomial of Cephes' expf. Arguments below −87 give a value near 1e-38, above 88 near 1e38.
ATTUNE_INLINE float fast_exp(float x) {
  x = x < -87.0f ? -87.0f : (x > 88.0f ? 88.0f : x);
  const float n = std::floor(x * 1.44269504088896341f + 0.5f);
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  return p * std::bit_cast<float>((static_cast<int32_t>(n) + 127) << 23);
}

ATTUNE_INLINE float fast_sigmoid(float x) { return 1.0f / (1.0f + fast_exp(-x)); }

/// Sixteen partial results: what lets a reduction be vectorized without reordering it freely.
constexpr int64_t lanes = 16;

template <typename Term>
ATTUNE_INLINE float sum_over(int64_t count, Term term) {
  float partial[lanes] = {};
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes)
    for (int64_t j = 0; j < lanes; ++j) partial[j] += term(i + j);
  float sum = 0;
  for (; i < count; ++i) sum += term(i);
  for (int64_t j = 0; j < lanes; ++j) sum += partial[j];
  return sum;
}

ATTUNE_INLINE float maximum(const float *x, int64_t count) {
  float partial[lanes];
  for (int64_t j = 0; j < lanes; ++j) partial[j] = -INFINITY;
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes)
    for (int64_t j = 0; j < lanes; ++j) partial[j] = x[i + j] > partial[j] ? x[i + j] : partial[j];
  float result = -INFINITY;
  for (; i < count; ++i) result = x[i] > result ? x[i] : result;
  for (int64_t j = 0; j < lanes; ++j) result = partial[j] > result ? partial[j] : result;
  return result;
}

}  // namespace attune
