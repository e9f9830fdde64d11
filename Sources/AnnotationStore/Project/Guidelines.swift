public import Foundation
internal import GRDB

/// What annotators are told: a version of it.
public struct Guidelines: Sendable, Hashable, Codable {
  /// 1 for the first.
  public let version: Int
  /// Markdown.
  public let text: String
  /// When it became valid.
  public let createdAt: Date
}

extension AnnotationProject {
  /// The guidelines that are valid now.
  ///
  /// - Throws: An error of SQLite.
  public func guidelines() throws -> Guidelines { try database.read { try $0.guidelines() } }

  /// Gives the project another version of its guidelines; judgments keep the number of theirs.
  ///
  /// - Parameters:
  ///   - text: Markdown.
  ///   - author: Who changes them; `nil` for the command line.
  ///   - now: The present moment.
  /// - Throws: An error of SQLite.
  public func change(guidelines text: String, by author: Person? = nil, now: Date) throws {
    try database.write { database in
      guard try database.guidelines().text != text else { return }
      try database.insertGuidelines(text, by: author, at: now)
    }
  }
}

extension Database {
  func guidelines() throws -> Guidelines {
    let row = try Row.fetchOne(self, sql: "SELECT * FROM guideline ORDER BY version DESC LIMIT 1")
    guard let row else { preconditionFailure("a project has guidelines") }
    return Guidelines(
      version: row["version"], text: row["text"], createdAt: Date(stamp: row["createdAt"]))
  }

  func insertGuidelines(_ text: String, by author: Person?, at now: Date) throws {
    try execute(
      sql: "INSERT INTO guideline (text, createdAt) VALUES (?, ?)",
      arguments: [text.storable, now.stamp])
    try record(
      "guidelines.changed", by: author, about: "version \(lastInsertedRowID)",
      ["sha256": text.sha256], at: now)
  }
}
