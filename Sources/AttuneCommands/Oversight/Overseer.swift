import Endpoints
import Foundation
import PreferenceData

/// A model that is asked, with the journal of its answers and a line that tells how far it is.
struct Overseer {
  /// What records call it.
  let name: String
  /// Who answers.
  let completer: any Completer
  /// Who says how probable options are.
  let scorer: any ContinuationScorer
  private let journal: AnswerJournal?
  private let meter: UsageMeter?
  private let view: OverseerView

  /// A model to ask.
  ///
  /// - Parameters:
  ///   - name: What records call it.
  ///   - journal: Where its answers are kept.
  ///   - completer: Who answers.
  ///   - completionIdentity: What tells these answers from those of others.
  ///   - scorer: Who says how probable options are.
  ///   - optionIdentity: What tells these numbers from those of others.
  ///   - batchSize: How many requests a model here is given at a time.
  ///   - meter: What counts tokens and costs, of a server.
  init(
    name: String, journal: AnswerJournal?, completer: any Completer, completionIdentity: String,
    scorer: any ContinuationScorer, optionIdentity: String, batchSize: Int,
    meter: UsageMeter? = nil
  ) {
    let view = OverseerView(journal: journal?.path)
    (self.name, self.journal, self.meter, self.view) = (name, journal, meter, view)
    guard let journal else {
      (self.completer, self.scorer) = (completer, scorer)
      return
    }
    self.completer = JournaledCompleter(
      completer, model: completionIdentity, journal: journal, chunk: batchSize
    ) { try view.show("writing", $0, $1) }
    self.scorer = JournaledScorer(
      scorer, model: optionIdentity, journal: journal, chunk: batchSize
    ) { try view.show("comparing", $0, $1) }
  }

  /// Leaves the last state on the screen.
  func finish() { view.finish() }

  /// Takes the live line away.
  func clear() { view.clear() }

  /// Writes a sentence on standard error.
  func note(_ sentence: String) { StandardStream.error.writeLine("attune: \(sentence)") }

  /// Says what a server's answers have taken, and what was there already.
  func noteUsage() {
    if let journal, journal.recalled > 0 {
      note("\(NumberText.grouped(journal.recalled)) answers were in \(journal.path) already")
    }
    guard let meter, meter.usage.calls > 0 else { return }
    let usage = meter.usage
    note(
      "\(NumberText.grouped(usage.calls)) requests, \(NumberText.grouped(usage.promptTokens)) tokens of prompts and "
        + "\(NumberText.grouped(usage.completionTokens)) of completions"
        + (meter.cost.map { ", cost \(NumberText.significant($0, digits: 4))" } ?? ""))
  }

  /// The same for `--json`.
  func add(to report: inout JSONReport) {
    report.add("model", name)
    if let journal {
      report.add("journal", journal.path)
      report.add("recalled", journal.recalled)
    }
    guard let meter else { return }
    let usage = meter.usage
    report.add("calls", usage.calls)
    report.add("prompt_tokens", usage.promptTokens)
    report.add("completion_tokens", usage.completionTokens)
    if let cost = meter.cost { report.add("cost", cost) }
  }
}

/// Shows how far a model's answers are, and stops it when it is asked to.
private final class OverseerView: Sendable {
  private let journal: String?
  private let start = ContinuousClock.now
  private let progress = TerminalProgress(
    on: .error, environment: ProcessInfo.processInfo.environment, plainEvery: 100)

  /// A view that listens for signals.
  init(journal: String?) {
    self.journal = journal
    Interruption.listen()
  }

  func show(_ activity: String, _ done: Int, _ total: Int) throws(Failure) {
    progress.update(
      ProgressSnapshot(
        activity: activity, step: done, total: total, elapsed: ContinuousClock.now - start),
      at: .now)
    if let signal = Interruption.requested {
      progress.clear()
      throw Failure(
        signal.exitStatus,
        "stopped after \(done) of \(total) answers; "
          + (journal.map { "they are kept in \($0), and the same command goes on from there" }
            ?? "nothing was written"))
    }
  }

  func finish() { progress.finish() }
  func clear() { progress.clear() }
}
