import PreferenceData
import TorchEngine

/// What the weight files of a checkpoint hold, by their tables of contents alone.
struct WeightSummary {
  /// A place in the network that weights belong to.
  enum Part: String, CaseIterable {
    case embedding, attention
    case feedForward = "feed-forward"
    case normalization
    case head = "output head"
    case other

    /// The part of a tensor, by its name in the Hugging Face layout.
    init(tensor name: String) {
      if name.contains("embed_tokens") {
        self = .embedding
      } else if name.contains("norm") {
        self = .normalization
      } else if name.contains("self_attn") {
        self = .attention
      } else if name.contains(".mlp.") {
        self = .feedForward
      } else if name.hasPrefix("lm_head") {
        self = .head
      } else {
        self = .other
      }
    }
  }

  /// One tensor of the files.
  struct Entry {
    let name: String
    let shape: [Int]
    let format: String
    var count: Int { shape.reduce(1, *) }
  }

  /// All tensors by name.
  let entries: [Entry]

  init(_ checkpoint: SafetensorsCheckpoint) {
    entries = checkpoint.names.map { name in
      Entry(
        name: name, shape: checkpoint.shape(of: name) ?? [],
        format: checkpoint.format(of: name) ?? "")
    }
  }

  /// The number of weights.
  var count: Int { entries.reduce(0) { $0 + $1.count } }

  /// The number of weights in each part that has any.
  var parts: [(part: Part, count: Int)] {
    let counts = Dictionary(grouping: entries) { Part(tensor: $0.name) }
      .mapValues { $0.reduce(0) { $0 + $1.count } }
    return Part.allCases.compactMap { part in counts[part].map { (part, $0) } }
  }

  /// The number formats in the files and how many tensors have each, by name.
  var formats: [(name: String, tensors: Int)] {
    Dictionary(grouping: entries, by: \.format).map { ($0, $1.count) }.sorted { $0.0 < $1.0 }
  }

  /// The weights in float32, as they are loaded.
  var loadedBytes: Int { 4 * count }

  /// Weight, gradient and Adam's two moments, each in float32; activations come on top.
  var trainingBytes: Int { 16 * count }
}
