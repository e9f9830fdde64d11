import Foundation
import Objectives
import Testing

/// `Fixtures/sft_losses.json`, written by `scripts/record/sft_losses.py`: TRL 1.16.0 and transformers
/// 5.23.0 in float64.
private struct RecordedSupervisedLosses: Decodable {
  struct Batch: Decodable {
    /// Shape `[rows, time, vocabulary]`.
    let logits: [[[Double]]]
    /// Shape `[rows, time]`.
    let labels: [[Int]]
  }
  struct Case: Decodable {
    let batch: String
    let loss_type: String
    let label_smoothing_factor: Double
    /// By what the sum is divided; `nil` for the labels that count.
    let num_items: Int?
    let loss: Double
    /// The derivative by each logit.
    let gradient: [[[Double]]]
  }
  let batches: [String: Batch]
  let cases: [Case]
}

@Suite("Supervised losses recorded from TRL")
struct SupervisedParityTests {
  @Test("negative log likelihood, label smoothing and dynamic fine-tuning, down to the logits")
  func losses() throws {
    let recording = try fixture("sft_losses.json", as: RecordedSupervisedLosses.self)
    #expect(recording.cases.count == 20)
    for recorded in recording.cases {
      try check(recorded, on: #require(recording.batches[recorded.batch]))
    }
  }

  private func check(
    _ recorded: RecordedSupervisedLosses.Case, on batch: RecordedSupervisedLosses.Batch
  ) throws {
    let loss = SupervisedLoss(
      labelSmoothing: recorded.label_smoothing_factor,
      kind: recorded.loss_type == "dft" ? .dynamic : .negativeLogLikelihood)
    var (sum, tokenCount) = (0.0, 0)
    var gradient = batch.logits.map { $0.map { $0.map { _ in 0.0 } } }
    for (row, labels) in batch.labels.enumerated() {
      for (time, label) in labels.enumerated().dropFirst()
      where label != LabelledLogits.ignoredLabel {
        let scores = batch.logits[row][time - 1]
        let normalizer = logSumExp(scores)
        let mean = scores.reduce(0, +) / Double(scores.count) - normalizer
        let outcome = loss.evaluate(
          SupervisedTokens(
            logProbabilities: [scores[label] - normalizer], meanLogProbabilities: [mean]))
        sum += outcome.values[0]
        tokenCount += 1
        let (byToken, byMean) = (
          outcome.byLogProbability[0], outcome.byMeanLogProbability?[0] ?? 0
        )
        // ∂ log p_y / ∂ z_v = [v = y] − p_v, and of the mean 1 / |V| − p_v.
        for (id, score) in scores.enumerated() {
          let probability = exp(score - normalizer)
          gradient[row][time - 1][id] =
            byToken * ((id == label ? 1 : 0) - probability)
            + byMean * (1 / Double(scores.count) - probability)
        }
      }
    }
    let items = Double(recorded.num_items ?? tokenCount)
    #expect(agree(sum / items, recorded.loss), "\(recorded.loss_type) on \(recorded.batch)")
    for (ours, theirs) in zip(gradient.joined().joined(), recorded.gradient.joined().joined()) {
      #expect(agree(ours / items, theirs), "\(recorded.loss_type) on \(recorded.batch)")
    }
  }

  private func agree(_ ours: Double, _ theirs: Double) -> Bool {
    relativeError(ours, theirs) < 1e-12 || abs(ours - theirs) < 1e-14
  }
}
