public import Foundation
internal import GRDB

/// A judgment as it was given, with all that is known of it.
public struct RecordedJudgment: Sendable, Hashable {
  /// The number in the project.
  public let id: Int64
  /// The number of the task.
  public let task: Int64
  /// The number of the person.
  public let person: Int64
  /// 1, and 2 where the person was asked again.
  public let round: Int
  /// What was said, by the places of the responses in the task.
  public let answer: Answer
  /// `shownOrder[shown]` is the place in the task of the response that was shown there.
  public let shownOrder: [Int]
  /// What the order was drawn with.
  public let orderSeed: Int64
  /// Which guidelines were valid.
  public let guidelineVersion: Int
  /// How far it can be relied on by the way in which it was made, 0 to 1.
  public let confidence: Double
  /// The checks that it failed.
  public let failed: [JudgmentQuality.Check]
  /// When it was given.
  public let createdAt: Date
}

extension RecordedJudgment {
  init(_ row: Row) throws {
    (id, task, person, round) = (row["id"], row["taskID"], row["personID"], row["round"])
    answer = try Answer(json: row["answer"])
    shownOrder = try [Int](json: row["shownOrder"])
    (orderSeed, guidelineVersion) = (row["orderSeed"], row["guidelineVersion"])
    confidence = row["confidence"]
    failed = try [JudgmentQuality.Check](json: row["failed"])
    createdAt = Date(stamp: row["createdAt"])
  }
}

extension AnnotationProject {
  /// The judgments that stand, in the order in which they were given.
  ///
  /// - Parameter person: Whose; `nil` for all.
  /// - Returns: The judgments.
  /// - Throws: An error of SQLite.
  public func judgments(of person: Person? = nil) throws -> [RecordedJudgment] {
    try database.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM judgment WHERE withdrawnAt IS NULL AND (:person IS NULL OR personID = :person)
          ORDER BY id
          """, arguments: ["person": person?.id]
      ).map(RecordedJudgment.init)
    }
  }

  /// How many judgments of somebody stand.
  ///
  /// - Parameter person: Whose.
  /// - Returns: The number.
  /// - Throws: An error of SQLite.
  public func judgmentCount(of person: Person) throws -> Int {
    try database.read { database in
      try Int.fetchOne(
        database,
        sql: "SELECT COUNT(*) FROM judgment WHERE personID = ? AND withdrawnAt IS NULL",
        arguments: [person.id]) ?? 0
    }
  }

  /// How many responses the task of an assignment has, answered or not.
  ///
  /// - Parameters:
  ///   - token: Of the assignment.
  ///   - person: Whose it is.
  /// - Returns: The number.
  /// - Throws: ``AnnotationError/notAssigned``; an error of SQLite.
  public func responseCount(token: String, of person: Person) throws -> Int {
    let count = try database.read { database in
      try Int.fetchOne(
        database,
        sql: """
          SELECT (SELECT COUNT(*) FROM response WHERE response.taskID = held.taskID) FROM (
            SELECT taskID FROM lease WHERE token = :token AND personID = :person
            UNION SELECT taskID FROM judgment WHERE token = :token AND personID = :person
          ) AS held
          """, arguments: ["token": token, "person": person.id])
    }
    guard let count else { throw AnnotationError.notAssigned }
    return count
  }
}
