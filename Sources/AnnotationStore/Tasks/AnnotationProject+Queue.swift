public import Foundation
internal import GRDB
internal import PreferenceData

extension AnnotationProject {
  /// Gives somebody a task to judge: the one he has, or the next one.
  ///
  /// A task is handed out while judgments and unexpired leases of others are fewer than its overlap, and never to somebody
  /// who has judged or skipped it. Finding and taking it is one transaction, so that two never get the last slot.
  ///
  /// - Parameters:
  ///   - person: Who asks.
  ///   - now: The present moment.
  /// - Returns: The task; `nil` where nothing is left for this person.
  /// - Throws: ``AnnotationError/paused(reason:)``; an error of SQLite.
  public func nextAssignment(for person: Person, now: Date) throws -> Assignment? {
    // Most requests find the task that they have, for which nothing needs to be written.
    if let held = try database.read({ try $0.held(by: person, now: now, room: .lease) }) {
      return held
    }
    return try database.write { database in
      let person = try database.person(person.id)
      if let reason = person.pauseReason { throw AnnotationError.paused(reason: reason) }
      let settings = try database.settings()
      let expiry = now.addingTimeInterval(Double(settings.leaseSeconds))
      if try database.held(by: person, now: now, room: .slot) != nil {
        try database.execute(
          sql: "UPDATE lease SET expiresAt = ? WHERE personID = ?",
          arguments: [expiry.stamp, person.id])
      } else {
        try database.execute(sql: "DELETE FROM lease WHERE personID = ?", arguments: [person.id])
        guard let (task, round) = try database.nextTask(for: person, settings, now: now) else {
          return nil
        }
        try database.execute(
          sql: """
            INSERT INTO lease (personID, token, taskID, round, issuedAt, expiresAt)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            person.id, UUID().uuidString.lowercased(), task, round, now.stamp, expiry.stamp,
          ])
      }
      return try database.held(by: person, now: now, room: .lease)
    }
  }

  /// Keeps what somebody has noted, and the task for him.
  ///
  /// - Parameters:
  ///   - draft: What was noted.
  ///   - token: Of the assignment.
  ///   - person: Whose it is.
  ///   - now: The present moment.
  /// - Throws: ``AnnotationError/notAssigned``; an error of SQLite.
  public func save(_ draft: Draft, token: String, of person: Person, now: Date) throws {
    try database.write { database in
      let lease = try database.lease(token: token, of: person)
      let expiry = now.addingTimeInterval(Double(try database.settings().leaseSeconds))
      try database.execute(
        sql: "UPDATE lease SET expiresAt = ? WHERE personID = ?",
        arguments: [expiry.stamp, person.id])
      try database.execute(
        sql: """
          INSERT INTO draft (personID, taskID, content, updatedAt) VALUES (?, ?, ?, ?)
          ON CONFLICT (personID, taskID) DO UPDATE SET content = excluded.content, updatedAt = excluded.updatedAt
          """, arguments: [person.id, lease.task, try draft.json(), now.stamp])
    }
  }

  /// Gives a task back unanswered. It is not handed to this person again.
  ///
  /// - Parameters:
  ///   - token: Of the assignment.
  ///   - reason: Why.
  ///   - person: Whose it is.
  ///   - now: The present moment.
  /// - Throws: ``AnnotationError``; an error of SQLite.
  public func skip(token: String, reason: String, by person: Person, now: Date) throws {
    guard !reason.allSatisfy(\.isWhitespace), reason.count <= Answer.longestReason else {
      throw AnnotationError.answer(
        "say in 1 to \(Answer.longestReason) characters why the task is skipped")
    }
    try database.write { database in
      let lease = try database.lease(token: token, of: person)
      try database.execute(
        sql: """
          INSERT INTO skip (personID, taskID, reason, createdAt) VALUES (?, ?, ?, ?)
          ON CONFLICT (taskID, personID) DO NOTHING
          """, arguments: [person.id, lease.task, reason.storable, now.stamp])
      try database.giveUp(lease, of: person)
      try database.record(
        "task.skipped", by: person, about: try database.name(ofTask: lease.task),
        ["reason": reason], at: now)
    }
  }

  /// Marks a task for a reviewer to look at.
  ///
  /// - Parameters:
  ///   - token: Of the assignment, which goes on.
  ///   - reason: What is the matter.
  ///   - person: Whose it is.
  ///   - now: The present moment.
  /// - Throws: ``AnnotationError``; an error of SQLite.
  public func flag(token: String, reason: String, by person: Person, now: Date) throws {
    guard !reason.allSatisfy(\.isWhitespace), reason.count <= Answer.longestReason else {
      throw AnnotationError.answer(
        "say in 1 to \(Answer.longestReason) characters what is the matter with the task")
    }
    try database.write { database in
      let lease = try database.lease(token: token, of: person)
      try database.execute(
        sql: "INSERT INTO flag (personID, taskID, reason, createdAt) VALUES (?, ?, ?, ?)",
        arguments: [person.id, lease.task, reason.storable, now.stamp])
      try database.record(
        "task.flagged", by: person, about: try database.name(ofTask: lease.task),
        ["reason": reason], at: now)
    }
  }
}

/// What somebody has in his hands.
struct Lease {
  let token: String
  let task: Int64
  let round: Int
  let issuedAt: Date

  init(_ row: Row) {
    (token, task, round) = (row["token"], row["taskID"], row["round"])
    issuedAt = Date(stamp: row["issuedAt"])
  }
}

extension Database {
  /// What keeps a task for somebody who has opened it.
  enum Room {
    /// His lease, which has not run out.
    case lease
    /// His lease, or that nobody else has taken the slot since it ran out.
    case slot
  }

  /// The lease that a token belongs to, run out or not.
  func lease(token: String, of person: Person) throws -> Lease {
    let row = try Row.fetchOne(
      self, sql: "SELECT * FROM lease WHERE personID = ? AND token = ?",
      arguments: [person.id, token])
    guard let row else { throw AnnotationError.notAssigned }
    return Lease(row)
  }

  /// Whether there is a slot for a lease that may have run out.
  func hasRoom(for lease: Lease, of person: Person, now: Date) throws -> Bool {
    let (sql, arguments) = Self.slotCondition(
      person: person.id, overlap: try settings().overlap, now: now)
    return try Bool.fetchOne(
      self,
      sql: """
        SELECT status <> 'withdrawn' AND (isGold OR :round > 1 OR \(sql)) FROM task WHERE id = :task
        """,
      arguments: arguments + ["task": lease.task, "round": lease.round]) == true
  }

  /// A condition on a row of `task`: judgments and the leases of others leave a slot.
  static func slotCondition(
    person: Int64, overlap: Int, now: Date
  ) -> (sql: String, arguments: StatementArguments) {
    (
      """
      answers + (
        SELECT COUNT(*) FROM lease WHERE lease.taskID = task.id AND lease.expiresAt > :now
          AND lease.round = 1 AND lease.personID <> :person
      ) < COALESCE(overlap, :overlap)
      """, ["now": now.stamp, "person": person, "overlap": overlap]
    )
  }

  func held(by person: Person, now: Date, room: Room) throws -> Assignment? {
    let row = try Row.fetchOne(
      self,
      sql: """
        SELECT lease.*, task.prompt, task.status, draft.content FROM lease
        JOIN task ON task.id = lease.taskID
        LEFT JOIN draft ON draft.taskID = lease.taskID AND draft.personID = lease.personID
        WHERE lease.personID = ?
        """, arguments: [person.id])
    guard let row else { return nil }
    let lease = Lease(row)
    let expiry = Date(stamp: row["expiresAt"])
    switch room {
    case .lease: guard expiry > now else { return nil }
    case .slot:
      guard try expiry > now || hasRoom(for: lease, of: person, now: now) else { return nil }
    }
    let texts = try String.fetchAll(
      self, sql: "SELECT text FROM response WHERE taskID = ? ORDER BY place",
      arguments: [lease.task])
    let seed = ShownOrder.seed(
      project: try settings().seed, task: lease.task, person: person.id, round: lease.round)
    let places = ShownOrder.places(seed: seed, count: texts.count)
    let draft: String? = row["content"]
    return Assignment(
      token: lease.token, task: lease.task, prompt: Passage(json: row["prompt"]),
      responses: places.map { Passage(json: texts[$0]) }, places: places, orderSeed: seed,
      expiresAt: expiry, draft: try draft.map(Draft.init(json:)))
  }

  func giveUp(_ lease: Lease, of person: Person) throws {
    try execute(sql: "DELETE FROM lease WHERE personID = ?", arguments: [person.id])
    try execute(
      sql: "DELETE FROM draft WHERE personID = ? AND taskID = ?",
      arguments: [person.id, lease.task])
  }

  func name(ofTask id: Int64) throws -> String {
    guard
      let name = try String.fetchOne(
        self, sql: "SELECT name FROM task WHERE id = ?", arguments: [id])
    else { preconditionFailure("task \(id) is in the table") }
    return name
  }
}
