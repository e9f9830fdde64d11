import ArgumentParser
import Evaluations
import LanguageModels
import Pipelines
import PreferenceData
import Trainers
import TrainingConfiguration

/// How the members' scores of a completion are read: normalized or not, and as one number.
struct RewardReading {
  /// For each member, what its scores are normalized by; `nil` to leave them as they are.
  private let normalizations: [ScoreNormalization]?
  private let aggregation: EnsembleAggregation
  private let isEnsemble: Bool

  /// A reading for the members of a reward model.
  ///
  /// - Parameters:
  ///   - models: The models whose heads the members are.
  ///   - isNormalized: Whether scores are in deviations from the mean of the reference set.
  ///   - aggregation: How members become one.
  ///   - lambda: What the variance is multiplied by.
  /// - Throws: `ValidationError` where a model has stored no normalization.
  init(
    _ models: [any ScoreModel], isNormalized: Bool, aggregation: AggregationChoice, lambda: Double
  ) throws {
    let stored = models.storedNormalizations
    if isNormalized, stored == nil {
      throw ValidationError(
        "'--normalized' needs mean and deviation of a reference set, which this reward model does "
          + "not store; those that `attune reward` trains do, until a length correction is saved")
    }
    normalizations = isNormalized ? stored : nil
    isEnsemble = models.reduce(0) { $0 + $1.head.members } > 1
    self.aggregation = aggregation.aggregation(lambda: lambda)
  }

  /// The members of the output for one completion.
  ///
  /// - Parameters:
  ///   - score: What the model says; `nil` where there was nothing to score.
  ///   - prefix: What the names begin with.
  ///   - row: Takes `score` and, for ensembles, `scores` and `variance`.
  func add(_ score: RewardScoring.Score?, prefix: String, to row: inout JSONObject) {
    row.set("\(prefix)score", to: value(score))
    guard isEnsemble else { return }
    row.set(
      "\(prefix)scores",
      to: score.map { .array(normalized($0.members).map { .number($0) }) } ?? .null)
    row.set("\(prefix)variance", to: variance(score))
  }

  /// One number for a completion.
  func number(_ score: RewardScoring.Score) -> Double {
    aggregation.combine(normalized(score.members))
  }

  /// One number for a completion; null where there was nothing to score.
  func value(_ score: RewardScoring.Score?) -> JSONValue {
    score.map { .number(number($0)) } ?? .null
  }

  /// The population variance of a completion's members.
  func variance(_ score: RewardScoring.Score?) -> JSONValue {
    guard let score else { return .null }
    let members = normalized(score.members)
    let mean = members.reduce(0, +) / Double(members.count)
    return .number(
      members.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(members.count))
  }

  /// Whether there is more than one member.
  var hasVariance: Bool { isEnsemble }

  private func normalized(_ members: [Double]) -> [Double] {
    guard let normalizations else { return members }
    return zip(members, normalizations).map { $1.normalize($0) }
  }
}
