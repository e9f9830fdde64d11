internal import Evaluations
public import Foundation
internal import GRDB
internal import PreferenceData

/// What came of an answer.
public struct JudgmentOutcome: Sendable, Hashable {
  /// The number of the judgment.
  public let judgment: Int64
  /// Whether it had been given before: the answer was sent twice, and counts once.
  public let isRepeated: Bool
  /// Why the person may not go on; `nil` for one who may.
  public let pauseReason: String?
}

extension AnnotationProject {
  /// Takes an answer.
  ///
  /// Sending the same one again changes nothing, so that a page that has heard nothing can do so. An answer whose lease
  /// ran out counts as long as nobody else has taken the slot.
  ///
  /// - Parameters:
  ///   - answer: What was said, by the places in which the responses were shown.
  ///   - token: Of the assignment.
  ///   - person: Whose it is.
  ///   - now: The present moment.
  /// - Returns: What came of it.
  /// - Throws: ``AnnotationError``; an error of SQLite.
  public func give(
    _ answer: Answer, token: String, by person: Person, now: Date
  ) throws -> JudgmentOutcome {
    try database.write { database in
      let person = try database.person(person.id)
      if let outcome = try database.earlierOutcome(of: answer, token: token, by: person) {
        return outcome
      }
      if let reason = person.pauseReason { throw AnnotationError.paused(reason: reason) }
      let lease = try database.lease(token: token, of: person)
      guard try database.hasRoom(for: lease, of: person, now: now) else {
        try database.giveUp(lease, of: person)
        throw AnnotationError.taken
      }
      let judgment = try database.insert(answer, for: lease, by: person, at: now)
      try database.giveUp(lease, of: person)
      try database.recount(lease.task)
      let reason = try database.pauseIfGoldSaysSo(person, after: lease, at: now)
      return JudgmentOutcome(judgment: judgment, isRepeated: false, pauseReason: reason)
    }
  }

  /// Takes somebody's last answer back, and gives him the task again.
  ///
  /// - Parameters:
  ///   - person: Whose it is.
  ///   - now: The present moment.
  /// - Throws: ``AnnotationError/nothingToUndo``; an error of SQLite.
  public func undo(by person: Person, now: Date) throws {
    try database.write { database in
      let person = try database.person(person.id)
      if let reason = person.pauseReason { throw AnnotationError.paused(reason: reason) }
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT * FROM judgment WHERE personID = ? AND withdrawnAt IS NULL ORDER BY id DESC LIMIT 1
          """, arguments: [person.id])
      guard let row else { throw AnnotationError.nothingToUndo }
      let judgment = try RecordedJudgment(row)
      let settings = try database.settings()
      // What was decided on the strength of an answer, or long ago, stays.
      let isRuled = try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM ruling WHERE taskID = ?)",
        arguments: [judgment.task])
      guard isRuled == false,
        now.timeIntervalSince(judgment.createdAt) <= Double(settings.leaseSeconds)
      else { throw AnnotationError.nothingToUndo }
      try database.execute(
        sql: "UPDATE judgment SET withdrawnAt = ? WHERE id = ?",
        arguments: [now.stamp, judgment.id])
      try database.recount(judgment.task)
      let expiry = now.addingTimeInterval(Double(settings.leaseSeconds))
      // The time that he has looked already counts when he answers anew.
      let issued = now.addingTimeInterval(-judgment.answer.wallSeconds)
      try database.execute(
        sql: """
          INSERT INTO lease (personID, token, taskID, round, issuedAt, expiresAt) VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT (personID) DO UPDATE SET token = excluded.token, taskID = excluded.taskID,
            round = excluded.round, issuedAt = excluded.issuedAt, expiresAt = excluded.expiresAt
          """,
        arguments: [
          person.id, UUID().uuidString.lowercased(), judgment.task, judgment.round,
          issued.stamp, expiry.stamp,
        ])
      try database.execute(
        sql: """
          INSERT INTO draft (personID, taskID, content, updatedAt) VALUES (?, ?, ?, ?)
          ON CONFLICT (personID, taskID) DO UPDATE SET content = excluded.content
          """,
        arguments: [
          person.id, judgment.task,
          try judgment.answer.rearranged(judgment.shownOrder.inverse).json(), now.stamp,
        ])
      try database.record(
        "judgment.withdrawn", by: person, about: try database.name(ofTask: judgment.task),
        detail: try WithdrawnJudgment(judgment: judgment.id).json(), at: now)
    }
  }
}

extension [Int] {
  /// Where each place was shown.
  var inverse: [Int] {
    var inverse = self
    for (shown, place) in enumerated() { inverse[place] = shown }
    return inverse
  }
}

extension Database {
  /// What came of the same answer when it was first sent; `nil` for a new one.
  fileprivate func earlierOutcome(
    of answer: Answer, token: String, by person: Person
  ) throws -> JudgmentOutcome? {
    let row = try Row.fetchOne(
      self,
      sql: "SELECT * FROM judgment WHERE token = ? AND personID = ? AND withdrawnAt IS NULL",
      arguments: [token, person.id])
    guard let row else { return nil }
    let earlier = try RecordedJudgment(row)
    // The clock has run on since, and so is left out.
    var again = answer.rearranged(earlier.shownOrder)
    again.activeSeconds = earlier.answer.activeSeconds
    again.wallSeconds = earlier.answer.wallSeconds
    guard again == earlier.answer else { throw AnnotationError.answeredOtherwise }
    return JudgmentOutcome(
      judgment: earlier.id, isRepeated: true, pauseReason: person.pauseReason)
  }

  fileprivate func insert(
    _ shown: Answer, for lease: Lease, by person: Person, at now: Date
  ) throws -> Int64 {
    let settings = try settings()
    let texts = try String.fetchAll(
      self, sql: "SELECT text FROM response WHERE taskID = ? ORDER BY place",
      arguments: [lease.task])
    try shown.validate(responses: texts.count, by: settings)
    let seed = ShownOrder.seed(
      project: settings.seed, task: lease.task, person: person.id, round: lease.round)
    let places = ShownOrder.places(seed: seed, count: texts.count)
    var answer = shown.rearranged(places)
    // Nobody has looked for longer than he has had the task.
    answer.wallSeconds = max(0, now.timeIntervalSince(lease.issuedAt))
    answer.activeSeconds = min(answer.activeSeconds, answer.wallSeconds)
    let quality = JudgmentQuality(
      .init(
        seconds: answer.activeSeconds,
        characters: texts.reduce(0) { $0 + Passage(json: $1).length }, reason: answer.reason,
        reasonIsDue: answer.reasonIsDue(by: settings),
        run: try runLength(endingWith: shown.verdict, of: person),
        contradicts: try contradicts(answer.verdict, lease, person)),
      by: settings.quality)
    try execute(
      sql: """
        INSERT INTO judgment (token, taskID, personID, round, answer, shownOrder, orderSeed,
          guidelineVersion, confidence, failed, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        lease.token, lease.task, person.id, lease.round, try answer.json(), try places.json(),
        seed, try guidelines().version, quality.confidence, try quality.failed.json(), now.stamp,
      ])
    let id = lastInsertedRowID
    guard
      let row = try Row.fetchOne(self, sql: "SELECT * FROM judgment WHERE id = ?", arguments: [id])
    else { preconditionFailure("judgment \(id) was inserted") }
    try record(
      "judgment.given", by: person, about: try name(ofTask: lease.task),
      detail: try GivenJudgment(judgment: id, sha256: GivenJudgment.digest(of: row)).json(),
      at: now)
    return id
  }

