#ifdef ATTUNE_LIBTORCH
#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>

#include "aligned_numbers.hpp"
#include "attend.hpp"
#include "projection.hpp"
#include "rowwise.hpp"
#include "status.hpp"
#include "team.hpp"

using namespace attune;

namespace {

struct Layer {
  Norm attention_norm, query_norm, key_norm, feed_forward_norm;
  Projection projections[3];  // to queries, keys and values, side by side
  int64_t projection_count = 0;
  Projection output, gate, up, down;
  float scale = 1;
  int64_t window = 0;
};

/// Tokens on their way in.
struct Tokens {
  const int64_t *slot, *position, *id;
  int64_t count;
};

}  // namespace

struct ct_decoder_box {
  std::vector<at::Tensor> tensors;  // what the pointers point into
  std::vector<Layer> layers;
  const float *embedding = nullptr, *positions = nullptr;
  Norm norm;
  Projection head;
  int64_t width = 0, heads = 0, kv_heads = 0, head_width = 0, inner = 0;
  float epsilon = 0;
  ct_activation activation = ct_relu;
  std::vector<float> cosine, sine;  // [capacity, head width / 2]; empty without rotation
  KeyValueCache cache;
  AlignedNumbers x, projected, mixed, gates, ups;  // a row for each token of a step
  struct Own {
    AlignedNumbers normal, scores;
  };
  std::vector<Own> own;  // each thread's

  const float *numbers(ct_tensor tensor) {
    if (tensor == nullptr) return nullptr;
    tensors.push_back(tensor->value.contiguous());
    return tensors.back().const_data_ptr<float>();
  }

  Projection projection(ct_tensor weight, ct_tensor bias) {
    if (weight == nullptr) return {};
    const auto &w = weight->value;
    TORCH_CHECK(fused(w) && w.dim() == 2, "a decoder's weights are matrices of float32 in memory");
    return {numbers(weight), numbers(bias), w.size(0), w.size(1)};
  }

  void compute(const Tokens &tokens, const int64_t *wanted, int64_t wanted_count, float *logits);
  void project_heads(int64_t layer, const Tokens &tokens, const float *normal, Member::Share mine);
  void attend_rows(int64_t layer, const Tokens &tokens, const Member &member);
};

/// Computes the heads [begin, end) of queries, keys and values, counted in this order, of all tokens.
void ct_decoder_box::project_heads(int64_t index, const Tokens &tokens, const float *normal, Member::Share mine) {
  const Layer &layer = layers[index];
  const int64_t half = head_width / 2, stride = (heads + 2 * kv_heads) * head_width;
  int64_t start = 0;
  for (int64_t p = 0; p < layer.projection_count; ++p) {
    const auto &projection = layer.projections[p];
    const int64_t begin = std::max<int64_t>(0, mine.begin * head_width - start),
                  end = std::min(projection.outputs, mine.end * head_width - start);
    if (begin < end) project(normal, width, tokens.count, projection, begin, end, projected.data() + start, stride);
    start += projection.outputs;
  }
  for (int64_t row = 0; row < tokens.count; ++row) {
    const int64_t slot = tokens.slot[row], position = tokens.position[row];
    for (int64_t head = mine.begin; head < mine.end; ++head) {
      float *numbers = projected.data() + row * stride + head * head_width;
      const int64_t value_head = head - heads - kv_heads;
      if (value_head >= 0) {
        cache.head(index, slot, value_head).store_value(position, numbers);
        continue;
      }
      const Norm &norm = head < heads ? layer.query_norm : layer.key_norm;
      if (norm.weight != nullptr) normalize(numbers, norm, epsilon, numbers, head_width);
      if (!cosine.empty()) rotate(numbers, cosine.data() + position * half, sine.data() + position * half, half);
      if (head >= heads) cache.head(index, slot, head - heads).store_key(position, numbers);
    }
  }
}

/// Mixes, for each token and each key–value head of the member's, the values that the head's queries ask for.
void ct_decoder_box::attend_rows(int64_t index, const Tokens &tokens, const Member &member) {
  const int64_t group = heads / kv_heads, stride = (heads + 2 * kv_heads) * head_width, window = layers[index].window;
  float *scores = own[member.index].scores.data();
  // Late tokens see more than early ones: members take turns.
  for (int64_t item = member.index; item < tokens.count * kv_heads; item += member.count) {
    const int64_t row = item / kv_heads, kv_head = item % kv_heads, end = tokens.position[row] + 1,
                  begin = window > 0 ? std::max<int64_t>(0, end - window) : 0,
                  column = kv_head * group * head_width;
    attend(cache.head(index, tokens.slot[row], kv_head), {begin, end}, projected.data() + row * stride + column, group,
           layers[index].scale, scores, cache.capacity(), mixed.data() + row * heads * head_width + column);
  }
}

