#ifdef ATTUNE_LIBTORCH
#include <ATen/core/dispatch/Dispatcher.h>

#include "machine.hpp"
#include "status.hpp"

using namespace attune;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

using PointwiseLinear = at::Tensor(const at::Tensor &, const at::Tensor &,
                                   const std::optional<at::Tensor> &, std::string_view,
                                   c10::List<std::optional<at::Scalar>>,
                                   std::optional<std::string_view>);

const std::optional<c10::TypedOperatorHandle<PointwiseLinear>> &onednn_linear() {
  static const auto operation = []() -> std::optional<c10::TypedOperatorHandle<PointwiseLinear>> {
    auto schema = c10::Dispatcher::singleton().findSchema({"mkldnn::_linear_pointwise", ""});
    if (!schema) return std::nullopt;
    return schema->typed<PointwiseLinear>();
  }();
  return operation;
}

}  // namespace

bool attune::onednn_available() { return onednn_linear().has_value(); }

at::Tensor attune::product(const at::Tensor &x, const at::Tensor &weight) {
  static const bool onednn = prefers_onednn();
  // Below a few rows the product is bound by reading the weight, which oneDNN first reorders.
  constexpr int64_t rows_that_pay = 16;
  // oneDNN has no product over nothing, which the gradient of an empty batch is.
  if (onednn && fused(x) && fused(weight) && x.size(0) >= rows_that_pay && weight.size(0) >= rows_that_pay &&
      x.size(1) > 0) {
    at::NoGradGuard no_graph;
    return onednn_linear()->call(x, weight, std::nullopt, "none",
                                 c10::List<std::optional<at::Scalar>>(), "");
  }
  return at::mm(x, weight.t());
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
    if (context->needs_input_grad(1)) result[1] = product(dy.t(), x.t());
    if (context->saved_data["has_bias"].toBool() && context->needs_input_grad(2)) result[2] = dy.sum(0);
    return result;
  }
};

}  // namespace

ct_status ct_linear(ct_tensor x, ct_tensor weight, ct_tensor bias, ct_tensor *result) {
  return guarded([&] {
    const auto &w = weight->value;
    TORCH_CHECK(x->value.dim() == 2 && w.dim() == 2 && x->value.size(1) == w.size(1), "an input of shape ",
                x->value.sizes(), " does not fit a weight of shape ", w.sizes());
    std::optional<at::Tensor> b;
    if (bias != nullptr) b = bias->value;
    TORCH_CHECK(!b || (b->dim() == 1 && b->size(0) == w.size(0)), "a bias of shape ", b->sizes(),
                " does not fit a weight of shape ", w.sizes());
    *result = give(Linear::apply(x->value, weight->value, b));
  });
}
#endif
