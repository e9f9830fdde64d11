/// A place in the network that has a weight and perhaps a bias.
enum Module: Hashable {
  /// The table of token embeddings.
  case embedding
  /// The table of learned positions.
  case positionEmbedding
  case layer(Int, LayerModule)
  /// The normalization after the last layer.
  case finalNormalization
  /// The projection onto the vocabulary, where it is not the embedding table.
  case head
}

/// A module of one layer.
enum LayerModule: Hashable {
  case attentionNormalization
  case query, key, value
  /// The three projections as one: their outputs side by side.
  case queryKeyValue
  case queryNormalization, keyNormalization
  case attentionOutput
  case feedForwardNormalization
  case gate, up, down
}

/// The parts of a network that people count weights by.
package enum NetworkPart: String, CaseIterable {
  case embedding, attention
  case feedForward = "feed-forward"
  case normalization
  case head = "output head"
}

extension Module {
  var part: NetworkPart {
    switch self {
    case .embedding, .positionEmbedding: .embedding
    case .finalNormalization: .normalization
    case .head: .head
    case .layer(_, let module):
      switch module {
      case .attentionNormalization, .queryNormalization, .keyNormalization,
        .feedForwardNormalization:
        .normalization
      case .query, .key, .value, .queryKeyValue, .attentionOutput: .attention
      case .gate, .up, .down: .feedForward
      }
    }
  }
}