void ct_decoder_box::compute(const Tokens &tokens, const int64_t *wanted, int64_t wanted_count, float *logits) {
  const int64_t rows = tokens.count;
  x.at_least(rows * width), mixed.at_least(rows * heads * head_width), ups.at_least(rows * inner);
  projected.at_least(rows * (heads + 2 * kv_heads) * head_width);
  if (layers[0].gate.outputs > 0) gates.at_least(rows * inner);
  own.resize(at::get_num_threads());
  for (auto &each : own) each.normal.at_least(rows * width), each.scores.at_least(heads / kv_heads * cache.capacity());
  for (int64_t row = 0; row < rows; ++row) cache.prepare(tokens.slot[row], tokens.position[row]);

  run_together([&](Member &member) {
    // Each member normalizes all rows for itself, which takes less time than to wait for the others' share.
    float *normal = own[member.index].normal.data();
    const auto normalized = [&](const Norm &norm) {
      for (int64_t r = 0; r < rows; ++r) normalize(x.data() + r * width, norm, epsilon, normal + r * width, width);
      return normal;
    };
    const auto add_projected = [&](const float *from, const Projection &projection) {
      const auto mine = member.share(projection.outputs, 4);
      project(from, projection.inputs, rows, projection, mine.begin, mine.end, x.data(), width, Target::increased);
      member.wait_for_all();
    };

    const auto my_rows = member.share(rows);
    for (int64_t r = my_rows.begin; r < my_rows.end; ++r) {
      std::memcpy(x.data() + r * width, embedding + tokens.id[r] * width, width * sizeof(float));
      if (positions != nullptr) add(positions + tokens.position[r] * width, x.data() + r * width, width);
    }
    member.wait_for_all();
    const int64_t last = static_cast<int64_t>(layers.size()) - 1;
    for (int64_t index = 0; index <= last; ++index) {
      const Layer &layer = layers[index];
      const float *seen = normalized(layer.attention_norm);
      if (wanted_count == 0 && index == last) {
        // Nothing follows but the keys and values that later tokens see.
        const auto mine = member.share(2 * kv_heads);
        return project_heads(index, tokens, seen, {heads + mine.begin, heads + mine.end});
      }
      project_heads(index, tokens, seen, member.share(heads + 2 * kv_heads));
      member.wait_for_all();
      attend_rows(index, tokens, member);
      member.wait_for_all();
      add_projected(mixed.data(), layer.output);

      seen = normalized(layer.feed_forward_norm);
      const auto mine = member.share(inner, 4);
      project(seen, width, rows, layer.up, mine.begin, mine.end, ups.data(), inner);
      const int64_t count = mine.end - mine.begin;
      if (layer.gate.outputs > 0) {
        project(seen, width, rows, layer.gate, mine.begin, mine.end, gates.data(), inner);
        for (int64_t r = 0; r < rows; ++r)
          gate(gates.data() + r * inner + mine.begin, ups.data() + r * inner + mine.begin, count);
      } else {
        for (int64_t r = 0; r < rows; ++r) activate(activation, ups.data() + r * inner + mine.begin, count);
      }
      member.wait_for_all();
      add_projected(ups.data(), layer.down);
    }
    for (int64_t i = 0; i < wanted_count; ++i)
      normalize(x.data() + wanted[i] * width, norm, epsilon, normal + i * width, width);
    const auto mine = member.share(head.outputs, 4);
    project(normal, width, wanted_count, head, mine.begin, mine.end, logits, head.outputs);
  });
}

ct_status ct_decoder_make(const ct_decoder_model *model, int64_t slots, int64_t capacity, ct_decoder *result) {
  return guarded([&] {
    auto decoder = std::make_unique<ct_decoder_box>();
    auto &d = *decoder;
    d.heads = model->heads, d.kv_heads = model->kv_heads, d.head_width = model->head_width;
    d.epsilon = static_cast<float>(model->epsilon);
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
    }
    d.cache = KeyValueCache(model->layer_count, d.kv_heads, d.head_width, slots, capacity);
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
    c10::NoGradGuard no_graph;
    const auto result = at::empty({wanted_count, decoder->head.outputs}, at::kFloat);
    if (count > 0)
      decoder->compute({slots, positions, tokens, count}, wanted, wanted_count, result.mutable_data_ptr<float>());
    *logits = give(result);
  });
}

void ct_decoder_copy(ct_decoder decoder, int64_t from, int64_t to, int64_t tokens) {
  decoder->cache.copy(from, to, tokens);
}
#endif
