#ifdef ATTUNE_LIBTORCH
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cstring>

#include "parallel.hpp"
#include "status.hpp"
#include "tile.hpp"

using namespace attune;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

struct Span {
  int64_t start, length;
};

struct Forest {
  std::vector<Span> trunks, branches;
  std::vector<int64_t> offsets;
};

Forest copied(const ct_forest &source) {
  Forest forest;
  for (int64_t t = 0; t < source.trees; ++t) forest.trunks.push_back({source.trunks[2 * t], source.trunks[2 * t + 1]});
  forest.offsets.assign(source.branch_offsets, source.branch_offsets + source.trees + 1);
  for (int64_t b = 0; b < forest.offsets.back(); ++b)
    forest.branches.push_back({source.branches[2 * b], source.branches[2 * b + 1]});
  return forest;
}

void check_inside(const std::vector<Span> &spans, int64_t tokens) {
  for (const Span &span : spans)
    TORCH_CHECK(span.start >= 0 && span.length >= 0 && span.start + span.length <= tokens, "rows ", span.start, " to ",
                span.start + span.length, " of a tree lie outside the batch of ", tokens, " tokens");
}

struct Shape {
  int64_t heads, kv_heads, width;  // width of one head
  float scale;
  int64_t window;
  int64_t q_width() const { return heads * width; }
  int64_t kv_width() const { return kv_heads * width; }
};

/// The matrix itself where each row's numbers are neighbours, as in a run of columns of a wider one;
/// else a copy.
at::Tensor with_whole_rows(const at::Tensor &x) { return x.stride(1) == 1 ? x : x.contiguous(); }

/// Query rows that are scored together. Few enough for their scores to stay in the cache, and for
/// the causal triangle's empty half to be skipped.
constexpr int64_t block_rows = 48;

int64_t padded(int64_t columns) { return (columns + 15) / 16 * 16; }

/// The keys (or values) that one segment sees, gathered from the trunk before it and from itself:
/// row by row, and transposed with zeros up to a multiple of 16 columns.
struct Gathered {
  std::vector<float> rows, transposed;

  void gather(const float *source, int64_t stride, int64_t width, const Span &trunk, const Span &own) {
    const int64_t count = trunk.length + own.length, columns = padded(count);
    rows.resize(count * width);
    transposed.assign(columns * width, 0);
    for (int64_t j = 0; j < count; ++j) {
      const int64_t row = j < trunk.length ? trunk.start + j : own.start + j - trunk.length;
      std::memcpy(rows.data() + j * width, source + row * stride, width * sizeof(float));
      for (int64_t i = 0; i < width; ++i) transposed[i * columns + j] = source[row * stride + i];
    }
  }
};

/// Adds what was found for gathered rows back to where they came from.
void scatter(const std::vector<float> &rows, float *destination, int64_t stride, int64_t width, const Span &trunk,
             const Span &own) {
  for (int64_t j = 0; j < trunk.length + own.length; ++j) {
    const int64_t row = j < trunk.length ? trunk.start + j : own.start + j - trunk.length;
    for (int64_t i = 0; i < width; ++i) destination[row * stride + i] += rows[j * width + i];
  }
}

/// A block of query rows of one segment, and the columns of keys [low, high) that any of them sees.
struct Block {
  int64_t first, rows, depth;  // first row within the segment; its place in the sequence
  int64_t low, high, window;

  Block(int64_t first, int64_t segment_length, int64_t trunk_length, int64_t window)
      : first(first), rows(std::min(block_rows, segment_length - first)), depth(trunk_length + first),
        low(window > 0 ? std::max<int64_t>(0, depth + 1 - window) / 16 * 16 : 0), high(depth + rows), window(window) {}

  int64_t columns() const { return padded(high - low); }

  /// What row `i` of the block sees, counted from `low`.
  Span visible(int64_t i) const {
    const int64_t end = depth + i + 1;
    const int64_t begin = window > 0 ? std::max<int64_t>(0, end - window) : 0;
    return {begin - low, end - begin};
  }
};

