/// What a loss of the direct preference family is told about a batch of pairs.
///
///     let outcome = DPOLoss(beta: 0.1).evaluate(PreferenceBatch(policy: policy, reference: reference))
public struct PreferenceBatch: Equatable, Sendable {
  /// Summed log probabilities under the model that is trained.
  public let policy: PairLogProbabilities
  /// Summed log probabilities of the same completions under the frozen model; `nil` for losses that
  /// need none.
  public let reference: PairLogProbabilities?
  /// How much each pair counts, for instance its judge's confidence; `nil` for 1.
  public let weights: [Double]?
  /// By how much each chosen reward shall exceed the rejected one; `nil` for 0.
  ///
  /// Losses whose ``DPOVariant/usesMargins`` is false leave them alone.
  public let margins: [Double]?
  /// The probability that each chosen completion is the better one; `nil` for 1.
  public let probabilities: [Double]?
  /// The plain log probability of each chosen completion, where the sums of ``policy`` weigh some
  /// tokens less (``LengthDesensitization``); `nil` where those are plain themselves.
  public let chosenLikelihoods: [Double]?
  /// Chosen tokens / pairs of the whole optimizer step; `nil` for those of this batch.
  ///
  /// It is what makes the likelihood a mean over tokens, however the step is cut into batches.
  public let meanChosenTokens: Double?

  /// Joins what is known about a batch; every column has one entry a pair.
  ///
  /// - Parameters:
  ///   - policy: Summed log probabilities under the model that is trained.
  ///   - reference: Those of the same completions under the frozen model, if the loss needs them.
  ///   - weights: How much each pair counts; `nil` for 1.
  ///   - margins: By how much each chosen reward shall exceed the rejected one; `nil` for 0.
  ///   - probabilities: The probability that each chosen completion is the better one, from 0 to 1;
  ///     `nil` for 1.
  ///   - chosenLikelihoods: The plain log probability of each chosen completion; `nil` for `policy`'s.
  ///   - meanChosenTokens: Chosen tokens / pairs of the whole optimizer step, above 0; `nil` for this
  ///     batch's.
  public init(
    policy: PairLogProbabilities, reference: PairLogProbabilities? = nil,
    weights: [Double]? = nil, margins: [Double]? = nil, probabilities: [Double]? = nil,
    chosenLikelihoods: [Double]? = nil, meanChosenTokens: Double? = nil
  ) {
    if let reference {
      precondition(
        policy.chosenTokens == reference.chosenTokens
          && policy.rejectedTokens == reference.rejectedTokens,
        "policy and reference have scored different completions")
    }
    for column in [weights, margins, probabilities, chosenLikelihoods].compactMap(\.self) {
      precondition(
        column.count == policy.count, "a column of \(column.count) for \(policy.count) pairs")
    }
    if let probabilities {
      precondition(
        probabilities.allSatisfy((0...1).contains), "probabilities are \(probabilities)")
    }
    if let meanChosenTokens {
      precondition(meanChosenTokens > 0, "\(meanChosenTokens) tokens of a chosen completion")
    }
    self.policy = policy
    self.reference = reference
    self.weights = weights
    self.margins = margins
    self.probabilities = probabilities
    self.chosenLikelihoods = chosenLikelihoods
    self.meanChosenTokens = meanChosenTokens
  }

  /// The number of pairs.
  public var count: Int { policy.count }
}
