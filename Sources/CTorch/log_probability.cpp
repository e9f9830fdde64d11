#ifdef ATTUNE_LIBTORCH
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/repeat_interleave.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include "gradient.hpp"
#include "parallel.hpp"
#include "status.hpp"
#include "vector.hpp"

using namespace attune;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

namespace {

struct RowStatistics {
  float log_sum, entropy, mean;
  bool is_top;
};

/// One row of logits x: log Σ eˣ = m + log Z; H = log Z − Σ e^(x−m) (x−m) / Z.
ATTUNE_VECTORIZED RowStatistics describe_row(const float *x, int64_t vocabulary, int64_t target) {
  const float top = maximum(x, vocabulary);
  float z_parts[lanes] = {}, e_parts[lanes] = {}, m_parts[lanes] = {};
  int64_t i = 0;
  for (; i + lanes <= vocabulary; i += lanes)
    for (int64_t j = 0; j < lanes; ++j) {
      const float y = x[i + j] - top, e = fast_exp(y);
      z_parts[j] += e;
      e_parts[j] += e * y;
      m_parts[j] += y;
    }
  double z = 0, e_sum = 0, m_sum = 0;
  for (; i < vocabulary; ++i) {
    const float y = x[i] - top, e = fast_exp(y);
    z += e;
    e_sum += e * y;
    m_sum += y;
  }
  for (int64_t j = 0; j < lanes; ++j) {
    z += z_parts[j];
    e_sum += e_parts[j];
    m_sum += m_parts[j];
  }
  const double log_z = std::log(z);
  return {static_cast<float>(top + log_z), static_cast<float>(log_z - e_sum / z),
          static_cast<float>(m_sum / vocabulary - log_z), x[target] >= top};
}

/// log Σ p² with p = e^(x − log Σ eˣ): no term is above 1, and the largest is 1/V² at least.
ATTUNE_VECTORIZED float log_collision_probability(const float *x, int64_t vocabulary, float log_sum) {
  return std::log(sum_over(vocabulary, [&](int64_t i) { return fast_exp(2 * (x[i] - log_sum)); }));
}

/// d/dx of s log π(t) + e H + u mean(log π), in place of x:
/// s (1[t] − p) − e p (log p + H) + u (1/V − p).
ATTUNE_VECTORIZED void describe_row_backward(float *x, int64_t vocabulary, int64_t target, float log_sum,
                                             float entropy, float s, float e, float u) {
  const float all = u / vocabulary, shared = -(s + u);
  if (e == 0) {
    for (int64_t i = 0; i < vocabulary; ++i) x[i] = shared * fast_exp(x[i] - log_sum) + all;
  } else {
    for (int64_t i = 0; i < vocabulary; ++i) {
      const float y = x[i] - log_sum, p = fast_exp(y);
      x[i] = (shared - e * (y + entropy)) * p + all;
    }
  }
  x[target] += s;
}

/// Σ_c s_c over the candidates of a row: as a target does, each adds s_c (1[c] − p) to the gradient.
float candidate_seeds(const float *seeds, const int64_t *offsets, int64_t row) {
  float sum = 0;
  for (int64_t j = offsets[row]; j < offsets[row + 1]; ++j) sum += seeds[j];
  return sum;
}

/// The vocabulary projection with log-softmax, gather, entropy and mean as one function of
/// (hidden, head), so that [tokens, vocabulary] is held a chunk of rows at a time.
struct LogProbabilities : torch::autograd::Function<LogProbabilities> {
  static variable_list forward(AutogradContext *context, const at::Tensor &hidden, const at::Tensor &head,
                               const at::Tensor &rows, const at::Tensor &targets, const at::Tensor &offsets,
                               const at::Tensor &candidates, int64_t chunk, bool keep, bool collisions) {
    const int64_t count = rows.size(0), vocabulary = head.size(0);
    const auto selected = hidden.index_select(0, rows);
    auto log_probability = at::empty({count}, hidden.options()), entropy = at::empty_like(log_probability),
         mean = at::empty_like(log_probability), is_argmax = at::empty_like(log_probability),
         log_sums = at::empty_like(log_probability),
         collision = at::empty({collisions ? count : 0}, hidden.options()),
         candidate_log_probability = at::empty({candidates.size(0)}, hidden.options());
    float *pl = log_probability.mutable_data_ptr<float>(), *pe = entropy.mutable_data_ptr<float>(),
          *pm = mean.mutable_data_ptr<float>(), *pa = is_argmax.mutable_data_ptr<float>(),
          *ps = log_sums.mutable_data_ptr<float>(), *pc = collision.mutable_data_ptr<float>(),
          *pd = candidate_log_probability.mutable_data_ptr<float>();
    const int64_t *pt = targets.const_data_ptr<int64_t>(), *po = offsets.const_data_ptr<int64_t>(),
                  *pi = candidates.const_data_ptr<int64_t>();
    const bool has_candidates = candidates.size(0) > 0;
    variable_list kept;
    for (int64_t start = 0; start < count; start += chunk) {
      const int64_t size = std::min(chunk, count - start);
      const auto logits = product(selected.narrow(0, start, size), head);
      const float *px = logits.const_data_ptr<float>();
      parallel_for(0, size, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
          const int64_t at = start + i;
          const float *x = px + i * vocabulary;
          const auto row = describe_row(x, vocabulary, pt[at]);
          pl[at] = x[pt[at]] - row.log_sum;
          pe[at] = row.entropy;
          pm[at] = row.mean;
          pa[at] = row.is_top;
          ps[at] = row.log_sum;
          if (collisions) pc[at] = log_collision_probability(x, vocabulary, row.log_sum);
          if (has_candidates)
            for (int64_t j = po[at]; j < po[at + 1]; ++j) pd[j] = x[pi[j]] - row.log_sum;
        }
      });
      if (keep) kept.push_back(logits);
    }
    variable_list saved{selected, head, rows, targets, offsets, candidates, log_sums, entropy};
    saved.insert(saved.end(), kept.begin(), kept.end());
    context->save_for_backward(saved);
    context->saved_data["tokens"] = hidden.size(0);
    context->saved_data["chunk"] = chunk;
    context->mark_non_differentiable({is_argmax, collision});
    context->set_materialize_grads(false);
    return {log_probability, entropy, mean, is_argmax, collision, candidate_log_probability};
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto &selected = saved[0], &head = saved[1], &rows = saved[2], &targets = saved[3], &offsets = saved[4],
               &candidates = saved[5], &log_sums = saved[6], &entropy = saved[7];
    const bool kept = saved.size() > 8;
    const int64_t count = rows.size(0), vocabulary = head.size(0), chunk = context->saved_data["chunk"].toInt();
    const auto seed = [&](int i) { return gradients[i].defined() ? gradients[i].contiguous() : at::zeros_like(log_sums); };
    const auto s = seed(0), e = seed(1), u = seed(2);
    const float *ps = s.const_data_ptr<float>(), *pe = e.const_data_ptr<float>(), *pu = u.const_data_ptr<float>(),
                *pz = log_sums.const_data_ptr<float>(), *ph = entropy.const_data_ptr<float>();
    const int64_t *pt = targets.const_data_ptr<int64_t>(), *po = offsets.const_data_ptr<int64_t>(),
                  *pi = candidates.const_data_ptr<int64_t>();
    const bool has_candidates = gradients[5].defined() && candidates.size(0) > 0;
    const auto c = has_candidates ? gradients[5].contiguous() : at::Tensor();
    const float *pc = has_candidates ? c.const_data_ptr<float>() : nullptr;
    auto d_selected = at::empty_like(selected);
    at::Tensor d_head;
    for (int64_t start = 0, index = 0; start < count; start += chunk, ++index) {
      const int64_t size = std::min(chunk, count - start);
      const auto part = selected.narrow(0, start, size);
      auto logits = kept ? saved[8 + index] : product(part, head);
      float *px = logits.mutable_data_ptr<float>();
      parallel_for(0, size, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
          const int64_t at = start + i;
          float *x = px + i * vocabulary;
          const float all = has_candidates ? candidate_seeds(pc, po, at) : 0;
          describe_row_backward(x, vocabulary, pt[at], pz[at], ph[at], ps[at] + all, pe[at], pu[at]);
          if (!has_candidates) continue;
          x[pt[at]] -= all;
          for (int64_t j = po[at]; j < po[at + 1]; ++j) x[pi[j]] += pc[j];
        }
      });
      d_selected.narrow(0, start, size).copy_(product(logits, head.t()));
      if (context->needs_input_grad(1)) add_weight_gradient(head, logits, part, d_head);
    }
    // Rows repeat: a trunk's last token predicts the first token of each of its branches.
    auto d_hidden = at::zeros({context->saved_data["tokens"].toInt(), selected.size(1)}, selected.options());
    d_hidden.index_add_(0, rows, d_selected);
    variable_list result(9);
    result[0] = d_hidden;
    result[1] = d_head;
    return result;
  }
};

}  // namespace

