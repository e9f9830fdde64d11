public import LanguageModels
public import PreferenceData
internal import TorchEngine

/// How reward models of feature vectors score rows.
public struct FeatureScoring {
  /// The models whose scores are the members': one with any number of heads, or several.
  public let models: [FeatureRewardModel]

  /// Scores with the reward model of a directory, or with all models of an ensemble of models.
  ///
  /// - Parameter directory: What `attune reward --features` has written.
  /// - Throws: ``TrainingError``, `ModelError` or `EngineError` for what the directory lacks.
  public init(directory: String) throws {
    models = try RewardEnsemble.members(of: directory).map {
      try FeatureRewardModel(directory: $0)
    }
  }

  /// Whether a directory holds models of feature vectors.
  ///
  /// - Parameter directory: A reward model or an ensemble.
  /// - Returns: `false` for models of text.
  /// - Throws: ``TrainingError`` if a member of an ensemble is not finished; `ModelError`.
  public static func reads(_ directory: String) throws -> Bool {
    let first = try RewardEnsemble.members(of: directory)[0]
    return try RewardModelRecord(directory: first).featureWidth != nil
  }

  /// The numbers of a vector.
  public var width: Int { models[0].width }

  /// Scores rows, all of whose vectors have as many numbers as the model reads.
  ///
  /// - Parameter rows: Any number of rows.
  /// - Returns: For each row one score a vector.
  /// - Throws: `EngineError` if memory runs out.
  public func scores(of rows: [FeatureRow]) throws -> [[RewardScoring.Score]] {
    if rows.isEmpty { return [] }
    let vectors = rows.flatMap(\.vectors)
    let table = try Tensor(vectors.flatMap { $0.map(Float.init) }, shape: [vectors.count, width])
    var members: [[Double]] = []
    for model in models {
      members += try withoutGradients { () throws(EngineError) in
        try model.scores(ofFeatures: table).members
      }
    }
    var next = 0
    return rows.map { row in
      row.vectors.map { _ in
        defer { next += 1 }
        return RewardScoring.Score(members: members.map { $0[next] }, completionTokens: 0)
      }
    }
  }
}
