import Objectives
import Testing

/// A batch of `Fixtures/grpo_losses.json`; all but the advantages of shape `[rows, time]`.
private struct RecordedCompletions: Decodable {
  let policy: [[Double]]
  let behavior: [[Double]]
  let reference: [[Double]]
  /// 1 for a token that counts.
  let mask: [[Int]]
  let advantages: [Double]

  /// The tokens that count, and no others.
  func tokens(withBehavior: Bool = true) -> PolicyTokens {
    PolicyTokens(
      policy: kept(policy), behavior: withBehavior ? kept(behavior) : nil,
      reference: kept(reference), tokenCounts: mask.map { $0.reduce(0, +) })
  }

  /// The numbers where the mask is 1, one row after another.
  func kept(_ rows: [[Double]]) -> [Double] {
    zip(rows.joined(), mask.joined()).filter { $0.1 == 1 }.map(\.0)
  }

  /// Whether the numbers elsewhere are all 0.
  func isZeroElsewhere(_ rows: [[Double]]) -> Bool {
    zip(rows.joined(), mask.joined()).allSatisfy { $0.1 == 1 || $0.0 == 0 }
  }
}

/// Written by `scripts/record/outcome_losses.py`: the trainers of TRL 1.16.0 in float64.
private struct RecordedGRPOLosses: Decodable {
  struct Case: Decodable {
    let batch: String
    let loss_type: String
    let level: String
    let beta: Double
    let on_policy: Bool
    let epsilon: Double
    let epsilon_high: Double
    let delta: Double?
    let rollout_tokens: Int
    let rollout_batches: Int
    let loss: Double
    let gradient: [[Double]]
    let metrics: [String: Double]
  }
  struct RLOOCase: Decodable {
    let batch: String
    let epsilon: Double
    let epsilon_high: Double
    let loss: Double
    let gradient: [[Double]]
    let metrics: [String: Double]
  }
  let batches: [String: RecordedCompletions]
  let max_completion_length: Int
  let cases: [Case]
  let rloo: [RLOOCase]
}

@Suite("Losses of groups recorded from TRL")
struct GRPOParityTests {
  @Test("grpo, bnpo, dr_grpo, dapo and cispo: loss, gradient and metrics")
  func grpo() throws {
    let recording = try fixture("grpo_losses.json", as: RecordedGRPOLosses.self)
    #expect(recording.cases.count == 80)
    for recorded in recording.cases {
      let batch = try #require(recording.batches[recorded.batch])
      let kind = try #require(GRPOLoss.Kind(rawValue: recorded.loss_type))
      let level = try #require(GRPOLoss.ImportanceLevel(rawValue: recorded.level))
      let loss =
        kind == .cispo
        ? GRPOLoss(
          kind, level: level, maximumWeight: recorded.epsilon_high, beta: recorded.beta)
        : GRPOLoss(
          kind, level: level,
          clipRange: ClipRange(
            recorded.epsilon, high: recorded.epsilon_high, ceiling: recorded.delta),
          beta: recorded.beta)
      let outcome = loss.evaluate(
        batch.tokens(withBehavior: !recorded.on_policy), advantages: batch.advantages)
      let denominator = GRPOAggregation(
        kind, maximumCompletionLength: recording.max_completion_length
      ).denominator(
        tokenCounts: batch.mask.map { $0.reduce(0, +) },
        rollout: GRPOAggregation.Rollout(
          tokenCount: recorded.rollout_tokens, batches: recorded.rollout_batches))
      let what = "\(recorded.loss_type) \(recorded.level) β \(recorded.beta) on \(recorded.batch)"
      #expect(agree(outcome.values.reduce(0, +) / denominator, recorded.loss), "\(what)")
      #expect(
        agree(outcome.gradient.map { $0 / denominator }, batch.kept(recorded.gradient)), "\(what)")
      #expect(batch.isZeroElsewhere(recorded.gradient))
      try check(outcome, recorded, "\(what)")
    }
  }

  /// The metrics, which TRL averages in float32.
  private func check(
    _ outcome: GRPOOutcome, _ recorded: RecordedGRPOLosses.Case, _ what: String
  ) throws {
    if let kl = recorded.metrics["kl"] {
      let divergences = try #require(outcome.divergences)
      #expect(abs(divergences.reduce(0, +) / Double(divergences.count) - kl) < 1e-7, "\(what)")
    }
    if recorded.loss_type == "cispo" {
      // TRL counts a completion without tokens among the sequences; here it has no ratio.
      guard recorded.batch != "masked" else { return }
      let fraction = try #require(recorded.metrics["cispo_clip_ratio"])
      #expect(abs(outcome.ratios.highFraction - fraction) < 1e-7, "\(what)")
    } else if recorded.batch != "masked" || recorded.level == "token" {
      try checkClips(outcome.ratios, recorded.metrics, what)
    }
  }

  @Test("rloo: loss, gradient and metrics")
  func rloo() throws {
    let recording = try fixture("grpo_losses.json", as: RecordedGRPOLosses.self)
    #expect(recording.rloo.count == 6)
    for recorded in recording.rloo {
      let batch = try #require(recording.batches[recorded.batch])
      let loss = RLOOLoss(clipRange: ClipRange(recorded.epsilon, high: recorded.epsilon_high))
      let outcome = loss.evaluate(batch.tokens(), advantages: batch.advantages)
      let count = Double(batch.advantages.count)
      #expect(agree(outcome.values.reduce(0, +) / count, recorded.loss))
      #expect(agree(outcome.gradient.map { $0 / count }, batch.kept(recorded.gradient)))
      #expect(batch.isZeroElsewhere(recorded.gradient))
      try checkClips(outcome.ratios, recorded.metrics, "rloo on \(recorded.batch)")
    }
  }

  private func checkClips(
    _ ratios: RatioStatistics, _ metrics: [String: Double], _ what: String
  ) throws {
    for (name, ours) in [
      ("low_mean", ratios.lowFraction), ("low_min", ratios.smallestLowFraction),
      ("high_mean", ratios.highFraction), ("high_max", ratios.largestHighFraction),
      ("region_mean", ratios.clippedFraction),
    ] {
      let theirs = try #require(metrics["clip_ratio/\(name)"])
      #expect(abs(ours - theirs) < 1e-7, "\(name) of \(what)")
    }
  }
}
