// Products of rows with a weight as it lies in memory, as decoding needs them: of one row for one sequence, of hundreds
// for prompts. The sums of one element run in the same order whatever the number of rows, so that what is computed for
// one sequence does not depend on those beside it.
#pragma once

#include <algorithm>

#include "tile.hpp"

namespace attune {

/// y = x · weightᵀ + bias for a weight of [outputs, inputs].
struct Projection {
  const float *weight = nullptr, *bias = nullptr;
  int64_t outputs = 0, inputs = 0;
};

/// What becomes of the products.
enum class Target { replaced, increased };

/// The sums of sixteen vectors, each halved by adding its upper to its lower part until one number is left.
ATTUNE_INLINE Vector16 sixteen_sums(const Vector16 *v) {
  Vector16 halves[8], quarters[4], pairs[2];
  for (int i = 0; i < 8; ++i) {
    const Vector16 a = v[2 * i], b = v[2 * i + 1];
    halves[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) +
                __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  }
  for (int i = 0; i < 4; ++i) {
    const Vector16 a = halves[2 * i], b = halves[2 * i + 1];
    quarters[i] = __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27) +
                  __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
  }
  for (int i = 0; i < 2; ++i) {
    const Vector16 a = quarters[2 * i], b = quarters[2 * i + 1];
    pairs[i] = __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29) +
               __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
  }
  const Vector16 a = pairs[0], b = pairs[1],
                 sums = __builtin_shufflevector(a, b, 0, 2, 16, 18, 4, 6, 20, 22, 8, 10, 24, 26, 12, 14, 28, 30) +
                        __builtin_shufflevector(a, b, 1, 3, 17, 19, 5, 7, 21, 23, 9, 11, 25, 27, 13, 15, 29, 31);
  return __builtin_shufflevector(sums, sums, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
}

/// A part of y = x · weightᵀ + bias, from a row of x and an output on.
struct ProductPart {
  const float *x;
  int64_t x_stride;
  const float *weight, *bias;
  int64_t inputs;
  float *y;
  int64_t y_stride;
  Target target;
};

/// Adds, lane by lane, what inputs [k, k + count) bring to the products.
template <int Outputs, int Rows>
ATTUNE_INLINE void add_products(Vector16 *sum, const ProductPart &part, int64_t k, int64_t count) {
  Vector16 row[Rows];
  for (int r = 0; r < Rows; ++r) row[r] = load_first(part.x + r * part.x_stride + k, count);
  for (int o = 0; o < Outputs; ++o) {
    const Vector16 w = load_first(part.weight + o * part.inputs + k, count);
    for (int r = 0; r < Rows; ++r) sum[4 * r + o] += w * row[r];
  }
}

/// Inputs [begin, end) of all.
struct Inputs {
  int64_t begin, end;
};

/// The products of up to four rows with up to four outputs. Sums that lack inputs before or behind these are kept, for
/// one tile after the other.
/// Meanwhile it asks for the weights of products to come, `Lines` cache lines for each line of its inputs.
template <int Outputs, int Rows, int Lines>
ATTUNE_INLINE void dot_tile(const ProductPart &part, Inputs inputs, Vector16 *kept, int64_t tile, const float *coming) {
  Vector16 sum[16] = {};
  if (inputs.begin > 0) std::copy_n(kept + 16 * tile, 16, sum);
  int64_t k = inputs.begin;
  for (; k + 16 <= inputs.end; k += 16, coming += 16 * Lines) {
    for (int line = 0; line < Lines; ++line) __builtin_prefetch(coming + 16 * line);
    add_products<Outputs, Rows>(sum, part, k, 16);
  }
  if (k < inputs.end) add_products<Outputs, Rows>(sum, part, k, inputs.end - k);
  if (inputs.end < part.inputs) {
    std::copy_n(sum, 16, kept + 16 * tile);
    return;
  }
  float products[16];
  store16(products, sixteen_sums(sum));
  for (int r = 0; r < Rows; ++r)
    for (int o = 0; o < Outputs; ++o) {
      const float product = products[4 * r + o] + (part.bias != nullptr ? part.bias[o] : 0);
      float &y = part.y[r * part.y_stride + o];
      y = part.target == Target::increased ? y + product : product;
    }
}

/// As many tiles of `Rows` rows as there are; leaves the rows behind them.
template <int Outputs, int Rows, int Lines>
ATTUNE_INLINE void dot_tiles(ProductPart &part, int64_t &rows, Inputs inputs, Vector16 *kept, int64_t &tile,
                             const float *&coming) {
  for (; rows >= Rows; rows -= Rows, ++tile, coming += Lines * part.inputs) {
    dot_tile<Outputs, Rows, Lines>(part, inputs, kept, tile, coming);
    part.x += Rows * part.x_stride, part.y += Rows * part.y_stride;
  }
}

/// All rows with up to four outputs, while the weights of the next ones come in at an even pace.
template <int Outputs, int Lines>
ATTUNE_INLINE void dot_rows(ProductPart part, int64_t rows, Inputs inputs, Vector16 *kept) {
  const float *coming = part.weight + Outputs * part.inputs;
  int64_t tile = 0;
  dot_tiles<Outputs, 4, Lines>(part, rows, inputs, kept, tile, coming);
  dot_tiles<Outputs, 2, Lines>(part, rows, inputs, kept, tile, coming);
  dot_tiles<Outputs, 1, Lines>(part, rows, inputs, kept, tile, coming);
}

/// Columns [begin, end) of x · weightᵀ + bias, put in place of those of y or added to them.
ATTUNE_VECTORIZED inline void project(const float *x, int64_t x_stride, int64_t rows, const Projection &projection,
                                      int64_t begin, int64_t end, float *y, int64_t y_stride,
                                      Target target = Target::replaced) {
  // Many rows pass in panels that stay in the second-level cache, beside the weights on their way. Eight long rows would
  // fill the first-level cache: of many rows with more inputs than this, some inputs at a time.
  constexpr int64_t panel_numbers = 160 << 10, most_inputs = 1024, inputs_at_a_time = 768, panel_of_long_rows = 64;
  const int64_t inputs = projection.inputs;
  const bool in_parts = inputs > most_inputs && rows >= 16;
  const int64_t panel = in_parts ? panel_of_long_rows : std::max<int64_t>(4, panel_numbers / inputs / 4 * 4),
                depth = in_parts ? inputs_at_a_time : inputs;
  Vector16 kept[(panel_of_long_rows / 4 + 2) * 16];
  for (int64_t first = 0; first < rows; first += panel) {
    const int64_t count = std::min(panel, rows - first);
    for (int64_t o = begin; o < end; o += 4) {
      ProductPart part{x + first * x_stride, x_stride, projection.weight + o * inputs,
                       projection.bias != nullptr ? projection.bias + o : nullptr, inputs,
                       y + first * y_stride + o, y_stride, target};
      if (end - o < 4) {
        for (int64_t last = o; last < end; ++last, part.weight += inputs, part.bias += part.bias != nullptr, ++part.y)
          dot_rows<1, 0>(part, count, {0, inputs}, kept);
        break;
      }
      for (int64_t k = 0; k < inputs; k += depth) {
        const Inputs these{k, std::min(k + depth, inputs)};
        if (count > 32)
          dot_rows<4, 0>(part, count, these, kept);
        else if (count > 8)
          dot_rows<4, 1>(part, count, these, kept);
        else if (count > 4)
          dot_rows<4, 2>(part, count, these, kept);
        else
          dot_rows<4, 4>(part, count, these, kept);
      }
    }
  }
}

}  // namespace attune
