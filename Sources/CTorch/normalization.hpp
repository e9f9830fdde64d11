#pragma once

#include <torch/torch.h>

namespace attune {

/// d loss / d input and d loss / d weight of a normalization.
struct NormalizationGradient {
  at::Tensor input, weight;
};

/// Refuses normalization weights that are not one for each place of the last dimension.
void check_normalization(const at::Tensor &x, const at::Tensor &weight);

/// y = x s w with s = 1 / sqrt(mean(x²) + ε), row by row, where x is contiguous float32 in memory; `scale` takes the s
/// of each row.
at::Tensor normalized(const at::Tensor &x, const at::Tensor &weight, double epsilon, const at::Tensor &scale);

/// The gradient of `normalized` from that of its result.
NormalizationGradient normalization_gradient(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &scale,
                                             const at::Tensor &dy);

/// The same formula of LibTorch's own operations, for other devices and element types.
at::Tensor composed_normalization(const at::Tensor &x, const at::Tensor &weight, double epsilon);

}  // namespace attune
