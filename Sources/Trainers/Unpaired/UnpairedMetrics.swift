internal import LanguageModels
internal import Objectives
public import RunRecords

/// Sums of what is measured on judged completions, so that micro-batches of any size, and steps
/// between two lines of the log, average to the same.
struct UnpairedMetrics: StepMetrics {
  /// What is measured on the completions of one class.
  private struct Class: Codable {
    var count = 0
    var rewards = 0.0
    var logProbabilities = 0.0

    mutating func add(_ other: Class) {
      count += other.count
      rewards += other.rewards
      logProbabilities += other.logProbabilities
    }

    var meanReward: Double? { count == 0 ? nil : rewards / Double(count) }
    var meanLogProbability: Double? { count == 0 ? nil : logProbabilities / Double(count) }
  }

  private var rows = 0
  private var loss = 0.0
  private var desirable = Class()
  private var undesirable = Class()
  private var entropy = 0.0
  private var tokens = 0
  /// z of KTO, once a row.
  private var divergence: Double?
  /// δ of BCO, once a row.
  private var shift: Double?

  init() {}

  var meanLoss: Double { loss / Double(rows) }

  /// Adds rows with what the policy says about them and what the objective makes of that.
  mutating func add(_ part: ScoredCompletions, _ outcome: KTOOutcome, _ point: ReferencePoint) {
    let count = part.rows.count
    rows += count
    loss += outcome.values.reduce(0, +)
    for (row, isDesirable) in outcome.isDesirable.enumerated() {
      let one = Class(
        count: 1, rewards: outcome.rewards[row], logProbabilities: part.logProbabilities[row])
      if isDesirable { desirable.add(one) } else { undesirable.add(one) }
    }
    entropy += part.scored.entropies.reduce(0) { $0 + Double($1) }
    tokens += part.scored.entropies.count
    switch point {
    case .none: break
    case .divergence(let value): divergence = (divergence ?? 0) + value * Double(count)
    case .shift(let value): shift = (shift ?? 0) + value * Double(count)
    }
  }

  mutating func add(_ other: UnpairedMetrics) {
    rows += other.rows
    loss += other.loss
    desirable.add(other.desirable)
    undesirable.add(other.undesirable)
    entropy += other.entropy
    tokens += other.tokens
    if let value = other.divergence { divergence = (divergence ?? 0) + value }
    if let value = other.shift { shift = (shift ?? 0) + value }
  }

  /// The means, under TRL's names; a class that no row is of has none.
  var values: [MetricName: Double] {
    var values: [MetricName: Double] = [
      .loss: meanLoss, .entropy: entropy / Double(max(1, tokens)),
    ]
    values[.divergence] = divergence.map { $0 / Double(rows) }
    values[.rewardShift] = shift.map { $0 / Double(rows) }
    values[.chosenReward] = desirable.meanReward
    values[.rejectedReward] = undesirable.meanReward
    values[.chosenLogProbability] = desirable.meanLogProbability
    values[.rejectedLogProbability] = undesirable.meanLogProbability
    if let chosen = desirable.meanReward, let rejected = undesirable.meanReward {
      values[.rewardMargin] = chosen - rejected
    }
    return values
  }
}

extension MetricName {
  /// BCO's δ, the implicit reward that the classifier decides around.
  public static let rewardShift = MetricName(rawValue: "delta")
}
