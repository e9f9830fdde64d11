import ArgumentParser
import Foundation
import Oversight
import PreferenceData

/// `attune constitution explain`: one prompt through every step.
struct ConstitutionExplainCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show what a constitution does to the answer to one prompt, step by step.",
    discussion: """
      The answer, each critique and revision with the principle that asked for it, and in the end what the model says \
      when it compares the last answer with the first, in both orders. What is kept is written nowhere: use it to try \
      principles before attune constitution revise takes hours.
      """)

  @OptionGroup(title: "Model") var overseer: OverseerFlags

  @Option(help: ArgumentHelp("What is asked.", valueName: "text"))
  var prompt: String

  @Option(
    help: ArgumentHelp("The answer to begin with (default: the model's own).", valueName: "text"))
  var response: String?

  @OptionGroup(title: "Constitution") var constitution: ConstitutionFlags

  @Option(help: ArgumentHelp("Critiques and revisions.", valueName: "count"))
  var revisions = 4

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    if revisions < 1 {
      throw ValidationError("'--revisions' is \(revisions), but must be at least 1.")
    }
    if prompt.allSatisfy(\.isWhitespace) { throw ValidationError("'--prompt' is empty.") }
  }

  func run() async throws {
    let constitution = try constitution.constitution()
    let revision = try Failure.reporting(as: .data) {
      try ConstitutionalRevision(constitution, revisions: revisions, seed: overseer.seed)
    }
    let model = try overseer.overseer(journal: nil)
    let answer = try await revision(
      [prompt], responses: response.map { [$0] }, by: model.completer)[0]
    model.clear()
    let color = TerminalColor(
      isTerminal: StandardStream.output.isTerminal, environment: ProcessInfo.processInfo.environment
    )
    func show(_ title: String, _ text: String) {
      StandardStream.output.writeLine(
        "\(color.paint(title, .cyan))\n\(text.isEmpty ? "(nothing)" : text)\n")
    }
    show("Prompt", prompt)
    show("Answer", answer.initial)
    for (number, step) in answer.steps.enumerated() {
      let principle = constitution.principles.first { $0.name == step.principle }
      show("Principle \(number + 1): \(step.principle)", principle?.critique ?? "")
      show("Critique", step.critique)
      show("Revision (\(step.outcome.words))", step.revision)
    }
    var report = JSONReport()
    report.add("initial", answer.initial)
    report.add("final", answer.final)
    if answer.final != answer.initial, !constitution.comparing.isEmpty {
      let label = try await ConstitutionalLabelling(constitution, seed: overseer.seed)
        .labels(
          of: [
            .init(conversation: answer.prompt, first: answer.final, second: answer.initial)
          ], by: model.scorer)[0]
      model.clear()
      for verdict in label.verdicts {
        let principle = constitution.principles.first { $0.name == verdict.principle }
        show("Comparison by \(verdict.principle)", principle?.comparison ?? "")
        show("Which is better", verdict.words)
      }
      report.add("probability_final_is_better", label.probability)
    }
    model.noteUsage()
    if json {
      model.add(to: &report)
      StandardStream.output.writeLine(report.line)
    }
  }
}

extension RevisedAnswer.Step.Outcome {
  /// What became of a revision, in words.
  fileprivate var words: String {
    switch self {
    case .revised: "takes the answer's place"
    case .unchanged: "says the same"
    case .empty: "nothing to take"
    case .worse: "scores lower, the answer stays"
    }
  }
}

extension PreferenceLabel.Verdict {
  /// What the model said about the last answer beside the first.
  fileprivate var words: String {
    func percent(_ probability: Double) -> String {
      "\(NumberText.fixed(100 * probability, decimals: 1)) %"
    }
    let straight = preference.straight.probabilityOfA
    var words =
      "the last answer with \(percent(preference.probability)): \(percent(straight)) as option (A)"
    if let swapped = preference.swapped {
      words += ", \(percent(1 - swapped.probabilityOfA)) as option (B)"
    }
    if preference.isFlipped == true { words += "; the two orders name different answers" }
    return words
  }
}
