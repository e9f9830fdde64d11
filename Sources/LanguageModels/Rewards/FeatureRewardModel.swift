public import TorchEngine

/// A reward model without a language model: heads that read vectors of features which somebody has
/// measured, such as ratings, lengths or embeddings of completions.
///
/// Each member is linear, ReLU, dropout, linear, drawn as He et al. (2015) propose.
///
///     let model = try FeatureRewardModel(fresh: .init(kind: .multilayer(width: 256)), width: 12, seed: 1)
///     let scores = try model.scores(ofFeatures: Tensor(vectors, shape: [2, 12])).members[0]
public final class FeatureRewardModel: ScoreModel {
  /// The numbers in a vector of features.
  public let width: Int
  /// The shape of the heads.
  public let head: ScoreHeadShape
  /// The heads.
  public let parameters: Parameters
  /// What is stored beside the weights.
  public var record: RewardModelRecord

  private init(width: Int, parameters: Parameters, record: RewardModelRecord) {
    self.width = width
    head = record.head
    self.parameters = parameters
    self.record = record
  }

  /// A model with fresh heads.
  ///
  /// - Parameters:
  ///   - head: The shape of the heads.
  ///   - width: The numbers in a vector of features, at least 1.
  ///   - seed: The same seed gives the same heads; each member draws from a generator of its own.
  /// - Throws: `EngineError` if memory runs out.
  public convenience init(
    fresh head: ScoreHeadShape, width: Int, seed: UInt64
  ) throws(EngineError) {
    precondition(width > 0, "vectors of \(width) features")
    var record = RewardModelRecord()
    record.head = head
    record.featureWidth = width
    self.init(
      width: width, parameters: try Parameters(freshHeads: head, width: width, seed: seed),
      record: record)
  }

  /// Reads a model.
  ///
  /// - Parameter directory: What `attune reward --features` has written.
  /// - Throws: ``ModelError`` or `EngineError`, naming the file and what does not fit.
  public convenience init(directory: String) throws {
    let record = try RewardModelRecord(directory: directory)
    guard let width = record.featureWidth else {
      throw ModelError.configuration(
        path: "\(directory)/\(RewardModelRecord.fileName)",
        problem: "names no feature_width: the model reads text, not vectors of features")
    }
    self.init(
      width: width,
      parameters: try Parameters(
        headsOf: record.head, width: width,
        from: SafetensorsFile(path: "\(directory)/\(RewardModel.headsFileName)")),
      record: record)
  }
}

extension FeatureRewardModel: TrainableModel {
  package var trainedParameters: Parameters { parameters }

  /// Writes `reward_model.json` and `reward_heads.safetensors`.
  ///
  /// - Parameters:
  ///   - folder: An existing folder, which should be temporary until it is complete.
  ///   - source: Ignored: the model has neither a configuration nor a tokenizer.
  /// - Throws: `RunRecordError` if the disk does not take a file.
  package func write(to folder: String, companionsFrom source: String) throws {
    try parameters.write(to: "\(folder)/\(RewardModel.headsFileName)")
    try record.write(to: folder)
  }
}
