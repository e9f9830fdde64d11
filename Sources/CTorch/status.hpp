// What the files of this target share: the handle, and the guard that turns exceptions into status.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/GradMode.h>

#include <atomic>
#include <cstring>
#include <optional>
#include <string>

#include "ctorch.h"

struct ct_tensor_box {
  at::Tensor value;
};

namespace attune {

inline std::atomic<int64_t> live_tensors{0};

inline ct_tensor give(at::Tensor value) {
  live_tensors.fetch_add(1, std::memory_order_relaxed);
  return new ct_tensor_box{std::move(value)};
}

inline std::optional<at::Tensor> optional(ct_tensor tensor) {
  return tensor != nullptr ? std::optional(tensor->value) : std::nullopt;
}

inline ct_status failure(const std::string &message) {
  return {1, strdup(message.c_str())};
}

/// Runs `body` and reports what it throws. LibTorch's messages carry a C++ backtrace after the
/// first paragraph; `what_without_backtrace` leaves it out.
template <typename Body>
ct_status guarded(Body &&body) {
  try {
    body();
    return {0, nullptr};
  } catch (const c10::Error &error) {
    return failure(error.what_without_backtrace());
  } catch (const std::exception &error) {
    return failure(error.what());
  } catch (...) {
    return failure("an unknown C++ exception");
  }
}

inline at::IntArrayRef sizes(const int64_t *shape, int32_t rank) {
  return {shape, static_cast<size_t>(rank)};
}

at::ScalarType scalar_type(ct_element element);

/// Refuses what x · weightᵀ + bias cannot be computed of.
void check_linear(const at::Tensor &x, const at::Tensor &weight, const std::optional<at::Tensor> &bias);

/// x · weightᵀ, without a graph.
at::Tensor product(const at::Tensor &x, const at::Tensor &weight);

/// Whether the fused float32 kernels of this target apply; elsewhere the same formula is
/// composed of LibTorch's own operations.
inline bool fused(const at::Tensor &x) {
  return x.device().is_cpu() && x.scalar_type() == at::kFloat;
}

}  // namespace attune