ct_status ct_log_probabilities(ct_tensor hidden, ct_tensor head, const int64_t *rows, const int64_t *targets,
                               int64_t count, const ct_candidates *candidates, int64_t chunk, int64_t keep_bytes,
                               ct_tensor *log_probability, ct_tensor *entropy, ct_tensor *mean_log_probability,
                               ct_tensor *is_argmax, ct_tensor *log_collision_probability,
                               ct_tensor *candidate_log_probability) {
  return guarded([&] {
    TORCH_CHECK(chunk > 0, "a chunk holds at least one row");
    const auto &h = hidden->value, &w = head->value;
    TORCH_CHECK(h.dim() == 2 && w.dim() == 2 && h.size(1) == w.size(1), "hidden states of shape ", h.sizes(),
                " do not fit a vocabulary projection of shape ", w.sizes());
    const auto copied = [&](const int64_t *values, int64_t size) {
      return at::from_blob(const_cast<int64_t *>(values), {size}, at::kLong).clone().to(h.device());
    };
    const auto r = copied(rows, count), t = copied(targets, count);
    const int64_t no_offset = 0, candidate_count = candidates == nullptr ? 0 : candidates->offsets[count];
    const auto o = candidates == nullptr ? copied(&no_offset, 1) : copied(candidates->offsets, count + 1);
    const auto d = copied(candidate_count == 0 ? &no_offset : candidates->candidates, candidate_count);
    for (const auto &ids : {t, d})
      if (ids.numel() > 0)
        TORCH_CHECK(ids.min().item<int64_t>() >= 0 && ids.max().item<int64_t>() < w.size(0),
                    "a target id lies outside the vocabulary of ", w.size(0));
    variable_list outputs;
    if (fused(h) && fused(w)) {
      const bool keep = at::GradMode::is_enabled() && count * w.size(0) * 4 <= keep_bytes;
      outputs = LogProbabilities::apply(h, w, r, t, o, d, keep ? std::max<int64_t>(count, 1) : chunk, keep,
                                       log_collision_probability != nullptr);
    } else {
      const auto logits = at::matmul(h.index_select(0, r), w.t());
      const auto log_p = logits.log_softmax(-1);
      outputs = {log_p.gather(1, t.unsqueeze(1)).squeeze(1), -(log_p.exp() * log_p).sum(-1), log_p.mean(-1),
                 logits.argmax(-1).eq(t).to(h.scalar_type()),
                 log_collision_probability == nullptr ? at::Tensor() : (2 * log_p.detach()).logsumexp(-1)};
      const auto owners = at::repeat_interleave(o.diff(), std::optional<int64_t>());
      outputs.push_back(candidates == nullptr ? at::Tensor() : log_p.index({owners, d}));
    }
    *log_probability = give(outputs[0]);
    *entropy = give(outputs[1]);
    *mean_log_probability = give(outputs[2]);
    *is_argmax = give(outputs[3]);
    if (log_collision_probability != nullptr) *log_collision_probability = give(outputs[4]);
    if (candidate_log_probability != nullptr) *candidate_log_probability = give(outputs[5]);
  });
}
#endif
