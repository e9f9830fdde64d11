#ifdef ATTUNE_LIBTORCH
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>

#include "gradient.hpp"
#include "normalization.hpp"
#include "status.hpp"

using namespace attune;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

/// y_k = n · W_kᵀ + b_k for the normalized n = x s w: what a block reads the residual stream through. The backward pass
/// finds n again from x, so that the graph keeps nothing of the width of the stream beside the stream itself.
struct NormalizedLinears : torch::autograd::Function<NormalizedLinears> {
  /// `biases` holds those that there are; `biased` says which of the weights have one.
  static variable_list forward(AutogradContext *context, const at::Tensor &input, const at::Tensor &normalization,
                               at::TensorList weights, at::TensorList biases, const std::vector<int64_t> &biased,
                               double epsilon) {
    const auto x = input.contiguous(), w = normalization.contiguous(), scale = at::empty({x.size(0)}, x.options());
    const auto n = normalized(x, w, epsilon, scale);
    variable_list results, saved{x, w, scale};
    for (const auto &weight : weights) results.push_back(product(n, weight));
    for (size_t i = 0; i < biased.size(); ++i) results[biased[i]] += biases[i];
    saved.insert(saved.end(), weights.begin(), weights.end());
    context->save_for_backward(saved);
    context->saved_data["biased"] = biased;
    context->saved_data["epsilon"] = epsilon;
    return results;
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &x = saved[0], &w = saved[1], &scale = saved[2];
    const auto biased = context->saved_data["biased"].toIntVector();
    const auto n = normalized(x, w, context->saved_data["epsilon"].toDouble(), scale);
    const size_t first_weight = 2, first_bias = first_weight + gradients.size();
    // The last two are the places of what has no gradient.
    variable_list result(first_bias + biased.size() + 2);
    at::Tensor dn;
    for (size_t k = 0; k < gradients.size(); ++k) {
      const auto &weight = saved[3 + k];
      add_product(dn, gradients[k], weight);
      if (context->needs_input_grad(first_weight + k))
        add_weight_gradient(weight, gradients[k], n, result[first_weight + k]);
    }
    for (size_t i = 0; i < biased.size(); ++i)
      if (context->needs_input_grad(first_bias + i)) result[first_bias + i] = gradients[biased[i]].sum(0);
    const auto gradient = normalization_gradient(x, w, scale, dn);
    result[0] = gradient.input;
    result[1] = gradient.weight;
    return result;
  }
};

}  // namespace

ct_status ct_rms_norm_linears(ct_tensor x, ct_tensor normalization, double epsilon, const ct_tensor *weights,
                              const ct_tensor *biases, int32_t count, ct_tensor *results) {
  return guarded([&] {
    const auto &value = x->value, &norm = normalization->value;
    check_normalization(value, norm);
    bool is_fused = fused(value) && fused(norm);
    variable_list w, present;
    std::vector<std::optional<at::Tensor>> b;
    std::vector<int64_t> biased;
    for (int32_t k = 0; k < count; ++k) {
      w.push_back(weights[k]->value);
      b.push_back(optional(biases[k]));
      check_linear(value, w[k], b[k]);
      is_fused = is_fused && fused(w[k]);
      if (!b[k]) continue;
      present.push_back(*b[k]);
      biased.push_back(k);
    }
    variable_list y;
    if (is_fused) {
      y = NormalizedLinears::apply(value, norm, at::TensorList(w), at::TensorList(present), biased, epsilon);
    } else {
      const auto n = composed_normalization(value, norm, epsilon);
      for (int32_t k = 0; k < count; ++k) y.push_back(at::linear(n, w[k], b[k]));
    }
    for (int32_t k = 0; k < count; ++k) results[k] = give(y[k]);
  });
}
#endif
