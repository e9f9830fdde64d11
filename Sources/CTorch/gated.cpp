#ifdef ATTUNE_LIBTORCH
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/silu.h>

#include "gradient.hpp"
#include "parallel.hpp"
#include "status.hpp"
#include "vector.hpp"

using namespace attune;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

ATTUNE_VECTORIZED void gate_forward(const float *g, const float *u, float *y, int64_t count) {
  for (int64_t i = 0; i < count; ++i) y[i] = g[i] * fast_sigmoid(g[i]) * u[i];
}

/// silu′(g) = σ(g) (1 + g (1 − σ(g))).
ATTUNE_VECTORIZED void gate_backward(const float *g, const float *u, const float *dy, float *dg, float *du,
                                     int64_t count) {
  for (int64_t i = 0; i < count; ++i) {
    const float s = fast_sigmoid(g[i]);
    dg[i] = dy[i] * u[i] * s * (1.0f + g[i] * (1.0f - s));
    du[i] = dy[i] * g[i] * s;
  }
}

/// The same from dy in `y`, which becomes silu(g) u once more.
ATTUNE_VECTORIZED void gate_again(const float *g, const float *u, float *y, float *dg, float *du, int64_t count) {
  for (int64_t i = 0; i < count; ++i) {
    const float s = fast_sigmoid(g[i]), silu = g[i] * s, dy = y[i];
    dg[i] = dy * u[i] * s * (1.0f + g[i] * (1.0f - s));
    du[i] = dy * silu;
    y[i] = silu * u[i];
  }
}

constexpr int64_t grain = 16384;

at::Tensor gated(const at::Tensor &g, const at::Tensor &u) {
  auto y = at::empty_like(g);
  const float *pg = g.const_data_ptr<float>(), *pu = u.const_data_ptr<float>();
  float *py = y.mutable_data_ptr<float>();
  parallel_for(0, g.numel(), grain, [&](int64_t begin, int64_t end) {
    gate_forward(pg + begin, pu + begin, py + begin, end - begin);
  });
  return y;
}

/// y = silu(g) u: SwiGLU without its projections, Shazeer 2020, eq. 6.
struct GatedSilu : torch::autograd::Function<GatedSilu> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &gate, const at::Tensor &up) {
    const auto g = gate.contiguous(), u = up.contiguous();
    context->save_for_backward({g, u});
    return gated(g, u);
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &g = saved[0], &u = saved[1];
    const auto dy = gradients[0].contiguous();
    auto dg = at::empty_like(g), du = at::empty_like(u);
    const float *pg = g.const_data_ptr<float>(), *pu = u.const_data_ptr<float>(),
                *pdy = dy.const_data_ptr<float>();
    float *pdg = dg.mutable_data_ptr<float>(), *pdu = du.mutable_data_ptr<float>();
    parallel_for(0, g.numel(), grain, [&](int64_t begin, int64_t end) {
      gate_backward(pg + begin, pu + begin, pdy + begin, pdg + begin, pdu + begin, end - begin);
    });
    return {dg, du};
  }
};

/// y = (silu(g) u) · Wᵀ + b, Shazeer 2020, eq. 6. The backward pass finds silu(g) u again on its way
/// through g and u, so that the graph keeps two of a block's three widest matrices.
struct GatedLinear : torch::autograd::Function<GatedLinear> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &gate, const at::Tensor &up,
                            const at::Tensor &weight, const std::optional<at::Tensor> &bias) {
    const auto g = gate.contiguous(), u = up.contiguous();
    context->save_for_backward({g, u, weight});
    context->saved_data["has_bias"] = bias.has_value();
    auto y = product(gated(g, u), weight);
    if (bias) y += *bias;
    return y;
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &g = saved[0], &u = saved[1], &weight = saved[2];
    const auto &dy = gradients[0];
    auto inner = product(dy, weight.t()).contiguous(), dg = at::empty_like(g), du = at::empty_like(u);
    const float *pg = g.const_data_ptr<float>(), *pu = u.const_data_ptr<float>();
    float *pi = inner.mutable_data_ptr<float>(), *pdg = dg.mutable_data_ptr<float>(),
          *pdu = du.mutable_data_ptr<float>();
    parallel_for(0, g.numel(), grain, [&](int64_t begin, int64_t end) {
      gate_again(pg + begin, pu + begin, pi + begin, pdg + begin, pdu + begin, end - begin);
    });
    variable_list result{dg, du, at::Tensor(), at::Tensor()};
    if (context->needs_input_grad(2)) add_weight_gradient(weight, dy, inner, result[2]);
    if (context->saved_data["has_bias"].toBool() && context->needs_input_grad(3)) result[3] = dy.sum(0);
    return result;
  }
};

}  // namespace

ct_status ct_gated_silu(ct_tensor gate, ct_tensor up, ct_tensor *result) {
  return guarded([&] {
    TORCH_CHECK(gate->value.sizes() == up->value.sizes(), "gate ", gate->value.sizes(), " and up ", up->value.sizes(), " differ in shape");
    if (fused(gate->value)) {
      *result = give(GatedSilu::apply(gate->value, up->value));
    } else {
      *result = give(at::silu(gate->value) * up->value);
    }
  });
}

ct_status ct_gated_linear(ct_tensor gate, ct_tensor up, ct_tensor weight, ct_tensor bias, ct_tensor *result) {
  return guarded([&] {
    const auto &g = gate->value, &u = up->value, &w = weight->value;
    TORCH_CHECK(g.sizes() == u.sizes(), "gate ", g.sizes(), " and up ", u.sizes(), " differ in shape");
    const auto b = optional(bias);
    check_linear(g, w, b);
    *result = give(fused(g) && fused(w) ? GatedLinear::apply(g, u, w, b) : at::linear(at::silu(g) * u, w, b));
  });
}
#endif
