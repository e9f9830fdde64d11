import ArgumentParser
import Foundation
import PreferenceData
import Tokenization

/// `attune data inspect`: what training would make of each row.
struct DataInspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show data as training sees it: tokens, what is trained, what is cut.",
    discussion: """
      Shows some rows with the prompt, the tokens that are trained, special tokens by name, and \
      where max_length cuts; then, of all rows, what is left out and why, lengths, what sharing \
      prompts saves, and how often the preferred side is the longer one. Tokens are counted by the \
      rules of training: the end of sequence belongs to a completion, and to a text.

      Rows are read one at a time. Exit status: 0 if training could start; 65 if not.
      """)

  @Argument(
    help: ArgumentHelp(
      "Files that end in .jsonl, .json or .csv, each perhaps with .gz; or pipes.",
      valueName: "file"))
  var files: [String]

  @Option(
    help: ArgumentHelp("Model directory, of which the tokenizer is read.", valueName: "directory"))
  var model: String

  @Option(
    help: ArgumentHelp(
      "Tokens of prompt and completion together; what is beyond is cut off.", valueName: "tokens"))
  var maxLength = 1024

  @Option(help: ArgumentHelp("How many rows to show (default: 3).", valueName: "count"))
  var rows: Int?

  @Option(
    help: ArgumentHelp("Show the row that begins on this line, all its text.", valueName: "line"))
  var row: Int?

  @Flag(help: "Mark the end of each token.")
  var tokens = false

  @Flag(help: "Take rows that cannot be used for an error.")
  var strict = false

  @Flag(help: "End with one line of JSON on standard output.")
  var json = false

  private static let usualRows = 3

  func validate() throws {
    for (name, value) in [("--max-length", maxLength), ("--row", row ?? 1)] where value < 1 {
      throw ValidationError("'\(name)' is \(value), but must be at least 1.")
    }
    if let rows, rows < 0 { throw ValidationError("'--rows' is \(rows), but must be at least 0.") }
    if rows != nil, row != nil { throw ValidationError("Give either --rows or --row.") }
  }

  func run() throws {
    let tokenizer = try Tokenizer(directory: model)
    let tokenization = try RowTokenization(
      tokenizer: tokenizer, directory: model, maxLength: maxLength)
    var inspection = DataInspection(
      tokenization, showing: row.map { .line($0) } ?? .first(rows ?? Self.usualRows))
    for file in files { try inspection.read(file) }

    let output = StandardStream.output
    let environment = ProcessInfo.processInfo.environment
    let width = output.width(environment: environment)
    let color = TerminalColor(isTerminal: output.isTerminal, environment: environment)
    let style = RowStyle(
      tokenizer: tokenizer, width: width, color: color, isWhole: row != nil, marksTokens: tokens)
    for row in inspection.rows { output.writeLine(row.rendered(style) + "\n") }
    output.writeLine(
      inspection.summary.rendered(
        inspection.type, maxLength: maxLength, width: width, color: color))
    if json {
      output.writeLine(
        inspection.summary.report(files: files, type: inspection.type, maxLength: maxLength).line)
    }
    try judge(inspection)
  }

  /// Throws where training could not start.
  private func judge(_ inspection: DataInspection) throws(Failure) {
    let summary = inspection.summary
    if let row, inspection.rows.isEmpty {
      throw Failure(.usage, "no row begins on line \(row) of \(files.joined(separator: ", "))")
    }
    if let first = summary.messages.first {
      let note = MessagesNote.text(
        path: files.joined(separator: ", "), count: summary.messages.count, rows: summary.rows,
        first: first)
      guard summary.usable > 0 else { throw Failure(.data, note) }
      let color = TerminalColor(
        isTerminal: StandardStream.error.isTerminal,
        environment: ProcessInfo.processInfo.environment)
      StandardStream.error.writeLine(TerminalMessage(.warning, note).rendered(color))
    }
    if summary.malformed.count > 0 {
      throw Failure(.data, summary.malformed.verdict(of: summary.rows))
    }
    if strict, summary.dropped.total > 0 {
      throw Failure(.data, "\(DataError.unusable(summary.dropped))")
    }
    if summary.usable == 0 {
      throw Failure(.data, "\(DataError.nothingLeft(paths: files, dropped: summary.dropped))")
    }
  }
}
