public import AnnotationStore
public import ArgumentParser
import Pipelines
import PreferenceData

/// `attune annotate export`: what came of a project, as records.
struct AnnotateExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write what people have judged as records to train on.",
    discussion: """
      preference: prompt, chosen and rejected with margin and agreement, which 'attune reward' and \
      'attune dpo' take as they are; comparison: A and B with preference, confidence and reason, one \
      record a judgment; hh: whole dialogues as in Anthropic's data; ranking; unpaired: single responses, good or \
      not; argilla: Argilla's records; raw: everything, with orders, times and versions.

      The judgments of a task become one by Dawid and Skene's model, which finds out how far each \
      annotator is to be relied on, or by shares of votes. A decision of a reviewer overrides both. \
      agreement is the probability that chosen is the better one, votes how many preferred each.
      """)

  @OptionGroup var project: ProjectArgument

  @Option(help: ArgumentHelp("What is written.", valueName: "format"))
  var format = ExportOptions.Format.preference

  @Option(
    help: ArgumentHelp(
      "JSON Lines to write, compressed if it ends in .gz.", valueName: "file"))
  var out: String

  @Option(help: ArgumentHelp("How judgments become one.", valueName: "method"))
  var method = Aggregation.Method.dawidSkene

  @Option(help: ArgumentHelp("Answers that a task needs.", valueName: "answers"))
  var leastAnswers = 1

  @Flag(help: "Take judgments of low confidence too.")
  var doubtful = false

  @Flag(help: "Write the names of annotators, and not only what tells them apart.")
  var names = false

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  func validate() throws {
    guard leastAnswers >= 1 else {
      throw ValidationError("'--least-answers' is \(leastAnswers), but must be at least 1.")
    }
  }

  func run() throws {
    var options = ExportOptions(format)
    (options.method, options.leastAnswers) = (method, leastAnswers)
    (options.isValidOnly, options.hasNames) = (!doubtful, names)
    let export = try project.open().export(options)
    var writer = try JSONLinesWriter(path: out)
    for row in export.rows { try writer.write(row) }
    try writer.commit()
    let summary = export.summary
    var counts = [
      (summary.ties, "ties"), (summary.bothBad, "with both bad"),
      (summary.undecided, "undecided"), (summary.unanswered, "without enough answers"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    if counts.isEmpty { counts = ["no task left out"] }
    StandardStream.output.writeLine(
      "\(out): \(summary.records) records of \(summary.tasks) tasks; \(counts.joined(separator: ", "))"
        + (summary.doubtful > 0 ? "; \(summary.doubtful) doubtful judgments left out" : ""))
    if json { StandardStream.output.writeLine(try JSONLine.text(of: summary)) }
  }
}

extension ExportOptions.Format: ExpressibleByArgument {}
extension Aggregation.Method: ExpressibleByArgument {}
