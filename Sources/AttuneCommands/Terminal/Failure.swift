/// Why a command stops: a sentence for the person and a status for the shell.
///
/// The libraries throw errors that describe themselves; only a command knows whether a missing file
/// was the user's argument or its own doing. It says so where it calls them:
///
/// ```swift
/// let destination = try Failure.reporting(as: .usage) { try RunDestination(path: out) }
/// let pairs = try Failure.reporting(as: .data) { try reader.read(data) }
/// ```
package struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
  /// What the shell is told.
  package let status: ExitStatus
  /// What went wrong, where, and what to do next; without a trailing full stop or line feed.
  package let description: String

  /// A failure with a status of its own.
  package init(_ status: ExitStatus, _ description: String) {
    precondition(status != .success, "a failure cannot have status 0: \(description)")
    self.status = status
    self.description = description
  }

  /// The failure that an error stands for: itself if it is one, else status 1 with what the error
  /// says of itself.
  package init(_ error: any Error) {
    self = error as? Failure ?? Failure(.failure, String(describing: error))
  }

  /// Runs `body` and gives the errors it throws `status`; a failure inside keeps its own.
  package static func reporting<Value>(
    as status: ExitStatus, _ body: () throws -> Value
  ) throws(Failure) -> Value {
    do {
      return try body()
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(status, String(describing: error))
    }
  }
}
