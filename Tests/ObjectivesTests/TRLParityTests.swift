import Objectives
import Testing

/// `Fixtures/dpo_losses.json`, written by `scripts/record/dpo_losses.py`: TRL 1.16.0 in float64.
private struct RecordedDPOLosses: Decodable {
  /// Log probabilities of each completion token of each pair.
  struct Batch: Decodable {
    let policy_chosen: [[Double]]
    let policy_rejected: [[Double]]
    let reference_chosen: [[Double]]
    let reference_rejected: [[Double]]
    let log_sum_squares_chosen: [[Double]]
    let log_sum_squares_rejected: [[Double]]
  }
  struct Case: Decodable {
    struct Rewards: Decodable {
      let chosen: Double
      let rejected: Double
      let margins: Double
      let accuracies: Double
    }
    let batch: String
    let loss_types: [String]
    let loss_weights: [Double]
    let beta: Double
    let label_smoothing: Double
    let f_divergence_type: String
    let f_alpha_divergence_coef: Double
    let ld_alpha: Double?
    let use_weighting: Bool
    let discopop_tau: Double
    let simpo_gamma: Double?
    /// The mean over the pairs.
    let loss: Double
    /// The derivative of the mean by each token's log probability.
    let gradient_chosen: [[Double]]
    let gradient_rejected: [[Double]]
    let rewards: Rewards
  }
  let batches: [String: Batch]
  let cases: [Case]
}

extension RecordedDPOLosses.Case {
  var variants: [DPOVariant?] { loss_types.map(variant) }

  private var divergence: FDivergence? {
    switch f_divergence_type {
    case "reverse_kl": .reverseKL
    case "forward_kl": .forwardKL
    case "js_divergence": .jensenShannon
    case "alpha_divergence": .alpha(f_alpha_divergence_coef)
    default: nil
    }
  }

  private func variant(_ name: String) -> DPOVariant? {
    guard let divergence else { return nil }
    return switch name {
    case "sigmoid": .sigmoid(labelSmoothing: label_smoothing, divergence: divergence)
    case "sigmoid_norm": .sigmoidNorm(divergence: divergence)
    case "robust": .robust(labelSmoothing: label_smoothing, divergence: divergence)
    case "exo_pair": .exoPair(labelSmoothing: label_smoothing, divergence: divergence)
    case "discopop": .discopop(temperature: discopop_tau, divergence: divergence)
    case "hinge": .hinge(divergence: divergence)
    case "ipo": .ipo(divergence: divergence)
    case "sppo_hard": .sppoHard
    case "nca_pair": .ncaPair
    case "bco_pair": .bcoPair
    case "apo_zero": .apoZero
    case "apo_down": .apoDown
    case "aot": .aot(labelSmoothing: label_smoothing)
    case "aot_unpaired": .aotUnpaired(labelSmoothing: label_smoothing)
    case "sft": .likelihood
    case "simpo": simpo_gamma.map { .simpo(margin: $0, labelSmoothing: label_smoothing) }
    // Of these the recording has the preference term alone.
    case "cpo": .cpo(labelSmoothing: label_smoothing, likelihoodWeight: 0)
    case "orpo": .orpo
    default: nil
    }
  }
}

extension RecordedDPOLosses.Batch {
  /// The flat token list of a batch: chosen and rejected by turns.
  func interleaved(_ chosen: [[Double]], _ rejected: [[Double]]) -> [Double] {
    zip(chosen, rejected).flatMap { $0 + $1 }
  }

  var sequences: SequenceLogProbability {
    var start = 0
    let spans = zip(policy_chosen, policy_rejected).flatMap { [$0, $1] }.map { tokens in
      defer { start += tokens.count }
      return start..<start + tokens.count
    }
    return SequenceLogProbability(spans: spans)
  }
}

/// `Fixtures/pairwise_reward_loss.json`, written by `scripts/record/dpo_losses.py`: the reward trainer
/// of TRL 1.16.0 in float64.
private struct RecordedRewardLosses: Decodable {
  struct Case: Decodable {
    let chosen: Double
    let rejected: Double
    let margin: Double?
    let loss: Double
    let gradient_chosen: Double
    let gradient_rejected: Double
  }
  let cases: [Case]
}

