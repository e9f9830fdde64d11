#ifdef ATTUNE_LIBTORCH
#include <ATen/Parallel.h>

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

constexpr int64_t grain = 16384;

/// y = silu(g) u: SwiGLU without its projections, Shazeer 2020, eq. 6.
struct GatedSilu : torch::autograd::Function<GatedSilu> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &gate, const at::Tensor &up) {
    const auto g = gate.contiguous(), u = up.contiguous();
    auto y = at::empty_like(g);
    const float *pg = g.const_data_ptr<float>(), *pu = u.const_data_ptr<float>();
    float *py = y.mutable_data_ptr<float>();
    at::parallel_for(0, g.numel(), grain, [&](int64_t begin, int64_t end) {
      gate_forward(pg + begin, pu + begin, py + begin, end - begin);
    });
    context->save_for_backward({g, u});
    return y;
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &g = saved[0], &u = saved[1];
    const auto dy = gradients[0].contiguous();
    auto dg = at::empty_like(g), du = at::empty_like(u);
    const float *pg = g.const_data_ptr<float>(), *pu = u.const_data_ptr<float>(),
                *pdy = dy.const_data_ptr<float>();
    float *pdg = dg.mutable_data_ptr<float>(), *pdu = du.mutable_data_ptr<float>();
    at::parallel_for(0, g.numel(), grain, [&](int64_t begin, int64_t end) {
      gate_backward(pg + begin, pu + begin, pdy + begin, pdg + begin, pdu + begin, end - begin);
    });
    return {dg, du};
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

ct_status ct_embedding(ct_tensor table, const int64_t *ids, int64_t count, ct_tensor *result) {
  return guarded([&] {
    auto rows = at::from_blob(const_cast<int64_t *>(ids), {count}, at::kLong).clone();
    *result = give(at::embedding(table->value, rows.to(table->value.device())));
  });
}
#endif
