#ifdef ATTUNE_LIBTORCH
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/relu.h>
#include <torch/csrc/autograd/custom_function.h>

#include <numbers>

#include "parallel.hpp"
#include "status.hpp"
#include "vector.hpp"

using namespace attune;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

// 2 √(2/π), and that times the cubic term's factor.
constexpr float linear = 2 * std::numbers::sqrt2_v<float> * std::numbers::inv_sqrtpi_v<float>;
constexpr float cubic = 0.044715f * linear;

/// (1 + tanh u) / 2 = σ(2u), one exponential instead of two.
ATTUNE_VECTORIZED void gelu_tanh_forward(const float *x, float *y, int64_t count) {
  for (int64_t i = 0; i < count; ++i) y[i] = x[i] * fast_sigmoid(x[i] * (linear + cubic * x[i] * x[i]));
}

/// d/dx x σ(2u) = σ + x σ (1 − σ) 2u′.
ATTUNE_VECTORIZED void gelu_tanh_backward(const float *x, const float *dy, float *dx, int64_t count) {
  for (int64_t i = 0; i < count; ++i) {
    const float square = x[i] * x[i], s = fast_sigmoid(x[i] * (linear + cubic * square));
    dx[i] = dy[i] * s * (1.0f + x[i] * (1.0f - s) * (linear + 3 * cubic * square));
  }
}

constexpr int64_t grain = 16384;

/// GELU with its tanh, Hendrycks & Gimpel 2016, section 2; LibTorch's takes three times as long.
struct GELUTanh : torch::autograd::Function<GELUTanh> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &input) {
    const auto x = input.contiguous();
    auto y = at::empty_like(x);
    const float *px = x.const_data_ptr<float>();
    float *py = y.mutable_data_ptr<float>();
    parallel_for(0, x.numel(), grain, [&](int64_t begin, int64_t end) {
      gelu_tanh_forward(px + begin, py + begin, end - begin);
    });
    context->save_for_backward({x});
    return y;
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const auto x = context->get_saved_variables()[0];
    const auto dy = gradients[0].contiguous();
    auto dx = at::empty_like(x);
    const float *px = x.const_data_ptr<float>(), *pdy = dy.const_data_ptr<float>();
    float *pdx = dx.mutable_data_ptr<float>();
    parallel_for(0, x.numel(), grain, [&](int64_t begin, int64_t end) {
      gelu_tanh_backward(px + begin, pdy + begin, pdx + begin, end - begin);
    });
    return {dx};
  }
};

at::Tensor activated(const at::Tensor &x, ct_activation activation) {
  switch (activation) {
    case ct_gelu: return at::gelu(x);
    case ct_gelu_tanh: return fused(x) ? GELUTanh::apply(x) : at::gelu(x, "tanh");
    case ct_relu: return at::relu(x);
  }
  TORCH_CHECK(false, "no activation has the number ", static_cast<int>(activation));
}

}  // namespace

ct_status ct_activate(ct_tensor x, ct_activation activation, ct_tensor *result) {
  return guarded([&] { *result = give(activated(x->value, activation)); });
}
#endif
