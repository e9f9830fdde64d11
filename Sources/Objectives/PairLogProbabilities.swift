/// What a model says about a batch of preference pairs: log π(y_w | x) and log π(y_l | x).
public struct PairLogProbabilities: Equatable, Sendable {
  /// The *summed* log probability of each chosen completion, in nats.
  public let chosen: [Double]
  /// The *summed* log probability of each rejected completion, in nats.
  public let rejected: [Double]
  /// The number of tokens of each chosen completion, at least 1.
  public let chosenTokens: [Int]
  /// The number of tokens of each rejected completion, at least 1.
  public let rejectedTokens: [Int]

  /// Joins the four columns of a batch of pairs; all have one entry a pair.
  ///
  /// - Parameters:
  ///   - chosen: The summed log probability of each chosen completion, in nats.
  ///   - rejected: The summed log probability of each rejected completion, in nats.
  ///   - chosenTokens: The number of tokens of each chosen completion, at least 1.
  ///   - rejectedTokens: The number of tokens of each rejected completion, at least 1.
  public init(chosen: [Double], rejected: [Double], chosenTokens: [Int], rejectedTokens: [Int]) {
    precondition(
      [rejected.count, chosenTokens.count, rejectedTokens.count].allSatisfy { $0 == chosen.count },
      "columns of different lengths: \(chosen.count) chosen, \(rejected.count) rejected, "
        + "\(chosenTokens.count) and \(rejectedTokens.count) token counts")
    precondition(
      (chosenTokens + rejectedTokens).allSatisfy { $0 > 0 }, "a completion without tokens")
    self.chosen = chosen
    self.rejected = rejected
    self.chosenTokens = chosenTokens
    self.rejectedTokens = rejectedTokens
  }

  /// The number of pairs.
  public var count: Int { chosen.count }
}

/// The derivative of a batch's summed loss by what was computed for each side of each pair.
public struct PairGradient: Equatable, Sendable {
  /// The derivative by each chosen side's summed log probability or score.
  public let chosen: [Double]
  /// The derivative by each rejected side's summed log probability or score.
  public let rejected: [Double]

  /// Joins the derivatives of both sides; both have one entry a pair.
  ///
  /// - Parameters:
  ///   - chosen: The derivative by each chosen side's summed log probability or score.
  ///   - rejected: The derivative by each rejected side's summed log probability or score.
  public init(chosen: [Double], rejected: [Double]) {
    precondition(
      chosen.count == rejected.count, "\(chosen.count) chosen for \(rejected.count) rejected")
    self.chosen = chosen
    self.rejected = rejected
  }
}
