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
  /// The hidden layer of a member of a reward model's heads, where it has one.
  case scoreHidden(Int)
  /// What gives the score of a member of a reward model's heads.
  case score(Int)
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
  case score = "score head"
}

extension Module {
  var part: NetworkPart {
    switch self {
    case .embedding, .positionEmbedding: .embedding
    case .finalNormalization: .normalization
    case .head: .head
    case .scoreHidden, .score: .score
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
