#ifdef ATTUNE_LIBTORCH
#include "key_value_cache.hpp"

#include <ATen/ops/empty.h>

#include <cstring>

using attune::KeyValueCache;

void KeyValueCache::Head::store_key(int64_t position, const float *key) const {
  float *at = keys(position / block) + position % block;
  for (int64_t i = 0; i < width; ++i) at[block * i] = key[i];
}

void KeyValueCache::Head::store_value(int64_t position, const float *value) const {
  std::memcpy(values(position / block) + position % block * width, value, width * sizeof(float));
}

KeyValueCache::KeyValueCache(int64_t layers, int64_t heads, int64_t width, int64_t slots, int64_t capacity)
    : heads(heads),
      width(width),
      blocks_each((capacity + block - 1) / block),
      block_size(layers * heads * 2 * width * block),
      tensors(slots * blocks_each),
      blocks(slots * blocks_each) {}

void KeyValueCache::hold(int64_t entry, at::Tensor numbers) {
  blocks[entry] = numbers.defined() ? numbers.mutable_data_ptr<float>() : nullptr;
  tensors[entry] = std::move(numbers);
}

void KeyValueCache::prepare(int64_t slot, int64_t position) {
  const int64_t entry = slot * blocks_each + position / block;
  if (!tensors[entry].defined())
    hold(entry, at::empty({block_size}, at::kFloat));
  else if (tensors[entry].use_count() > 1)
    hold(entry, tensors[entry].clone());
}

void KeyValueCache::copy(int64_t from, int64_t to, int64_t count) {
  for (int64_t index = 0; index * block < count; ++index)
    hold(to * blocks_each + index, tensors[from * blocks_each + index]);
}
#endif
