public import Foundation
internal import GRDB
public import PreferenceData

/// What users say about responses that were served: one SQLite file.
///
///     let store = try FeedbackStore(at: "feedback.sqlite", now: .now)
///     try store.record([response])
///     try store.give(Feedback(response: response.id, identifier: "page", rating: 1, createdAt: .now))
///
/// Every change is one transaction, and on the disk before it is acknowledged. Several programs may use
/// a store at the same time, such as a server and `attune data feedback`.
public struct FeedbackStore: Sendable {
  /// Which texts are written without personal data.
  public enum ScrubbingScope: String, Sendable, Hashable, Codable, CaseIterable {
    /// Comments, corrections and tags.
    case feedback
    /// Prompts and completions too.
    case everything
  }

  let database: DatabasePool
  let scrubber: PersonalDataScrubber
  let scope: ScrubbingScope

  /// Opens a store, and makes it where there is none.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - scrubber: What takes personal data out of texts before they are written.
  ///   - scope: Out of which texts.
  ///   - now: The present moment.
  /// - Throws: ``FeedbackError`` where the file is something else; an error of SQLite.
  public init(
    at path: String, scrubber: PersonalDataScrubber = .usual, scope: ScrubbingScope = .feedback,
    now: Date
  ) throws {
    if FileManager.default.fileExists(atPath: path) { try Self.check(path, mayBeEmpty: true) }
    database = try Self.pool(path)
    (self.scrubber, self.scope) = (scrubber, scope)
    try Self.migrator.migrate(database)
    try database.write { database in
      try database.execute(
        sql: "INSERT INTO feedbackStore (id, createdAt) VALUES (1, ?) ON CONFLICT DO NOTHING",
        arguments: [now.stamp])
    }
  }

  /// Opens a store that is there.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - scrubber: What takes personal data out of texts before they are written.
  ///   - scope: Out of which texts.
  /// - Throws: ``FeedbackError`` where there is none; an error of SQLite.
  public init(
    existingAt path: String, scrubber: PersonalDataScrubber = .usual,
    scope: ScrubbingScope = .feedback
  ) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw FeedbackError.missing(path: path)
    }
    try Self.check(path, mayBeEmpty: false)
    database = try Self.pool(path)
    (self.scrubber, self.scope) = (scrubber, scope)
    try Self.migrator.migrate(database)
  }

  private static func pool(_ path: String) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { database in
      // Not only a killed server, but a power cut too loses nothing that was acknowledged.
      try database.execute(sql: "PRAGMA synchronous = FULL")
      // What is erased is overwritten, not only forgotten.
      try database.execute(sql: "PRAGMA secure_delete = ON")
    }
    return try opening(path) { try DatabasePool(path: path, configuration: configuration) }
  }

  /// Refuses a file of something else, and leaves it as it is. One without a table is a store that was about
  /// to be made.
  private static func check(_ path: String, mayBeEmpty: Bool) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.readonly = true
    try opening(path) {
      let database = try DatabaseQueue(path: path, configuration: configuration)
      let (isStore, isEmpty) = try database.read { database in
        (
          try database.tableExists("feedbackStore"),
          try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_master") == 0
        )
      }
      guard isStore || mayBeEmpty && isEmpty else { throw FeedbackError.foreign(path: path) }
      if try database.read(migrator.hasBeenSuperseded) { throw FeedbackError.newer(path: path) }
    }
  }

  /// Says in our words what SQLite says about a file that it cannot open.
  private static func opening<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
      throw FeedbackError.foreign(path: path)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
      throw FeedbackError.unopenable(path: path)
    }
  }

  /// Closes the file.
  ///
  /// - Throws: An error of SQLite.
  public func close() throws { try database.close() }
}
