internal import LanguageModels
internal import Evaluations
internal import PreferenceData

/// What a change that should not matter does to scores.
public struct ProbeResult: Sendable, Hashable, Codable {
  /// What was changed.
  public var name: String
  /// How often the counterfactual outscores its original; ½ for a model that is indifferent.
  public var winRate: ShareEstimate
  /// The mean of counterfactual score − original score.
  public var meanShift: Double
  /// The mean shift's interval, prompts drawn with replacement: its lower end.
  public var meanShiftLower: Double
  /// The mean shift's interval: its upper end.
  public var meanShiftUpper: Double
  /// The mean shift in deviations of all scores; `nil` where scores do not vary.
  public var standardizedShift: Double?
  /// P-value of a win rate of ½, with Holm's correction over all probes.
  public var adjustedPValue: Double
  /// Whether the model prefers the change by more than chance.
  public var isFlagged: Bool

  /// Judges probes together; those without a pair are left out.
  ///
  /// - Parameters:
  ///   - pairs: For each probe what it was made of.
  ///   - scoreDeviation: The deviation of all scores.
  ///   - adjustment: What is taken off scores for length.
  ///   - random: The source of draws.
  /// - Returns: One result a probe that has a pair.
  static func results(
    _ pairs: [ProbePairs], scoreDeviation: Double?,
    adjustment: RewardModelRecord.LengthCorrection? = nil,
    using random: inout SeededGenerator
  ) -> [ProbeResult] {
    let made = pairs.filter { !$0.shifts.isEmpty }
    let outcomes = made.map { $0.outcome(scoreDeviation: scoreDeviation, adjustment: adjustment) }
    let verdicts = ProbeVerdict.verdicts(on: outcomes)
    return zip(made, verdicts).compactMap { pairs, verdict in
      let outcome = verdict.outcome
      let rounds = outcome.meanShifts(clusters: pairs.prompts, using: &random)
      guard let winRate = ShareEstimate(outcome.winRate), let meanShift = outcome.meanShift,
        let interval = rounds.interval(), let pValue = verdict.adjustedPValue
      else { return nil }
      return ProbeResult(
        name: outcome.name, winRate: winRate, meanShift: meanShift,
        meanShiftLower: interval.lower, meanShiftUpper: interval.upper,
        standardizedShift: outcome.standardizedShift, adjustedPValue: pValue,
        isFlagged: verdict.isFlagged)
    }
  }
}

/// The matched scores of one probe.
struct ProbePairs: Sendable {
  /// A shift of a score, and of the length that a correction would go by.
  struct Shift: Sendable {
    /// What the original was given, for the scale alone.
    let original: Double
    /// Counterfactual − original.
    let score: Double
    /// Counterfactual − original, in tokens.
    let tokens: Int
  }

  let name: String
  private(set) var shifts: [Shift] = []
  private(set) var prompts: [Int] = []

  init(_ name: String) { self.name = name }

  mutating func add(_ shift: Shift, prompt: Int) {
    shifts.append(shift)
    prompts.append(prompt)
  }

  func outcome(scoreDeviation: Double?, adjustment: RewardModelRecord.LengthCorrection?)
    -> ProbeOutcome
  {
    let slope = adjustment?.slope ?? 0
    return ProbeOutcome(
      name: name, original: shifts.map(\.original),
      counterfactual: shifts.map { $0.original + $0.score - slope * Double($0.tokens) },
      scoreDeviation: scoreDeviation.flatMap { $0 > 0 ? $0 : nil })
  }
}
