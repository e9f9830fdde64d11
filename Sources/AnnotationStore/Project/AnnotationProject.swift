internal import Crypto
public import Foundation
internal import GRDB

/// An annotation project: one SQLite file with its tasks, its people and all that they have said.
///
/// Every change is one transaction, with the line of the audit log that tells of it. Several programs may use a project at the
/// same time, such as a server and `attune annotate import`. An answer is on the disk before it is acknowledged.
public struct AnnotationProject: Sendable {
  let database: DatabasePool

  /// Opens a project.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``AnnotationError`` where it is none; an error of SQLite.
  public init(at path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw AnnotationError.missing(path: path)
    }
    database = try Self.pool(path)
    guard try database.read({ try $0.tableExists("project") }) else {
      throw AnnotationError.foreign(path: path)
    }
    if try database.read(Self.migrator.hasBeenSuperseded) {
      throw AnnotationError.newer(path: path)
    }
    try Self.migrator.migrate(database)
  }

  /// Makes a project.
  ///
  /// - Parameters:
  ///   - path: A file that is not there yet.
  ///   - settings: How it asks.
  ///   - guidelines: What annotators are told, as Markdown.
  ///   - now: The present moment.
  /// - Throws: ``AnnotationError``; an error of SQLite.
  public init(
    makingAt path: String, settings: ProjectSettings, guidelines: String, now: Date
  ) throws {
    try settings.validate()
    guard !FileManager.default.fileExists(atPath: path) else {
      throw AnnotationError.exists(path: path)
    }
    // It is made under another name, so that a project is whole or not there.
    let beginning = "\(path).\(ProcessInfo.processInfo.processIdentifier).new"
    defer {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: beginning + suffix)
      }
    }
    do {
      let database = try Self.pool(beginning)
      try Self.migrator.migrate(database)
      try database.write { database in
        try database.execute(
          sql: "INSERT INTO project (id, settings, createdAt) VALUES (1, ?, ?)",
          arguments: [try settings.json(), now.stamp])
        try database.record(
          "project.made", by: nil, about: settings.name, ["settings": try settings.json()], at: now)
        try database.insertGuidelines(guidelines, by: nil, at: now)
      }
      try database.close()
    }
    try FileManager.default.moveItem(atPath: beginning, toPath: path)
    try self.init(at: path)
  }

  private static func pool(_ path: String) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { database in
      // Not only a killed server, but a power cut too loses nothing that was acknowledged.
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    do {
      return try DatabasePool(path: path, configuration: configuration)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
      throw AnnotationError.foreign(path: path)
    }
  }

  /// Closes the file.
  ///
  /// - Throws: An error of SQLite.
  public func close() throws { try database.close() }

  /// How the project asks.
  ///
  /// - Throws: An error of SQLite.
  public func settings() throws -> ProjectSettings { try database.read { try $0.settings() } }

  /// Changes how the project asks. Tasks that now need more answers are open again, and those that have enough are complete.
  ///
  /// - Parameters:
  ///   - settings: The new settings.
  ///   - author: Who changes them; `nil` for the command line.
  ///   - now: The present moment.
  /// - Throws: ``AnnotationError/setting(name:problem:)``; an error of SQLite.
  public func change(_ settings: ProjectSettings, by author: Person? = nil, now: Date) throws {
    try settings.validate()
    try database.write { database in
      try database.execute(
        sql: "UPDATE project SET settings = ? WHERE id = 1", arguments: [try settings.json()])
      try database.execute(
        sql: """
          UPDATE task SET status = CASE WHEN answers >= COALESCE(overlap, ?) THEN 'complete' ELSE 'open' END
          WHERE status IN ('open', 'complete') AND NOT isGold
          """, arguments: [settings.overlap])
      try database.record(
        "project.changed", by: author, about: settings.name, ["settings": try settings.json()],
        at: now)
    }
  }
}

extension Encodable {
  /// JSON in one line, its keys in snake case and in order, so that the same value has the same text.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

extension Decodable {
  /// The value that ``Encodable/json()`` has written.
  init(json: String) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(Self.self, from: Data(json.utf8))
  }
}

extension Date {
  /// Microseconds since 1970: what the database holds, so that moments can be compared.
  var stamp: Int64 { Int64((timeIntervalSince1970 * 1_000_000).rounded()) }

  /// The moment of a stamp.
  init(stamp: Int64) { self.init(timeIntervalSince1970: Double(stamp) / 1_000_000) }
}

extension Database {
  func settings() throws -> ProjectSettings {
    let text = try String.fetchOne(self, sql: "SELECT settings FROM project WHERE id = 1")
    guard let text else { preconditionFailure("a project has one row of settings") }
    return try ProjectSettings(json: text)
  }
}
