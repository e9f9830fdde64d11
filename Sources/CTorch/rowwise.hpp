// What decoding does to the numbers of one token at a time, beside products and attention.
#pragma once

#include <algorithm>

#include "ctorch.h"
#include "vector.hpp"

namespace attune {

/// y = x s w, or (x − mean) s w + b, row by row.
struct Norm {
  const float *weight = nullptr, *bias = nullptr;
};

ATTUNE_VECTORIZED inline void normalize(const float *x, const Norm &norm, float epsilon, float *y, int64_t width) {
  const float mean = norm.bias == nullptr ? 0 : sum_over(width, [&](int64_t i) { return x[i]; }) / width;
  const float square = sum_over(width, [&](int64_t i) { return (x[i] - mean) * (x[i] - mean); }) / width;
  const float s = 1.0f / std::sqrt(square + epsilon);
  if (norm.bias == nullptr)
    for (int64_t i = 0; i < width; ++i) y[i] = x[i] * s * norm.weight[i];
  else
    for (int64_t i = 0; i < width; ++i) y[i] = (x[i] - mean) * s * norm.weight[i] + norm.bias[i];
}

ATTUNE_VECTORIZED inline void add(const float *x, float *y, int64_t count) {
  for (int64_t i = 0; i < count; ++i) y[i] += x[i];
}

ATTUNE_VECTORIZED inline void gate(const float *g, float *u, int64_t count) {
  for (int64_t i = 0; i < count; ++i) u[i] *= g[i] * fast_sigmoid(g[i]);
}

inline void activate(ct_activation activation, float *x, int64_t count) {
  for (int64_t i = 0; i < count; ++i) switch (activation) {
      case ct_relu: x[i] = std::max(x[i], 0.0f); break;
      case ct_gelu: x[i] = 0.5f * x[i] * (1 + std::erf(x[i] * 0.70710678118654752f)); break;
      case ct_gelu_tanh: x[i] *= fast_sigmoid(1.5957691216057308f * (x[i] + 0.044715f * x[i] * x[i] * x[i])); break;
    }
}

ATTUNE_VECTORIZED inline void rotate(float *x, const float *cosine, const float *sine, int64_t half) {
  for (int64_t i = 0; i < half; ++i) {
    const float a = x[i], b = x[i + half];
    x[i] = a * cosine[i] - b * sine[i];
    x[i + half] = b * cosine[i] + a * sine[i];
  }
}

}  // namespace attune
