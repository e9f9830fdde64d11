import ArgumentParser
import Oversight
import Pipelines
import PreferenceData

/// `attune classifier apply`: what a classifier says of texts.
struct ClassifierApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Write the probability of each label and the verdict for each text.",
    discussion: """
      Reads texts, prompts, or prompts with completions. Each row of the input has a row in the \
      output: line, probabilities (one a label), labels (those that are said to be true) and, where \
      a lexicon matches, matches. One without a text has null and a reason.
      """)

  @OptionGroup var source: ClassifierSource

  @Option(
    help: ArgumentHelp(
      "Texts: .jsonl, .json or .csv, perhaps with .gz.", valueName: "file"))
  var data: String?

  @Option(help: "A text by itself.")
  var text: String?

  @Option(
    help: ArgumentHelp("JSON Lines to write (default: standard output).", valueName: "file"))
  var out: String?

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    guard (data == nil) != (text == nil) else {
      throw ValidationError("give '--data' or '--text', one of the two")
    }
    if let text, text.allSatisfy(\.isWhitespace) {
      throw ValidationError("'--text' is empty; give a text")
    }
    if json, out == nil {
      throw ValidationError("'--json' is about '--out'; without it the rows are on standard output")
    }
  }

  func run() throws {
    try PipelineFailure.reporting {
      // First, so that an output which cannot be does not cost the time of classifying.
      var output = try RowOutput(path: out)
      let classifier = try source.loaded()
      let rows = try data.map { try TextRow.read($0) }
      let texts = rows?.compactMap(\.text) ?? [text ?? ""]
      let view = EvaluationView()
      let start = ContinuousClock.now
      let verdicts = try classifier.verdicts(of: texts) { done in
        try view.show(.init(activity: "classifying", done: done, total: texts.count))
      }
      let seconds = max((ContinuousClock.now - start) / .seconds(1), 1e-9)
      view.finish()
      let names = classifier.labels.map(\.name)
      var next = verdicts[...]
      for row in rows ?? [] {
        let verdict = row.text == nil ? nil : next.popFirst()
        try output.write(VerdictRow(verdict, labels: names, row: row).line)
      }
      if rows == nil, let verdict = verdicts.first {
        try output.write(VerdictRow(verdict, labels: names, row: nil).line)
      }
      try output.commit()
      let summary = VerdictSummary(verdicts, labels: names, seconds: seconds)
      view.note(summary.sentence)
      if json { StandardStream.output.writeLine(summary.report.line) }
    }
  }
}

extension RowOutput {
  /// Adds a row.
  fileprivate mutating func write(_ line: String) throws {
    try writeRow { $0 += Array(line.utf8) }
  }
}
