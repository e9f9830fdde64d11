import PreferenceData
import RunRecords
import Trainers

/// Shows a training run on standard error: what was read, how far it is, what it measured.
final class TrainingView {
  private let progress: TerminalProgress
  private let unit: String
  private let items: String
  private var startedAt = ContinuousClock.now
  private var lastStep = ContinuousClock.now
  /// Whether the run has begun, and so its directory is this process's.
  private(set) var hasLogged = false
  /// What was done when the run was resumed: no part of its speed.
  private var before = (step: 0, items: 0, tokens: 0)

  /// A view of a run.
  ///
  /// - Parameters:
  ///   - progress: Where it is shown.
  ///   - unit: What a step is made of, in the plural: `pairs`.
  ///   - items: What the data is made of, where that is something else: `prompts`.
  init(_ progress: TerminalProgress, unit: String, items: String? = nil) {
    self.items = items ?? unit
    self.progress = progress
    self.unit = unit
  }

  /// Shows an event.
  func show(_ event: TrainingEvent) {
    switch event {
    case .prepared(let training, let heldOut, let dropped):
      let held = heldOut > 0 ? ", \(heldOut) held out" : ""
      progress.print("attune: \(training) \(items) to train on\(held)")
      if dropped.total > 0 {
        progress.print("attune: left out \(dropped.total) rows:")
        for line in String(describing: dropped).split(separator: "\n") {
          progress.print("  \(line)")
        }
      }
    case .resumed(let step, let items, let tokens):
      progress.print("attune: going on after step \(step)")
      before = (step, items, tokens)
    case .note(let sentence):
      progress.print("attune: \(sentence)")
    case .referenceScored(let done, let total, let cached):
      if done == 0 && cached > 0 {
        progress.print("attune: reference log probabilities of \(cached) \(unit) are cached")
      }
      if done > 0 { update("reference", step: done, total: total, items: done) }
      // The next activity begins: this one's first batch, or the first step of training.
      if done == 0 || done == total { startedAt = ContinuousClock.now }
    case .encoded(let done, let total):
      if done > 0 { update("encoding", step: done, total: total, items: done) }
      if done == 0 || done == total { startedAt = ContinuousClock.now }
    case .stepped(let step, let total, let loss, let items, let tokens):
      update(
        "training", step: step, doneBefore: before.step, total: total,
        figures: [.init("loss", loss)], items: items - before.items, tokens: tokens - before.tokens)
    case .sampled(let done, let total):
      // A rollout that takes its time; a short one is told of by its step.
      if ContinuousClock.now - lastStep >= .seconds(2) {
        progress.update(
          ProgressSnapshot(
            activity: "sampling", step: done, total: total, elapsed: .now - lastStep),
          at: .now, isPassing: true)
      }
    case .practised(let step, let total, let reward, let divergence, let items, let tokens):
      update(
        "training", step: step, doneBefore: before.step, total: total,
        figures: [("reward", reward), ("kl", divergence)].compactMap { name, value in
          value.map { .init(name, $0) }
        }, items: items - before.items, tokens: tokens - before.tokens)
      lastStep = .now
    case .completions(let samples):
      for sample in samples.prefix(1) {
        let reward = sample.reward.map { NumberText.significant($0, digits: 3) } ?? "none"
        progress.print(
          "attune: step \(sample.step), reward \(reward): \(sample.completion.shownOnOneLine(limit: 160))"
        )
      }
    case .logged:
      hasLogged = true
    case .saved:
      break
    case .evaluated(let entry):
      progress.print(
        "attune: step \(entry.step): held-out \(quality(entry).joined(separator: ", "))")
    }
  }

  /// What an evaluation says: the loss, and the perplexity of a language model, or how often a judgment
  /// was met; of a policy, its rewards and its distance from the reference.
  private func quality(_ entry: MetricsEntry) -> [String] {
    var words: [String] = []
    let figures: [(name: String, metric: MetricName)] = [
      ("loss", .loss), ("reward", .reward), ("gold", .gold), ("kl", .divergence),
      ("tokens", .meanLength),
    ]
    for figure in figures {
      guard let value = entry.values[figure.metric.onEvaluation] else { continue }
      words.append("\(figure.name) \(NumberText.significant(value, digits: 4))")
    }
    if let perplexity = entry.values[MetricName.perplexity.onEvaluation] {
      words.append("perplexity \(NumberText.significant(perplexity, digits: 4))")
    }
    if let nats = entry.values[MetricName.natsPerCharacter.onEvaluation] {
      words.append("\(NumberText.significant(nats, digits: 4)) nats a character")
    }
    let accuracies = [MetricName.rewardAccuracy, .accuracy]
    for accuracy in accuracies.compactMap({ entry.values[$0.onEvaluation] }) {
      words.append("accuracy \(NumberText.fixed(100 * accuracy, decimals: 1)) %")
    }
    return words
  }

  /// Takes the live line away, before an error.
  func clear() { progress.clear() }

  /// Writes a sentence.
  func note(_ sentence: String) { progress.print("attune: \(sentence)") }

  /// Leaves the last state on the screen and says what there is.
  func finish(_ summary: TrainingSummary, directory: String) {
    progress.finish()
    if summary.isStopped {
      progress.print(
        "attune: stopped after step \(summary.steps); --resume goes on from "
          + (summary.checkpoint ?? directory))
    } else {
      progress.print("attune: \(summary.steps) steps; the model is in \(directory)")
    }
  }

  private func update(
    _ activity: String, step: Int, doneBefore: Int = 0, total: Int,
    figures: [ProgressSnapshot.Figure] = [], items: Int, tokens: Int? = nil
  ) {
    let now = ContinuousClock.now
    let elapsed = now - startedAt
    let seconds = max(elapsed / .seconds(1), 1e-9)
    var rates = [ProgressSnapshot.Rate(Double(items) / seconds, unit)]
    if let tokens, tokens > 0 { rates.append(.init(Double(tokens) / seconds, "tokens")) }
    progress.update(
      ProgressSnapshot(
        activity: activity, step: step, doneBefore: doneBefore, total: total, figures: figures,
        rates: rates, elapsed: elapsed),
      at: now)
  }
}
