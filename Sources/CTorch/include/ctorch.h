// The only door to LibTorch: a small C interface that Swift imports.
//
// Every function that can fail returns a ct_status; no C++ exception crosses this header. A
// ct_tensor that a function hands out is owned by its receiver, who gives it back once with
// ct_tensor_free. Arrays are borrowed for the duration of the call.

#ifndef ATTUNE_CTORCH_H
#define ATTUNE_CTORCH_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ct_tensor_box *ct_tensor;

/// The outcome of a call: code 0 and no message, or a message to free with ct_message_free.
typedef struct {
  int32_t code;
  char *message;
} ct_status;

void ct_message_free(char *message);

typedef enum {
  ct_float32 = 0,
  ct_float64 = 1,
  ct_bfloat16 = 2,
  ct_float16 = 3,
  ct_int64 = 4,
} ct_element;

// MARK: The machine

/// What this processor is and how its matrix products are computed.
typedef struct {
  bool amx_without_tile_information;  // oneDNN's bfloat16 would die of SIGILL: it has been told
  bool products_by_onednn;            // else by the BLAS that LibTorch was built with
  bool has_avx512;
  bool has_cuda;
} ct_machine;

/// Makes the process ready: keeps freed memory, guards against AMX, chooses the matrix product.
/// Call it before anything else here; later calls change nothing.
ct_status ct_prepare(ct_machine *machine);
ct_status ct_set_threads(int32_t count);
int32_t ct_threads(void);
/// Whether LibTorch is in this build, and its version ("" without it).
const char *ct_version(void);
/// Handles that are out and not yet freed; a leak test compares it before and after.
int64_t ct_live_tensors(void);

// MARK: Tensors

ct_status ct_tensor_copying(const void *bytes, ct_element element, const int64_t *shape,
                            int32_t rank, ct_tensor *result);
ct_status ct_tensor_full(double value, ct_element element, const int64_t *shape, int32_t rank,
                         ct_tensor *result);
/// Independent normal deviates from a generator of its own, seeded by `seed`.
ct_status ct_tensor_normal(double mean, double deviation, uint64_t seed, const int64_t *shape,
                           int32_t rank, ct_tensor *result);
void ct_tensor_free(ct_tensor tensor);

int32_t ct_tensor_rank(ct_tensor tensor);
int64_t ct_tensor_size(ct_tensor tensor, int32_t dimension);
int32_t ct_tensor_element(ct_tensor tensor);  // a ct_element, or -1
/// Where its elements lie: for tests of the memory that tensors are given.
const void *ct_tensor_address(ct_tensor tensor);
/// Copies all elements, converted to `element`, row by row into `destination`.
ct_status ct_tensor_read(ct_tensor tensor, ct_element element, void *destination);
/// Copies elements [start, start + count) of the flattened tensor, unconverted.
ct_status ct_tensor_read_part(ct_tensor tensor, int64_t start, int64_t count, void *destination);
ct_status ct_tensor_converted(ct_tensor tensor, ct_element element, ct_tensor *result);
ct_status ct_tensor_reshaped(ct_tensor tensor, const int64_t *shape, int32_t rank,
                             ct_tensor *result);
/// The matrix with rows and columns exchanged, as an array of its own.
ct_status ct_tensor_transposed(ct_tensor tensor, ct_tensor *result);
/// Splits the columns of a matrix into `count` neighbouring runs of the given widths, which share
/// its memory.
ct_status ct_tensor_split(ct_tensor tensor, const int64_t *widths, int32_t count,
                          ct_tensor *results);
ct_status ct_tensor_sum(ct_tensor tensor, ct_tensor *result);
ct_status ct_tensor_add(ct_tensor a, ct_tensor b, ct_tensor *result);
ct_status ct_tensor_multiply(ct_tensor a, ct_tensor b, ct_tensor *result);

// MARK: Gradients

/// Sets whether this thread records graphs; returns what held before.
bool ct_record_graph(bool enabled);
ct_status ct_tensor_require_gradient(ct_tensor tensor, bool required);
/// The accumulated gradient; *result is null where there is none yet.
ct_status ct_tensor_gradient(ct_tensor tensor, ct_tensor *result);
ct_status ct_tensor_clear_gradient(ct_tensor tensor);
/// One backward pass from several roots, each with its own seed of the root's shape.
ct_status ct_backward(const ct_tensor *roots, const ct_tensor *seeds, int32_t count);

