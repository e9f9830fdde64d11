import ArgumentParser
import PreferenceData

/// `attune data validate`: every row of some files, looked at without training.
struct DataValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check every row of data files.",
    discussion: """
      Says what kind of records each file holds, how many rows can be used, why others cannot, \
      and what is wrong with malformed rows.

      Exit status: 0 if training on each of the files could start; 65 if a file cannot be read, \
      a row is malformed, or no row is usable.
      """)

  @Argument(
    help: ArgumentHelp(
      "Files that end in .jsonl, .json or .csv, each perhaps with .gz.", valueName: "file"))
  var files: [String]

  @Flag(help: "Print one JSON object instead of the tables.")
  var json = false

  func run() throws {
    let checks = files.map(FileCheck.init)
    StandardStream.output.writeLine(
      json ? FileCheck.report(checks).line : FileCheck.rendered(checks))
    let bad = checks.filter { !$0.isValid }
    guard bad.isEmpty else {
      let names = bad.map { "\($0.path): \($0.verdict)" }.joined(separator: "\n")
      throw Failure(.data, names)
    }
  }
}
