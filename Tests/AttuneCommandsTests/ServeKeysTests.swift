import ArgumentParser
import Foundation
import ModelServer
import PreferenceData
import Testing
import WebSupport

@testable import AttuneCommands

@Suite("The keys of attune serve")
struct ServeKeysTests {
  private func keys(
    _ arguments: [String], _ environment: [String: String] = [:], shown: (String) -> Void = { _ in }
  ) throws -> ServeKeys {
    var random = SeededGenerator(seed: 7)
    return try ServeKeys(
      try ServeKeyFlags.parse(arguments), environment, using: &random, show: shown)
  }

  @Test("a key is made where none is given, one for each role, and shown")
  func made() throws {
    var lines: [String] = []
    let made = try keys([], ["ATTUNE_API_KEY": "", "ATTUNE_ADMIN_KEY": ""]) { lines.append($0) }
    #expect(lines.count == 2)
    let user = try #require(lines[0].wholeMatch(of: /key (sk-attune-.+)/)?.output.1)
    let admin = try #require(
      lines[1].wholeMatch(of: /administration key (sk-attune-.+)/)?.output.1)
    #expect(made.users.record(presenting: String(user))?.role == .user)
    #expect(made.administrators.record(presenting: String(user)) == nil)
    #expect(made.administrators.record(presenting: String(admin))?.role == .admin)
    #expect(made.users.record(presenting: String(admin))?.role == .admin)
    #expect(made.users.record(presenting: "") == nil)
  }

  @Test("the command line, the environment and the file are put together, and no name is had twice")
  func together() throws {
    let folder = try TestFolder()
    let path = folder.url.appending(path: "keys.jsonl").path
    for (name, key, role) in [
      ("command-line", "a", KeyRecord.Role.user), ("command-line-admin", "b", .admin),
    ] {
      try KeyFile.append(
        KeyRecord(name: name, digest: SecretDigest(hashing: key), role: role), to: path)
    }
    var lines: [String] = []
    let found = try keys(
      ["--keys", path, "--api-key", "c", "--api-key", "d", "--admin-key", "e"],
      ["ATTUNE_API_KEY": "f", "ATTUNE_ADMIN_KEY": "g"]
    ) { lines.append($0) }
    #expect(lines.isEmpty)
    let names = ["a", "b", "c", "d", "e", "f", "g"].map {
      found.users.record(presenting: $0)?.name
    }
    #expect(
      names == [
        "command-line", "command-line-admin", "command-line-2", "command-line-3",
        "command-line-admin-2", "command-line-4", nil,
      ])
    #expect(
      found.administrators.records.map(\.name) == ["command-line-admin", "command-line-admin-2"])
  }

  @Test("an empty key is refused", arguments: ["--api-key", "--admin-key"])
  func empty(flag: String) {
    let error = #expect(throws: (any Error).self) { _ = try ServeKeyFlags.parse([flag, ""]) }
    let message = error.map { ServeKeyFlags.message(for: $0) }
    #expect(message == "'\(flag)' is empty, but must be a key that nobody can guess.")
  }
}
