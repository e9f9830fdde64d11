import AnnotationStore
import ArgumentParser
import Foundation
import ModelServer

/// `attune serve erase`: what is kept of a user, or of the past, is removed.
struct ServeEraseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Remove what a server has kept of a user, or of the time before a date.",
    discussion: """
      With --user, the answers that the user was given go, with all that was said about them, and all that \
      the user has said: for one who asks for it. With --before, the answers of before that date go, with \
      all that was said about them. Both go from the store and from the log, for good; exports and models \
      that were made of them before are no longer the server's, and stay.

      The server must be stopped.
      """)

  /// The command that this one belongs to: it takes a `--store` that both of them have.
  @ParentCommand var server: ServeCommand

  @Option(
    help: ArgumentHelp(
      "The folder in which the server keeps answers and feedback.", valueName: "directory"))
  var store: String?

  @Option(help: ArgumentHelp("The user, as requests name them.", valueName: "name"))
  var user: String?

  @Option(
    help: ArgumentHelp(
      "What was answered before then: 2026-11-22, or 2026-11-22T08:30:00Z.", valueName: "date"),
    transform: DataFeedbackCommand.moment)
  var before: Date?

  func validate() throws {
    guard (user == nil) != (before == nil) else {
      throw ValidationError("Give '--user' or '--before', one of them.")
    }
  }

  func run() throws {
    guard
      let erasure = user.map(ResponseStore.Erasure.user) ?? before.map(ResponseStore.Erasure.before)
    else { preconditionFailure("one of both was given") }
    guard let folder = store ?? server.oversight.store else {
      throw ValidationError("'--store' is missing: the folder in which the server keeps answers.")
    }
    let erased = try ResponseStore.erase(erasure, from: folder)
    StandardStream.output.writeLine(
      "erased \(erased.feedback.responses) responses, \(erased.feedback.feedback) pieces of feedback about "
        + "responses to others, and \(erased.lines) lines of the log")
  }
}
