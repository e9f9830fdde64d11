import Objectives
import Testing

/// A batch of `Fixtures/kto_losses.json` or `bco_losses.json`: summed log probabilities and labels.
private struct UnpairedBatch: Decodable {
  let policy: [Double]
  let reference: [Double]
  let kl_policy: [Double]?
  let kl_reference: [Double]?
  let label: [Bool]
}

/// Written by `scripts/record/kto_losses.py`: the KTO trainer of TRL 1.16.0 in float64.
private struct RecordedKTOLosses: Decodable {
  struct Case: Decodable {
    let batch: String
    let loss_type: String
    let beta: Double
    let desirable_weight: Double
    let undesirable_weight: Double
    /// The mean over the batch.
    let loss: Double
    /// The derivative of the mean by each completion's log probability.
    let gradient: [Double]
    let kl: Double
    let rewards_chosen: Double?
    let rewards_rejected: Double?
  }
  let batches: [String: UnpairedBatch]
  let cases: [Case]
}

/// Written by `scripts/record/bco_losses.py`: the BCO trainer of TRL 1.13.0 in float64.
private struct RecordedBCOLosses: Decodable {
  struct Case: Decodable {
    struct Step: Decodable {
      let batch: String
      let delta: Double
      let loss: Double
      let gradient: [Double]
    }
    let beta: Double
    let steps: [Step]
  }
  let batches: [String: UnpairedBatch]
  let cases: [Case]
}

@Suite("Losses for unpaired judgments recorded from TRL")
struct UnpairedParityTests {
  @Test("kto and apo_zero_unpaired: loss, gradient, divergence and rewards")
  func kto() throws {
    let recording = try fixture("kto_losses.json", as: RecordedKTOLosses.self)
    #expect(recording.cases.count == 16)
    for recorded in recording.cases {
      let batch = try #require(recording.batches[recorded.batch])
      let kind = try #require(KTOLoss.Kind(rawValue: recorded.loss_type))
      let loss = KTOLoss(
        beta: recorded.beta, desirableWeight: recorded.desirable_weight,
        undesirableWeight: recorded.undesirable_weight, kind: kind)
      let divergence =
        kind == .kto
        ? KTOLoss.klEstimate(
          policy: try #require(batch.kl_policy), reference: try #require(batch.kl_reference)) : 0
      #expect(agree(divergence, recorded.kl))
      let outcome = loss.evaluate(
        policy: batch.policy, reference: batch.reference, isDesirable: batch.label,
        referencePoint: divergence)
      compare(outcome, recorded.loss, recorded.gradient)
      let classes = zip(outcome.rewards, batch.label)
      let chosen = classes.filter(\.1).map(\.0)
      let rejected = classes.filter { !$0.1 }.map(\.0)
      for (ours, theirs) in [
        (chosen, recorded.rewards_chosen), (rejected, recorded.rewards_rejected),
      ] {
        if let theirs { #expect(agree(mean(ours), theirs)) } else { #expect(ours.isEmpty) }
      }
    }
  }

  @Test("bco: the running mean of all rewards, loss and gradient, step by step")
  func bco() throws {
    let recording = try fixture("bco_losses.json", as: RecordedBCOLosses.self)
    #expect(recording.cases.count == 6)
    for recorded in recording.cases {
      let loss = KTOLoss(beta: recorded.beta, kind: .bco)
      var shift = RewardShift()
      for step in recorded.steps {
        let batch = try #require(recording.batches[step.batch])
        shift.add(
          rewards: loss.rewards(policy: batch.policy, reference: batch.reference),
          isDesirable: batch.label)
        #expect(agree(shift.pooled, step.delta))
        let outcome = loss.evaluate(
          policy: batch.policy, reference: batch.reference, isDesirable: batch.label,
          referencePoint: shift.pooled)
        compare(outcome, step.loss, step.gradient)
      }
    }
  }

  private func compare(_ outcome: KTOOutcome, _ loss: Double, _ gradient: [Double]) {
    #expect(agree(mean(outcome.values), loss))
    for (ours, theirs) in zip(outcome.gradient, gradient) {
      #expect(agree(ours / Double(outcome.gradient.count), theirs))
    }
    #expect(outcome.gradient.count == gradient.count)
  }

  private func mean(_ numbers: [Double]) -> Double {
    numbers.reduce(0, +) / Double(numbers.count)
  }

  private func agree(_ ours: Double, _ theirs: Double) -> Bool {
    relativeError(ours, theirs) < 1e-12 || abs(ours - theirs) < 1e-14
  }
}
