#ifdef ATTUNE_LIBTORCH
#include "normalization.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/zeros.h>

#include "parallel.hpp"
#include "status.hpp"
#include "vector.hpp"

using namespace attune;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

/// One row: y = x s w with s = 1 / sqrt(mean(x²) + ε). Returns s.
ATTUNE_VECTORIZED float norm_row(const float *x, const float *w, float *y, int64_t width, float epsilon) {
  const float mean_square = sum_over(width, [&](int64_t i) { return x[i] * x[i]; }) / width;
  const float s = 1.0f / std::sqrt(mean_square + epsilon);
  for (int64_t i = 0; i < width; ++i) y[i] = x[i] * s * w[i];
  return s;
}

/// dx = s (w dy) − x s³ mean(x w dy).
ATTUNE_VECTORIZED void norm_row_backward(const float *x, const float *w, const float *dy, float s, float *dx,
                                         int64_t width) {
  const float mean = sum_over(width, [&](int64_t i) { return x[i] * w[i] * dy[i]; }) / width;
  const float c = s * s * s * mean;
  for (int64_t i = 0; i < width; ++i) dx[i] = s * w[i] * dy[i] - c * x[i];
}

/// dw = Σ x s dy over all rows, for a run of columns.
ATTUNE_VECTORIZED void norm_weight_backward(const float *x, const float *dy, const float *s, float *dw, int64_t rows,
                                            int64_t width, int64_t columns) {
  for (int64_t r = 0; r < rows; ++r)
    for (int64_t i = 0; i < columns; ++i) dw[i] += x[r * width + i] * s[r] * dy[r * width + i];
}

}  // namespace

at::Tensor attune::normalized(const at::Tensor &x, const at::Tensor &weight, double epsilon, const at::Tensor &scale) {
  const int64_t width = x.size(-1), rows = x.numel() / width;
  auto y = at::empty_like(x);
  const float *px = x.const_data_ptr<float>(), *pw = weight.const_data_ptr<float>();
  float *py = y.mutable_data_ptr<float>(), *ps = scale.mutable_data_ptr<float>();
  parallel_for(0, rows, 64, [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; ++r)
      ps[r] = norm_row(px + r * width, pw, py + r * width, width, static_cast<float>(epsilon));
  });
  return y;
}

attune::NormalizationGradient attune::normalization_gradient(const at::Tensor &x, const at::Tensor &weight,
                                                             const at::Tensor &scale, const at::Tensor &dy) {
  const int64_t width = x.size(-1), rows = x.numel() / width;
  auto dx = at::empty_like(x);
  auto dw = at::zeros({width}, weight.options());
  const float *px = x.const_data_ptr<float>(), *pw = weight.const_data_ptr<float>(),
              *pdy = dy.const_data_ptr<float>(), *ps = scale.const_data_ptr<float>();
  float *pdx = dx.mutable_data_ptr<float>(), *pdw = dw.mutable_data_ptr<float>();
  parallel_for(0, rows, 64, [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; ++r)
      norm_row_backward(px + r * width, pw, pdy + r * width, ps[r], pdx + r * width, width);
  });
  // By columns, so that the sums do not depend on the number of threads.
  parallel_for(0, width, 64, [&](int64_t begin, int64_t end) {
    norm_weight_backward(px + begin, pdy + begin, ps, pdw + begin, rows, width, end - begin);
  });
  return {dx, dw};
}

void attune::check_normalization(const at::Tensor &x, const at::Tensor &weight) {
  TORCH_CHECK(x.dim() > 0 && weight.dim() == 1 && weight.size(0) == x.size(-1), "normalization weights of shape ",
              weight.sizes(), " do not fit an input of shape ", x.sizes());
}

at::Tensor attune::composed_normalization(const at::Tensor &x, const at::Tensor &weight, double epsilon) {
  return x * at::rsqrt(x.square().mean(-1, true) + epsilon) * weight;
}

namespace {

/// Root mean square normalization, Zhang & Sennrich 2019, eq. 4.
struct RMSNorm : torch::autograd::Function<RMSNorm> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &input, const at::Tensor &weight,
                            double epsilon) {
    const auto x = input.contiguous(), w = weight.contiguous();
    const auto scale = at::empty({x.numel() / x.size(-1)}, x.options());
    context->save_for_backward({x, w, scale});
    return normalized(x, w, epsilon, scale);
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto [dx, dw] = normalization_gradient(saved[0], saved[1], saved[2], gradients[0].contiguous());
    return {dx, dw, at::Tensor()};
  }
};

}  // namespace

ct_status ct_rms_norm(ct_tensor x, ct_tensor weight, double epsilon, ct_tensor *result) {
  return guarded([&] {
    const auto &value = x->value, &w = weight->value;
    check_normalization(value, w);
    *result = give(fused(value) ? RMSNorm::apply(value, w, epsilon) : composed_normalization(value, w, epsilon));
  });
}

ct_status ct_layer_norm(ct_tensor x, ct_tensor weight, ct_tensor bias, double epsilon, ct_tensor *result) {
  return guarded([&] {
    const auto &value = x->value, &w = weight->value, &b = bias->value;
    TORCH_CHECK(value.dim() > 0 && w.dim() == 1 && w.size(0) == value.size(-1) && b.sizes() == w.sizes(),
                "normalization weights of shape ", w.sizes(), " and ", b.sizes(), " do not fit an input of shape ",
                value.sizes());
    // LibTorch's own is one pass each way already, and runs at the speed of memory.
    *result = give(at::layer_norm(value, {w.size(0)}, w, b, epsilon));
  });
}
#endif
