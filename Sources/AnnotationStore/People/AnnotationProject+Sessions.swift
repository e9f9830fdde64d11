public import Foundation
internal import GRDB

extension AnnotationProject {
  /// Begins a session.
  ///
  /// - Parameters:
  ///   - person: Who has signed in.
  ///   - digest: The digest of the session's secret, which itself is not kept.
  ///   - expiry: When it ends by itself.
  ///   - now: The present moment.
  /// - Throws: An error of SQLite.
  public func beginSession(of person: Person, digest: String, expiry: Date, now: Date) throws {
    try database.write { database in
      try database.execute(sql: "DELETE FROM session WHERE expiresAt <= ?", arguments: [now.stamp])
      try database.execute(
        sql: "INSERT INTO session (digest, personID, createdAt, expiresAt) VALUES (?, ?, ?, ?)",
        arguments: [digest, person.id, now.stamp, expiry.stamp])
      try database.record("session.begun", by: person, about: person.name, at: now)
    }
  }

  /// Whose session it is; `nil` for one that has ended or never was.
  ///
  /// - Parameters:
  ///   - digest: The digest of the session's secret.
  ///   - now: The present moment.
  /// - Returns: The person.
  /// - Throws: An error of SQLite.
  public func person(ofSession digest: String, now: Date) throws -> Person? {
    try database.read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT person.* FROM session JOIN person ON person.id = session.personID
          WHERE session.digest = ? AND session.expiresAt > ?
          """, arguments: [digest, now.stamp])
      return try row.map(Person.init)
    }
  }

  /// Ends a session.
  ///
  /// - Parameters:
  ///   - digest: The digest of the session's secret.
  ///   - now: The present moment.
  /// - Throws: An error of SQLite.
  public func endSession(digest: String, now: Date) throws {
    try database.write { database in
      let row = try Row.fetchOne(
        database, sql: "SELECT personID FROM session WHERE digest = ?", arguments: [digest])
      guard let row else { return }
      let person = try database.person(row["personID"])
      try database.execute(sql: "DELETE FROM session WHERE digest = ?", arguments: [digest])
      try database.record("session.ended", by: person, about: person.name, at: now)
    }
  }

  /// Notes that somebody could not sign in.
  ///
  /// - Parameters:
  ///   - name: The name that was given.
  ///   - now: The present moment.
  /// - Throws: An error of SQLite.
  public func noteRefusedSignIn(name: String, now: Date) throws {
    try database.write { database in
      try database.record(
        "session.refused", by: nil, about: String(name.prefix(100)).storable, at: now)
    }
  }
}
