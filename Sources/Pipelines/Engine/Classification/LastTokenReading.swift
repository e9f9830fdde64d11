internal import LanguageModels
internal import Tokenization
internal import TorchEngine
internal import Trainers

/// What a network gives at the last token of texts: packed, a batch at a time, in order.
///
/// Of a text with more tokens than the model has positions the end is read, where the answer stands.
struct LastTokenReading {
  private let tokenizer: Tokenizer
  private let positions: Int

  /// Reads with a model's tokenizer.
  ///
  /// - Parameters:
  ///   - directory: The model directory.
  ///   - configuration: The model's shape.
  /// - Throws: `TokenizerError`, or `TrainingError` where the tokenizer has ids that the model has not.
  init(directory: String, configuration: TransformerConfiguration) throws {
    tokenizer = try Tokenizer(directory: directory)
    try configuration.check(tokenizer, of: directory)
    positions = configuration.positionLimit
  }

  /// Reads texts.
  ///
  /// - Parameters:
  ///   - texts: None of them empty.
  ///   - progress: Told after each batch how many texts are done; may throw to stop.
  ///   - network: What is read, [sequences, width].
  /// - Returns: One vector a text.
  /// - Throws: What `progress` throws, or `EngineError`.
  func vectors(
    of texts: [String], progress: (_ done: Int) throws -> Void,
    by network: (PackedBatch) throws(EngineError) -> Tensor
  ) throws -> [[Double]] {
    let groups = texts.map { text in
      [
        PackedBatch.Sequence(
          prompt: Array(tokenizer.encode(text).suffix(positions)), completion: [])
      ]
    }
    var vectors: [[Double]] = []
    for range in SequenceScoring.usualBatchSize.ranges(of: groups) {
      let values = try withoutGradients { () throws(EngineError) in
        try network(PackedBatch(Array(groups[range]))).values(as: Double.self)
      }
      let width = values.count / range.count
      vectors += range.indices.map { place in
        Array(
          values[((place - range.lowerBound) * width)..<((place - range.lowerBound + 1) * width)])
      }
      try progress(range.upperBound)
    }
    return vectors
  }
}
