public import Foundation
internal import GRDB
public import PreferenceData

/// A task that somebody should decide: people disagree about it, or somebody has flagged it.
public struct ReviewCase: Sendable, Hashable {
  /// The task's name.
  public let task: String
  /// What the responses answer.
  public let prompt: Passage
  /// The responses, by their places in the task.
  public let responses: [Passage]
  /// What was said, without names: reviewers decide on the matter and not on the person.
  public let answers: [Answer]
  /// What was flagged and is not resolved.
  public let flags: [String]
  /// What was decided before; `nil` for nothing.
  public let ruling: Ruling?
}

/// What a reviewer has decided about a task. It overrides what annotators said, and erases nothing.
public struct Ruling: Sendable, Hashable {
  /// The task.
  public let task: Int64
  /// What holds.
  public let verdict: Verdict
  /// Why.
  public let reason: String
  /// Who decided; `attune` for the command line.
  public let reviewer: String
  /// When.
  public let createdAt: Date

  init(_ row: Row) throws {
    (task, reason, reviewer) = (row["taskID"], row["reason"], row["reviewer"] ?? "attune")
    verdict = try Verdict(json: row["verdict"])
    createdAt = Date(stamp: row["createdAt"])
  }
}

extension AnnotationProject {
  /// The names of tasks that wait for a decision: flagged ones first, then those with enough answers that disagree, most
  /// answers first. What was decided does not come again.
  ///
  /// - Parameter limit: How many at most; `nil` for all.
  /// - Returns: The names.
  /// - Throws: An error of SQLite.
  public func reviewQueue(limit: Int? = nil) throws -> [String] {
    try database.read { database in
      let overlap = try database.settings().overlap
      return try String.fetchAll(
        database,
        sql: """
          SELECT name FROM (
            SELECT task.*, EXISTS (
              SELECT 1 FROM flag WHERE flag.taskID = task.id AND flag.resolvedAt IS NULL) AS isFlagged
            FROM task WHERE status <> 'withdrawn' AND isGold = 0) AS candidate
          WHERE isFlagged OR (disagrees AND answers >= COALESCE(overlap, :overlap)
            AND NOT EXISTS (SELECT 1 FROM ruling WHERE ruling.taskID = candidate.id))
          ORDER BY isFlagged DESC, answers DESC, place, id LIMIT :limit
          """, arguments: ["overlap": overlap, "limit": limit ?? -1])
    }
  }

  /// A task as a reviewer sees it.
  ///
  /// - Parameter name: The task's name.
  /// - Returns: The task with what was said.
  /// - Throws: ``AnnotationError/noTask(_:)``; an error of SQLite.
  public func reviewCase(_ name: String) throws -> ReviewCase {
    try database.read { database in
      let row = try Row.fetchOne(
        database, sql: "SELECT * FROM task WHERE name = ?", arguments: [name])
      guard let row else { throw AnnotationError.noTask(name) }
      let id: Int64 = row["id"]
      return ReviewCase(
        task: name, prompt: Passage(json: row["prompt"]),
        responses: try String.fetchAll(
          database, sql: "SELECT text FROM response WHERE taskID = ? ORDER BY place",
          arguments: [id]
        ).map(Passage.init(json:)),
        answers: try String.fetchAll(
          database,
          sql: """
            SELECT answer FROM judgment WHERE taskID = ? AND round = 1 AND withdrawnAt IS NULL ORDER BY id
            """, arguments: [id]
        ).map(Answer.init(json:)),
        flags: try String.fetchAll(
          database,
          sql: "SELECT reason FROM flag WHERE taskID = ? AND resolvedAt IS NULL ORDER BY id",
          arguments: [id]),
        ruling: try database.rulings(of: id).first)
    }
  }

  /// Decides a task. A later decision takes the place of an earlier one, which stays on record.
  ///
  /// - Parameters:
  ///   - name: The task's name.
  ///   - verdict: What holds.
  ///   - reason: Why.
  ///   - reviewer: Who decides; `nil` for the command line.
  ///   - now: The present moment.
  /// - Throws: ``AnnotationError``; an error of SQLite.
  public func rule(
    on name: String, _ verdict: Verdict, reason: String, by reviewer: Person? = nil, now: Date
  ) throws {
    guard reason.count <= Answer.longestReason else {
      throw AnnotationError.answer(
        "the reason has \(reason.count) characters, but may have \(Answer.longestReason)")
    }
    try database.write { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT id, (SELECT COUNT(*) FROM response WHERE taskID = task.id) AS responses
          FROM task WHERE name = ?
          """, arguments: [name])
      guard let row else { throw AnnotationError.noTask(name) }
      let id: Int64 = row["id"]
      try verdict.validate(
        responses: row["responses"], strengths: try database.settings().strengths)
      try database.execute(
        sql: """
          INSERT INTO ruling (taskID, personID, verdict, reason, createdAt) VALUES (?, ?, ?, ?, ?)
          """, arguments: [id, reviewer?.id, try verdict.json(), reason.storable, now.stamp])
      try database.execute(
        sql: "UPDATE flag SET resolvedAt = ? WHERE taskID = ? AND resolvedAt IS NULL",
        arguments: [now.stamp, id])
      try database.record(
        "task.ruled", by: reviewer, about: name,
        ["verdict": try verdict.json(), "reason": reason], at: now)
    }
  }

  /// The decision that holds for each task that has one.
  ///
  /// - Throws: An error of SQLite.
  public func rulings() throws -> [Int64: Ruling] {
    try database.read { database in
      Dictionary(
        try database.rulings(of: nil).map { ($0.task, $0) },
        uniquingKeysWith: { latest, _ in latest })
    }
  }
}

extension Database {
  /// Decisions, the latest first.
  fileprivate func rulings(of task: Int64?) throws -> [Ruling] {
    try Row.fetchAll(
      self,
      sql: """
        SELECT ruling.*, person.name AS reviewer FROM ruling
        LEFT JOIN person ON person.id = ruling.personID
        WHERE :task IS NULL OR taskID = :task ORDER BY ruling.id DESC
        """, arguments: ["task": task]
    ).map(Ruling.init)
  }
}