  /// How many judgments in a row took the same side as it was shown, this one included.
  private func runLength(endingWith verdict: Verdict, of person: Person) throws -> Int {
    let rows = try Row.fetchCursor(
      self,
      sql: "SELECT * FROM judgment WHERE personID = ? AND withdrawnAt IS NULL ORDER BY id DESC",
      arguments: [person.id])
    var run = 1
    while let row = try rows.next() {
      let judgment = try RecordedJudgment(row)
      let shown = judgment.answer.verdict.rearranged(judgment.shownOrder.inverse)
      guard shown.agrees(with: verdict) else { break }
      run += 1
    }
    return run
  }

  private func contradicts(
    _ verdict: Verdict, _ lease: Lease, _ person: Person
  ) throws -> Bool {
    guard lease.round > 1 else { return false }
    let row = try Row.fetchOne(
      self,
      sql: """
        SELECT * FROM judgment WHERE taskID = ? AND personID = ? AND round = 1 AND withdrawnAt IS NULL
        """, arguments: [lease.task, person.id])
    guard let row else { return false }
    return try !RecordedJudgment(row).answer.verdict.agrees(with: verdict)
  }

  /// Counts a task's judgments anew, and says whether they disagree and whether it is complete.
  fileprivate func recount(_ task: Int64) throws {
    let answers = try String.fetchAll(
      self,
      sql: "SELECT answer FROM judgment WHERE taskID = ? AND round = 1 AND withdrawnAt IS NULL",
      arguments: [task]
    ).map { try Answer(json: $0).verdict }
    let disagrees = answers.contains { !$0.agrees(with: answers[0]) }
    try execute(
      sql: """
        UPDATE task SET answers = :answers, disagrees = :disagrees,
          status = CASE WHEN status = 'withdrawn' THEN status
            WHEN NOT isGold AND :answers >= COALESCE(overlap, :overlap) THEN 'complete' ELSE 'open' END
        WHERE id = :task
        """,
      arguments: [
        "answers": answers.count, "disagrees": disagrees, "overlap": try settings().overlap,
        "task": task,
      ])
  }

  /// Pauses somebody whose answers to tasks with known answers are beyond doubt not good enough.
  fileprivate func pauseIfGoldSaysSo(
    _ person: Person, after lease: Lease, at now: Date
  ) throws -> String? {
    let isGold = try Bool.fetchOne(
      self, sql: "SELECT isGold FROM task WHERE id = ?", arguments: [lease.task])
    guard isGold == true else { return nil }
    let accuracy = try goldAccuracy(of: person)
    let rule = try settings().gold
    guard accuracy.pauses(by: rule) else { return nil }
    let reason =
      "\(accuracy.wrong) of \(accuracy.count) answers to tasks whose right answer is known were wrong"
    try pause(person, reason: reason, by: nil, at: now)
    return reason
  }
}

extension Passage {
  /// How long it is to read, in characters.
  var length: Int {
    switch self {
    case .text(let text): text.count
    case .messages(let messages): messages.reduce(0) { $0 + $1.content.count }
    }
  }
}
