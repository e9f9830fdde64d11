#pragma once

#include <algorithm>

#include "key_value_cache.hpp"
#include "tile.hpp"

namespace attune {

/// Positions [begin, end) of a sequence.
struct Positions {
  int64_t begin, end;

  /// Calls `body(block, first, last)` for each block that has some of them, with their places in it.
  template <typename Body>
  ATTUNE_INLINE void in_blocks(Body body) const {
    constexpr int64_t size = KeyValueCache::block;
    for (int64_t index = begin / size; index * size < end; ++index)
      body(index, std::max(begin - index * size, int64_t{0}), std::min(end - index * size, size));
  }
};

/// From number i on, `count` of each of a few sixteens: the sums of values that each of a few queries weights with its
/// shares. Two sums in turn, so that an addition need not wait for the last.
template <int Queries, int Columns>
ATTUNE_INLINE void mix_tile(const KeyValueCache::Head &head, Positions seen, const float *shares, int64_t stride,
                            int64_t i, int64_t count, float *out) {
  Vector16 sum[2][Queries][Columns] = {};
  seen.in_blocks([&](int64_t block, int64_t first, int64_t last) __attribute__((always_inline)) {
    const float *values = head.values(block) + i, *share = shares + block * KeyValueCache::block;
    const auto add = [&](int turn, int64_t j) __attribute__((always_inline)) {
      Vector16 value[Columns];
      for (int c = 0; c < Columns; ++c) value[c] = load_first(values + j * head.width + 16 * c, count);
      for (int q = 0; q < Queries; ++q)
        for (int c = 0; c < Columns; ++c) sum[turn][q][c] += share[q * stride + j] * value[c];
    };
    int64_t j = first;
    for (; j + 2 <= last; j += 2) add(0, j), add(1, j + 1);
    if (j < last) add(0, j);
  });
  for (int q = 0; q < Queries; ++q)
    for (int c = 0; c < Columns; ++c) {
      const Vector16 all = sum[0][q][c] + sum[1][q][c];
      std::memcpy(out + q * head.width + i + 16 * c, &all, count * sizeof(float));
    }
}

template <int Queries>
ATTUNE_INLINE void mix(const KeyValueCache::Head &head, Positions seen, const float *shares, int64_t stride, float *out) {
  int64_t i = 0;
  for (; i + 32 <= head.width; i += 32) mix_tile<Queries, 2>(head, seen, shares, stride, i, 16, out);
  for (; i + 16 <= head.width; i += 16) mix_tile<Queries, 1>(head, seen, shares, stride, i, 16, out);
  if (i < head.width) mix_tile<Queries, 1>(head, seen, shares, stride, i, head.width - i, out);
}

/// What each of a few queries takes from what a head has at the positions that are seen: Vaswani et al. 2017, eq. 1.
/// Queries and results lie one after the other; `scores` has room for `stride` numbers a query.
ATTUNE_VECTORIZED inline void attend(const KeyValueCache::Head &head, Positions seen, const float *queries, int64_t count,
                                     float scale, float *scores, int64_t stride, float *out) {
  constexpr int64_t block = KeyValueCache::block;
  seen.in_blocks([&](int64_t index, int64_t, int64_t last) __attribute__((always_inline)) {
    const StridedFactor factor{queries, head.width, 1};
    float *score = scores + index * block;
    if (last > block / 2)
      column_strip<4>(count, head.width, factor, head.keys(index), block, scale, score, stride, false);
    else
      column_strip<2>(count, head.width, factor, head.keys(index), block, scale, score, stride, false);
  });
  const int64_t length = seen.end - seen.begin;
  for (int64_t q = 0; q < count; ++q) {
    float *score = scores + q * stride + seen.begin;
    const float top = maximum(score, length);
    for (int64_t j = 0; j < length; ++j) score[j] = fast_exp(score[j] - top);
    const float inverse = 1.0f / sum_over(length, [&](int64_t j) { return score[j]; });
    for (int64_t j = 0; j < length; ++j) score[j] *= inverse;
  }
  int64_t q = 0;
  for (; q + 4 <= count; q += 4) mix<4>(head, seen, scores + q * stride, stride, out + q * head.width);
  if (count - q == 3) mix<3>(head, seen, scores + q * stride, stride, out + q * head.width);
  if (count - q == 2) mix<2>(head, seen, scores + q * stride, stride, out + q * head.width);
  if (count - q == 1) mix<1>(head, seen, scores + q * stride, stride, out + q * head.width);
}

}  // namespace attune
