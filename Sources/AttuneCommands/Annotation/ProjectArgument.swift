import AnnotationStore
import ArgumentParser

/// The project that a command is about.
struct ProjectArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("The project's file.", valueName: "project"))
  var project: String

  /// Opens it.
  func open() throws -> AnnotationProject { try AnnotationProject(at: project) }
}
