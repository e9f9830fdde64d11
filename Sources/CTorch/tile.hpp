// A small dense product for attention, whose matrices are too small for a BLAS call to pay and
// whose operands lie strided in memory.
#pragma once

#include <cstdint>
#include <cstring>

#include "vector.hpp"

namespace attune {

/// Sixteen floats: one register with AVX-512, split by the compiler where registers are narrower.
typedef float Vector16 __attribute__((vector_size(64)));

ATTUNE_INLINE Vector16 load16(const float *source) {
  Vector16 value;
  std::memcpy(&value, source, sizeof value);
  return value;
}

/// The first `count` of sixteen numbers, and zeros.
ATTUNE_INLINE Vector16 load_first(const float *source, int64_t count) {
  Vector16 value = {};
  std::memcpy(&value, source, count * sizeof(float));
  return value;
}

ATTUNE_INLINE void store16(float *destination, Vector16 value) { std::memcpy(destination, &value, sizeof value); }

/// A factor whose element (row, k) lies at data[row · row_stride + k · k_stride].
struct StridedFactor {
  const float *data;
  int64_t row_stride, k_stride;
};

/// C[rows × 16 · Columns] (+)= scale · A · B for a few rows, held in registers throughout.
template <int Rows, int Columns>
ATTUNE_INLINE void register_tile(int64_t depth, StridedFactor a, const float *b, int64_t b_stride, float scale,
                                 float *c, int64_t c_stride, bool accumulate) {
  Vector16 sum[Rows][Columns] = {};
  for (int64_t k = 0; k < depth; ++k) {
    Vector16 row[Columns];
    for (int j = 0; j < Columns; ++j) row[j] = load16(b + k * b_stride + 16 * j);
    for (int r = 0; r < Rows; ++r) {
      const float factor = a.data[r * a.row_stride + k * a.k_stride];
      for (int j = 0; j < Columns; ++j) sum[r][j] += factor * row[j];
    }
  }
  for (int r = 0; r < Rows; ++r)
    for (int j = 0; j < Columns; ++j) {
      float *at = c + r * c_stride + 16 * j;
      store16(at, accumulate ? load16(at) + scale * sum[r][j] : scale * sum[r][j]);
    }
}

template <int Columns>
ATTUNE_INLINE void column_strip(int64_t rows, int64_t depth, StridedFactor a, const float *b, int64_t b_stride,
                                float scale, float *c, int64_t c_stride, bool accumulate) {
  int64_t r = 0;
  const auto from = [&](int64_t row) { return StridedFactor{a.data + row * a.row_stride, a.row_stride, a.k_stride}; };
  for (; r + 6 <= rows; r += 6)
    register_tile<6, Columns>(depth, from(r), b, b_stride, scale, c + r * c_stride, c_stride, accumulate);
  for (; r + 2 <= rows; r += 2)
    register_tile<2, Columns>(depth, from(r), b, b_stride, scale, c + r * c_stride, c_stride, accumulate);
  if (r < rows) register_tile<1, Columns>(depth, from(r), b, b_stride, scale, c + r * c_stride, c_stride, accumulate);
}

/// C[rows × columns] = scale · A[rows × depth] · B[depth × columns], or added to C; B and C are
/// row-major. Columns beyond a multiple of 16 are computed one by one.
ATTUNE_VECTORIZED inline void small_product(int64_t rows, int64_t columns, int64_t depth, StridedFactor a,
                                            const float *b, int64_t b_stride, float scale, float *c,
                                            int64_t c_stride, bool accumulate) {
  int64_t j = 0;
  for (; j + 32 <= columns; j += 32)
    column_strip<2>(rows, depth, a, b + j, b_stride, scale, c + j, c_stride, accumulate);
  for (; j + 16 <= columns; j += 16)
    column_strip<1>(rows, depth, a, b + j, b_stride, scale, c + j, c_stride, accumulate);
  for (; j < columns; ++j)
    for (int64_t r = 0; r < rows; ++r) {
      float sum = 0;
      for (int64_t k = 0; k < depth; ++k) sum += a.data[r * a.row_stride + k * a.k_stride] * b[k * b_stride + j];
      float &at = c[r * c_stride + j];
      at = accumulate ? at + scale * sum : scale * sum;
    }
}

}  // namespace attune
