internal import Evaluations
internal import GRDB

/// How somebody has answered tasks whose right answer is known.
public struct GoldAccuracy: Sendable, Hashable {
  /// Answers.
  public let count: Int
  /// Wrong ones.
  public let wrong: Int

  /// Whether the person is to be paused: beyond doubt worse than is tolerated, however often one has looked.
  ///
  /// - Parameter rule: What is tolerated.
  /// - Returns: Whether to pause.
  public func pauses(by rule: GoldRule) -> Bool {
    var test = GoldAccuracyTest(
      toleratedMissRate: rule.toleratedErrors, alpha: rule.falseAlarms, minimumItems: rule.least)
    test.record(hits: count - wrong, misses: wrong)
    if case .paused = test.verdict { return true }
    return false
  }
}

extension AnnotationProject {
  /// How somebody has answered tasks whose right answer is known.
  ///
  /// - Parameter person: Whose answers.
  /// - Returns: The counts.
  /// - Throws: An error of SQLite.
  public func goldAccuracy(of person: Person) throws -> GoldAccuracy {
    try database.read { try $0.goldAccuracy(of: person) }
  }
}

extension Database {
  func goldAccuracy(of person: Person) throws -> GoldAccuracy {
    let rows = try Row.fetchAll(
      self,
      sql: """
        SELECT judgment.answer, task.goldVerdict FROM judgment JOIN task ON task.id = judgment.taskID
        WHERE judgment.personID = ? AND judgment.withdrawnAt IS NULL AND task.isGold = 1
        """, arguments: [person.id])
    let wrong = try rows.count { row in
      let given = try Answer(json: row["answer"]).verdict
      return try !given.agrees(with: Verdict(json: row["goldVerdict"]))
    }
    return GoldAccuracy(count: rows.count, wrong: wrong)
  }
}
