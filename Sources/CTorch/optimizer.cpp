#ifdef ATTUNE_LIBTORCH
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/_fused_adamw.h>
#include <ATen/ops/scalar_tensor.h>

#include <cmath>

#include "status.hpp"

using namespace attune;

ct_status ct_gradient_norm(const ct_tensor *parameters, int64_t count, double *norm) {
  return guarded([&] {
    c10::NoGradGuard no_graph;
    std::vector<at::Tensor> gradients;
    for (int64_t i = 0; i < count; ++i)
      if (const auto &gradient = parameters[i]->value.grad(); gradient.defined()) gradients.push_back(gradient);
    double squares = 0;
    if (!gradients.empty())
      for (const auto &part : at::_foreach_norm(gradients)) {
        const double value = part.item<double>();
        squares += value * value;
      }
    *norm = std::sqrt(squares);
  });
}

ct_status ct_adamw_step(const ct_tensor *parameters, const ct_tensor *first_moments,
                        const ct_tensor *second_moments, int64_t count, ct_adamw settings) {
  return guarded([&] {
    c10::NoGradGuard no_graph;
    std::vector<at::Tensor> weights, gradients, first, second, steps;
    for (int64_t i = 0; i < count; ++i) {
      const auto &gradient = parameters[i]->value.grad();
      if (!gradient.defined()) continue;
      weights.push_back(parameters[i]->value);
      gradients.push_back(gradient);
      first.push_back(first_moments[i]->value);
      second.push_back(second_moments[i]->value);
      steps.push_back(at::scalar_tensor(static_cast<double>(settings.step), at::kFloat));
    }
    if (weights.empty()) return;
    // LibTorch divides by its scale; one that is 1 would cost a pass over the gradients.
    std::optional<at::Tensor> scale;
    if (settings.gradient_scale != 1)
      scale = at::scalar_tensor(1 / settings.gradient_scale, at::kFloat).to(weights[0].device());
    at::_fused_adamw_(weights, gradients, first, second, {}, steps, settings.learning_rate,
                      settings.beta1, settings.beta2, settings.weight_decay, settings.epsilon,
                      /*amsgrad=*/false, /*maximize=*/false, scale);
  });
}
#endif
