import PreferenceData
import Testing

@Suite("Every kind of record")
struct RecordReaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read<Record>(
    _ reader: RecordReader<Record>, _ rows: String
  ) throws -> Dataset<Record> {
    try reader.read([folder.file("rows.jsonl", rows)])
  }

  @Test("An explicit pair with everything that may stand beside it")
  func explicit() throws {
    let row = #"""
      {"prompt": "Hi", "chosen": " there", "rejected": " you", "margin": 1.5, "weight": 2, "confidence": "medium",
      "reason": "kinder", "criteria": ["helpfulness"], "id": 7}
      """#.replacing("\n", with: "")
    let pair = try #require(try read(.preferencePairs, row).records.first)
    #expect(pair.prompt == .text("Hi"))
    #expect(pair.chosen == .text(" there"))
    #expect(pair.rejected == .text(" you"))
    #expect(pair.margin == 1.5)
    #expect(pair.weight == 1.5, "2 times 0.75")
    #expect(pair.reason == "kinder")
    #expect(pair.criteria == .array([.string("helpfulness")]))
    #expect(pair.source == SourceLocation(file: "\(folder.path)/rows.jsonl", line: 1))
  }

  @Test(
    "Confidence is a weight, in words or as a number",
    arguments: [
      (#""low""#, 0.5), (#""medium""#, 0.75), (#""high""#, 1), ("0.25", 0.25), ("3", 3), ("0", 0),
      ("null", 1),
    ])
  func confidence(value: String, weight: Double) throws {
    let row = #"{"prompt": "p", "chosen": "c", "rejected": "r", "confidence": \#(value)}"#
    #expect(try read(.preferencePairs, row).records.map(\.weight) == [weight])
  }

  @Test("Optional fields that are null are absent, and a column of nulls is none")
  func nulls() throws {
    let row =
      #"{"prompt": null, "chosen": "a b", "rejected": "a c", "margin": null, "weight": null, "reason": null}"#
    let pair = try #require(try read(.preferencePairs, row).records.first)
    #expect(pair.prompt == .text("a"))
    #expect(pair.margin == nil && pair.weight == 1 && pair.reason == nil && pair.criteria == nil)
  }

  @Test("An A/B comparison becomes a pair, a tie is dropped as a tie")
  func comparison() throws {
    let data = try read(
      .preferencePairs,
      #"""
      {"prompt": "p", "response_A": "a", "response_B": "b", "preference": "A", "confidence": "low"}
      {"prompt": "p", "response_A": "a", "response_B": "b", "preference": "B", "reason": "why"}
      {"prompt": "p", "response_A": "a", "response_B": "b", "preference": "tie"}
      """#)
    #expect(data.records.map(\.chosen) == [.text("a"), .text("b")])
    #expect(data.records.map(\.rejected) == [.text("b"), .text("a")])
    #expect(data.records.map(\.weight) == [0.5, 1])
    #expect(data.records.map(\.reason) == [nil, "why"])
    #expect(data.dropped.reasons == [.tie])
    #expect(data.dropped.examples(of: .tie).map(\.line) == [3])
  }

  @Test("A ranking")
  func ranking() throws {
    let data = try read(
      .rankings,
      #"""
      {"prompt": "p", "completions": ["a", "b", "c"], "ranking": [2, 1, 2]}
      {"prompt": "p", "completions": ["a", "b"], "ranking": [1, 1]}
      {"prompt": "p", "completions": ["a", "a"], "ranking": [1, 2]}
      {"prompt": "p", "completions": ["a", " "], "ranking": [1, 2]}
      """#)
    #expect(data.records.map(\.ranks) == [[2, 1, 2]])
    #expect(data.records.first?.completions == [.text("a"), .text("b"), .text("c")])
    #expect(data.dropped.reasons == [.tie, .identicalSides, .emptyCompletion])
  }

  @Test("Demonstrations under either pair of names")
  func demonstrations() throws {
    let data = try read(
      .demonstrations,
      #"""
      {"prompt": "p", "completion": "c", "metadata": {"origin": "us"}}
      {"instruction": "i", "response": "r"}
      {"prompt": "p", "completion": ""}
      """#)
    #expect(data.records.map(\.prompt) == [.text("p"), .text("i")])
    #expect(data.records.map(\.completion) == [.text("c"), .text("r")])
    #expect(data.records.first?.metadata == ["origin": .string("us")])
    #expect(data.dropped[.emptyCompletion] == 1)
  }

  @Test("Unpaired completions")
  func unpaired() throws {
    let data = try read(
      .unpairedCompletions,
      #"""
      {"prompt": "p", "completion": "c", "label": true}
      {"prompt": "p", "completion": "d", "label": false}
      {"prompt": "p", "completion": "\n", "label": false}
      """#)
    #expect(data.records.map(\.isDesirable) == [true, false])
    #expect(data.dropped[.emptyCompletion] == 1)
  }

  @Test("Prompts, also out of a file of pairs; empty ones are dropped")
  func prompts() throws {
    let data = try read(.prompts, "{\"prompt\": \"p\"}\n{\"prompt\": \" \"}")
    #expect(data.records.map(\.prompt) == [.text("p")])
    #expect(data.dropped[.emptyPrompt] == 1)
    let pairs = try read(.prompts, #"{"prompt": "q", "chosen": "c", "rejected": "r"}"#)
    #expect(pairs.records.map(\.prompt) == [.text("q")])
  }

  @Test("Texts")
  func texts() throws {
    let data = try read(
      .documents, "{\"text\": \"t\"}\n{\"text\": \"\"}\n{\"text\": \"a\\u0000b\\ud83d\\ude00\"}")
    #expect(data.records.map(\.text) == [.text("t"), .text("a\u{0}b😀")])
    #expect(data.dropped[.emptyText] == 1)
  }

  @Test("Identical sides are dropped; sides that differ in bytes alone are not")
  func identical() throws {
    let data = try read(
      .preferencePairs,
      #"""
      {"prompt": "p", "chosen": "same", "rejected": "same"}
      {"prompt": "p", "chosen": "caf\u00e9", "rejected": "cafe\u0301"}
      """#)
    #expect(data.dropped[.identicalSides] == 1)
    #expect(data.records.count == 1)
  }

  @Test("Several files are read in order, of whatever kind holds such records")
  func severalFiles() throws {
    let explicit = try folder.file("a.jsonl", #"{"prompt": "p", "chosen": "1", "rejected": "x"}"#)
    let comparison = try folder.file(
      "b.jsonl",
      #"{"prompt": "p", "response_A": "2", "response_B": "x", "preference": "A"}"#)
    let data = try RecordReader.preferencePairs.read([explicit, comparison, explicit])
    #expect(data.records.map(\.chosen) == [.text("1"), .text("2"), .text("1")])
  }
}
