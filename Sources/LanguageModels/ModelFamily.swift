/// The families of decoder-only transformers that Attune computes, by the name that `config.json`
/// gives under `architectures`. SmolLM is published as a Llama.
///
/// All are the same network (pre-normalized attention and gated feed-forward blocks); what tells
/// them apart is which projections carry a bias, whether queries and keys are normalized, and
/// which layers have a sliding window.
public enum ModelFamily: String, CaseIterable, Sendable {
  /// Llama 1 to 3, SmolLM 1 and 2.
  case llama = "LlamaForCausalLM"
  /// Mistral 7B: a sliding window on every layer, where there is one.
  case mistral = "MistralForCausalLM"
  /// Qwen 1.5, 2 and 2.5: biases on query, key and value.
  case qwen2 = "Qwen2ForCausalLM"
  /// Qwen 3: query and key are normalized head by head.
  case qwen3 = "Qwen3ForCausalLM"
}
