import ArgumentParser
import Foundation
import ModelServer
import Testing

@testable import AttuneCommands

@Suite("attune serve key")
struct ServeKeyCommandTests {
  /// The command as a person gives it, below the one that serves.
  private func command(_ arguments: [String]) throws -> ServeKeyCommand {
    let command = try Attune.parseAsRoot(["serve", "key"] + arguments)
    return try #require(command as? ServeKeyCommand)
  }

  @Test("the file may be named on either side of the word, and has a usual name")
  func file() throws {
    #expect(try command(["--name", "alice", "--keys", "team.jsonl"]).file == "team.jsonl")
    let before = try Attune.parseAsRoot(["serve", "--keys", "team.jsonl", "key", "--name", "alice"])
    #expect((before as? ServeKeyCommand)?.file == "team.jsonl")
    #expect(try command(["--name", "alice"]).file == "attune-keys.jsonl")
  }

  @Test("each option is written down")
  func options() throws {
    var random = SystemRandomNumberGenerator()
    let key = APIKey(using: &random)
    let now = Date(timeIntervalSince1970: 1000)
    let plain = try command(["--name", "alice"]).record(of: key, now: now)
    #expect(plain == KeyRecord(name: "alice", digest: key.digest))
    let record = try command([
      "--name", "alice", "--requests-per-minute", "60", "--tokens-per-minute", "5000",
      "--concurrent", "4", "--days", "2", "--admin",
    ]).record(of: key, now: now)
    #expect(record.requestsPerMinute == 60 && record.tokensPerMinute == 5000)
    #expect(record.concurrentRequests == 4 && record.role == .admin)
    #expect(record.expiry == now + 172_800)
  }

  @Test("the key is written to no file, and its name is taken from then on")
  func run() throws {
    let folder = try TestFolder()
    let path = folder.url.appending(path: "keys.jsonl").path
    let command = try command(["--name", "alice", "--keys", path])
    try command.run()
    #expect(try KeyFile.read(path).records.map(\.name) == ["alice"])
    #expect(throws: KeyFileError.nameTaken(path: path, name: "alice")) { try command.run() }
  }

  @Test(
    "what is wrong is said",
    arguments: [
      (
        ["--name", "a b"],
        "'--name' is 'a b', but must be 1 to 64 letters, digits, '.', '_' or '-'."
      ),
      (
        ["--name", "a", "--requests-per-minute", "0"],
        "'--requests-per-minute' is 0, but must be from 1 to 1000000000."
      ),
      (
        ["--name", "a", "--tokens-per-minute", "0"],
        "'--tokens-per-minute' is 0, but must be from 1 to 1000000000."
      ),
      (
        ["--name", "a", "--concurrent", "0"],
        "'--concurrent' is 0, but must be from 1 to 1000000000."
      ),
      (["--name", "a", "--days", "0"], "'--days' is 0, but must be from 1 to 36500."),
    ])
  func wrong(arguments: [String], message: String) {
    do {
      _ = try command(arguments)
      Issue.record("\(arguments) were taken")
    } catch {
      #expect(Attune.message(for: error) == message)
    }
  }
}
