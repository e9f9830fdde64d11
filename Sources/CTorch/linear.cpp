#ifdef ATTUNE_LIBTORCH
#include <ATen/ops/empty.h>
#include <ATen/ops/mm.h>

#include "gradient.hpp"
#include "machine.hpp"
#include "status.hpp"

using namespace attune;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Exported by the library, though no installed header declares it: result = a · b + beta · result,
// by oneDNN. Unlike mkldnn::_linear_pointwise it reads transposed factors where they lie.
namespace at::native {
TORCH_API void mkldnn_matmul(const Tensor &a, const Tensor &b, const Tensor &result, float beta, float alpha);
}

bool attune::onednn_available() { return at::globalContext().hasMKLDNN(); }

namespace {

/// Whether a · b is left to oneDNN.
bool pays_with_onednn(const at::Tensor &a, const at::Tensor &b) {
  static const bool onednn = prefers_onednn();
  // Below a few rows the product is bound by reading the other factor, which oneDNN first reorders.
  constexpr int64_t rows_that_pay = 16;
  // oneDNN has no product over nothing, which the gradient of an empty batch is.
  return onednn && fused(a) && fused(b) && a.size(0) >= rows_that_pay && b.size(1) >= rows_that_pay && a.size(1) > 0;
}

/// The matrix itself where it or its transpose is dense, else a copy: what oneDNN reads in place.
at::Tensor dense(const at::Tensor &x) { return x.t().is_contiguous() ? x : x.contiguous(); }

}  // namespace

at::Tensor attune::product(const at::Tensor &x, const at::Tensor &weight) {
  const auto w = weight.t();
  if (!pays_with_onednn(x, w)) return at::mm(x, w);
  c10::NoGradGuard no_graph;
  auto y = at::empty({x.size(0), w.size(1)}, x.options());
  at::native::mkldnn_matmul(dense(x), dense(w), y, 0, 1);
  return y;
}

void attune::add_product(at::Tensor &sum, const at::Tensor &a, const at::Tensor &b) {
  c10::NoGradGuard no_graph;
  if (!sum.defined())
    sum = product(a, b.t());
  else if (pays_with_onednn(a, b) && sum.is_contiguous())
    at::native::mkldnn_matmul(dense(a), dense(b), sum, 1, 1);
  else
    sum.addmm_(a, b);
}

void attune::add_weight_gradient(const at::Tensor &weight, const at::Tensor &dy, const at::Tensor &x,
                                 at::Tensor &sum) {
  add_product(weight.is_leaf() ? weight.mutable_grad() : sum, dy.t(), x);
}

void attune::check_linear(const at::Tensor &x, const at::Tensor &weight, const std::optional<at::Tensor> &bias) {
  TORCH_CHECK(x.dim() == 2 && weight.dim() == 2 && x.size(1) == weight.size(1), "an input of shape ", x.sizes(),
              " does not fit a weight of shape ", weight.sizes());
  TORCH_CHECK(!bias || (bias->dim() == 1 && bias->size(0) == weight.size(0)), "a bias of shape ", bias->sizes(),
              " does not fit a weight of shape ", weight.sizes());
}

namespace {

/// y = x · Wᵀ + b. Backward: dx = dy · W, dW = dyᵀ · x, db = Σ dy.
struct Linear : torch::autograd::Function<Linear> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &x, const at::Tensor &weight,
                            const std::optional<at::Tensor> &bias) {
    context->save_for_backward({x, weight});
    context->saved_data["has_bias"] = bias.has_value();
    auto y = product(x, weight);
    if (bias) y += *bias;
    return y;
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &x = saved[0], &weight = saved[1];
    const auto &dy = gradients[0];
    variable_list result(3);
    if (context->needs_input_grad(0)) result[0] = product(dy, weight.t());
    if (context->needs_input_grad(1)) add_weight_gradient(weight, dy, x, result[1]);
    if (context->saved_data["has_bias"].toBool() && context->needs_input_grad(2)) result[2] = dy.sum(0);
    return result;
  }
};

}  // namespace

ct_status ct_linear(ct_tensor x, ct_tensor weight, ct_tensor bias, ct_tensor *result) {
  return guarded([&] {
    const auto b = optional(bias);
    check_linear(x->value, weight->value, b);
    *result = give(Linear::apply(x->value, weight->value, b));
  });
}
#endif