@Suite("Losses recorded from TRL")
struct TRLParityTests {
  @Test("the DPO family: loss, gradient by each token and rewards")
  func dpo() throws {
    let recording = try fixture("dpo_losses.json", as: RecordedDPOLosses.self)
    var seen: Set<String> = []
    for recorded in recording.cases {
      try check(recorded, on: #require(recording.batches[recorded.batch]))
      seen.formUnion(recorded.loss_types)
    }
    #expect(recording.cases.count == 167)
    #expect(seen.count == 18)
  }

  private func check(
    _ recorded: RecordedDPOLosses.Case, on tokens: RecordedDPOLosses.Batch
  ) throws {
    let variants = try recorded.variants.map { try #require($0, "\(recorded.loss_types)") }
    let loss = DPOLoss(
      beta: recorded.beta,
      parts: zip(variants, recorded.loss_weights).map { DPOLoss.Part($0, weight: $1) })
    let sequences = tokens.sequences
    let policy = tokens.interleaved(tokens.policy_chosen, tokens.policy_rejected)
    let reference = tokens.interleaved(tokens.reference_chosen, tokens.reference_rejected)
    let tokenWeights = recorded.ld_alpha.map {
      LengthDesensitization(alpha: $0).tokenWeights(of: sequences, tokenCount: policy.count)
    }
    func scores(_ tokens: [Double]) -> PairLogProbabilities {
      let sums = sequences.sums(of: tokens, weights: tokenWeights)
      return PairLogProbabilities(
        chosen: sums.everyOther(from: 0), rejected: sums.everyOther(from: 1),
        chosenTokens: sequences.tokenCounts.everyOther(from: 0),
        rejectedTokens: sequences.tokenCounts.everyOther(from: 1))
    }
    let weights =
      recorded.use_weighting
      ? PolicyWeighting.pairWeights(
        tokenLogProbabilities: policy.map(Float.init),
        logSumsOfSquares:
          tokens.interleaved(tokens.log_sum_squares_chosen, tokens.log_sum_squares_rejected)
          .map(Float.init), of: sequences) : nil
    let outcome = loss.evaluate(
      PreferenceBatch(
        policy: scores(policy), reference: loss.needsReference ? scores(reference) : nil,
        weights: weights,
        chosenLikelihoods: sequences.sums(of: policy).everyOther(from: 0)))

    // Of orpo the recording has no likelihood: its value and gradient are taken out again.
    let isOddsRatio = variants == [.orpo]
    let pairCount = Double(outcome.values.count)
    let likelihood =
      isOddsRatio
      ? zip(tokens.policy_chosen, outcome.values).map { row, _ in
        -row.reduce(0, +) / Double(row.count)
      }.reduce(0, +) : 0
    let value = (outcome.values.reduce(0, +) - likelihood) / pairCount

    let sides = zip(outcome.gradient.chosen, outcome.gradient.rejected).flatMap { [$0, $1] }
    var seeds = sequences.tokenSeeds(
      for: sides, weights: tokenWeights, tokenCount: policy.count)
    if !isOddsRatio {
      let likelihoods: [Double] = try #require(outcome.likelihoodGradient)
      let plain = likelihoods.flatMap { [$0, 0] as [Double] }
      seeds = zip(seeds, sequences.tokenSeeds(for: plain, tokenCount: policy.count)).map { $0 + $1 }
    }
    let recordedSeeds = tokens.interleaved(recorded.gradient_chosen, recorded.gradient_rejected)

    // What is recorded or weighed in single precision agrees to that.
    let isSingle = recorded.f_divergence_type == "alpha_divergence" || recorded.use_weighting
    let accuracy = isSingle ? 2e-6 : 1e-12
    func agree(_ ours: Double, _ theirs: Double) -> Bool {
      relativeError(ours, theirs) < accuracy || abs(ours - theirs) < accuracy / 100
    }
    let name = "\(recorded.loss_types) on \(recorded.batch), \(recorded.f_divergence_type)"
    #expect(agree(value, recorded.loss), "\(name): \(value), TRL \(recorded.loss)")
    for (ours, theirs) in zip(seeds, recordedSeeds) {
      #expect(agree(ours / pairCount, theirs), "\(name): \(ours / pairCount), TRL \(theirs)")
    }
    #expect(seeds.count == recordedSeeds.count)
    if loss.needsReference || recorded.simpo_gamma != nil {
      let rewards = recorded.rewards
      // Sums of thousands of nats in single precision.
      let accuracy = isSingle ? 1e-4 : 1e-12
      func agree(_ ours: Double, _ theirs: Double) -> Bool { abs(ours - theirs) < accuracy }
      func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / pairCount }
      #expect(agree(mean(outcome.chosenRewards), rewards.chosen), "\(name)")
      #expect(agree(mean(outcome.rejectedRewards), rewards.rejected), "\(name)")
      #expect(agree(mean(outcome.rewardMargins), rewards.margins), "\(name)")
      #expect(mean(outcome.rewardAccuracies) == rewards.accuracies, "\(name)")
    }
  }

  @Test("pairwise reward loss, with and without margin")
  func reward() throws {
    let cases = try fixture("pairwise_reward_loss.json", as: RecordedRewardLosses.self).cases
    #expect(!cases.isEmpty)
    for recorded in cases {
      let outcome = PairwiseRewardLoss().evaluate(
        chosen: [recorded.chosen], rejected: [recorded.rejected],
        margins: recorded.margin.map { [$0] })
      #expect(agree(outcome.values[0], recorded.loss))
      #expect(agree(outcome.gradient.chosen[0], recorded.gradient_chosen))
      #expect(agree(outcome.gradient.rejected[0], recorded.gradient_rejected))
    }
  }

  /// Both sides computed in double precision, in a different order of operations.
  private func agree(_ ours: Double, _ recorded: Double) -> Bool {
    relativeError(ours, recorded) < 1e-12 || abs(ours - recorded) < 1e-14
  }
}

extension Array {
  /// The elements at `start`, `start` + 2 and so on.
  fileprivate func everyOther(from start: Int) -> [Element] {
    stride(from: start, to: count, by: 2).map { self[$0] }
  }
}
