public import Foundation
internal import GRDB

extension AnnotationProject {
  /// All people, in the order in which they came.
  ///
  /// - Throws: An error of SQLite.
  public func people() throws -> [Person] {
    try database.read {
      try Row.fetchAll($0, sql: "SELECT * FROM person ORDER BY id").map(Person.init)
    }
  }

  /// Somebody by name, whatever the case of its letters.
  ///
  /// - Parameter name: The name.
  /// - Returns: The person.
  /// - Throws: ``AnnotationError/noPerson(name:)``; an error of SQLite.
  public func person(named name: String) throws -> Person {
    guard let found = try credentials(of: name) else { throw AnnotationError.noPerson(name: name) }
    return found.person
  }

  /// Somebody with the hash of his password; `nil` for nobody.
  ///
  /// - Parameter name: The name.
  /// - Returns: The person and the hash.
  /// - Throws: An error of SQLite.
  public func credentials(of name: String) throws -> (person: Person, passwordHash: String)? {
    try database.read { database in
      let row = try Row.fetchOne(
        database, sql: "SELECT * FROM person WHERE name = ?", arguments: [name])
      return try row.map { (try Person($0), $0["passwordHash"]) }
    }
  }

  /// Invites somebody.
  ///
  /// - Parameters:
  ///   - role: What the person will be allowed to do.
  ///   - note: Whom it is meant for, for the list of invitations.
  ///   - digest: The digest of the link's secret, which itself is not kept.
  ///   - expiry: From when on it is no longer good.
  ///   - author: Who invites; `nil` for the command line.
  ///   - now: The present moment.
  /// - Throws: An error of SQLite.
  public func invite(
    _ role: Role, note: String = "", digest: String, expiry: Date, by author: Person? = nil,
    now: Date
  ) throws {
    try database.write { database in
      try database.execute(
        sql: """
          INSERT INTO invitation (digest, role, note, createdAt, expiresAt) VALUES (?, ?, ?, ?, ?)
          """, arguments: [digest, role.rawValue, note.storable, now.stamp, expiry.stamp])
      try database.record(
        "person.invited", by: author, about: note, ["role": role.rawValue], at: now)
    }
  }

  /// The role that an invitation gives, as long as it is good.
  ///
  /// - Parameters:
  ///   - digest: The digest of the link's secret.
  ///   - now: The present moment.
  /// - Returns: The role.
  /// - Throws: ``AnnotationError/invitation``; an error of SQLite.
  public func invitedRole(digest: String, now: Date) throws -> Role {
    try database.read { try $0.invitedRole(digest, now) }
  }

  /// Uses an invitation up: once, even if two try at the same moment.
  ///
  /// - Parameters:
  ///   - digest: The digest of the link's secret.
  ///   - name: What the person wants to be called.
  ///   - passwordHash: The hash of the password.
  ///   - now: The present moment.
  /// - Returns: The person.
  /// - Throws: ``AnnotationError``; an error of SQLite.
  public func redeemInvitation(
    digest: String, name: String, passwordHash: String, now: Date
  ) throws -> Person {
    guard !name.isEmpty, name.count <= 60, !name.hasControlCharacters,
      name.first?.isWhitespace == false, name.last?.isWhitespace == false
    else { throw AnnotationError.name }
    return try database.write { database in
      let role = try database.invitedRole(digest, now)
      let isTaken = try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM person WHERE name = ?)", arguments: [name])
      if isTaken == true { throw AnnotationError.nameTaken(name: name) }
      try database.execute(
        sql: "INSERT INTO person (name, role, passwordHash, createdAt) VALUES (?, ?, ?, ?)",
        arguments: [name, role.rawValue, passwordHash, now.stamp])
      let person = try database.person(database.lastInsertedRowID)
      try database.execute(
        sql: "UPDATE invitation SET usedAt = ?, usedBy = ? WHERE digest = ?",
        arguments: [now.stamp, person.id, digest])
      try database.record(
        "person.joined", by: person, about: name, ["role": role.rawValue], at: now)
      return person
    }
  }

  /// Lets somebody not go on, or go on again.
  ///
  /// - Parameters:
  ///   - person: Whom.
  ///   - reason: Why not; `nil` to let go on.
  ///   - author: Who decides; `nil` for the program.
  ///   - now: The present moment.
  /// - Throws: An error of SQLite.
  public func pause(
    _ person: Person, reason: String?, by author: Person? = nil, now: Date
  ) throws {
    try database.write { database in
      try database.pause(person, reason: reason, by: author, at: now)
    }
  }
}

extension Database {
  func person(_ id: Int64) throws -> Person {
    guard
      let row = try Row.fetchOne(self, sql: "SELECT * FROM person WHERE id = ?", arguments: [id])
    else { preconditionFailure("person \(id) is in the table") }
    return try Person(row)
  }

  func pause(_ person: Person, reason: String?, by author: Person?, at now: Date) throws {
    try execute(
      sql: "UPDATE person SET pausedAt = ?, pauseReason = ? WHERE id = ?",
      arguments: [reason == nil ? nil : now.stamp, reason, person.id])
    // What was being looked at is free for others at once.
    if reason != nil {
      try execute(sql: "DELETE FROM lease WHERE personID = ?", arguments: [person.id])
    }
    try record(
      reason == nil ? "person.resumed" : "person.paused", by: author, about: person.name,
      reason.map { ["reason": $0] } ?? [:], at: now)
  }

  fileprivate func invitedRole(_ digest: String, _ now: Date) throws -> Role {
    let text = try String.fetchOne(
      self,
      sql: "SELECT role FROM invitation WHERE digest = ? AND usedAt IS NULL AND expiresAt > ?",
      arguments: [digest, now.stamp])
    guard let role = text.flatMap(Role.init) else { throw AnnotationError.invitation }
    return role
  }
}
