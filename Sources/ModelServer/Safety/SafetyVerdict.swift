public import Monitoring

/// What the safety filter says of a text, and what comes of it.
public struct SafetyVerdict: Sendable, Hashable, Codable {
  /// What was read.
  public let stage: SafetyStage
  /// What is done.
  public let action: SafetyAction
  /// What would be done if verdicts were followed; in shadow it differs from ``action``.
  public let intended: SafetyAction
  /// By the name of each check that has answered, the probability that the text is bad.
  public let probabilities: [String: Double]
  /// The checks that have found something, in the order of the policy; `lexicon` for the list of words.
  public let findings: [String]
  /// The phrases of lexicons that the text has.
  public let matches: [String]
  /// How long it took, in seconds.
  public let seconds: Double
  /// What went wrong, as a sentence; `nil` for nothing.
  public let failure: String?

  private enum CodingKeys: String, CodingKey {
    case stage, action, intended, probabilities, findings, matches, seconds, failure
  }

  init(
    _ stage: SafetyStage, action: SafetyAction, intended: SafetyAction,
    probabilities: [String: Double] = [:], findings: [String] = [], matches: [String] = [],
    seconds: Double = 0, failure: String? = nil
  ) {
    (self.stage, self.action, self.intended) = (stage, action, intended)
    (self.probabilities, self.findings, self.matches) = (probabilities, findings, matches)
    (self.seconds, self.failure) = (seconds, failure)
  }

  /// What is said of a text that is not read.
  static func unread(_ stage: SafetyStage) -> SafetyVerdict {
    SafetyVerdict(stage, action: .allow, intended: .allow)
  }

  /// Whether something was found.
  public var isPositive: Bool { !findings.isEmpty }

  /// This verdict and a later one on more of the same text, as one.
  ///
  /// - Parameter later: The later one.
  /// - Returns: The harder action, the greatest probabilities, all that was found; the time of both.
  public func joined(with later: SafetyVerdict) -> SafetyVerdict {
    precondition(stage == later.stage, "verdicts on \(stage) and \(later.stage)")
    return SafetyVerdict(
      stage, action: max(action, later.action), intended: max(intended, later.intended),
      probabilities: probabilities.merging(later.probabilities, uniquingKeysWith: max),
      findings: findings + later.findings.filter { !findings.contains($0) },
      matches: matches + later.matches.filter { !matches.contains($0) },
      seconds: seconds + later.seconds, failure: failure ?? later.failure)
  }

  /// What metrics say was done: `would_refuse` is what shadow has not done.
  public var label: String {
    action == intended ? action.rawValue : "would_\(intended.rawValue)"
  }

  /// Counts it: once a prompt, and once a whole answer.
  ///
  /// - Parameter registry: The metrics of the server.
  public func count(in registry: MetricsRegistry) {
    registry.counter(.safetyVerdicts, ["stage": stage.rawValue, "action": label]).increment()
  }

  /// Counts its time: that of all checks of a prompt, or of an answer.
  ///
  /// - Parameter registry: The metrics of the server.
  public func countTime(in registry: MetricsRegistry) {
    registry.histogram(.safetyTime, ["stage": stage.rawValue]).observe(seconds)
  }
}
