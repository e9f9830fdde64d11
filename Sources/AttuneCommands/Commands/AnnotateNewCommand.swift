import AnnotationStore
import ArgumentParser
import Foundation

/// `attune annotate new`: an empty project.
struct AnnotateNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make a project: one file that holds tasks, people and what they say.",
    discussion: """
      The project is a SQLite file. Next come 'attune annotate import', which adds tasks, and 'attune \
      annotate serve', on whose pages people judge them. All settings may be changed later, by \
      'attune annotate change'.
      """)

  @Argument(help: ArgumentHelp("The file to make.", valueName: "project"))
  var project: String

  @Option(
    help: ArgumentHelp(
      "What annotators are told, in Markdown.", valueName: "file"))
  var guidelines: String

  @Option(help: ArgumentHelp("What it is called (default: the file's name).", valueName: "name"))
  var name: String?

  @Option(
    help: ArgumentHelp(
      "What the order of tasks and of responses depends on.", valueName: "number"))
  var seed: UInt64 = 0

  @OptionGroup(title: "How it asks") var flags: ProjectFlags

  func run() throws {
    var settings = ProjectSettings(
      name: name ?? URL(filePath: project).deletingPathExtension().lastPathComponent)
    settings.seed = seed
    flags.apply(to: &settings)
    let text = try GuidelinesFile.text(guidelines)
    try Failure.reporting(as: .usage) {
      _ = try AnnotationProject(
        makingAt: project, settings: settings, guidelines: text, now: Date())
    }
    StandardStream.output.writeLine(
      "\(project): a project without tasks; add some with 'attune annotate import \(project) --data FILE'"
    )
  }
}

/// A file of guidelines.
enum GuidelinesFile {
  /// What it says.
  ///
  /// - Parameter path: A Markdown file.
  /// - Returns: The text.
  /// - Throws: ``Failure``.
  static func text(_ path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.data, "\(path): cannot be read; give a Markdown file with the guidelines")
    }
    guard let text = String(bytes: data, encoding: .utf8) else {
      throw Failure(.data, "\(path): is not UTF-8; save it as UTF-8")
    }
    guard text.count <= 100_000 else {
      throw Failure(.data, "\(path): has \(text.count) characters, but may have 100000")
    }
    return text
  }
}
