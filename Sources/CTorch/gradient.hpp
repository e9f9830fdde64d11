#pragma once

#include <torch/csrc/autograd/custom_function.h>

namespace attune {

/// sum += a · b, without a graph; a sum that is not there yet becomes the product.
void add_product(at::Tensor &sum, const at::Tensor &a, const at::Tensor &b);

/// Adds dyᵀ · x to the gradient of a weight that y = x · weightᵀ was computed with. A parameter's own
/// gradient is written at once, which saves a matrix and a pass over it for each further batch; for
/// a weight that was itself computed the product is added to `sum`, for the graph to pass on.
void add_weight_gradient(const at::Tensor &weight, const at::Tensor &dy, const at::Tensor &x, at::Tensor &sum);

}  // namespace attune
