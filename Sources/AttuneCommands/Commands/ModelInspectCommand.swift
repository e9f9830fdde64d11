import ArgumentParser

/// `attune model inspect`: what a checkpoint is.
struct ModelInspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Say what a checkpoint is, and whether everything is in it.",
    discussion: """
      Reads config.json, the table of contents of the weight files, and the tokenizer. Where the \
      weights fit into memory they are loaded, which checks every name and shape.

      Exit status: 65 if something is missing or does not fit.
      """)

  @Argument(help: ArgumentHelp("Model directory.", valueName: "directory"))
  var directory: String

  @Flag(help: "List every tensor of the weight files.")
  var tensors = false

  @Flag(help: "Print one JSON object instead of tables.")
  var json = false

  func run() throws {
    if let inspection = try FeatureModelInspection(directory: directory) {
      StandardStream.output.writeLine(json ? inspection.report.line : inspection.rendered())
      return
    }
    let inspection = try ModelInspection(directory: directory)
    StandardStream.output.writeLine(
      json
        ? inspection.report(tensors: tensors).line : inspection.rendered(tensors: tensors))
    guard inspection.problems.isEmpty else {
      throw Failure(.data, inspection.problems.joined(separator: "\n"))
    }
  }
}
