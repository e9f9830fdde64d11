import AnnotationStore
import ArgumentParser
import Pipelines

/// Where feedback is that was given after responses were logged.
struct FeedbackFlags: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Stores that servers have kept beside their logs: the ratings of responses by id, as they are now.",
      valueName: "file.sqlite"))
  var feedback: [String] = []

  /// The stores.
  ///
  /// - Throws: `FeedbackError` for a file that is none.
  func open() throws -> OpenFeedback {
    OpenFeedback(paths: feedback, stores: try feedback.map { try FeedbackStore(existingAt: $0) })
  }
}

/// Stores of feedback that are open.
struct OpenFeedback {
  let paths: [String]
  let stores: [FeedbackStore]

  /// Adds ratings to responses.
  ///
  /// - Parameters:
  ///   - responses: The responses.
  ///   - side: What to call them, such as `the window`.
  /// - Returns: How many were found, without a full stop; `nil` where there is no store.
  /// - Throws: An error of SQLite.
  func add(to responses: inout [ObservedResponse], of side: String) throws -> String? {
    guard !stores.isEmpty else { return nil }
    let found = try responses.addFeedback(from: stores)
    let files = paths.joined(separator: ", ")
    return found.known == 0
      ? "none of the \(found.responses) responses of \(side) is in \(files); is it the store of another log?"
      : "of the \(found.responses) responses of \(side), \(found.known) are in \(files), and \(found.rated) are rated"
  }
}
