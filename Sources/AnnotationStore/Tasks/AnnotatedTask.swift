internal import GRDB
public import PreferenceData

/// A task as the project holds it, with what nobody who judges sees.
public struct AnnotatedTask: Sendable, Hashable {
  /// Where a task stands.
  public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
    /// It needs more answers.
    case open
    /// It has as many as it needs.
    case complete
    /// It was taken out.
    case withdrawn
  }

  /// The number in the project.
  public let id: Int64
  /// The name.
  public let name: String
  /// What the responses answer.
  public let prompt: Passage
  /// The responses.
  public let responses: [NewTask.Response]
  /// The kind of task.
  public let stratum: String
  /// The right answer of a task that tells how good somebody is; `nil` for one that is asked in earnest.
  public let gold: Verdict?
  /// Where it stands.
  public let status: Status
}

extension AnnotationProject {
  /// All tasks, in the order in which they were imported.
  ///
  /// - Throws: An error of SQLite.
  public func tasks() throws -> [AnnotatedTask] {
    try database.read { database in
      var responses: [Int64: [NewTask.Response]] = [:]
      let rows = try Row.fetchCursor(
        database, sql: "SELECT * FROM response ORDER BY taskID, place")
      while let row = try rows.next() {
        responses[row["taskID"], default: []].append(
          .init(Passage(json: row["text"]), model: row["model"]))
      }
      return try Row.fetchAll(database, sql: "SELECT * FROM task ORDER BY id").map { row in
        guard let status = AnnotatedTask.Status(rawValue: row["status"]) else {
          preconditionFailure("the table admits the three statuses alone")
        }
        let gold: String? = row["goldVerdict"]
        return AnnotatedTask(
          id: row["id"], name: row["name"], prompt: Passage(json: row["prompt"]),
          responses: responses[row["id"]] ?? [], stratum: row["stratum"],
          gold: try gold.map(Verdict.init(json:)), status: status)
      }
    }
  }
}
