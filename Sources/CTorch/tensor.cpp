#ifdef ATTUNE_LIBTORCH
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/full.h>
#include <ATen/ops/normal.h>

#include "status.hpp"

using namespace attune;

at::ScalarType attune::scalar_type(ct_element element) {
  switch (element) {
    case ct_float32: return at::kFloat;
    case ct_float64: return at::kDouble;
    case ct_bfloat16: return at::kBFloat16;
    case ct_float16: return at::kHalf;
    case ct_int64: return at::kLong;
  }
  TORCH_CHECK(false, "no element type has the number ", static_cast<int>(element));
}

void ct_message_free(char *message) { free(message); }

int64_t ct_live_tensors(void) { return live_tensors.load(std::memory_order_relaxed); }

ct_status ct_tensor_copying(const void *bytes, ct_element element, const int64_t *shape,
                            int32_t rank, ct_tensor *result) {
  return guarded([&] {
    auto source = at::from_blob(const_cast<void *>(bytes), sizes(shape, rank), scalar_type(element));
    *result = give(source.clone());
  });
}

ct_status ct_tensor_full(double value, ct_element element, const int64_t *shape, int32_t rank,
                         ct_tensor *result) {
  return guarded([&] { *result = give(at::full(sizes(shape, rank), value, scalar_type(element))); });
}

ct_status ct_tensor_normal(double mean, double deviation, uint64_t seed, const int64_t *shape,
                           int32_t rank, ct_tensor *result) {
  return guarded([&] {
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    *result = give(at::normal(mean, deviation, sizes(shape, rank), generator));
  });
}

void ct_tensor_free(ct_tensor tensor) {
  if (tensor == nullptr) return;
  live_tensors.fetch_sub(1, std::memory_order_relaxed);
  delete tensor;
}

int32_t ct_tensor_rank(ct_tensor tensor) { return static_cast<int32_t>(tensor->value.dim()); }

int64_t ct_tensor_size(ct_tensor tensor, int32_t dimension) {
  return tensor->value.sizes()[static_cast<size_t>(dimension)];
}

const void *ct_tensor_address(ct_tensor tensor) { return tensor->value.const_data_ptr(); }

int32_t ct_tensor_element(ct_tensor tensor) {
  switch (tensor->value.scalar_type()) {
    case at::kFloat: return ct_float32;
    case at::kDouble: return ct_float64;
    case at::kBFloat16: return ct_bfloat16;
    case at::kHalf: return ct_float16;
    case at::kLong: return ct_int64;
    default: return -1;
  }
}

ct_status ct_tensor_read(ct_tensor tensor, ct_element element, void *destination) {
  return guarded([&] {
    c10::NoGradGuard no_graph;
    const auto &value = tensor->value;
    at::from_blob(destination, value.sizes(), scalar_type(element)).copy_(value);
  });
}

ct_status ct_tensor_read_part(ct_tensor tensor, int64_t start, int64_t count, void *destination) {
  return guarded([&] {
    c10::NoGradGuard no_graph;
    auto part = tensor->value.reshape({-1}).narrow(0, start, count);
    at::from_blob(destination, {count}, part.scalar_type()).copy_(part);
  });
}

ct_status ct_tensor_converted(ct_tensor tensor, ct_element element, ct_tensor *result) {
  return guarded([&] { *result = give(tensor->value.to(scalar_type(element))); });
}

ct_status ct_tensor_reshaped(ct_tensor tensor, const int64_t *shape, int32_t rank,
                             ct_tensor *result) {
  return guarded([&] { *result = give(tensor->value.reshape(sizes(shape, rank))); });
}

ct_status ct_tensor_transposed(ct_tensor tensor, ct_tensor *result) {
  return guarded([&] { *result = give(tensor->value.t().contiguous()); });
}

ct_status ct_tensor_split(ct_tensor tensor, const int64_t *widths, int32_t count,
                          ct_tensor *results) {
  return guarded([&] {
    // Unlike a row of slices, whose gradients are each filled up with zeros, this function's
    // gradient is one concatenation.
    const auto parts = tensor->value.split_with_sizes(sizes(widths, count), 1);
    for (int32_t i = 0; i < count; ++i) results[i] = give(parts[i]);
  });
}

ct_status ct_tensor_sum(ct_tensor tensor, ct_tensor *result) {
  return guarded([&] { *result = give(tensor->value.sum()); });
}

ct_status ct_tensor_add(ct_tensor a, ct_tensor b, ct_tensor *result) {
  return guarded([&] { *result = give(a->value + b->value); });
}

ct_status ct_tensor_multiply(ct_tensor a, ct_tensor b, ct_tensor *result) {
  return guarded([&] { *result = give(a->value * b->value); });
}
#endif
