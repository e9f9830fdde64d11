// Products of few rows with a weight, as decoding needs them: each row of the weight is read once for all rows of the
// input. The sums of one element run in the same order whatever the number of rows, so that what is computed for one
// sequence does not depend on those beside it.
#pragma once

#include "tile.hpp"

namespace attune {

/// y = x · weightᵀ + bias for a weight of [outputs, inputs].
struct Projection {
  const float *weight = nullptr, *bias = nullptr;
  int64_t outputs = 0, inputs = 0;
};

ATTUNE_INLINE float sum_of(Vector16 value) {
  float lane[16];
  std::memcpy(lane, &value, sizeof lane);
  for (int width = 8; width > 0; width /= 2)
    for (int i = 0; i < width; ++i) lane[i] += lane[i + width];
  return lane[0];
}

/// The dot products of `Outputs` rows of the weight with `Rows` rows of the input.
template <int Outputs, int Rows>
ATTUNE_INLINE void dot_tile(const float *x, int64_t x_stride, const float *weight, int64_t inputs, float *y,
                            int64_t y_stride) {
  Vector16 sum[Outputs][Rows] = {};
  int64_t k = 0;
  for (; k + 16 <= inputs; k += 16) {
    Vector16 row[Rows];
    for (int r = 0; r < Rows; ++r) row[r] = load16(x + r * x_stride + k);
    for (int o = 0; o < Outputs; ++o) {
      const Vector16 w = load16(weight + o * inputs + k);
      for (int r = 0; r < Rows; ++r) sum[o][r] += w * row[r];
    }
  }
  for (int o = 0; o < Outputs; ++o)
    for (int r = 0; r < Rows; ++r) {
      float rest = 0;
      for (int64_t i = k; i < inputs; ++i) rest += weight[o * inputs + i] * x[r * x_stride + i];
      y[r * y_stride + o] = sum_of(sum[o][r]) + rest;
    }
}

template <int Outputs>
ATTUNE_INLINE void dot_rows(const float *x, int64_t x_stride, int64_t rows, const float *weight, int64_t inputs,
                            float *y, int64_t y_stride) {
  int64_t r = 0;
  for (; r + 4 <= rows; r += 4)
    dot_tile<Outputs, 4>(x + r * x_stride, x_stride, weight, inputs, y + r * y_stride, y_stride);
  for (; r + 2 <= rows; r += 2)
    dot_tile<Outputs, 2>(x + r * x_stride, x_stride, weight, inputs, y + r * y_stride, y_stride);
  if (r < rows) dot_tile<Outputs, 1>(x + r * x_stride, x_stride, weight, inputs, y + r * y_stride, y_stride);
}

/// Columns [begin, end) of y = x · weightᵀ + bias.
ATTUNE_VECTORIZED inline void project(const float *x, int64_t x_stride, int64_t rows, const Projection &projection,
                                      int64_t begin, int64_t end, float *y, int64_t y_stride) {
  const int64_t inputs = projection.inputs;
  int64_t o = begin;
  for (; o + 4 <= end; o += 4)
    dot_rows<4>(x, x_stride, rows, projection.weight + o * inputs, inputs, y + o, y_stride);
  for (; o < end; ++o) dot_rows<1>(x, x_stride, rows, projection.weight + o * inputs, inputs, y + o, y_stride);
  if (projection.bias == nullptr) return;
  for (int64_t r = 0; r < rows; ++r)
    for (int64_t i = begin; i < end; ++i) y[r * y_stride + i] += projection.bias[i];
}

}  // namespace attune
