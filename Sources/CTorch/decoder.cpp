#ifdef ATTUNE_LIBTORCH
#include "projection.hpp"
#include "status.hpp"
#include "team.hpp"

using namespace attune;

namespace {

/// y = x s w, or (x − mean) s w + b, row by row.
struct Norm {
  const float *weight = nullptr, *bias = nullptr;
};

ATTUNE_VECTORIZED void normalize(const float *x, const Norm &norm, float epsilon, float *y, int64_t width) {
  const float mean = norm.bias == nullptr ? 0 : sum_over(width, [&](int64_t i) { return x[i]; }) / width;
  const float square = sum_over(width, [&](int64_t i) { return (x[i] - mean) * (x[i] - mean); }) / width;
  const float s = 1.0f / std::sqrt(square + epsilon);
  if (norm.bias == nullptr)
    for (int64_t i = 0; i < width; ++i) y[i] = x[i] * s * norm.weight[i];
  else
    for (int64_t i = 0; i < width; ++i) y[i] = (x[i] - mean) * s * norm.weight[i] + norm.bias[i];
}

ATTUNE_VECTORIZED void add(const float *x, float *y, int64_t count) {
  for (int64_t i = 0; i < count; ++i) y[i] += x[i];
}

ATTUNE_VECTORIZED void gate(const float *g, float *u, int64_t count) {
  for (int64_t i = 0; i < count; ++i) u[i] *= g[i] * fast_sigmoid(g[i]);
}

void activate(ct_activation activation, float *x, int64_t count) {
  for (int64_t i = 0; i < count; ++i) switch (activation) {
      case ct_relu: x[i] = std::max(x[i], 0.0f); break;
      case ct_gelu: x[i] = 0.5f * x[i] * (1 + std::erf(x[i] * 0.70710678118654752f)); break;
      case ct_gelu_tanh: x[i] *= fast_sigmoid(1.5957691216057308f * (x[i] + 0.044715f * x[i] * x[i] * x[i])); break;
    }
}

ATTUNE_VECTORIZED void rotate(float *x, const float *cosine, const float *sine, int64_t half) {
  for (int64_t i = 0; i < half; ++i) {
    const float a = x[i], b = x[i + half];
    x[i] = a * cosine[i] - b * sine[i];
    x[i + half] = b * cosine[i] + a * sine[i];
  }
}

/// What one query takes from the keys and values at [0, count): Vaswani et al. 2017, eq. 1.
ATTUNE_VECTORIZED void attend(const float *query, const float *keys, const float *values, int64_t count, int64_t width,
                              float scale, float *scores, float *out) {
  for (int64_t j = 0; j < count; ++j)
    scores[j] = scale * sum_over(width, [&](int64_t i) { return query[i] * keys[j * width + i]; });
  const float top = maximum(scores, count);
  for (int64_t j = 0; j < count; ++j) scores[j] = fast_exp(scores[j] - top);
  const float inverse = 1.0f / sum_over(count, [&](int64_t j) { return scores[j]; });
  for (int64_t i = 0; i < width; ++i) out[i] = 0;
  for (int64_t j = 0; j < count; ++j) {
    const float share = scores[j] * inverse;
    for (int64_t i = 0; i < width; ++i) out[i] += share * values[j * width + i];
  }
}

struct Layer {
  Norm attention_norm, query_norm, key_norm, feed_forward_norm;
  Projection projections[3];  // to queries, keys and values, side by side
  int64_t projection_count = 0;
  Projection output, gate, up, down;
  float scale = 1;
  int64_t window = 0;
  float *keys = nullptr, *values = nullptr;  // [slots, key–value heads, capacity, head width]
};

}  // namespace

struct ct_decoder_box {
  std::vector<at::Tensor> tensors;  // what the pointers point into
  std::vector<Layer> layers;
  const float *embedding = nullptr, *positions = nullptr;
  Norm norm;
  Projection head;
  int64_t width = 0, heads = 0, kv_heads = 0, head_width = 0, inner = 0, slots = 0, capacity = 0;
  float epsilon = 0;
  ct_activation activation = ct_relu;
  std::vector<float> cosine, sine;  // [capacity, head width / 2]; empty without rotation
  std::vector<float> x, normal, mixed, projected, gates, ups;

  int64_t attention_width() const { return heads * head_width; }
  int64_t projected_width() const { return (heads + 2 * kv_heads) * head_width; }
  int64_t row_of_cache(int64_t slot, int64_t kv_head) const { return (slot * kv_heads + kv_head) * capacity * head_width; }

  const float *numbers(ct_tensor tensor) {
    if (tensor == nullptr) return nullptr;
    tensors.push_back(tensor->value.contiguous());
    return tensors.back().const_data_ptr<float>();
  }