/// Scores become probabilities in place, zero outside what the row sees; returns log Σ exp.
ATTUNE_VECTORIZED float softmax_row(float *scores, Span sees, int64_t columns) {
  float *visible = scores + sees.start;
  const float top = maximum(visible, sees.length);
  for (int64_t j = 0; j < sees.length; ++j) visible[j] = fast_exp(visible[j] - top);
  const float sum = sum_over(sees.length, [&](int64_t j) { return visible[j]; });
  const float inverse = 1.0f / sum;
  for (int64_t j = 0; j < sees.length; ++j) visible[j] *= inverse;
  for (int64_t j = 0; j < sees.start; ++j) scores[j] = 0;
  for (int64_t j = sees.start + sees.length; j < columns; ++j) scores[j] = 0;
  return top + std::log(sum);
}

/// The same probabilities from a known log Σ exp.
ATTUNE_VECTORIZED void probabilities_row(float *scores, Span sees, int64_t columns, float log_sum) {
  float *visible = scores + sees.start;
  for (int64_t j = 0; j < sees.length; ++j) visible[j] = fast_exp(visible[j] - log_sum);
  for (int64_t j = 0; j < sees.start; ++j) scores[j] = 0;
  for (int64_t j = sees.start + sees.length; j < columns; ++j) scores[j] = 0;
}

/// dS = P (dP − Σ dP P) scale, in place of dP. Σ dP P equals dO · O.
ATTUNE_VECTORIZED void softmax_row_backward(const float *p, float *dp, int64_t columns, float scale, const float *out,
                                            const float *d_out, int64_t width) {
  const float dot = sum_over(width, [&](int64_t i) { return out[i] * d_out[i]; });
  for (int64_t j = 0; j < columns; ++j) dp[j] = p[j] * (dp[j] - dot) * scale;
}

/// Visits the segments of one tree: the trunk, which sees itself alone, and each branch.
template <typename Body>
void for_each_segment(const Forest &forest, int64_t tree, Body body) {
  const Span trunk = forest.trunks[tree];
  if (trunk.length > 0) body(Span{trunk.start, 0}, trunk);
  for (int64_t b = forest.offsets[tree]; b < forest.offsets[tree + 1]; ++b)
    if (forest.branches[b].length > 0) body(trunk, forest.branches[b]);
}

/// Attention over packed trees, Vaswani et al. 2017, eq. 1. The backward pass computes the
/// probabilities again from log Σ exp (Dao et al. 2022, algorithm 4) instead of keeping them.
/// Work is split by tree and key–value head, so that no two threads add to one gradient. Trees
/// differ in length and heads do not, so a thread takes whole heads first.
struct TreeAttention : torch::autograd::Function<TreeAttention> {
  static at::Tensor forward(AutogradContext *context, const at::Tensor &query, const at::Tensor &key,
                            const at::Tensor &value, std::shared_ptr<Forest> forest, Shape shape) {
    const auto q = with_whole_rows(query), k = with_whole_rows(key), v = with_whole_rows(value);
    auto out = at::empty(q.sizes(), q.options()), log_sums = at::empty({q.size(0), shape.heads}, q.options());
    const float *pq = q.const_data_ptr<float>(), *pk = k.const_data_ptr<float>(), *pv = v.const_data_ptr<float>();
    float *po = out.mutable_data_ptr<float>(), *pl = log_sums.mutable_data_ptr<float>();
    const int64_t group = shape.heads / shape.kv_heads, d = shape.width, stride = shape.q_width(),
                  q_stride = q.stride(0), k_stride = k.stride(0), v_stride = v.stride(0);
    const auto trees = static_cast<int64_t>(forest->trunks.size());
    parallel_for(0, trees * shape.kv_heads, 1, [&](int64_t begin, int64_t end) {
      Gathered keys, values;
      std::vector<float> scores;
      for (int64_t item = begin; item < end; ++item) {
        const int64_t kv_head = item / trees, tree = item % trees;
        for_each_segment(*forest, tree, [&](Span trunk, Span own) {
          keys.gather(pk + kv_head * d, k_stride, d, trunk, own);
          values.gather(pv + kv_head * d, v_stride, d, trunk, own);
          const int64_t all = padded(trunk.length + own.length);
          for (int64_t head = kv_head * group; head < (kv_head + 1) * group; ++head)
            for (int64_t first = 0; first < own.length; first += block_rows) {
              const Block block(first, own.length, trunk.length, shape.window);
              const int64_t row = own.start + first, at = row * stride + head * d, columns = block.columns();
              const StridedFactor queries{pq + row * q_stride + head * d, q_stride, 1};
              scores.resize(block_rows * columns);
              small_product(block.rows, columns, d, queries, keys.transposed.data() + block.low, all, shape.scale,
                            scores.data(), columns, false);
              for (int64_t i = 0; i < block.rows; ++i)
                pl[(row + i) * shape.heads + head] = softmax_row(scores.data() + i * columns, block.visible(i), columns);
              small_product(block.rows, d, block.high - block.low, {scores.data(), columns, 1},
                            values.rows.data() + block.low * d, d, 1, po + at, stride, false);
            }
        });
      }
    });
    context->save_for_backward({q, k, v, out, log_sums});
    context->saved_data["layout"] = c10::IValue::make_capsule(c10::make_intrusive<Layout>(forest, shape));
    return out;
  }

