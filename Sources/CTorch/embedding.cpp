#ifdef ATTUNE_LIBTORCH
#include <ATen/ops/embedding.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/custom_function.h>

#include "parallel.hpp"
#include "status.hpp"
#include "vector.hpp"

using namespace attune;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

ATTUNE_VECTORIZED void add_row(const float *source, float *destination, int64_t width) {
  for (int64_t i = 0; i < width; ++i) destination[i] += source[i];
}

/// table[ids[i]] += rows[i]. Ids repeat, so each thread has a range of the table's rows for itself
/// and finds their ids among all: the same sums in the same order with any number of threads.
void add_rows(const at::Tensor &table, const at::Tensor &ids, const at::Tensor &rows) {
  if (!fused(table) || !table.is_contiguous()) {
    table.index_add_(0, ids, rows);
    return;
  }
  const auto source = rows.contiguous();
  const int64_t count = ids.size(0), width = table.size(1);
  const int64_t *id = ids.const_data_ptr<int64_t>();
  const float *from = source.const_data_ptr<float>();
  float *to = table.mutable_data_ptr<float>();
  parallel_for(0, table.size(0), 256, [&](int64_t begin, int64_t end) {
    for (int64_t i = 0; i < count; ++i)
      if (id[i] >= begin && id[i] < end) add_row(from + i * width, to + id[i] * width, width);
  });
}

/// y = table[ids]. Backward: the gradients of y's rows are added to their ids' rows; in a parameter's
/// gradient that is there already, where a vocabulary of zeros would be a hundred megabytes to add.
struct Embedding : torch::autograd::Function<Embedding> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &table, const at::Tensor &ids) {
    context->save_for_backward({table, ids});
    return at::embedding(table, ids);
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &table = saved[0], &ids = saved[1];
    c10::NoGradGuard no_graph;
    at::Tensor result;
    auto &gradient = table.is_leaf() ? table.mutable_grad() : result;
    if (!gradient.defined()) gradient = at::zeros(table.sizes(), table.options());
    add_rows(gradient, ids, gradients[0]);
    return {result, at::Tensor()};
  }
};

}  // namespace

ct_status ct_embedding(ct_tensor table, const int64_t *ids, int64_t count, ct_tensor *result) {
  return guarded([&] {
    auto rows = at::from_blob(const_cast<int64_t *>(ids), {count}, at::kLong).clone();
    *result = give(Embedding::apply(table->value, rows.to(table->value.device())));
  });
}
#endif
