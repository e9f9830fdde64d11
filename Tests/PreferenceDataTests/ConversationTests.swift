import PreferenceData
import Testing

@Suite("Messages in place of text")
struct ConversationTests {
  private let folder: TemporaryFolder
  private let question: Passage = .messages([Message(role: "user", content: "Q")])
  private let good: Passage = .messages([Message(role: "assistant", content: "G")])
  private let bad: Passage = .messages([Message(role: "assistant", content: "B")])

  init() throws { folder = try TemporaryFolder() }

  private func pair(_ row: String) throws -> PreferencePair {
    let file = try folder.file("rows.jsonl", row)
    return try #require(try RecordReader.preferencePairs.read([file]).records.first)
  }

  @Test("All fields as messages, other keys of a message aside")
  func explicit() throws {
    let pair = try pair(
      #"""
      {"prompt": [{"role": "user", "content": "Q", "id": 1}], "chosen": [{"role": "assistant", "content": "G"}], "rejected": [{"role": "assistant", "content": "B"}]}
      """#)
    #expect([pair.prompt, pair.chosen, pair.rejected] == [question, good, bad])
  }

  @Test("Beside messages, text becomes the message of its speaker")
  func mixed() throws {
    let rows = [
      #"{"prompt": "Q", "chosen": [{"role": "assistant", "content": "G"}], "rejected": [{"role": "assistant", "content": "B"}]}"#,
      #"{"prompt": [{"role": "user", "content": "Q"}], "chosen": "G", "rejected": "B"}"#,
      #"{"prompt": [{"role": "user", "content": "Q"}], "response_A": "B", "response_B": "G", "preference": "B"}"#,
      #"{"prompt": "Q", "chosen": "G", "rejected": [{"role": "assistant", "content": "B"}]}"#,
    ]
    for row in rows {
      let pair = try pair(row)
      #expect([pair.prompt, pair.chosen, pair.rejected] == [question, good, bad])
    }
  }

  @Test("A prompt as text beside whole conversations gives way to their common messages, as in TRL")
  func repeatedPrompt() throws {
    let pair = try pair(
      #"""
      {"prompt": "ignored", "chosen": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "G"}], "rejected": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "B"}]}
      """#)
    #expect([pair.prompt, pair.chosen, pair.rejected] == [question, good, bad])
  }

  @Test("Conversations with no common message have different prompts")
  func noCommonMessage() throws {
    let file = try folder.file(
      "rows.jsonl",
      #"""
      {"chosen": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "G"}], "rejected": [{"role": "user", "content": "R"}, {"role": "assistant", "content": "B"}]}
      {"chosen": "text", "rejected": [{"role": "user", "content": "R"}]}
      {"chosen": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "G"}], "rejected": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "B"}]}
      """#)
    let data = try RecordReader.preferencePairs.read([file])
    #expect(data.dropped[.promptsDiffer] == 2)
    #expect(data.records.map(\.chosen) == [good])
  }

  @Test(
    "What is not a list of messages is named",
    arguments: [
      ("[]", "an empty list"),
      (#"["Q"]"#, #"a list whose element 1 is the text "Q""#),
      (
        #"[{"role": "user", "content": "Q"}, {"from": "gpt", "value": "G"}]"#,
        "a list whose message 2 has as `role` nothing"
      ),
      (#"[{"role": "user", "content": null}]"#, "a list whose message 1 has as `content` null"),
    ])
  func faults(value: String, seen: String) throws {
    let file = try folder.file("rows.jsonl", #"{"text": \#(value)}"#)
    let error = #expect(throws: DataError.self) { try RecordReader.documents.read([file]) }
    #expect(
      error?.description == """
        1 row is malformed:
        \(file):1: field `text`: saw \(seen); allowed is text, or a list of messages \
        {"role", "content"}; give every message a `role` and a `content` that are text.
        """)
  }
}
