import ArgumentParser
import Foundation
import PreferenceData

/// `attune data validate`: every row of some files, looked at without training.
struct DataValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check every row of data files.",
    discussion: """
      Says what type of records each file holds, by the names of its fields; how many rows can be \
      used and why others cannot; and what is wrong with malformed rows. Rows are read one at a \
      time, so that memory does not grow with the file.

      Types, and the fields that make them: preference (prompt, chosen, rejected; or chosen and \
      rejected that begin with the prompt; or prompt, response_A, response_B, preference), ranking \
      (prompt, completions, ranking), demonstration (prompt or instruction, completion or \
      response), unpaired (prompt, completion, label), prompt, text.

      Exit status: 0 if every row of each file is well-formed and one at least can be used; 65 if \
      not, or if a file cannot be read.
      """)

  @Argument(
    help: ArgumentHelp(
      "Files that end in .jsonl, .json or .csv, each perhaps with .gz; or pipes.",
      valueName: "file"))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "What the files must hold: \(Self.typeNames). "
        + "Without it, each file's fields decide.",
      valueName: "type"),
    transform: Self.type(named:))
  var type: RecordType?

  @Flag(help: "Take rows that cannot be used for an error.")
  var strict = false

  @Flag(help: "Print one JSON object instead of the tables.")
  var json = false

  func run() throws {
    let checks = files.map { FileCheck(path: $0, type: type, isStrict: strict) }
    let notes =
      checks.compactMap(\.messagesNote) + [FileCheck.mixtureNote(checks)].compactMap { $0 }
    let text = json ? FileCheck.report(checks).line : FileCheck.rendered(checks)
    if !text.isEmpty { StandardStream.output.writeLine(text) }
    let color = TerminalColor(
      isTerminal: StandardStream.error.isTerminal,
      environment: ProcessInfo.processInfo.environment)
    for note in notes {
      StandardStream.error.writeLine(TerminalMessage(.warning, note).rendered(color))
    }
    let bad = checks.filter { !$0.isValid }
    guard bad.isEmpty else {
      let names = bad.map { "\($0.path): \($0.verdict)" }.joined(separator: "\n")
      throw Failure(.data, names)
    }
  }

  private static let typeNames = RecordType.allCases.map(\.rawValue).joined(separator: ", ")

  private static func type(named name: String) throws -> RecordType {
    guard let type = RecordType(rawValue: name) else {
      throw ValidationError("allowed are \(typeNames).")
    }
    return type
  }
}
