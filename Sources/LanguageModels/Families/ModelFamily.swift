/// The families of decoder-only transformers that Attune computes, by the name that `config.json`
/// gives under `architectures`. SmolLM is published as a Llama.
///
/// All are one network: blocks of attention and feed-forward layers that read a normalized residual
/// stream and add to it. A family's own file says how its `config.json` describes the choices within
/// that network (``TransformerConfiguration``), and what its checkpoints call their tensors.
public enum ModelFamily: String, CaseIterable, Sendable {
  /// Llama 1 to 3, SmolLM 1 and 2.
  case llama = "LlamaForCausalLM"
  /// Mistral 7B: a sliding window on every layer, where there is one.
  case mistral = "MistralForCausalLM"
  /// Qwen 1.5, 2 and 2.5: biases on query, key and value.
  case qwen2 = "Qwen2ForCausalLM"
  /// Qwen 3: query and key are normalized head by head.
  case qwen3 = "Qwen3ForCausalLM"
  /// GPT-2: learned positions, layer normalization, a feed-forward block without gate.
  case gpt2 = "GPT2LMHeadModel"

  /// What the family's checkpoints call their tensors.
  var weightNames: WeightNames {
    switch self {
    case .llama, .mistral, .qwen2, .qwen3: .llama
    case .gpt2: .gpt2
    }
  }

  /// The standard deviation of a fresh matrix, as transformers draws it.
  ///
  /// In GPT-2 what is added to the residual stream starts smaller, so that the sum over 2·`layers`
  /// blocks does not grow with their number (Radford et al. 2019, section 2.3).
  func initialDeviation(of module: Module, layers: Int) -> Double {
    switch (self, module) {
    case (.gpt2, .layer(_, .attentionOutput)), (.gpt2, .layer(_, .down)):
      0.02 / Double(2 * layers).squareRoot()
    default:
      0.02
    }
  }
}
