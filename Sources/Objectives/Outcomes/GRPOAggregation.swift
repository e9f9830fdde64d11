/// How the losses of tokens become the one loss of an optimizer batch: Σ_i w_i Σ_t L_it / D.
///
/// With n_i the tokens of completion i, B completions in the optimizer batch, and a rollout of N
/// tokens that is learned in U optimizer batches:
///
/// | kind | w_i | D |
/// | --- | --- | --- |
/// | ``GRPOLoss/Kind/grpo`` | 1 / n_i | B |
/// | ``GRPOLoss/Kind/bnpo`` | 1 | Σ n_i |
/// | ``GRPOLoss/Kind/drGRPO`` | 1 | B · the maximum completion length |
/// | ``GRPOLoss/Kind/dapo``, ``GRPOLoss/Kind/cispo`` | 1 | N / U |
///
/// D is known before the first micro-batch, so that the result does not depend on how the batch is cut.
/// TRL cuts first: there `bnpo` divides by the tokens of each micro-batch, and only with a single one
/// is it the same as here. In a rollout of one optimizer batch, `dapo` and `bnpo` agree.
///
/// A completion that was cut off and shall not be learned from has n_i = 0: it counts in no number of
/// tokens (TRL #6369), but does count in B, so that the rest of the batch weighs no more for it. So do
/// groups that say nothing, with all their tokens.
///
///     let aggregation = GRPOAggregation(.grpo, maximumCompletionLength: 512)
///     let denominator = aggregation.denominator(tokenCounts: [100, 300])  // 2
public struct GRPOAggregation: Equatable, Sendable {
  /// What is known about everything that was sampled together, of which an optimizer batch is a part.
  public struct Rollout: Equatable, Sendable {
    /// N, how many tokens there are that count.
    public let tokenCount: Int
    /// U, into how many optimizer batches it is cut.
    public let batches: Int

    /// A rollout.
    ///
    /// - Parameters:
    ///   - tokenCount: How many tokens there are that count.
    ///   - batches: Into how many optimizer batches it is cut, at least 1.
    public init(tokenCount: Int, batches: Int) {
      precondition(
        tokenCount >= 0 && batches >= 1, "a rollout of \(tokenCount) tokens in \(batches) batches")
      self.tokenCount = tokenCount
      self.batches = batches
    }
  }

  /// Which loss.
  public let kind: GRPOLoss.Kind
  /// How long a completion may be, in tokens.
  public let maximumCompletionLength: Int

  /// The aggregation of a loss.
  ///
  /// - Parameters:
  ///   - kind: Which loss.
  ///   - maximumCompletionLength: How long a completion may be, in tokens; at least 1.
  public init(_ kind: GRPOLoss.Kind, maximumCompletionLength: Int) {
    precondition(
      maximumCompletionLength >= 1, "completions of at most \(maximumCompletionLength) tokens")
    self.kind = kind
    self.maximumCompletionLength = maximumCompletionLength
  }

  /// D, by which the sum of a whole optimizer batch is divided; at least 1.
  ///
  /// - Parameters:
  ///   - tokenCounts: n_i of each completion of the optimizer batch; 0 for one that is masked.
  ///   - rollout: What the optimizer batch is a part of; `nil` where it is all.
  /// - Returns: A number of sequences or tokens. Of several processes, the token counts are joined
  ///   before.
  public func denominator(tokenCounts: [Int], rollout: Rollout? = nil) -> Double {
    let tokens = Double(tokenCounts.reduce(0, +))
    let denominator =
      switch kind {
      case .grpo: Double(tokenCounts.count)
      case .bnpo: tokens
      case .drGRPO: Double(tokenCounts.count * maximumCompletionLength)
      case .dapo, .cispo: rollout.map { Double($0.tokenCount) / Double($0.batches) } ?? tokens
      }
    return max(1, denominator)
  }

}

extension GRPOLoss.Kind {
  /// w_i, by which ``GRPOLoss`` multiplies every token of a completion.
  ///
  /// - Parameter tokenCount: n_i.
  /// - Returns: A weight that makes up for the length, or 1.
  public func weight(tokenCount: Int) -> Double {
    self == .grpo ? 1 / Double(max(1, tokenCount)) : 1
  }
}
