#ifdef ATTUNE_LIBTORCH
#include <torch/csrc/autograd/autograd.h>

#include "status.hpp"

using namespace attune;

bool ct_record_graph(bool enabled) {
  const bool before = c10::GradMode::is_enabled();
  c10::GradMode::set_enabled(enabled);
  return before;
}

ct_status ct_tensor_require_gradient(ct_tensor tensor, bool required) {
  return guarded([&] { tensor->value.requires_grad_(required); });
}

ct_status ct_tensor_gradient(ct_tensor tensor, ct_tensor *result) {
  return guarded([&] {
    const auto &gradient = tensor->value.grad();
    *result = gradient.defined() ? give(gradient) : nullptr;
  });
}

ct_status ct_tensor_clear_gradient(ct_tensor tensor) {
  return guarded([&] { tensor->value.mutable_grad().reset(); });
}

ct_status ct_backward(const ct_tensor *roots, const ct_tensor *seeds, int32_t count) {
  return guarded([&] {
    torch::autograd::variable_list outputs, gradients;
    for (int32_t i = 0; i < count; ++i) {
      outputs.push_back(roots[i]->value);
      gradients.push_back(seeds[i]->value);
    }
    torch::autograd::backward(outputs, gradients);
  });
}
#endif