  struct Layout : torch::CustomClassHolder {
    std::shared_ptr<Forest> forest;
    Shape shape;
    Layout(std::shared_ptr<Forest> forest, Shape shape) : forest(std::move(forest)), shape(shape) {}
  };

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &q = saved[0], &k = saved[1], &v = saved[2], &out = saved[3], &log_sums = saved[4];
    const auto capsule = context->saved_data["layout"].toCapsule();
    const auto *layout = static_cast<const Layout *>(capsule.get());
    const Forest &forest = *layout->forest;
    const Shape shape = layout->shape;
    const auto d_out = gradients[0].contiguous();
    auto dq = at::empty(q.sizes(), q.options()), dk = at::zeros(k.sizes(), k.options()),
         dv = at::zeros(v.sizes(), v.options());
    const float *pq = q.const_data_ptr<float>(), *pk = k.const_data_ptr<float>(), *pv = v.const_data_ptr<float>(),
                *po = out.const_data_ptr<float>(), *pl = log_sums.const_data_ptr<float>(),
                *pdo = d_out.const_data_ptr<float>();
    float *pdq = dq.mutable_data_ptr<float>(), *pdk = dk.mutable_data_ptr<float>(),
          *pdv = dv.mutable_data_ptr<float>();
    const int64_t group = shape.heads / shape.kv_heads, d = shape.width, stride = shape.q_width(),
                  q_stride = q.stride(0), k_stride = k.stride(0), v_stride = v.stride(0);
    const auto trees = static_cast<int64_t>(forest.trunks.size());
    parallel_for(0, trees * shape.kv_heads, 1, [&](int64_t begin, int64_t end) {
      Gathered keys, values;
      std::vector<float> p, ds, d_keys, d_values;
      for (int64_t item = begin; item < end; ++item) {
        const int64_t kv_head = item / trees, tree = item % trees;
        for_each_segment(forest, tree, [&](Span trunk, Span own) {
          keys.gather(pk + kv_head * d, k_stride, d, trunk, own);
          values.gather(pv + kv_head * d, v_stride, d, trunk, own);
          const int64_t all = padded(trunk.length + own.length);
          d_keys.assign(keys.rows.size(), 0);
          d_values.assign(values.rows.size(), 0);
          for (int64_t head = kv_head * group; head < (kv_head + 1) * group; ++head)
            for (int64_t first = 0; first < own.length; first += block_rows) {
              const Block block(first, own.length, trunk.length, shape.window);
              const int64_t row = own.start + first, at = row * stride + head * d, columns = block.columns(),
                            seen = block.high - block.low;
              const StridedFactor queries{pq + row * q_stride + head * d, q_stride, 1};
              p.resize(block_rows * columns);
              ds.resize(block_rows * columns);
              small_product(block.rows, columns, d, queries, keys.transposed.data() + block.low, all, shape.scale,
                            p.data(), columns, false);
              small_product(block.rows, columns, d, {pdo + at, stride, 1}, values.transposed.data() + block.low, all,
                            1, ds.data(), columns, false);
              for (int64_t i = 0; i < block.rows; ++i) {
                float *p_row = p.data() + i * columns, *ds_row = ds.data() + i * columns;
                probabilities_row(p_row, block.visible(i), columns, pl[(row + i) * shape.heads + head]);
                softmax_row_backward(p_row, ds_row, columns, shape.scale, po + at + i * stride, pdo + at + i * stride, d);
              }
              small_product(block.rows, d, seen, {ds.data(), columns, 1}, keys.rows.data() + block.low * d, d, 1,
                            pdq + at, stride, false);
              small_product(seen, d, block.rows, {ds.data(), 1, columns}, queries.data, q_stride, 1,
                            d_keys.data() + block.low * d, d, true);
              small_product(seen, d, block.rows, {p.data(), 1, columns}, pdo + at, stride, 1,
                            d_values.data() + block.low * d, d, true);
            }
          scatter(d_keys, pdk + kv_head * d, shape.kv_width(), d, trunk, own);
          scatter(d_values, pdv + kv_head * d, shape.kv_width(), d, trunk, own);
        });
      }
    });
    return {dq, dk, dv, at::Tensor(), at::Tensor()};
  }
};

