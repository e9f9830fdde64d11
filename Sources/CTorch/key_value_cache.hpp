#pragma once

#include <ATen/Tensor.h>

#include <vector>

namespace attune {

/// The keys and values of many sequences, in blocks of positions that are made when they are needed and that sequences
/// with the same beginning share until one of them writes.
///
/// A block holds, for each layer and head, its positions' values one after the other and their keys side by side, as
/// [width, positions]: the dot products of a query with sixteen keys then need no sums across a register.
class KeyValueCache {
 public:
  /// Positions of a block.
  static constexpr int64_t block = 64;

  /// One head of one layer of a sequence.
  struct Head {
    float *const *blocks;
    int64_t offset, width;

    /// [width, block]
    float *keys(int64_t index) const { return blocks[index] + offset; }
    /// [block, width]
    float *values(int64_t index) const { return blocks[index] + offset + width * block; }

    void store_key(int64_t position, const float *key) const;
    void store_value(int64_t position, const float *value) const;
  };

  KeyValueCache() = default;
  KeyValueCache(int64_t layers, int64_t heads, int64_t width, int64_t slots, int64_t capacity);

  /// Positions of a slot that there are blocks for: a multiple of their size.
  int64_t capacity() const { return blocks_each * block; }

  Head head(int64_t layer, int64_t slot, int64_t head) const {
    return {blocks.data() + slot * blocks_each, (layer * heads + head) * 2 * width * block, width};
  }

  /// Makes a position ready to be written, with a block of its slot's own.
  void prepare(int64_t slot, int64_t position);

  /// Gives one slot the first `count` positions of another.
  void copy(int64_t from, int64_t to, int64_t count);

 private:
  void hold(int64_t entry, at::Tensor numbers);

  int64_t heads = 0, width = 0, blocks_each = 0, block_size = 0;
  std::vector<at::Tensor> tensors;  // [slots, blocks each], undefined before they are needed
  std::vector<float *> blocks;      // where they lie
};

}  // namespace attune
