// Without the package trait LibTorch the engine is not there. Each function that can fail then says
// so, and what needs no tensors (data, tokenizers, objectives) builds and runs all the same.
//
// This file does not include the header: one declaration serves every parameter list, since the
// caller passes and drops the arguments and the result comes back in the same registers.
#ifndef ATTUNE_LIBTORCH
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  int32_t code;
  char *message;
} ct_status;

#define ABSENT(name)                                                                     \
  ct_status name(void) {                                                                 \
    ct_status status = {2, strdup("this attune was built without LibTorch; build it "    \
                                  "with the package trait LibTorch (scripts/libtorch)")}; \
    return status;                                                                       \
  }

ABSENT(ct_prepare)
ABSENT(ct_set_threads)
ABSENT(ct_tensor_copying)
ABSENT(ct_tensor_full)
ABSENT(ct_tensor_normal)
ABSENT(ct_tensor_read)
ABSENT(ct_tensor_read_part)
ABSENT(ct_tensor_converted)
ABSENT(ct_tensor_reshaped)
ABSENT(ct_tensor_transposed)
ABSENT(ct_tensor_split)
ABSENT(ct_tensor_sum)
ABSENT(ct_tensor_add)
ABSENT(ct_tensor_multiply)
ABSENT(ct_tensor_require_gradient)
ABSENT(ct_tensor_gradient)
ABSENT(ct_tensor_clear_gradient)
ABSENT(ct_backward)
ABSENT(ct_embedding)
ABSENT(ct_linear)
ABSENT(ct_rms_norm)
ABSENT(ct_rms_norm_linears)
ABSENT(ct_layer_norm)
ABSENT(ct_rotary)
ABSENT(ct_gated_silu)
ABSENT(ct_gated_linear)
ABSENT(ct_activate)
ABSENT(ct_tree_attention)
ABSENT(ct_log_probabilities)
ABSENT(ct_gradient_norm)
ABSENT(ct_adamw_step)
ABSENT(ct_decoder_make)
ABSENT(ct_decoder_step)
ABSENT(ct_draw_tokens)

void ct_message_free(char *message) { free(message); }
int32_t ct_threads(void) { return 0; }
const char *ct_version(void) { return ""; }
int64_t ct_live_tensors(void) { return 0; }
void ct_tensor_free(void *tensor) {}
void ct_decoder_free(void *decoder) {}
void ct_decoder_copy(void *decoder, int64_t from, int64_t to, int64_t tokens) {}
int32_t ct_tensor_rank(void *tensor) { return 0; }
int64_t ct_tensor_size(void *tensor, int32_t dimension) { return 0; }
int32_t ct_tensor_element(void *tensor) { return -1; }
const void *ct_tensor_address(void *tensor) { return 0; }
bool ct_record_graph(bool enabled) { return enabled; }
#endif
