public import Foundation
internal import GRDB

extension FeedbackStore {
  /// Removes old responses, with all that was said about them.
  ///
  /// - Parameter date: Responses that were given before it go.
  /// - Returns: How many responses went.
  /// - Throws: An error of SQLite.
  @discardableResult
  public func purge(olderThan date: Date) throws -> Int {
    try delete("DELETE FROM response WHERE createdAt < ?", [date.stamp])
  }

  /// Removes all responses that a user was given, with all that was said about them.
  ///
  /// - Parameter user: The hash of the user.
  /// - Returns: How many responses went.
  /// - Throws: An error of SQLite.
  @discardableResult
  public func erase(user: String) throws -> Int {
    try delete("DELETE FROM response WHERE user = ?", [user])
  }

  private func delete(_ sql: String, _ arguments: StatementArguments) throws -> Int {
    let count = try database.write { database in
      try database.execute(sql: sql, arguments: arguments)
      return database.changesCount
    }
    // The log beside the file still holds what was written before.
    _ = try database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    return count
  }
}
