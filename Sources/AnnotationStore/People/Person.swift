internal import GRDB

/// What somebody may do.
public enum Role: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// Judge tasks.
  case annotator
  /// Also decide where others disagree, and see all judgments.
  case reviewer
  /// Also see the project's progress and its people, invite and export.
  case administrator

  /// Whether one may do less than the other.
  public static func < (one: Role, other: Role) -> Bool {
    one.rank < other.rank
  }

  private var rank: Int {
    switch self {
    case .annotator: 0
    case .reviewer: 1
    case .administrator: 2
    }
  }
}

/// Somebody who works on a project.
public struct Person: Sendable, Hashable {
  /// The number in the project.
  public let id: Int64
  /// What the person is called.
  public let name: String
  /// What the person may do.
  public let role: Role
  /// Why the person may not go on; `nil` for one who may.
  public let pauseReason: String?

  init(_ row: Row) throws {
    (id, name, pauseReason) = (row["id"], row["name"], row["pauseReason"])
    guard let role = Role(rawValue: row["role"]) else {
      preconditionFailure("the table admits the three roles alone")
    }
    self.role = role
  }
}
