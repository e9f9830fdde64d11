public import Foundation
internal import GRDB

/// What was erased.
public struct FeedbackErasure: Sendable, Hashable {
  /// Responses, with all that was said about them.
  public let responses: Int
  /// What the user has said about responses to others, as it is now and as it was before.
  public let feedback: Int

  /// What was erased.
  ///
  /// - Parameters:
  ///   - responses: Responses, with all that was said about them.
  ///   - feedback: What the user has said about responses to others.
  public init(responses: Int, feedback: Int = 0) {
    self.responses = responses
    self.feedback = feedback
  }
}

extension FeedbackStore {
  /// Removes old responses, with all that was said about them.
  ///
  /// - Parameter date: Responses that were given before it go.
  /// - Returns: How many responses went.
  /// - Throws: An error of SQLite.
  @discardableResult
  public func purge(olderThan date: Date) throws -> Int {
    try erasing { try $0.delete("response WHERE createdAt < ?", [date.stamp]) }
  }

  /// Removes all responses that a user was given, with all that was said about them, and what the user has
  /// said about other responses.
  ///
  /// - Parameter user: The hash of the user.
  /// - Returns: What went.
  /// - Throws: An error of SQLite.
  @discardableResult
  public func erase(user: String) throws -> FeedbackErasure {
    try erasing { database in
      FeedbackErasure(
        responses: try database.delete("response WHERE user = ?", [user]),
        feedback: try database.delete("feedback WHERE identifier = ?", [user])
          + database.delete("earlierFeedback WHERE identifier = ?", [user]))
    }
  }

  private func erasing<Value>(_ body: (Database) throws -> Value) throws -> Value {
    let value = try database.write(body)
    // The log beside the file still holds what was written before.
    _ = try database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    return value
  }
}

extension Database {
  fileprivate func delete(_ rows: String, _ arguments: StatementArguments) throws -> Int {
    try execute(sql: "DELETE FROM \(rows)", arguments: arguments)
    return changesCount
  }
}
