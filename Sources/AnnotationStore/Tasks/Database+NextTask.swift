internal import Foundation
internal import GRDB
internal import PreferenceData

extension Database {
  /// What somebody gets next: by a draw that depends on how many judgments he has given a task whose answer is known or one
  /// of his own again, else the first in turn.
  ///
  /// - Returns: The task and the round, 1 unless it is asked again; `nil` where nothing is left.
  func nextTask(
    for person: Person, _ settings: ProjectSettings, now: Date
  ) throws -> (task: Int64, round: Int)? {
    let given = try Int.fetchOne(
      self, sql: "SELECT COUNT(*) FROM judgment WHERE personID = ?", arguments: [person.id])
    var draws = SeededGenerator(
      seed: UInt64(
        bitPattern: ShownOrder.seed(
          project: settings.seed, task: -1, person: person.id, round: given ?? 0)))
    let draw = draws.unit()
    // Only for somebody for whom there is work: gold tasks and repetitions stand between others, and not at the end.
    guard let next = try taskInTurn(for: person, settings, now: now) else { return nil }
    if draw < settings.goldRate, let gold = try unseenGold(for: person) { return (gold, 1) }
    if draw >= settings.goldRate, draw < settings.goldRate + settings.repeatRate,
      let task = try repetition(for: person, settings)
    {
      return (task, 2)
    }
    return (next, 1)
  }

  private func taskInTurn(
    for person: Person, _ settings: ProjectSettings, now: Date
  ) throws -> Int64? {
    let (slot, arguments) = Self.slotCondition(
      person: person.id, overlap: settings.overlap, now: now)
    let order =
      switch settings.ordering {
      case .stratified: "place, id"
      case .disagreement: "disagrees DESC, place, id"
      }
    return try Int64.fetchOne(
      self,
      sql: """
        SELECT id FROM task WHERE status = 'open' AND isGold = 0 AND \(slot)
          AND \(Self.isNewToPerson)
        ORDER BY \(order) LIMIT 1
        """, arguments: arguments)
  }

  private func unseenGold(for person: Person) throws -> Int64? {
    try Int64.fetchOne(
      self,
      sql: """
        SELECT id FROM task WHERE status = 'open' AND isGold = 1 AND \(Self.isNewToPerson)
        ORDER BY place, id LIMIT 1
        """, arguments: ["person": person.id])
  }

  /// A task that this person judged long enough ago and that nobody has asked him again.
  private func repetition(for person: Person, _ settings: ProjectSettings) throws -> Int64? {
    try Int64.fetchOne(
      self,
      sql: """
        SELECT judgment.taskID FROM judgment JOIN task ON task.id = judgment.taskID
        WHERE judgment.personID = :person AND judgment.round = 1 AND judgment.withdrawnAt IS NULL
          AND task.isGold = 0 AND task.status <> 'withdrawn'
          AND (SELECT COUNT(*) FROM judgment AS later
            WHERE later.personID = :person AND later.id > judgment.id) >= :distance
          AND NOT EXISTS (SELECT 1 FROM judgment AS again WHERE again.taskID = judgment.taskID
            AND again.personID = :person AND again.round > 1)
        ORDER BY judgment.id LIMIT 1
        """, arguments: ["person": person.id, "distance": settings.repeatDistance])
  }

  /// A condition on a row of `task`: the person has neither judged nor skipped it.
  private static var isNewToPerson: String {
    """
    NOT EXISTS (SELECT 1 FROM judgment WHERE judgment.taskID = task.id
      AND judgment.personID = :person AND judgment.withdrawnAt IS NULL)
    AND NOT EXISTS (SELECT 1 FROM skip WHERE skip.taskID = task.id AND skip.personID = :person)
    """
  }
}
