#ifdef ATTUNE_LIBTORCH
#include <algorithm>
#include <numeric>

#include "parallel.hpp"
#include "status.hpp"
#include "vector.hpp"

using namespace attune;

namespace {

ATTUNE_VECTORIZED float sum_of(const float *x, int64_t count) {
  return sum_over(count, [&](int64_t i) { return x[i]; });
}

/// weights = exp((logits − top) / temperature); returns their sum, taken in blocks that are given too.
ATTUNE_VECTORIZED double weigh(const float *logits, float top, float temperature, float *weights, int64_t count,
                               double *block_sums, int64_t block) {
  const float inverse = 1.0f / temperature;
  double total = 0;
  for (int64_t start = 0; start < count; start += block) {
    const int64_t size = std::min(block, count - start);
    float *w = weights + start;
    const float *x = logits + start;
    for (int64_t i = 0; i < size; ++i) w[i] = x[i] == -INFINITY ? 0.0f : fast_exp((x[i] - top) * inverse);
    total += block_sums[start / block] = sum_over(size, [&](int64_t i) { return w[i]; });
  }
  return total;
}

/// The token at which the running sum of the weights of `candidates` passes a point.
int64_t at_point(const float *weights, const std::vector<int64_t> &candidates, double point) {
  int64_t last = candidates.front();
  for (const int64_t token : candidates) {
    if (weights[token] <= 0) continue;
    last = token;
    if ((point -= weights[token]) < 0) return token;
  }
  return last;
}

/// Draws from one row of logits after the other.
class Drawing {
 public:
  explicit Drawing(int64_t count) : count(count), weights(count), block_sums((count + block - 1) / block) {}

  std::pair<int64_t, double> draw(const float *logits, const ct_draw &how) {
    const float temperature = how.temperature > 0 ? static_cast<float>(how.temperature) : 1, top = maximum(logits, count);
    double total = weighed(logits, top, temperature);
    const double log_sum = top / static_cast<double>(temperature) + std::log(total);
    const float *allowed = logits;
    float best = top;
    if (how.penalized_count > 0 || how.forbidden_count > 0) {
      changed.assign(logits, logits + count);
      for (int64_t i = 0; i < how.penalized_count; ++i) {
        float &x = changed[how.penalized[i]];
        x = static_cast<float>(x > 0 ? x / how.penalty : x * how.penalty);
      }
      for (int64_t i = 0; i < how.forbidden_count; ++i) changed[how.forbidden[i]] = -INFINITY;
      allowed = changed.data();
      best = maximum(allowed, count);
      // Where only what is forbidden changes, and the most likely token is not among it, the other weights stay.
      total = how.penalized_count == 0 && best == top ? without(how) : weighed(allowed, best, temperature);
    }
    int64_t token;
    if (how.temperature <= 0)
      token = std::find(allowed, allowed + count, best) - allowed;
    else if (how.top_k > 0 || how.top_p < 1 || how.min_p > 0)
      token = truncated(how);
    else
      token = whole(how.uniform * total);
    return {token, logits[token] / static_cast<double>(temperature) - log_sum};
  }

 private:
  static constexpr int64_t block = 256;

  double weighed(const float *x, float top, float temperature) {
    return weigh(x, top, temperature, weights.data(), count, block_sums.data(), block);
  }

  /// Takes the weights of forbidden tokens away; the sum of the others.
  double without(const ct_draw &how) {
    for (int64_t i = 0; i < how.forbidden_count; ++i) weights[how.forbidden[i]] = 0;
    for (int64_t i = 0; i < how.forbidden_count; ++i) {
      const int64_t start = how.forbidden[i] / block * block;
      block_sums[start / block] = sum_of(weights.data() + start, std::min(block, count - start));
    }
    return std::accumulate(block_sums.begin(), block_sums.end(), 0.0);
  }

  /// The inverse of the distribution function: blocks first, then the tokens of one.
  int64_t whole(double point) const {
    size_t b = 0;
    while (b + 1 < block_sums.size() && point >= block_sums[b]) point -= block_sums[b++];
    std::vector<int64_t> candidates(std::min<int64_t>(block, count - b * block));
    std::iota(candidates.begin(), candidates.end(), b * block);
    return at_point(weights.data(), candidates, point);
  }

  /// Among the k most likely tokens, of them the fewest that have p of their probability, of them those that are at
  /// least min_p times as likely as the first; the order of transformers.
  int64_t truncated(const ct_draw &how) const {
    std::vector<int64_t> order(count);
    std::iota(order.begin(), order.end(), 0);
    const auto before = [&](int64_t a, int64_t b) { return weights[a] > weights[b] || (weights[a] == weights[b] && a < b); };
    if (how.top_k > 0 && how.top_k < count) {
      std::nth_element(order.begin(), order.begin() + how.top_k - 1, order.end(), before);
      // Those as likely as the last one stay.
      const float least = weights[order[how.top_k - 1]];
      order.clear();
      for (int64_t i = 0; i < count; ++i)
        if (weights[i] >= least) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), before);
    const auto sum = [&] {
      double all = 0;
      for (const int64_t token : order) all += weights[token];
      return all;
    };
    if (how.top_p < 1) {
      const double enough = how.top_p * sum();
      double running = 0;
      size_t kept = 0;
      while (kept < order.size() && (kept == 0 || running < enough)) running += weights[order[kept++]];
      order.resize(kept);
    }
    if (how.min_p > 0) {
      const double least = how.min_p * weights[order[0]];
      while (order.size() > 1 && weights[order.back()] < least) order.pop_back();
    }
    return at_point(weights.data(), order, how.uniform * sum());
  }

  const int64_t count;
  std::vector<float> weights, changed;
  std::vector<double> block_sums;
};

}  // namespace

ct_status ct_draw_tokens(ct_tensor logits, const ct_draw *draws, int64_t *tokens, double *log_probabilities) {
  return guarded([&] {
    const int64_t count = logits->value.size(1);
    const float *first = logits->value.const_data_ptr<float>();
    parallel_for(0, logits->value.size(0), 1, [&](int64_t begin, int64_t end) {
      Drawing drawing(count);
      for (int64_t row = begin; row < end; ++row)
        std::tie(tokens[row], log_probabilities[row]) = drawing.draw(first + row * count, draws[row]);
    });
  });
}

ct_status ct_likely_tokens(ct_tensor logits, int64_t row, double temperature, int64_t count, int64_t *tokens,
                           double *log_probabilities) {
  return guarded([&] {
    const int64_t all = logits->value.size(1), block = 256;
    const float *first = logits->value.const_data_ptr<float>() + row * all;
    const double scale = temperature > 0 ? temperature : 1;
    const float top = maximum(first, all);
    std::vector<float> weights(all);
    std::vector<double> sums((all + block - 1) / block);
    const double total = weigh(first, top, static_cast<float>(scale), weights.data(), all, sums.data(), block);
    const double log_sum = top / scale + std::log(total);
    std::vector<int64_t> order(all);
    std::iota(order.begin(), order.end(), 0);
    std::partial_sort(order.begin(), order.begin() + count, order.end(), [&](int64_t a, int64_t b) {
      return first[a] > first[b] || (first[a] == first[b] && a < b);
    });
    for (int64_t i = 0; i < count; ++i) {
      tokens[i] = order[i];
      log_probabilities[i] = first[order[i]] / scale - log_sum;
    }
  });
}
#endif
