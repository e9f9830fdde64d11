import AnnotationStore
import ArgumentParser
import Foundation
import ModelServer
import PreferenceData
import Testing

@testable import AttuneCommands

@Suite("attune serve erase")
struct ServeEraseCommandTests {
  /// The command as a person gives it, below the one that serves.
  private func command(_ arguments: [String]) throws -> ServeEraseCommand {
    let command = try Attune.parseAsRoot(["serve", "erase"] + arguments)
    return try #require(command as? ServeEraseCommand)
  }

  /// A folder as a server leaves it: an answer of 2026-11-21T12:00:00Z and one of an hour later.
  private func writeStore(at path: String) throws {
    let start = Date(timeIntervalSince1970: 1_795_262_400)
    let store = try FeedbackStore(at: "\(path)/feedback.sqlite", now: start)
    var lines = ""
    for (id, moment) in [("old", start), ("young", start + 3600)] {
      try store.record([
        ServedResponse(
          id: id, createdAt: moment, model: "nano", policy: "v1", prompt: .text("q"),
          completion: "a", finishReason: "stop", promptTokens: 1, completionTokens: 1)
      ])
      lines += "{\"id\": \"\(id)\", \"time\": \"\(moment.ISO8601Format())\"}\n"
    }
    try store.close()
    // Killed within a line.
    try Data((lines + "{\"id").utf8).write(to: URL(filePath: "\(path)/responses.jsonl"))
  }

  @Test("what was answered before a moment goes from both files, and what came later stays")
  func before() throws {
    let folder = try TestFolder()
    try writeStore(at: folder.url.path)
    let erasing = try command([
      "--store", folder.url.path, "--before", "2026-11-21T12:30:00Z",
    ])
    try erasing.run()
    try erasing.run()
    let store = try FeedbackStore(existingAt: "\(folder.url.path)/feedback.sqlite")
    #expect(try store.response("old") == nil && store.response("young") != nil)
    #expect(
      try folder.text("responses.jsonl")
        == "{\"id\": \"young\", \"time\": \"2026-11-21T13:00:00Z\"}\n")
  }

  @Test("what cannot be is said, and nothing goes")
  func refusals() throws {
    let folder = try TestFolder()
    let path = folder.url.path
    for arguments in [
      ["--store", path], ["--store", path, "--user", "a", "--before", "2026-11-21"],
    ] {
      let error = #expect(throws: (any Error).self) { try command(arguments) }
      let message = error.map { ServeEraseCommand.message(for: $0) }
      #expect(message == "Give '--user' or '--before', one of them.")
    }
    let storeless = try command(["--user", "ann"])
    let error = #expect(throws: ValidationError.self) { try storeless.run() }
    #expect(
      error?.message == "'--store' is missing: the folder in which the server keeps answers.")
    let erasing = try command(["--store", path, "--user", "ann"])
    #expect(throws: FeedbackError.missing(path: "\(path)/feedback.sqlite")) { try erasing.run() }
    try writeStore(at: path)
    let damage = #expect(throws: ResponseStoreError.self) { try erasing.run() }
    #expect(
      damage?.description
        == "\(path)/users.key: is missing or damaged, and without it nobody can tell which answers were a "
        + "user's; put it back from a copy")
    let store = try FeedbackStore(existingAt: "\(path)/feedback.sqlite")
    #expect(try store.response("old") != nil)
  }
}
