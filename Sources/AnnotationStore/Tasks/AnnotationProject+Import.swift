public import Foundation
internal import GRDB
internal import PreferenceData

/// What came of an import.
public struct ImportOutcome: Sendable, Hashable {
  /// Tasks that are new.
  public var added = 0
  /// Of these, tasks whose right answer is known.
  public var gold = 0
  /// Tasks that were in the project already, with the same prompt and responses.
  public var known = 0
}

extension AnnotationProject {
  /// Adds tasks, all or none. Within its stratum a task has a place that is drawn, so that the order of the file does not
  /// matter; tasks that come later stand behind earlier ones.
  ///
  /// - Parameters:
  ///   - tasks: What is to be asked.
  ///   - author: Who adds them; `nil` for the command line.
  ///   - now: The present moment.
  /// - Returns: How many are new.
  /// - Throws: ``AnnotationError/task(name:problem:)``; an error of SQLite.
  public func add(
    _ tasks: [NewTask], by author: Person? = nil, now: Date
  ) throws -> ImportOutcome {
    try database.write { database in
      var outcome = ImportOutcome()
      let settings = try database.settings()
      var random = SeededGenerator(seed: settings.seed)
      let first = try 1 + (Int64.fetchOne(database, sql: "SELECT MAX(id) FROM task") ?? 0)
      var places: [String: Int] = [:]
      for row in try Row.fetchAll(
        database, sql: "SELECT stratum, MAX(place) AS last FROM task GROUP BY stratum")
      {
        places[row["stratum"]] = row["last"]
      }
      for index in random.permutation(of: tasks.count) {
        let task = tasks[index]
        let id = first + Int64(index)
        let name = task.name ?? task.contentName
        try task.validate(as: name)
        if try database.knows(task, as: name) {
          outcome.known += 1
          continue
        }
        let place = 1 + (places[task.stratum] ?? 0)
        places[task.stratum] = place
        try database.insert(task, id: id, name: name, place: place, at: now)
        outcome.added += 1
        if task.gold != nil { outcome.gold += 1 }
      }
      if outcome.added > 0 {
        try database.record(
          "tasks.added", by: author, about: settings.name,
          ["added": "\(outcome.added)", "gold": "\(outcome.gold)"], at: now)
      }
      return outcome
    }
  }

  /// Takes a task out of the queue, or puts it back. What was said about it stays.
  ///
  /// - Parameters:
  ///   - name: The task's name.
  ///   - isWithdrawn: Whether it is taken out.
  ///   - author: Who does it; `nil` for the command line.
  ///   - now: The present moment.
  /// - Throws: ``AnnotationError/noTask(_:)``; an error of SQLite.
  public func withdraw(
    task name: String, _ isWithdrawn: Bool = true, by author: Person? = nil, now: Date
  ) throws {
    try database.write { database in
      let overlap = try database.settings().overlap
      try database.execute(
        sql: """
          UPDATE task SET status = CASE WHEN ? THEN 'withdrawn'
            WHEN NOT isGold AND answers >= COALESCE(overlap, ?) THEN 'complete' ELSE 'open' END
          WHERE name = ?
          """, arguments: [isWithdrawn, overlap, name])
      guard database.changesCount == 1 else { throw AnnotationError.noTask(name) }
      try database.execute(
        sql: "DELETE FROM lease WHERE taskID = (SELECT id FROM task WHERE name = ?)",
        arguments: [name])
      try database.record(
        isWithdrawn ? "task.withdrawn" : "task.restored", by: author, about: name, at: now)
    }
  }
}

extension Database {
  /// Whether a task of that name is there, and the same one.
  fileprivate func knows(_ task: NewTask, as name: String) throws -> Bool {
    let row = try Row.fetchOne(
      self, sql: "SELECT id, prompt FROM task WHERE name = ?", arguments: [name])
    guard let row else { return false }
    let id: Int64 = row["id"]
    let texts = try String.fetchAll(
      self, sql: "SELECT text FROM response WHERE taskID = ? ORDER BY place", arguments: [id])
    guard row["prompt"] == task.prompt.json, texts == task.responses.map(\.text.json) else {
      throw AnnotationError.task(
        name: name, problem: "is in the project already, with another prompt or other responses")
    }
    return true
  }

  fileprivate func insert(
    _ task: NewTask, id: Int64, name: String, place: Int, at now: Date
  ) throws {
    try execute(
      sql: """
        INSERT INTO task (id, name, prompt, stratum, place, overlap, isGold, goldVerdict, createdAt)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, name, task.prompt.json, task.stratum, place, task.overlap, task.gold != nil,
        try task.gold?.json(), now.stamp,
      ])
    for (place, response) in task.responses.enumerated() {
      try execute(
        sql: "INSERT INTO response (taskID, place, text, model) VALUES (?, ?, ?, ?)",
        arguments: [id, place, response.text.json, response.model])
    }
  }
}
