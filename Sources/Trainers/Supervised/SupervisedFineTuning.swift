internal import LanguageModels
internal import Objectives
internal import PreferenceData
internal import Tokenization
internal import TorchEngine

/// Supervised fine-tuning: the learned tokens of sequences shall be likely.
///
/// The loss of an optimizer step is the sum over its learned tokens, divided by their number in the
/// whole step: every token counts alike, however sequences fall into batches.
struct SupervisedFineTuning: OfflineMethod {
  let policy: CausalLanguageModel
  let loss: SupervisedLoss
  /// The token that ends completions.
  let endOfSequence: Int32
  /// Whether held-out texts are learned as a whole, so that a mean over characters means something.
  let learnsWholeTexts: Bool
  let training: [SupervisedExample]
  let heldOut: [SupervisedExample]
  let microbatches: Microbatches

  var model: any TrainableModel { policy }

  func descend(
    on items: [Int], step: Int, state: inout Stateless
  ) throws -> SupervisedMetrics {
    var metrics = SupervisedMetrics()
    let tokens = items.reduce(0) { $0 + training[$1].sequence.scoredTokens }
    for part in split(items, of: training) {
      let (scored, outcome) = try evaluate(part, of: training, step: step)
      metrics.add(scored, outcome, of: loss)
      try policy.backward(scored.seeds(of: outcome, dividedBy: tokens), through: scored.scored)
    }
    return metrics
  }

  func evaluate(after step: Int, state: Stateless) throws -> SupervisedMetrics? {
    if heldOut.isEmpty { return nil }
    var metrics = SupervisedMetrics()
    for part in split(Array(heldOut.indices), of: heldOut) {
      let (scored, outcome) = try withoutGradients {
        try evaluate(part, of: heldOut, step: step)
      }
      metrics.add(scored, outcome, of: loss)
    }
    metrics.noteHeldOut(
      characters: learnsWholeTexts ? heldOut.reduce(0) { $0 + $1.characters } : 0)
    return metrics
  }

  func tokens(of items: [Int]) -> Int {
    items.reduce(0) { $0 + training[$1].sequence.ids.count }
  }

  func sources(of items: [Int]) -> [SourceLocation] { items.map { training[$0].source } }

  private func split(_ items: [Int], of examples: [SupervisedExample]) -> [[Int]] {
    microbatches.split(items, tokens: { examples[$0].sequence.ids.count })
  }

  private func evaluate(
    _ items: [Int], of examples: [SupervisedExample], step: Int
  ) throws -> (ScoredExamples, SupervisedOutcome) {
    let scored = try ScoredExamples(
      items.map { examples[$0].sequence }, by: policy, for: loss, endOfSequence: endOfSequence)
    let outcome = loss.evaluate(scored.tokens)
    let values = outcome.values
    for (item, span) in zip(items, scored.spans) {
      let sum = values[span].reduce(0, +)
      guard sum.isFinite else {
        throw TrainingError.divergedSequence(step: step, row: examples[item].source, loss: sum)
      }
    }
    return (scored, outcome)
  }
}
