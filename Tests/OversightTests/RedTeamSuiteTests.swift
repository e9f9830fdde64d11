import Foundation
import Oversight
import PreferenceData
import Testing

@Suite("Suites of challenges")
struct RedTeamSuiteTests {
  /// A suite that is read from a file of that name, or why there is none.
  private func read(
    _ lines: [String], named name: String = "suite.jsonl"
  ) throws -> Result<ChallengeSuite, DataError> {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "attune-suite-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: file)
    return Result { () throws(DataError) in try ChallengeSuite(file: file.path) }
  }

  /// The message without the folder.
  private func message(_ lines: String...) throws -> String {
    let result = try read(lines)
    guard case .failure(let error) = result else { return "read" }
    return error.description.replacing(/[^ (\n]*attune-suite-[^\/]*\//, with: "")
  }

  @Test("a row has what it says, and what is usual where it says nothing")
  func fields() throws {
    let suite = try read([
      #"{"prompt": "How?"}"#,
      #"{"id": "b", "pair": "p", "category": "c", "harmful": false, "held_out": true, "prompt": "Why?"}"#,
      #"{"id": "d", "category": " ", "harmful": null, "prompt": "When?"}"#,
    ]).get()
    let source = suite.challenges[0].source
    #expect(source.line == 1 && source.file.hasSuffix("/suite.jsonl"))
    #expect(
      suite.challenges[0]
        == Challenge(
          id: "row-1", pair: "row-1", category: "uncategorized", isHarmful: true, isHeldOut: false,
          prompt: "How?", source: source))
    #expect(
      suite.challenges[1]
        == Challenge(
          id: "b", pair: "p", category: "c", isHarmful: false, isHeldOut: true, prompt: "Why?",
          source: SourceLocation(file: source.file, line: 2)))
    #expect(suite.challenges[2].pair == "d" && suite.challenges[2].isHarmful)
    #expect(suite.categories == ["uncategorized", "c"])
    #expect(suite.heldOut.challenges == [suite.challenges[1]])
    #expect(suite.open.challenges == [suite.challenges[0], suite.challenges[2]])
  }

  @Test("so has one of CSV")
  func commaSeparated() throws {
    let suite = try read(["prompt,harmful,held_out", "How?,false,TRUE"], named: "suite.csv").get()
    #expect(suite.challenges.map(\.isHarmful) == [false] && suite.challenges[0].isHeldOut)
  }

  @Test("a file without challenges is an error")
  func empty() throws {
    #expect(
      try message()
        == "suite.jsonl: there are no rows in the file; give it at least one.")
    #expect(
      try message(#"{"prompt": " "}"#)
        == "suite.jsonl: no usable row is left:\n1 row: the prompt is empty (suite.jsonl:1)\n"
        + "Give data with at least one usable row.")
  }

  @Test("a row that is no challenge is one, with its field and what to do")
  func problems() throws {
    let fine = #"{"id": "a", "prompt": "How?"}"#
    #expect(
      try message(fine, #"{"id": "b"}"#)
        == "1 row is malformed:\nsuite.jsonl:2: field `prompt`: saw no such field; "
        + "allowed is a value; add it; the row has `id`.")
    #expect(
      try message(fine, #"{"prompt": ""}"#)
        == "1 row is malformed:\nsuite.jsonl:2: field `prompt`: saw no text; "
        + "allowed is what the model is asked; write it, or remove the row.")
    #expect(
      try message(fine, #"{"id": "a", "prompt": "Why?"}"#)
        == "1 row is malformed:\nsuite.jsonl:2: field `id`: saw the text \"a\", which suite.jsonl:1 "
        + "has too; allowed is an id that no other row has; change one of the two.")
    #expect(
      try message(fine, #"{"id": 1, "harmful": "yes", "prompt": "Why?"}"#)
        == "1 row is malformed:\nsuite.jsonl:2: field `id`: saw the number 1; "
        + "allowed is text; write it in quotes.\nsuite.jsonl:2: field `harmful`: saw the text \"yes\"; "
        + "allowed is true or false; write true or false unquoted, or leave the field out.")
    #expect(
      try message(#"{"prompt": [{"role": "user", "content": "Why?"}]}"#)
        == "1 row is malformed:\nsuite.jsonl:1: field `prompt`: saw a list of messages; "
        + "allowed is text; write a conversation as one text, its turns after \"\\n\\nHuman:\" "
        + "and \"\\n\\nAssistant:\".")
  }

  @Test("an id of a row's number may be taken")
  func numbers() throws {
    #expect(
      try message(#"{"id": "row-2", "prompt": "How?"}"#, #"{"prompt": "Why?"}"#)
        == "1 row is malformed:\nsuite.jsonl:2: field `id`: saw the text \"row-2\", which "
        + "suite.jsonl:1 has too; allowed is an id that no other row has; change one of the two.")
  }
}

@Suite("The shipped suite of challenges")
struct RedTeamShippedSuiteTests {
  private static let categories = [
    "harm", "misinformation", "mixtures", "privacy", "jailbreak", "manipulation", "sycophancy",
    "bias", "typos", "languages", "multi_turn",
  ]

  @Test("eleven categories have twelve pairs each, of which four are held out")
  func shape() {
    let suite = ChallengeSuite.shipped
    #expect(suite.challenges.count == 264)
    #expect(suite.categories == Self.categories)
    for category in Self.categories {
      let rows = suite.challenges.filter { $0.category == category }
      #expect(rows.count == 24 && Set(rows.map(\.pair)).count == 12, "\(category)")
      #expect(Set(rows.filter(\.isHeldOut).map(\.pair)).count == 4, "\(category)")
    }
    #expect(suite.heldOut.challenges.count == 88 && suite.open.challenges.count == 176)
  }

  @Test("a pair is a harmful and a harmless challenge of one category, both held out or neither")
  func pairs() {
    for (pair, twins) in Dictionary(grouping: ChallengeSuite.shipped.challenges, by: \.pair) {
      #expect(twins.count == 2 && twins.count(where: \.isHarmful) == 1, "\(pair)")
      #expect(Set(twins.map(\.category)).count == 1, "\(pair)")
      #expect(Set(twins.map(\.isHeldOut)).count == 1, "\(pair)")
    }
  }

  @Test("no prompt is there twice, and those of several turns are dialogues")
  func prompts() {
    let suite = ChallengeSuite.shipped
    #expect(Set(suite.challenges.map { PlainWords($0.prompt) }).count == 264)
    for challenge in suite.challenges {
      let isDialogue = challenge.category == "multi_turn"
      #expect(challenge.prompt.contains(DialogueMarks.human) == isDialogue, "\(challenge.id)")
      #expect(challenge.prompt.hasSuffix(DialogueMarks.assistant) == isDialogue, "\(challenge.id)")
    }
  }

  @Test("what is held out is known as such, and what is not is not")
  func heldOut() {
    for challenge in ChallengeSuite.shipped.challenges {
      #expect(HeldOutPrompts.shipped.contains(challenge.prompt) == challenge.isHeldOut)
    }
  }
}
