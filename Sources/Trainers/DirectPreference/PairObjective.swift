internal import Objectives
internal import PreferenceData
internal import Tokenization
internal import TrainingConfiguration

/// A preference loss with what decides the numbers that it sees: the middle of the seam.
struct PairObjective {
  let loss: DPOLoss
  /// LD-DPO's discount on the tokens by which one side is longer, if asked for.
  let lengthDesensitization: LengthDesensitization?
  /// Whether pairs count as much as they are likely under the policy (WPO).
  let weighsByPolicy: Bool
  /// Whether a pair's agreement is the probability that its judgment is true.
  let takesProbabilities: Bool

  /// The objective that a configuration describes.
  init(_ configuration: DPOConfiguration) {
    loss = configuration.loss
    lengthDesensitization = configuration.ldAlpha.map(LengthDesensitization.init(alpha:))
    weighsByPolicy = configuration.useWeighting
    takesProbabilities = configuration.agreement == .probability
  }

  /// The loss of pairs and its gradient by their log probabilities.
  ///
  /// - Parameters:
  ///   - parts: Pairs that were scored by the policy, in any number of batches.
  ///   - data: The data set that they are from.
  ///   - reference: log π_ref of both sides of each pair, if the loss looks at a reference.
  ///   - meanChosenTokens: Of all pairs that the loss is averaged over in the end.
  ///   - step: The optimizer step, for errors.
  /// - Returns: One value a pair, in the order of the parts.
  /// - Throws: ``TrainingError`` if a value is not finite.
  func outcome(
    of parts: [ScoredPairs], in data: TrainingPairs, reference: PairReference?,
    meanChosenTokens: Double, step: Int
  ) throws(TrainingError) -> DPOOutcome {
    let pairs = parts.flatMap(\.indices)
    let policy = PairLogProbabilities(joining: parts.map(\.logProbabilities))
    let reference = reference.map { $0.logProbabilities(of: pairs, like: policy) }
    var weights = pairs.map { data.pairs[$0].weight }
    if weighsByPolicy { weights = zip(weights, parts.flatMap { $0.policyWeights ?? [] }).map(*) }
    let outcome = loss.evaluate(
      PreferenceBatch(
        policy: policy, reference: reference,
        weights: loss.couplesPairs ? nil : weights,
        margins: loss.usesMargins ? pairs.map { data.pairs[$0].margin ?? 0 } : nil,
        probabilities: takesProbabilities ? pairs.map { data.pairs[$0].probability } : nil,
        chosenLikelihoods: lengthDesensitization.map { _ in
          parts.flatMap { $0.chosenLikelihoods ?? [] }
        },
        meanChosenTokens: meanChosenTokens))
    if let bad = outcome.values.firstIndex(where: { !$0.isFinite }) {
      throw .divergedLoss(
        step: step, row: data.sources[pairs[bad]], loss: outcome.values[bad],
        policy: [policy.chosen[bad], policy.rejected[bad]],
        reference: reference.map { [$0.chosen[bad], $0.rejected[bad]] })
    }
    return outcome
  }
}
