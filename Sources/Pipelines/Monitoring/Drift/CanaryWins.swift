internal import Evaluations

/// How often the answers to a fixed set of prompts are better than the baseline's answers to the same prompts.
public struct CanaryWins: Sendable, Hashable, Codable {
  /// Answers that are better.
  public let wins: Int
  /// Answers that are as good.
  public let ties: Int
  /// Answers that are worse.
  public let losses: Int
  /// The mean score less that of the baseline's answers.
  public let meanDifference: Double

  /// Compares scores.
  ///
  /// - Parameters:
  ///   - current: The score of each answer.
  ///   - baseline: The score of the baseline's answer to the same prompt.
  public init(current: [Double], baseline: [Double]) {
    precondition(current.count == baseline.count && !current.isEmpty, "scores of other answers")
    let differences = zip(current, baseline).map { $0 - $1 }
    wins = differences.count { $0 > 0 }
    ties = differences.count { $0 == 0 }
    losses = differences.count { $0 < 0 }
    meanDifference = differences.reduce(0, +) / Double(differences.count)
  }

  /// The share of wins, of ties one half.
  public var rate: Double {
    (Double(wins) + 0.5 * Double(ties)) / Double(wins + ties + losses)
  }

  func measurement(_ settings: DriftSettings) -> DriftMeasurement {
    DriftMeasurement(
      name: "win_rate", pValue: SignTest(positives: wins, negatives: losses).twoSidedPValue,
      effect: .size(rate - 0.5, limit: settings.winLimit))
  }
}