/// The same attention of LibTorch's own operations, one dense mask a tree: for other devices and
/// element types, and the oracle of the kernel above.
at::Tensor composed(const at::Tensor &q, const at::Tensor &k, const at::Tensor &v, const Forest &forest,
                    const Shape &shape) {
  const int64_t group = shape.heads / shape.kv_heads;
  const auto split = [&](const at::Tensor &x, const at::Tensor &rows, int64_t heads) {
    return x.index_select(0, rows).reshape({rows.size(0), heads, shape.width}).transpose(0, 1);
  };
  auto out = at::zeros_like(q);
  for (size_t t = 0; t < forest.trunks.size(); ++t) {
    std::vector<int64_t> rows, depth, branch;  // branch −1: the trunk
    const auto append = [&](const Span &span, int64_t offset, int64_t name) {
      for (int64_t i = 0; i < span.length; ++i) {
        rows.push_back(span.start + i);
        depth.push_back(offset + i);
        branch.push_back(name);
      }
    };
    append(forest.trunks[t], 0, -1);
    for (int64_t b = forest.offsets[t]; b < forest.offsets[t + 1]; ++b)
      append(forest.branches[b], forest.trunks[t].length, b);
    if (rows.empty()) continue;
    const auto index = at::tensor(rows, at::kLong).to(q.device()), depths = at::tensor(depth, at::kLong).to(q.device()),
               branches = at::tensor(branch, at::kLong).to(q.device());
    auto sees = depths.unsqueeze(0).le(depths.unsqueeze(1)) &
                (branches.unsqueeze(0).eq(branches.unsqueeze(1)) | branches.unsqueeze(0).eq(-1));
    if (shape.window > 0) sees = sees & (depths.unsqueeze(1) - depths.unsqueeze(0)).lt(shape.window);
    const auto keys = split(k, index, shape.kv_heads).repeat_interleave(group, 0);
    const auto values = split(v, index, shape.kv_heads).repeat_interleave(group, 0);
    auto scores = at::matmul(split(q, index, shape.heads), keys.transpose(1, 2)) * static_cast<double>(shape.scale);
    auto mixed = at::matmul(scores.masked_fill(sees.logical_not(), -INFINITY).softmax(-1), values);
    out = out.index_add(0, index, mixed.transpose(0, 1).reshape({index.size(0), -1}));
  }
  return out;
}

}  // namespace

ct_status ct_tree_attention(ct_tensor q, ct_tensor k, ct_tensor v, const ct_forest *source, int64_t heads,
                            int64_t kv_heads, double scale, int64_t window, ct_tensor *result) {
  return guarded([&] {
    const Shape shape{heads, kv_heads, q->value.size(1) / heads, static_cast<float>(scale), window};
    TORCH_CHECK(heads % kv_heads == 0 && q->value.size(1) == shape.q_width() &&
                    k->value.size(1) == shape.kv_width() && v->value.size(1) == shape.kv_width(),
                "attention of ", heads, " heads over ", kv_heads, " does not fit widths ", q->value.size(1), ", ",
                k->value.size(1), ", ", v->value.size(1));
    const int64_t tokens = q->value.size(0);
    TORCH_CHECK(k->value.size(0) == tokens && v->value.size(0) == tokens, "attention of ", tokens, " queries over ",
                k->value.size(0), " keys and ", v->value.size(0), " values; each token has one of each");
    auto forest = std::make_shared<Forest>(copied(*source));
    check_inside(forest->trunks, tokens);
    check_inside(forest->branches, tokens);
    *result = give(fused(q->value) ? TreeAttention::apply(q->value, k->value, v->value, forest, shape)
                                   : composed(q->value, k->value, v->value, *forest, shape));
  });
}
#endif
