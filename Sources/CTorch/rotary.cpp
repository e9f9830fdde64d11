#ifdef ATTUNE_LIBTORCH
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/stack.h>
#include <torch/csrc/autograd/custom_function.h>

#include "parallel.hpp"
#include "status.hpp"
#include "vector.hpp"

using namespace attune;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

/// (a, b) becomes (a cos − b sin, b cos + a sin), for the two halves of one head's coordinates.
ATTUNE_VECTORIZED void rotate_head(const float *x, const float *cosine, const float *sine, float sign, float *y,
                                   int64_t half) {
  for (int64_t i = 0; i < half; ++i) {
    const float a = x[i], b = x[i + half], c = cosine[i], s = sign * sine[i];
    y[i] = a * c - b * s;
    y[i + half] = b * c + a * s;
  }
}

at::Tensor rotate(const at::Tensor &input, const at::Tensor &cosine, const at::Tensor &sine, float sign) {
  const auto x = input.contiguous();
  const int64_t tokens = x.size(0), half = cosine.size(1), heads = x.size(1) / (2 * half);
  auto y = at::empty_like(x);
  const float *px = x.const_data_ptr<float>(), *pc = cosine.const_data_ptr<float>(),
              *ps = sine.const_data_ptr<float>();
  float *py = y.mutable_data_ptr<float>();
  parallel_for(0, tokens, 64, [&](int64_t begin, int64_t end) {
    for (int64_t t = begin; t < end; ++t)
      for (int64_t h = 0; h < heads; ++h) {
        const int64_t at = (t * heads + h) * 2 * half;
        rotate_head(px + at, pc + t * half, ps + t * half, sign, py + at, half);
      }
  });
  return y;
}

/// Rotary position embedding, Su et al. 2021, eq. 15, with Llama's pairing of coordinates. It is
/// orthogonal, so its backward pass is the rotation the other way.
struct Rotary : torch::autograd::Function<Rotary> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &x, const at::Tensor &cosine,
                            const at::Tensor &sine) {
    context->save_for_backward({cosine, sine});
    return rotate(x, cosine, sine, 1);
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    return {rotate(gradients[0], saved[0], saved[1], -1), at::Tensor(), at::Tensor()};
  }
};

}  // namespace

ct_status ct_rotary(ct_tensor x, ct_tensor cosine, ct_tensor sine, ct_tensor *result) {
  return guarded([&] {
    const auto &value = x->value;
    const int64_t half = cosine->value.size(1);
    TORCH_CHECK(half > 0 && value.size(1) % (2 * half) == 0, "width ", value.size(1),
                " is no multiple of the head width ", 2 * half);
    TORCH_CHECK(cosine->value.size(0) == value.size(0) && cosine->value.sizes() == sine->value.sizes(),
                "angles of shape ", cosine->value.sizes(), " and ", sine->value.sizes(), " do not fit ",
                value.size(0), " tokens");
    if (fused(value)) {
      *result = give(Rotary::apply(value, cosine->value.contiguous(), sine->value.contiguous()));
    } else {
      auto pairs = value.reshape({value.size(0), -1, 2, half});
      auto a = pairs.select(2, 0), b = pairs.select(2, 1);
      auto c = cosine->value.unsqueeze(1), s = sine->value.unsqueeze(1);
      *result = give(at::stack({a * c - b * s, b * c + a * s}, 2).reshape(value.sizes()));
    }
  });
}
#endif
