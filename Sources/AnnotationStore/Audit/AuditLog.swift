internal import Crypto
public import Foundation
internal import GRDB

/// A line of the audit log: who did what, when.
///
/// Each line's hash covers the line and the hash before it,
///
///     hash_n = SHA-256(hash_{n−1} ‖ number ‖ at ‖ actor ‖ action ‖ subject ‖ detail)
///
/// the fields separated by line feeds and written as JSON, so that no line can be changed, moved or taken out of the middle without all later
/// hashes changing. Lines cut off at the end are found by comparing with a hash that was noted elsewhere.
public struct AuditLine: Sendable, Hashable {
  /// 1 for the first.
  public let number: Int64
  /// When it happened.
  public let at: Date
  /// Whose doing it was: a name, or `attune` for the command line.
  public let actor: String
  /// What was done, such as `judgment.given`.
  public let action: String
  /// What it was done to.
  public let subject: String
  /// Further fields, as JSON.
  public let detail: String
  /// The hash of this line and all before it.
  public let hash: String

  init(_ row: Row) {
    (number, at) = (row["number"], Date(stamp: row["at"]))
    (actor, action, subject) = (row["actor"], row["action"], row["subject"])
    (detail, hash) = (row["detail"], row["hash"])
  }

  func isLinked(to previous: String) -> Bool {
    hash
      == Self.hash(
        after: previous, number: number, at: at.stamp, [actor, action, subject, detail])
  }

  /// The hash before the first line.
  static let origin = String(repeating: "0", count: 64)

  static func hash(
    after previous: String, number: Int64, at stamp: Int64, _ fields: [String]
  ) -> String {
    // The length of each field stands before it, so that nothing can be moved from one to the next.
    let text = ([previous, "\(number)", "\(stamp)"] + fields).map { "\($0.utf8.count):\($0)" }
    return text.joined(separator: "\n").sha256
  }
}

/// Where an audit log is broken.
public enum AuditProblem: Error, Hashable, CustomStringConvertible {
  /// A line is not the one that was written, or one before it is missing.
  case brokenChain(number: Int64)
  /// A judgment is not what the log says was given.
  case changedJudgment(id: Int64, number: Int64)
  /// A judgment that the log tells of is not there.
  case missingJudgment(id: Int64, number: Int64)
  /// A judgment is there that the log does not tell of.
  case unknownJudgment(id: Int64)
  /// The log does not contain a line with a hash that was noted.
  case cutOff(hash: String)

  /// What is wrong, in a sentence.
  public var description: String {
    switch self {
    case .brokenChain(let number):
      "line \(number) of the log is not what was written, or a line before it is missing"
    case .changedJudgment(let id, let number):
      "judgment \(id) is not the one that line \(number) of the log tells of"
    case .missingJudgment(let id, let number):
      "judgment \(id), of which line \(number) of the log tells, is missing"
    case .unknownJudgment(let id): "judgment \(id) is not in the log"
    case .cutOff(let hash): "no line of the log has the hash \(hash): its end is missing"
    }
  }
}

extension AnnotationProject {
  /// Goes through the whole log.
  ///
  /// - Parameters:
  ///   - noted: A hash that the log had at an earlier time; `nil` not to look for one.
  ///   - visit: Told of each line.
  /// - Returns: The hash of the last line, to be noted elsewhere.
  /// - Throws: ``AuditProblem`` for the first problem; an error of SQLite.
  @discardableResult
  public func verifyAudit(
    containing noted: String? = nil, _ visit: (AuditLine) throws -> Void = { _ in }
  ) throws -> String {
    try database.read { database in
      var previous = AuditLine.origin
      var given: [Int64: (digest: String, number: Int64)] = [:]
      var withdrawn: Set<Int64> = []
      var isFound = noted == nil || noted == previous
      var next: Int64 = 1
      let rows = try Row.fetchCursor(database, sql: "SELECT * FROM audit ORDER BY number")
      while let row = try rows.next() {
        let line = AuditLine(row)
        guard line.number == next, line.isLinked(to: previous) else {
          throw AuditProblem.brokenChain(number: line.number)
        }
        (previous, next) = (line.hash, next + 1)
        isFound = isFound || noted == previous
        if line.action == "judgment.given" {
          let detail = try GivenJudgment(json: line.detail)
          given[detail.judgment] = (detail.sha256, line.number)
        } else if line.action == "judgment.withdrawn" {
          withdrawn.insert(try WithdrawnJudgment(json: line.detail).judgment)
        }
        try visit(line)
      }
      if let noted, !isFound { throw AuditProblem.cutOff(hash: noted) }
      let judgments = try Row.fetchCursor(database, sql: "SELECT * FROM judgment")
      while let row = try judgments.next() {
        let id: Int64 = row["id"]
        guard let (digest, number) = given.removeValue(forKey: id) else {
          throw AuditProblem.unknownJudgment(id: id)
        }
        let isWithdrawn = row["withdrawnAt"] as Int64? != nil
        guard digest == GivenJudgment.digest(of: row), isWithdrawn == withdrawn.contains(id) else {
          throw AuditProblem.changedJudgment(id: id, number: number)
        }
      }
      if let (id, (_, number)) = given.min(by: { $0.value.number < $1.value.number }) {
        throw AuditProblem.missingJudgment(id: id, number: number)
      }
      return previous
    }
  }
}

/// What the log says of a judgment.
struct GivenJudgment: Codable {
  let judgment: Int64
  let sha256: String

  /// The digest of what was judged, by whom and how, as the table holds it.
  static func digest(of row: Row) -> String {
    let fields = ["taskID", "personID", "round", "answer", "shownOrder", "orderSeed", "createdAt"]
    return fields.map { name in
      let value: DatabaseValue = row[name]
      return "\(value)"
    }.joined(separator: "\n").sha256
  }
}

/// What the log says of a judgment that was taken back.
struct WithdrawnJudgment: Codable {
  let judgment: Int64
}

extension Database {
  /// Adds a line to the audit log, in the transaction that is going on.
  func record(
    _ action: String, by person: Person?, about subject: String, _ detail: [String: String] = [:],
    at now: Date
  ) throws {
    try record(action, by: person, about: subject, detail: try detail.json(), at: now)
  }

  /// Adds a line to the audit log, in the transaction that is going on.
  func record(
    _ action: String, by person: Person?, about subject: String, detail: String, at now: Date
  ) throws {
    let last = try Row.fetchOne(
      self, sql: "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")
    let number: Int64 = (last?["number"] ?? 0) + 1
    let actor = person?.name ?? "attune"
    let hash = AuditLine.hash(
      after: last?["hash"] ?? AuditLine.origin, number: number, at: now.stamp,
      [actor, action, subject, detail])
    try execute(
      sql: "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)",
      arguments: [number, now.stamp, actor, action, subject, detail, hash])
  }
}

extension String {
  /// SHA-256 of the text in UTF-8, in lower-case hexadecimal digits.
  var sha256: String {
    SHA256.hash(data: Data(utf8)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