// MARK: Layers. All are differentiable; tokens are rows: [tokens, width].

ct_status ct_embedding(ct_tensor table, const int64_t *ids, int64_t count, ct_tensor *result);
/// x · weightᵀ + bias; weight is [out, in]; bias may be null.
ct_status ct_linear(ct_tensor x, ct_tensor weight, ct_tensor bias, ct_tensor *result);
/// x / sqrt(mean(x²) + epsilon) · weight, over the last dimension.
ct_status ct_rms_norm(ct_tensor x, ct_tensor weight, double epsilon, ct_tensor *result);
/// Both of it: for each of `count` weights, the normalized x · weightᵀ + bias. Each of `biases` may be null.
ct_status ct_rms_norm_linears(ct_tensor x, ct_tensor normalization, double epsilon,
                              const ct_tensor *weights, const ct_tensor *biases, int32_t count,
                              ct_tensor *results);
/// (x − mean(x)) / sqrt(variance(x) + epsilon) · weight + bias, over the last dimension.
ct_status ct_layer_norm(ct_tensor x, ct_tensor weight, ct_tensor bias, double epsilon,
                        ct_tensor *result);
/// Rotates each head's (i, i + d/2) coordinate pairs by the token's angles; x is
/// [tokens, heads · d], cosine and sine are [tokens, d/2] constants.
ct_status ct_rotary(ct_tensor x, ct_tensor cosine, ct_tensor sine, ct_tensor *result);
/// silu(gate) · up, elementwise.
ct_status ct_gated_silu(ct_tensor gate, ct_tensor up, ct_tensor *result);
/// (silu(gate) · up) · weightᵀ + bias; weight is [out, in]; bias may be null.
ct_status ct_gated_linear(ct_tensor gate, ct_tensor up, ct_tensor weight, ct_tensor bias,
                          ct_tensor *result);

typedef enum {
  ct_gelu = 0,       // x Φ(x)
  ct_gelu_tanh = 1,  // x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2
  ct_relu = 2,
} ct_activation;
/// A function of each element.
ct_status ct_activate(ct_tensor x, ct_activation activation, ct_tensor *result);

/// Where the tokens of a packed batch lie. A tree is a trunk of shared tokens and the branches
/// that continue it; a token attends to the trunk before it and to its own branch before it.
typedef struct {
  int64_t trees;
  const int64_t *trunks;         // [trees][2]: first row, length
  const int64_t *branch_offsets; // [trees + 1] into branches
  const int64_t *branches;       // [..][2]: first row, length
} ct_forest;

/// Causal attention in each tree, q [tokens, heads · d], k and v [tokens, kv_heads · d]. A token
/// sees the last `window` tokens of its own sequence, itself among them (0: all of them).
ct_status ct_tree_attention(ct_tensor q, ct_tensor k, ct_tensor v, const ct_forest *forest,
                            int64_t heads, int64_t kv_heads, double scale, int64_t window,
                            ct_tensor *result);

/// Scores chosen targets under the next-token distribution softmax(hidden[row] · headᵀ).
/// For each of `count` (row, target) pairs, in nats: log π(target); the distribution's entropy;
/// the mean of log π over the vocabulary; and, not differentiable, whether the target is the
/// argmax, and log Σ π², the probability that two draws agree, which is computed only where its
/// result is not null. Where candidates are given, log π of each of them too: those of target i are
/// candidates[offsets[i]] to candidates[offsets[i + 1] − 1]. The logits are held `chunk` rows at a
/// time; where all of them fit in `keep_bytes` they are kept for the backward pass, else computed
/// again there.
typedef struct {
  const int64_t *offsets;     // [count + 1]
  const int64_t *candidates;  // [offsets[count]]
} ct_candidates;
ct_status ct_log_probabilities(ct_tensor hidden, ct_tensor head, const int64_t *rows,
                               const int64_t *targets, int64_t count, const ct_candidates *candidates,
                               int64_t chunk, int64_t keep_bytes, ct_tensor *log_probability,
                               ct_tensor *entropy, ct_tensor *mean_log_probability,
                               ct_tensor *is_argmax, ct_tensor *log_collision_probability,
                               ct_tensor *candidate_log_probability);

