public import Tokenization
public import TorchEngine

/// A reward model: a score for each sequence, read at its last token, differentiable by what is
/// trained.
///
/// The last token is found by the sequence's length. Models that look for the last id that is no
/// padding read one token early where padding and end of sequence are one id.
public final class RewardModel: ScoreModel {
  /// The backbone's shape.
  public let configuration: TransformerConfiguration
  /// The shape of what reads its last hidden state.
  public let head: ScoreHeadShape
  /// Backbone and heads.
  public let parameters: Parameters
  /// How the backbone takes part.
  public let backbone: RewardBackbone
  /// What is stored beside the weights: normalization and corrections of the scores.
  public var record: RewardModelRecord

  init(
    configuration: TransformerConfiguration, head: ScoreHeadShape, parameters: Parameters,
    backbone: RewardBackbone, record: RewardModelRecord
  ) {
    self.configuration = configuration
    self.head = head
    self.parameters = parameters
    self.backbone = backbone
    self.record = record
  }

  /// Scores the sequences of a packed batch; the graph is kept by the result.
  ///
  /// - Parameters:
  ///   - batch: Packed sequences, none of them empty.
  ///   - dropout: What is left out of the heads' hidden layers; `nil` when nothing is.
  /// - Returns: For each member, one score a sequence, in the batch's order.
  /// - Throws: `EngineError`, for instance for a token id outside the vocabulary.
  public func scores(
    of batch: PackedBatch, dropout: HeadDropout? = nil
  ) throws(EngineError) -> ScoredSequences {
    try scores(ofFeatures: hiddenStates(of: batch), dropout: dropout)
  }

  /// The normalized hidden state of each sequence's last token.
  ///
  /// - Parameter batch: Packed sequences, none of them empty.
  /// - Returns: [sequences, width].
  /// - Throws: `EngineError`, for instance for a token id outside the vocabulary.
  public func hiddenStates(of batch: PackedBatch) throws(EngineError) -> Tensor {
    try Transformer(configuration: configuration, parameters: parameters)
      .hiddenStates(of: batch, rows: batch.lastRows)
  }
}

/// How the backbone of a reward model takes part in training and in saving.
public enum RewardBackbone: String, CaseIterable, Sendable {
  /// It is trained with the head.
  case trained
  /// It stays as it is; the head alone is trained, and both are saved.
  case frozen
  /// It is the policy's own, which stays as it is; the head alone is trained and saved.
  case shared
}

extension RewardModel: TrainableModel {
  /// All parameters, or the heads' where the backbone stays as it is.
  package var trainedParameters: Parameters {
    backbone == .trained ? parameters : parameters.heads
  }
}