  /// Memory that is not touched before it is filled.
  float *room(int64_t count) {
    tensors.push_back(at::empty({count}, at::kFloat));
    return tensors.back().mutable_data_ptr<float>();
  }

  Projection projection(ct_tensor weight, ct_tensor bias) {
    if (weight == nullptr) return {};
    const auto &w = weight->value;
    TORCH_CHECK(fused(w) && w.dim() == 2, "a decoder's weights are matrices of float32 in memory");
    return {numbers(weight), numbers(bias), w.size(0), w.size(1)};
  }

  void compute(const int64_t *slot, const int64_t *position, const int64_t *token, int64_t rows, const int64_t *wanted,
               int64_t wanted_count, float *logits);
};

void ct_decoder_box::compute(const int64_t *slot, const int64_t *position, const int64_t *token, int64_t rows,
                             const int64_t *wanted, int64_t wanted_count, float *logits) {
  const int64_t group = heads / kv_heads, half = head_width / 2, q_width = attention_width(),
                kv_width = kv_heads * head_width, stride = projected_width();
  const auto fit = [&](std::vector<float> &buffer, int64_t each) {
    if (static_cast<int64_t>(buffer.size()) < rows * each) buffer.resize(rows * each);
  };
  fit(x, width), fit(normal, width), fit(mixed, std::max(q_width, width)), fit(projected, stride), fit(ups, inner);
  if (layers[0].gate.outputs > 0) fit(gates, inner);

  run_together([&](Member &member) {
    std::vector<float> scores(capacity), column;
    const auto my_rows = member.share(rows);
    const auto normalized = [&](const Norm &norm) {
      for (int64_t r = my_rows.begin; r < my_rows.end; ++r)
        normalize(x.data() + r * width, norm, epsilon, normal.data() + r * width, width);
      member.wait_for_all();
    };
    // The residual stream takes what a projection of `from` gives; columns are shared out.
    const auto add_projected = [&](const float *from, const Projection &projection) {
      const auto mine = member.share(projection.outputs, 4);
      const int64_t columns = mine.end - mine.begin;
      column.resize(rows * columns);
      if (columns > 0) project(from, projection.inputs, rows, projection, mine.begin, mine.end, column.data() - mine.begin, columns);
      for (int64_t r = 0; r < rows; ++r) add(column.data() + r * columns, x.data() + r * width + mine.begin, columns);
      member.wait_for_all();
    };

    for (int64_t r = my_rows.begin; r < my_rows.end; ++r) {
      std::memcpy(x.data() + r * width, embedding + token[r] * width, width * sizeof(float));
      if (positions != nullptr) add(positions + position[r] * width, x.data() + r * width, width);
    }
    for (auto &layer : layers) {
      normalized(layer.attention_norm);
      int64_t start = 0;
      for (int64_t p = 0; p < layer.projection_count; ++p) {
        const auto &projection = layer.projections[p];
        const auto mine = member.share(projection.outputs, 4);
        project(normal.data(), width, rows, projection, mine.begin, mine.end, projected.data() + start, stride);
        start += projection.outputs;
      }
      member.wait_for_all();

      const auto turned = [&](int64_t row, float *head, const Norm &norm) {
        if (norm.weight != nullptr) normalize(head, norm, epsilon, head, head_width);
        if (!cosine.empty()) rotate(head, cosine.data() + position[row] * half, sine.data() + position[row] * half, half);
      };
      const auto mine = member.share(rows * kv_heads);
      for (int64_t item = mine.begin; item < mine.end; ++item) {
        const int64_t row = item / kv_heads, kv_head = item % kv_heads;
        float *key = projected.data() + row * stride + q_width + kv_head * head_width;
        turned(row, key, layer.key_norm);
        const int64_t at = row_of_cache(slot[row], kv_head) + position[row] * head_width;
        std::memcpy(layer.keys + at, key, head_width * sizeof(float));
        std::memcpy(layer.values + at, key + kv_width, head_width * sizeof(float));
      }
      member.wait_for_all();
      for (int64_t item = mine.begin; item < mine.end; ++item) {
        const int64_t row = item / kv_heads, kv_head = item % kv_heads, end = position[row] + 1,
                      begin = layer.window > 0 ? std::max<int64_t>(0, end - layer.window) : 0,
                      at = row_of_cache(slot[row], kv_head) + begin * head_width;
        for (int64_t head = kv_head * group; head < (kv_head + 1) * group; ++head) {
          float *query = projected.data() + row * stride + head * head_width;
          turned(row, query, layer.query_norm);
          attend(query, layer.keys + at, layer.values + at, end - begin, head_width, layer.scale,
                 scores.data(), mixed.data() + row * q_width + head * head_width);
        }
      }
      member.wait_for_all();
      add_projected(mixed.data(), layer.output);

      normalized(layer.feed_forward_norm);
      const auto inside = member.share(inner, 4);
      project(normal.data(), width, rows, layer.up, inside.begin, inside.end, ups.data(), inner);
      const int64_t count = inside.end - inside.begin;
      if (layer.gate.outputs > 0) {
        project(normal.data(), width, rows, layer.gate, inside.begin, inside.end, gates.data(), inner);
        for (int64_t r = 0; r < rows; ++r)
          gate(gates.data() + r * inner + inside.begin, ups.data() + r * inner + inside.begin, count);
      } else {
        for (int64_t r = 0; r < rows; ++r) activate(activation, ups.data() + r * inner + inside.begin, count);
      }
      member.wait_for_all();
      add_projected(ups.data(), layer.down);
    }
    const auto my_wanted = member.share(wanted_count);
    for (int64_t i = my_wanted.begin; i < my_wanted.end; ++i)
      normalize(x.data() + wanted[i] * width, norm, epsilon, normal.data() + i * width, width);
    member.wait_for_all();
    const auto vocabulary = member.share(head.outputs, 4);
    project(normal.data(), width, wanted_count, head, vocabulary.begin, vocabulary.end, logits, head.outputs);
  });
}

