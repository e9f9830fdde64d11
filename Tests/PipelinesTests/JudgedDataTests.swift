import Foundation
import Pipelines
import PreferenceData
import Testing

@Suite("Judged data")
struct JudgedDataTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "attune-\(UUID())")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func file(_ name: String, _ rows: String...) throws -> String {
    let path = folder.appending(path: name).path
    try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
    return path
  }

  @Test("pairs and rankings come with their category and gold scores, through gzip too")
  func fields() throws {
    let path = folder.appending(path: "pairs.jsonl.gz").path
    var writer = try JSONLinesWriter(path: path)
    try writer.write([
      "prompt": .string("p"), "chosen": .string("a"), "rejected": .string("b"),
      "kind": .string("fact"), "gold_chosen": .number(0.75), "gold_rejected": .number(0.5),
      "confidence": .string("low"), "margin": .number(2),
      "votes": .object(["chosen": .number(2), "rejected": .number(1)]),
    ])
    try writer.write([
      "prompt": .string("q"), "chosen": .string("same"), "rejected": .string("same"),
    ])
    try writer.write([
      "prompt": .string("q"), "chosen": .string("a"), "rejected": .string("b"),
      "metadata": .object(["category": .number(7)]), "gold_chosen": .number(1),
    ])
    try writer.commit()
    let rankings = try file(
      "rankings.jsonl",
      #"{"prompt": "r", "completions": ["a", "b", "c"], "ranking": [2, 1, 2], "gold": [0, 1, 0.5], "kind": "sum"}"#
    )
    let data = try JudgedData([path, rankings])
    #expect(data.rows.count == 3 && data.dropped[.identicalSides] == 1)
    #expect(data.rows[0].category == "fact" && data.rows[0].gold == [0.75, 0.5])
    #expect(data.rows[0].weight == 0.5 && data.rows[0].margin == 2)
    #expect(data.rows[0].votes == PairVotes(chosen: 2, rejected: 1) && data.rows[1].votes == nil)
    // Half a pair of gold scores is none.
    #expect(data.rows[1].category == "7" && data.rows[1].gold == nil)
    #expect(data.rows[2].ranks == [2, 1, 2] && data.rows[2].gold == [0, 1, 0.5])
    #expect(data.rows[2].category == "sum")
  }

  @Test("the category may be any field; one that no row has is an error")
  func category() throws {
    let path = try file(
      "a.jsonl", #"{"prompt": "p", "chosen": "a", "rejected": "b", "topic": "x", "kind": "y"}"#)
    #expect(try JudgedData([path], category: "topic").rows[0].category == "x")
    let error = #expect(throws: PipelineError.self) { try JudgedData([path], category: "subject") }
    #expect(
      error?.description
        == "no usable row of \(path) has text in the field `subject`; "
        + "name a field that rows have")
  }

  @Test("CSV has the same fields, as text; prompts are refused; messages are named")
  func otherFiles() throws {
    let csv = try file(
      "a.csv", "prompt,chosen,rejected,kind,gold_chosen,gold_rejected", "p,a,b,fact,0.75,0.5")
    let row = try JudgedData([csv]).rows[0]
    #expect(row.category == "fact" && row.gold == [0.75, 0.5])
    let prompts = try file("prompts.jsonl", #"{"prompt": "p"}"#)
    #expect(throws: DataError.self) { try JudgedData([prompts]) }
    let messages = try file(
      "messages.jsonl",
      #"{"prompt": [{"role": "user", "content": "p"}], "chosen": "a", "rejected": "b"}"#)
    let error = #expect(throws: PipelineError.self) { try JudgedData([messages]) }
    #expect(error?.description.hasPrefix("\(messages):1: holds messages") ?? false)
  }

  @Test("HHH items are pairs of replies to one dialogue")
  func items() throws {
    let good = try file(
      "hhh.jsonl",
      #"{"text_correct": "\n\nHuman: a\n\nAssistant: right", "text_incorrect": "\n\nHuman: a\n\nAssistant: wrong"}"#
    )
    let row = try HHHItems.read(good).rows[0]
    #expect(row.prompt == "\n\nHuman: a\n\nAssistant:")
    #expect(row.completions == [" right", " wrong"] && row.ranks == [1, 2])
    for other in ["\\n\\nHuman: b\\n\\nAssistant: wrong", "no dialogue"] {
      let bad = try file(
        "bad.jsonl",
        #"{"text_correct": "\n\nHuman: a\n\nAssistant: right", "text_incorrect": "\#(other)"}"#)
      let error = #expect(throws: PipelineError.self) { try HHHItems.read(bad) }
      #expect(error?.description.contains("must be the same dialogue") ?? false)
    }
    #expect(throws: DataError.self) { try HHHItems.read(folder.path) }
  }
}
