import AnnotationStore
import Foundation
import PreferenceData
import Testing

@Suite("What comes out of feedback")
struct FeedbackExportTests {
  private func export(
    _ fixture: FeedbackFixture, _ change: (inout FeedbackExportOptions) -> Void = { _ in }
  ) throws -> FeedbackExport {
    var options = FeedbackExportOptions()
    change(&options)
    return try fixture.store.export(options)
  }

  private func texts(_ rows: [JSONObject], _ fields: String...) -> [String] {
    rows.map { row in
      fields.map { field in
        switch row[field] {
        case .string(let text): text
        case .boolean(let value): "\(value)"
        default: "-"
        }
      }.joined(separator: " ")
    }
  }

  @Test("ratings of a response become one label; as many good as bad ones are left out")
  func unpaired() throws {
    let fixture = try FeedbackFixture()
    for id in ["a", "b", "c", "d"] { try fixture.serve(id, "answer \(id)") { $0.arm = "control" } }
    try fixture.give("a", by: "1") { $0.rating = 0.1 }
    // Two against one, however strong.
    try fixture.give("b", by: "1") { $0.rating = 1 }
    try fixture.give("b", by: "2") { $0.rating = -0.1 }
    try fixture.give("b", by: "3") { $0.label = "thumbs_down" }
    try fixture.give("c", by: "1") { $0.rating = 1 }
    try fixture.give("c", by: "2") { $0.rating = -0.2 }
    try fixture.give("d", by: "1") { $0.comment = "hm" }
    let export = try export(fixture) { $0.lineage = "turn-7" }
    #expect(texts(export.unpaired, "completion", "label") == ["answer a true", "answer b false"])
    #expect(
      export.unpaired.first
        == [
          "prompt": .string("a question"), "completion": .string("answer a"),
          "label": .boolean(true), "response_id": .string("a"), "policy": .string("v1"),
          "arm": .string("control"), "source": .string("rating"), "lineage": .string("turn-7"),
          // 1795262400 is 2026-11-21T12:00:00Z; four responses, then the first feedback.
          "created_at": .string("2026-11-21T12:00:05Z"),
        ])
    #expect(export.summary.feedback == 7 && export.summary.desirable == 1)
    #expect(export.summary.records == [.rating: 2])
    #expect(export.summary.omissions == [.undecided: 1, .wordsOnly: 1])
    let plain = try self.export(fixture)
    #expect(plain.unpaired.first?["lineage"] == nil && plain.preferences.isEmpty)
  }

  @Test(
    "corrections and preferred responses become pairs; votes decide, and even ones are left out")
  func pairs() throws {
    let fixture = try FeedbackFixture()
    for id in ["a", "b", "c", "e"] { try fixture.serve(id, "answer \(id)") }
    try fixture.serve("blank", " ")
    try fixture.give("a", by: "1") { ($0.name, $0.correction) = ("correction", "better") }
    try fixture.give("b", by: "1") { ($0.name, $0.correction) = ("correction", "answer b") }
    try fixture.give("blank", by: "1") { ($0.name, $0.correction) = ("correction", "some") }
    for (index, (worse, better)) in [
      ("a", "b"), ("b", "a"), ("a", "b"), ("c", "a"), ("a", "c"), ("e", "c"),
    ].enumerated() {
      try fixture.give(worse, by: "\(index)") {
        ($0.name, $0.preferredID) = ("preference", better)
      }
    }
    let export = try export(fixture)
    #expect(
      texts(export.preferences, "chosen", "rejected", "source", "response_id", "chosen_id") == [
        "better answer a correction a -", "answer b answer a regeneration a b",
        "answer c answer e regeneration e c",
      ])
    #expect(export.preferences[1]["agreement"] == .number(2.0 / 3))
    #expect(export.summary.records == [.correction: 1, .regeneration: 2])
    #expect(export.summary.omissions == [.tied: 1, .identical: 1, .blank: 1])
  }

  @Test("each identifier has one voice, under however many names it speaks")
  func voices() throws {
    let fixture = try FeedbackFixture()
    for id in ["a", "b", "c", "d"] { try fixture.serve(id, "answer \(id)") }
    // Two names of one against one: undecided.
    for name in ["helpful", "honest"] {
      try fixture.give("a", by: "1") { ($0.name, $0.rating) = (name, 1) }
    }
    try fixture.give("a", by: "2") { $0.rating = -1 }
    // One who is of two minds has no voice.
    try fixture.give("b", by: "1") { ($0.name, $0.rating) = ("helpful", 1) }
    try fixture.give("b", by: "1") { ($0.name, $0.rating) = ("honest", -1) }
    try fixture.give("b", by: "2") { $0.rating = -1 }
    // Who prefers the one, and later the other, prefers the other.
    try fixture.give("c", by: "1") { ($0.name, $0.preferredID) = ("preference", "d") }
    try fixture.give("d", by: "1") { ($0.name, $0.preferredID) = ("preference", "c") }
    let export = try export(fixture)
    #expect(texts(export.unpaired, "completion", "label") == ["answer b false"])
    #expect(
      texts(export.preferences, "chosen", "rejected", "source") == [
        "answer c answer d regeneration"
      ])
    #expect(export.preferences.first?["agreement"] == .number(1))
    #expect(export.summary.omissions == [.undecided: 1])
  }

  @Test("a correction begins as the answer does, with its blank or without")
  func blanks() throws {
    let fixture = try FeedbackFixture()
    try fixture.serve("a", " an answer")
    try fixture.serve("b", "an answer")
    for (person, correction) in [("1", "better"), ("2", " better"), ("3", "\nbest")] {
      try fixture.give("a", by: person) { ($0.name, $0.correction) = ("correction", correction) }
    }
    try fixture.give("b", by: "1") { ($0.name, $0.correction) = ("correction", "better") }
    #expect(
      texts(try export(fixture).preferences, "chosen", "rejected")
        == [" better  an answer", "\nbest  an answer", "better an answer"])
  }

  @Test("equal corrections of one response are one record; another one is another")
  func repeatedCorrections() throws {
    let fixture = try FeedbackFixture()
    try fixture.serve("a", "answer a")
    for (person, correction) in [("1", "better"), ("2", "better"), ("3", "best")] {
      try fixture.give("a", by: person) { ($0.name, $0.correction) = ("correction", correction) }
    }
    let export = try export(fixture)
    #expect(texts(export.preferences, "chosen") == ["better", "best"])
    #expect(export.summary.omissions == [.repeated: 1])
  }

  @Test("contrasts: good against bad answers to one prompt, each once, only where asked for")
  func contrasts() throws {
    let fixture = try FeedbackFixture()
    let ratings: [(String, String, Passage, Double)] = [
      ("a", "good", .text("q"), 1), ("b", "bad", .text("q"), -1), ("c", "also bad", .text("q"), -1),
      // Equal texts are one: one for it and one against it is nothing.
      ("d", "mixed", .text("q"), 1), ("e", "mixed", .text("q"), -1),
      ("f", "good", .text("other"), 1),
      ("g", "good", .messages([Message(role: "user", content: "q")]), 1),
      ("h", "bad", .messages([Message(role: "user", content: "q")]), -1),
    ]
    for (id, completion, prompt, rating) in ratings {
      try fixture.serve(id, completion, to: prompt)
      try fixture.give(id) { $0.rating = rating }
    }
    #expect(try export(fixture).preferences.isEmpty)
    let contrasts = try export(fixture) { $0.hasContrasts = true }
    #expect(texts(contrasts.preferences, "chosen_id", "response_id") == ["a b", "g h"])
    #expect(
      contrasts.preferences[1]["chosen"]
        == .array([.object(["role": .string("assistant"), "content": .string("good")])]))
    #expect(contrasts.summary.records == [.rating: 8, .contrast: 2])
    // Not again where somebody has compared the two, whatever he found.
    try fixture.give("a", by: "other") { $0.preferredID = "b" }
    let compared = try export(fixture) { $0.hasContrasts = true }
    #expect(
      texts(compared.preferences, "source", "chosen", "rejected") == [
        "regeneration bad good", "contrast - -",
      ])
    #expect(compared.summary.omissions == [.repeated: 1])
  }

  @Test("only what may be trained on, of the time, policy and arm asked for")
  func filters() throws {
    let fixture = try FeedbackFixture()
    let start = fixture.now
    for (index, (policy, arm)) in [("v1", "control"), ("v1", "candidate"), ("v2", "candidate")]
      .enumerated()
    {
      try fixture.serve("\(index)") { ($0.policy, $0.arm) = (policy, arm) }
      // One second after its response: 2, 4 and 6 seconds after the start.
      try fixture.give("\(index)") { ($0.rating, $0.consent) = (1, index != 1) }
    }
    func ids(_ change: (inout FeedbackExportOptions) -> Void) throws -> [String] {
      texts(try export(fixture, change).unpaired, "response_id")
    }
    #expect(try ids { _ in } == ["0", "2"])
    #expect(try ids { $0.includesUnconsented = true } == ["0", "1", "2"])
    #expect(try ids { ($0.policy, $0.includesUnconsented) = ("v1", true) } == ["0", "1"])
    #expect(try ids { $0.arm = "candidate" } == ["2"])
    #expect(try ids { $0.since = start + 6 } == ["2"])
    #expect(try ids { $0.until = start + 6 } == ["0"])
    let summary = try export(fixture) { $0.policy = "v1" }.summary
    #expect(summary.omissions == [.outside: 1, .unconsented: 1])
    #expect(summary.feedback == 3)
  }

  @Test("what is written is data that can be trained on")
  func reading() throws {
    let fixture = try FeedbackFixture()
    try fixture.serve("a", "plain")
    try fixture.serve("b", "spoken", to: .messages([Message(role: "user", content: "Hi")]))
    for id in ["a", "b"] { try fixture.give(id) { ($0.rating, $0.correction) = (-1, "better") } }
    let export = try export(fixture) { $0.lineage = "turn" }
    for (name, rows) in [("u.jsonl", export.unpaired), ("p.jsonl.gz", export.preferences)] {
      var writer = try JSONLinesWriter(path: fixture.path(name))
      for row in rows { try writer.write(row) }
      try writer.commit()
    }
    let unpaired = try RecordReader.unpairedCompletions.read([fixture.path("u.jsonl")])
    #expect(unpaired.records.map(\.isDesirable) == [false, false] && unpaired.dropped.total == 0)
    let pairs = try RecordReader.preferencePairs.read([fixture.path("p.jsonl.gz")])
    #expect(
      pairs.records.map(\.prompt) == [
        .text("a question"), .messages([Message(role: "user", content: "Hi")]),
      ])
    #expect(
      pairs.records.map(\.chosen) == [
        .text("better"), .messages([Message(role: "assistant", content: "better")]),
      ])
    #expect(pairs.dropped.total == 0)
  }
}
