import ArgumentParser
import ConfigurationFiles
import Foundation
import Oversight
import Pipelines
import RunRecords

/// `attune classifier evaluate`: what a classifier is worth on labelled texts.
struct ClassifierEvaluateCommand: AsynchronousCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a classifier on labelled texts, beside a list of words.",
    discussion: """
      Texts should be of other prompts than those that the classifier was trained on. Says how well \
      probabilities rank (ROC-AUC, average precision), how often verdicts are right, and whether \
      probabilities mean what they say (calibration error, Brier score). The intervals of the \
      differences from the list of words are over prompts.

      A checkpoint's probabilities are as it gives them, and half is its threshold.

      With --bias, the words for groups of people in the texts are exchanged (he for she, one faith for another), and \
      the change of the first label's probability is compared with what other names of the same group change.
      """)

  @OptionGroup var source: ClassifierSource

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Labelled texts: .jsonl, .json or .csv, each perhaps with .gz.", valueName: "file"))
  var data: [String] = []

  @Option(
    help: ArgumentHelp(
      "What labels without a name are called (default: as the classifier's only label; harmful).",
      valueName: "name"))
  var label: String?

  @Option(
    help: ArgumentHelp(
      "YAML or JSON with phrases, and allowed ones, to compare with (default: a short list of harm).",
      valueName: "file"))
  var lexicon: String?

  @Flag(help: "Exchange the words for groups in the texts, and compare the probabilities.")
  var bias = false

  @Option(
    help: ArgumentHelp(
      "Words of groups as YAML (default: those that ship); with --bias.", valueName: "file"))
  var groups: String?

  @Option(help: ArgumentHelp("What draws depend on.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Write the numbers as JSON; a file that is there is replaced.", valueName: "file.json"))
  var out: String?

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    if data.isEmpty { throw ValidationError("Missing expected argument '--data <file>'") }
    if groups != nil, !bias { throw ValidationError("'--groups' is about '--bias'.") }
  }

  func run() async throws {
    let terms = try groups.map { try GroupTerms(file: $0) } ?? .shipped
    let classifier = try source.loaded()
    var tables: ClassifierTables?
    var texts: [String] = []
    try PipelineFailure.reporting {
      let words = try lexicon.map { path in
        try YAMLDocument(contentsOf: path).decode(Lexicon.self)
      }
      let names = classifier.labels.map(\.name)
      let labelled = try LabelledTexts.read(
        data, label: label ?? (names.count == 1 ? names[0] : "harmful"))
      let view = EvaluationView()
      texts = labelled.texts.map(\.text)
      let verdicts = try classifier.verdicts(of: texts) { done in
        try view.show(.init(activity: "classifying", done: done, total: texts.count))
      }
      view.finish()
      let evaluation = try ClassifierEvaluation(
        of: verdicts, labels: classifier.labels, on: labelled, lexicon: words ?? .harm, seed: seed)
      if let out { try AtomicFile.write(evaluation.encoded() + Data("\n".utf8), to: out) }
      tables = ClassifierTables(evaluation)
    }
    if bias {
      tables?.bias = try await TextBias(terms, seed: seed)(texts) { texts in
        try classifier.verdicts(of: texts).map { $0.probabilities[0] }
      }
    }
    guard let tables else { return }
    StandardStream.output.writeLine(tables.rendered())
    if json { StandardStream.output.writeLine(try tables.report(of: source.name).line) }
  }
}
