import PreferenceData
import Testing

@Suite("Lists of sampled completions")
struct SampleGroupTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func rows(_ lines: String...) throws -> (kind: RecordKind?, rows: [DataRow]) {
    let file = try folder.file("a.jsonl", lines.joined(separator: "\n"))
    let scan = try DataScan(file, into: [DataRow]()) { $0.append($1) }
    return (scan.kind, scan.state)
  }

  private func groups(_ rows: [DataRow]) -> [SampleGroup] {
    rows.compactMap { if case .record(.samples(let group)) = $0.content { group } else { nil } }
  }

  @Test("a list anywhere in the file makes all rows lists; empty and equal texts stay")
  func lists() throws {
    let (kind, rows) = try rows(
      #"{"prompt": "p", "completion": "a"}"#, #"{"prompt": "q", "completion": ["b", "", "b"]}"#,
      #"{"prompt": "r", "completion": [{"role": "assistant", "content": "c"}]}"#)
    #expect(kind == .samples)
    let groups = groups(rows)
    #expect(groups.map(\.prompt).prefix(2) == [.text("p"), .text("q")])
    #expect(
      groups.map(\.completions).prefix(2) == [[.text("a")], [.text("b"), .text(""), .text("b")]])
    // One completion in messages, which makes the prompt one too.
    #expect(groups[2].completions == [.messages([Message(role: "assistant", content: "c")])])
    #expect(groups[2].prompt == .messages([Message(role: "user", content: "r")]))
  }

  @Test("messages alone are demonstrations")
  func messages() throws {
    let line = #"{"prompt": "r", "completion": [{"role": "assistant", "content": "c"}]}"#
    #expect(try rows(line, line).kind == .demonstration)
  }

  @Test("a row without completions is unusable, one with something else is malformed")
  func others() throws {
    let (kind, rows) = try rows(
      #"{"prompt": "p", "completion": ["a"]}"#, #"{"prompt": "p", "completion": []}"#,
      #"{"prompt": "p", "completion": null}"#, #"{"prompt": "p", "completion": ["a", 3]}"#,
      #"{"prompt": "p"}"#)
    #expect(kind == .samples)
    let contents = rows.map { row -> String in
      switch row.content {
      case .record: "record"
      case .unusable(let reason): "\(reason)"
      case .malformed(let problems): problems.map { "\($0)" }.joined()
      }
    }
    #expect(contents[..<3] == ["record", "there is no completion", "there is no completion"])
    #expect(
      contents[3].contains("saw the number 3; allowed is text, or a list of messages"),
      "\(contents[3])")
    #expect(contents[4].contains("saw no such field"), "\(contents[4])")
  }

  @Test(
    "a null completion among demonstrations is unusable; in place of a response it is not looked at"
  )
  func nulls() throws {
    let (kind, rows) = try rows(
      #"{"prompt": "p", "completion": "a"}"#, #"{"prompt": "p", "completion": null}"#,
      #"{"prompt": "p", "completion": null, "response": "b"}"#)
    #expect(kind == .demonstration)
    guard case .unusable(.noCompletion) = rows[1].content, case .record = rows[2].content else {
      Issue.record("\(rows)")
      return
    }
  }

  @Test("training on demonstrations refuses lists")
  func reader() throws {
    let file = try folder.file("a.jsonl", #"{"prompt": "p", "completion": ["a"]}"#)
    do {
      _ = try RecordReader.demonstrations.read([file])
      Issue.record("no error")
    } catch {
      #expect(
        error.description.contains(
          "holds lists of sampled completions, by its fields `completion`, `prompt`"))
    }
    #expect(try RecordReader.prompts.read([file]).records.map(\.prompt) == [.text("p")])
    #expect(
      try ValidationReport(path: file).description.contains("lists of sampled completions\n1 rows"))
  }
}
