public import Foundation
internal import GRDB

/// How many ratings of responses of an arm are good, and how many bad.
public struct FeedbackCounts: Sendable, Hashable, Codable {
  /// The arm; `nil` for responses without one.
  public let arm: String?
  /// Ratings above 0.
  public let positive: Int
  /// Ratings below 0.
  public let negative: Int
  /// Ratings of 0.
  public let neutral: Int
}

extension FeedbackStore {
  /// A response.
  ///
  /// - Parameter id: Its id.
  /// - Returns: The response; `nil` where there is none.
  /// - Throws: An error of SQLite.
  public func response(_ id: String) throws -> ServedResponse? {
    try database.read { database in
      try Row.fetchOne(database, sql: "SELECT * FROM response WHERE id = ?", arguments: [id])
        .map(ServedResponse.init)
    }
  }

  /// What is said about a response.
  ///
  /// - Parameter id: The response.
  /// - Returns: Feedback by its key, as it is now.
  /// - Throws: An error of SQLite.
  public func feedback(of id: String) throws -> [Feedback] {
    try feedback("SELECT * FROM feedback WHERE responseID = ? ORDER BY name, identifier", id)
  }

  /// What was said about a response and was changed or taken back.
  ///
  /// - Parameter id: The response.
  /// - Returns: Feedback, the oldest first.
  /// - Throws: An error of SQLite.
  public func history(of id: String) throws -> [Feedback] {
    try feedback("SELECT * FROM earlierFeedback WHERE responseID = ? ORDER BY endedAt, id", id)
  }

  private func feedback(_ sql: String, _ id: String) throws -> [Feedback] {
    try database.read { database in
      try Row.fetchAll(database, sql: sql, arguments: [id]).map { try Feedback($0) }
    }
  }

  /// How good people find responses.
  ///
  /// - Parameter responses: Their ids; those that the store does not have are passed over.
  /// - Returns: The mean of the ratings, −1 to 1, of each response that has any; and how many of the responses the
  ///   store has.
  /// - Throws: An error of SQLite.
  public func meanRatings(
    of responses: [String]
  ) throws -> (ratings: [String: Double], known: Int) {
    try database.read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT (SELECT AVG(score) FROM feedback WHERE responseID = response.id)
          FROM response WHERE id = ?
          """)
      var (ratings, known) = ([String: Double](), 0)
      for id in Set(responses) {
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { continue }
        known += 1
        ratings[id] = row[0] as Double?
      }
      return (ratings, known)
    }
  }

  /// Good and bad ratings by arm.
  ///
  /// - Parameter since: Ratings that were given then or later; `nil` for all.
  /// - Returns: The counts of each arm that has a rating, those without an arm first.
  /// - Throws: An error of SQLite.
  public func counts(since: Date? = nil) throws -> [FeedbackCounts] {
    try database.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT arm, SUM(score > 0) AS positive, SUM(score < 0) AS negative, SUM(score = 0) AS neutral
          FROM feedback JOIN response ON response.id = responseID
          WHERE score IS NOT NULL AND feedback.createdAt >= ? GROUP BY arm ORDER BY arm
          """, arguments: [since?.stamp ?? .min]
      ).map {
        FeedbackCounts(
          arm: $0["arm"], positive: $0["positive"], negative: $0["negative"],
          neutral: $0["neutral"])
      }
    }
  }
}
