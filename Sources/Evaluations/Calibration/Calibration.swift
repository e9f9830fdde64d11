import Objectives

/// Whether a model is right as often as it says: confidences in [½, 1] beside verdicts.
///
/// A reward model states p = σ(m/T) for the chosen completion to be preferred, where m is the
/// margin and T a temperature. Its confidence is max(p, 1 − p) = σ(|m|/T), and it was right where m
/// is positive.
///
///     let calibration = Calibration(margins: margins)
///     calibration.reliability(bins: 10).expectedCalibrationError
public struct Calibration: Sendable, Hashable {
  /// The probability given to what the model held for likelier, from ½ to 1.
  public let confidences: [Double]
  /// Whether that was so.
  public let correct: [Bool]
  /// The log odds of each confidence: they keep their digits where the confidence rounds to 1.
  private let logOdds: [Double]

  /// The confidences that margins imply.
  ///
  /// - Parameters:
  ///   - margins: Chosen score − rejected score of each pair; 0 is wrong with confidence ½.
  ///   - temperature: What margins are divided by; above 0.
  public init(margins: [Double], temperature: Double = 1) {
    precondition(temperature > 0, "temperature is \(temperature), but must be above 0")
    requireFinite(margins, "margins")
    logOdds = margins.map { abs($0) / temperature }
    confidences = logOdds.map(sigmoid)
    correct = margins.map { $0 > 0 }
  }

  /// Known confidences.
  ///
  /// - Parameters:
  ///   - confidences: From ½ to 1.
  ///   - correct: Whether the model was right, one verdict for each confidence.
  public init(confidences: [Double], correct: [Bool]) {
    requireSameCount(confidences.count, correct.count, "confidences and verdicts")
    precondition(
      confidences.allSatisfy((0.5...1).contains), "confidences of a choice of two are from ½ to 1")
    self.confidences = confidences
    self.correct = correct
    logOdds = confidences.map { logit($0) }
  }

  /// How many verdicts there are.
  public var count: Int { confidences.count }

  /// The share of right verdicts; `nil` for none.
  public var accuracy: Double? {
    Proportion(successes: Double(correct.count { $0 }), count: count).value
  }

  /// The mean confidence; `nil` for no verdicts. Above ``accuracy`` the model is overconfident.
  public var meanConfidence: Double? { MeanVariance(confidences).mean }

  /// The mean of (p − y)², with y = 1 for a right verdict (Brier 1950); ¼ is what p = ½ gets. `nil`
  /// for no verdicts.
  public var brierScore: Double? {
    MeanVariance(
      zip(logOdds, correct).lazy.map { odds, isCorrect in
        // 1 − p as σ(−odds), which does not round to 0.
        let miss = isCorrect ? sigmoid(-odds) : sigmoid(odds)
        return miss * miss
      }
    ).mean
  }

  /// The mean of −log p(what was so), in nats; log 2 is what p = ½ gets.
  ///
  /// Over margins this is the mean of log(1 + e^(−m/T)), the Bradley–Terry loss. `nil` for no
  /// verdicts, and where a confidence of 1 was wrong, which no finite loss describes.
  public var negativeLogLikelihood: Double? {
    var sum = 0.0
    for (odds, isCorrect) in zip(logOdds, correct) { sum += softplus(isCorrect ? -odds : odds) }
    return count > 0 && sum.isFinite ? sum / Double(count) : nil
  }

  /// Verdicts gathered in bins of confidence.
  ///
  /// - Parameter bins: How many bins of equal width cover [½, 1], at least 1.
  /// - Returns: The diagram, whose empty bins are kept.
  public func reliability(bins: Int = 10) -> ReliabilityDiagram {
    ReliabilityDiagram(confidences: confidences, correct: correct, bins: bins)
  }
}