ct_status ct_decoder_make(const ct_decoder_model *model, int64_t slots, int64_t capacity, ct_decoder *result) {
  return guarded([&] {
    auto decoder = std::make_unique<ct_decoder_box>();
    auto &d = *decoder;
    d.heads = model->heads, d.kv_heads = model->kv_heads, d.head_width = model->head_width;
    d.slots = slots, d.capacity = capacity, d.epsilon = static_cast<float>(model->epsilon);
    d.activation = model->activation;
    d.embedding = d.numbers(model->embedding), d.positions = d.numbers(model->positions);
    d.norm = {d.numbers(model->norm), d.numbers(model->norm_bias)};
    d.head = d.projection(model->head, nullptr);
    d.width = d.head.inputs;
    d.layers.resize(model->layer_count);
    for (int64_t i = 0; i < model->layer_count; ++i) {
      const ct_decoder_layer &from = model->layers[i];
      Layer &to = d.layers[i];
      to.attention_norm = {d.numbers(from.attention_norm), d.numbers(from.attention_norm_bias)};
      to.feed_forward_norm = {d.numbers(from.feed_forward_norm), d.numbers(from.feed_forward_norm_bias)};
      to.query_norm = {d.numbers(from.query_norm)};
      to.key_norm = {d.numbers(from.key_norm)};
      for (int p = 0; p < 3; ++p)
        if (from.projections[p] != nullptr)
          to.projections[to.projection_count++] = d.projection(from.projections[p], from.projection_biases[p]);
      to.output = d.projection(from.output, from.output_bias);
      to.gate = d.projection(from.gate, from.gate_bias);
      to.up = d.projection(from.up, from.up_bias);
      to.down = d.projection(from.down, from.down_bias);
      to.scale = static_cast<float>(from.scale), to.window = from.window;
      d.inner = to.up.outputs;
      to.keys = d.room(slots * d.kv_heads * capacity * d.head_width);
      to.values = d.room(slots * d.kv_heads * capacity * d.head_width);
    }
    if (model->cosine != nullptr) {
      const int64_t count = capacity * d.head_width / 2;
      d.cosine.assign(model->cosine, model->cosine + count);
      d.sine.assign(model->sine, model->sine + count);
    }
    *result = decoder.release();
  });
}

void ct_decoder_free(ct_decoder decoder) { delete decoder; }

ct_status ct_decoder_step(ct_decoder decoder, const int64_t *slots, const int64_t *positions, const int64_t *tokens,
                          int64_t count, const int64_t *wanted, int64_t wanted_count, ct_tensor *logits) {
  return guarded([&] {
    at::NoGradGuard no_graph;
    const auto result = at::empty({wanted_count, decoder->head.outputs}, at::kFloat);
    if (count > 0)
      decoder->compute(slots, positions, tokens, count, wanted, wanted_count, result.mutable_data_ptr<float>());
    *logits = give(result);
  });
}

void ct_decoder_copy(ct_decoder decoder, int64_t from, int64_t to, int64_t tokens) {
  for (auto &layer : decoder->layers)
    for (int64_t head = 0; head < decoder->kv_heads; ++head)
      for (float *cache : {layer.keys, layer.values})
        std::memcpy(cache + decoder->row_of_cache(to, head), cache + decoder->row_of_cache(from, head),
                    tokens * decoder->head_width * sizeof(float));
}
#endif