// MARK: Optimization

/// sqrt(Σ ‖gradient‖²) over all parameters that have one.
ct_status ct_gradient_norm(const ct_tensor *parameters, int64_t count, double *norm);

/// One fused AdamW step (Loshchilov & Hutter 2019) with gradients multiplied by `gradient_scale`
/// first. `step` counts from 1. Parameters without a gradient are left as they are.
typedef struct {
  double learning_rate, beta1, beta2, epsilon, weight_decay, gradient_scale;
  int64_t step;
} ct_adamw;
ct_status ct_adamw_step(const ct_tensor *parameters, const ct_tensor *first_moments,
                        const ct_tensor *second_moments, int64_t count, ct_adamw settings);

// MARK: Decoding, token by token with a cache of keys and values; float32 in memory, without a graph.

/// One layer's weights; those that a family does not have are null.
typedef struct {
  ct_tensor attention_norm, attention_norm_bias;
  ct_tensor projections[3], projection_biases[3];  // to queries, keys and values: one, or all three
  ct_tensor query_norm, key_norm;
  ct_tensor output, output_bias;
  ct_tensor feed_forward_norm, feed_forward_norm_bias;
  ct_tensor gate, gate_bias, up, up_bias, down, down_bias;
  double scale;
  int64_t window;  // 0: all that came before
} ct_decoder_layer;

typedef struct {
  ct_tensor embedding, positions, norm, norm_bias, head;
  const ct_decoder_layer *layers;
  int64_t layer_count, heads, kv_heads, head_width;
  double epsilon;
  ct_activation activation;    // where there is no gate
  const float *cosine, *sine;  // [capacity, head_width / 2], or null
} ct_decoder_model;

typedef struct ct_decoder_box *ct_decoder;

/// A decoder that reads a model's weights where they lie, so that it follows their training, with room for `slots`
/// sequences of `capacity` tokens.
ct_status ct_decoder_make(const ct_decoder_model *model, int64_t slots, int64_t capacity, ct_decoder *result);
void ct_decoder_free(ct_decoder decoder);
/// Takes `count` tokens in, each at a position of a slot whose earlier positions are filled, or among the tokens
/// before it; tokens of one slot come in order. The logits that follow the tokens `wanted` are [wanted_count, vocabulary].
ct_status ct_decoder_step(ct_decoder decoder, const int64_t *slots, const int64_t *positions, const int64_t *tokens,
                          int64_t count, const int64_t *wanted, int64_t wanted_count, ct_tensor *logits);
/// Copies the first `tokens` keys and values of a slot to another.
void ct_decoder_copy(ct_decoder decoder, int64_t from, int64_t to, int64_t tokens);

/// How a token is drawn from a row of logits.
typedef struct {
  double temperature;  // 0: the most likely token
  int64_t top_k;       // 0: all
  double top_p;        // 1: all
  double min_p;        // 0: all
  double uniform;      // in [0, 1): the draw
  // Logits of these ids are divided by the penalty where they are positive, else multiplied (Keskar et al. 2019).
  const int64_t *penalized;
  int64_t penalized_count;
  double penalty;
  const int64_t *forbidden;  // ids that must not be drawn
  int64_t forbidden_count;
} ct_draw;

/// Draws a token a row. The log probability is that of softmax(logits / temperature) before penalties and truncation,
/// at temperature 1 for the most likely token.
ct_status ct_draw_tokens(ct_tensor logits, const ct_draw *draws, int64_t *tokens, double *log_probabilities);

/// The `count` most likely tokens of a row, most likely first, of equal ones that with the smaller id first, with their
/// log probabilities by softmax(logits / temperature); at temperature 1 where it is 0.
ct_status ct_likely_tokens(ct_tensor logits, int64_t row, double temperature, int64_t count, int64_t *tokens,
                           double *log_probabilities);

#ifdef __cplusplus
}
#endif
#endif
