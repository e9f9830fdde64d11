import AnnotationStore
import Foundation
import PreferenceData
import Testing

@Suite("What comes out")
struct ExportTests {
  /// Three people on five tasks of two responses, with a verdict each; `nil` leaves one out.
  private func judged(
    _ verdicts: [[Verdict?]], _ change: (inout ProjectSettings) -> Void = { _ in }
  ) throws -> ProjectFixture {
    let fixture = try ProjectFixture(
      {
        $0.quality.leastSeconds = 0
        change(&$0)
      }, tasks: verdicts.count)
    for person in 0..<3 {
      let someone = try fixture.person("p\(person)")
      while let next = try fixture.project.nextAssignment(for: someone, now: fixture.now) {
        fixture.now += 60
        guard let verdict = verdicts[Int(next.task) - 1][person] else {
          try fixture.project.skip(
            token: next.token, reason: "left out", by: someone, now: fixture.now)
          continue
        }
        var answer = Answer(
          verdict, confidence: .high, ratings: ["helpfulness": [4, 2]],
          reason: "because of this and that", activeSeconds: 50, wallSeconds: 60)
        answer = answer.rearranged(next.places.inverted)
        _ = try fixture.project.give(answer, token: next.token, by: someone, now: fixture.now)
      }
    }
    return fixture
  }

  private static let first = Verdict.prefers(0, strength: 3)
  private static let second = Verdict.prefers(1, strength: 1)
  private static let some: [[Verdict?]] = [
    [first, first, second], [second, second, second], [.tie, .tie, first],
    [.bothBad, .bothBad, .bothBad], [first, second, nil], [nil, nil, nil],
  ]

  private func export(
    _ fixture: ProjectFixture, _ format: ExportOptions.Format,
    _ change: (inout ExportOptions) -> Void = { $0.method = .votes }
  ) throws -> Export {
    var options = ExportOptions(format)
    change(&options)
    return try fixture.project.export(options)
  }

  @Test("votes become pairs with margin and agreement; ties, bad ones and even ones are counted")
  func preference() throws {
    let fixture = try judged(Self.some)
    let export = try export(fixture, .preference)
    let summary = export.summary
    #expect((summary.records, summary.tasks, summary.ties) == (2, 2, 1))
    #expect((summary.bothBad, summary.undecided, summary.unanswered) == (1, 1, 1))
    let row = try #require(export.rows.first)
    #expect(row["prompt"] == .string("question 0"))
    #expect(row["chosen"] == .string("first answer to 0"))
    #expect(row["rejected"] == .string("second answer to 0"))
    // Strengths 3, 3 and −1 of 3: 5/9. Two of three: 2/3.
    #expect(row["margin"] == .number(5.0 / 9))
    #expect(row["agreement"] == .number(2.0 / 3))
    #expect(row["annotators"] == .number(3))
    #expect(row["votes"] == .object(["chosen": .number(2), "rejected": .number(1)]))
    #expect(
      row["criteria"]
        == .object(["helpfulness": .object(["chosen": .number(4), "rejected": .number(2)])]))
    #expect(export.rows[1]["chosen"] == .string("second answer to 1"))
    #expect(export.rows[1]["margin"] == .number(1.0 / 3))
    #expect(try fixture.project.settings().strengths == 3)
  }

  @Test("without degrees of preference there is no margin")
  func plain() throws {
    let fixture = try judged([[.prefers(0, strength: 1), .tie, nil]]) { $0.strengths = 1 }
    let rows = try export(fixture, .preference) { ($0.method, $0.leastAnswers) = (.votes, 1) }.rows
    #expect(rows.isEmpty)
    let two = try judged([[.prefers(0, strength: 1), nil, nil]]) { $0.strengths = 1 }
    #expect(try export(two, .preference).rows.first?["margin"] == nil)
    #expect(try export(two, .preference).rows.count == 1)
    #expect(
      try export(two, .preference) { ($0.method, $0.leastAnswers) = (.votes, 2) }.rows.isEmpty)
  }

  @Test("a decision overrides what was said, which stays in the raw records")
  func rulings() throws {
    let fixture = try judged(Self.some)
    #expect(try Set(fixture.project.reviewQueue()) == ["t0", "t2"])
    try fixture.project.rule(
      on: "t0", .prefers(1, strength: 1), reason: "the first is false", now: fixture.now)
    let export = try export(fixture, .preference)
    #expect(export.rows[0]["chosen"] == .string("second answer to 0"))
    #expect(export.rows[0]["agreement"] == .number(1))
    #expect(try fixture.project.reviewQueue() == ["t2"])
    let raw = try self.export(fixture, .raw).rows.filter { $0["task"] == .string("t0") }
    #expect(raw.count == 3)
    #expect(
      raw.allSatisfy { row in
        row["ruling"]
          == .object(["kind": .string("prefers"), "response": .number(1), "strength": .number(1)])
      })
    // A second thought takes the place of the first, and both stay on record.
    try fixture.project.rule(on: "t0", .tie, reason: "", now: fixture.now)
    #expect(try self.export(fixture, .preference).summary.ties == 2)
    #expect(try fixture.project.reviewCase("t0").ruling?.verdict == .tie)
    #expect(throws: AnnotationError.noTask("x")) {
      try fixture.project.rule(on: "x", .tie, reason: "", now: fixture.now)
    }
  }

  @Test("unpaired records: the better one true, the worse one false, bad ones both false")
  func unpaired() throws {
    let rows = try export(try judged(Self.some), .unpaired).rows
    #expect(
      rows.map { $0["label"] } == [true, false, false, true, false, false].map(JSONValue.boolean))
    #expect(rows[0]["completion"] == .string("first answer to 0"))
  }

  @Test("comparisons keep every judgment, with ties, confidence and reason")
  func comparison() throws {
    let rows = try export(try judged(Self.some), .comparison).rows
    #expect(
      rows.map { $0["preference"] }
        == ["A", "A", "B", "B", "B", "B", "tie", "tie", "A", "A", "B"]
        .map(JSONValue.string))
    #expect(rows.allSatisfy { $0["confidence"] == .string("high") })
    #expect(rows.allSatisfy { $0["reason"] == .string("because of this and that") })
  }

  @Test("dialogues are written as in HH, prompts with marks as they are")
  func dialogues() throws {
    let fixture = try judged([[Self.first, Self.first, Self.first]])
    var task = ProjectFixture.task(9)
    task.prompt = .text("\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: Who are you?\n\nAssistant:")
    var messages = ProjectFixture.task(10)
    messages.prompt = .messages([
      .init(role: "user", content: "Hi"), .init(role: "assistant", content: "Yes?"),
      .init(role: "user", content: "Go"),
    ])
    _ = try fixture.project.add([task, messages], now: fixture.now)
    for name in ["t9", "t10"] {
      try fixture.project.rule(on: name, .prefers(0, strength: 1), reason: "", now: fixture.now)
    }
    let rows = try export(fixture, .hh).rows
    #expect(
      rows.map { $0["chosen"] }
        == [
          "\n\nHuman: question 0\n\nAssistant: first answer to 0",
          "\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: Who are you?\n\nAssistant: first answer to 9",
          "\n\nHuman: Hi\n\nAssistant: Yes?\n\nHuman: Go\n\nAssistant: first answer to 10",
        ].map(JSONValue.string))
  }

  @Test("raw records hold orders, times and versions; names only where asked for")
  func raw() throws {
    let fixture = try judged(Self.some)
    let rows = try export(fixture, .raw).rows
    #expect(rows.count == 14)
    let row = try #require(rows.first)
    #expect(row["models"] == .array([.string("a"), .string("b")]))
    #expect(row["active_seconds"] == .number(50))
    #expect(row["guideline_version"] == .number(1))
    #expect(
      row["shown_order"] == .array([.number(0), .number(1)])
        || row["shown_order"] == .array([.number(1), .number(0)]))
    func annotators(_ names: Bool) throws -> Set<JSONValue?> {
      Set(try export(fixture, .raw) { $0.hasNames = names }.rows.map { $0["annotator"] })
    }
    #expect(try annotators(true) == [.string("p0"), .string("p1"), .string("p2")])
    #expect(
      try annotators(false).count == 3 && annotators(false).isDisjoint(with: annotators(true)))
  }

  @Test("Argilla's records: one a task, answers by question, ties as equal ranks")
  func argilla() throws {
    let fixture = try judged(Self.some)
    let export = try export(fixture, .argilla)
    #expect(export.rows.count == 5)
    let row = export.rows[2]
    guard case .object(let responses) = row["responses"],
      case .array(let given) = responses["preference"],
      case .object(let one) = given[0]
    else {
      Issue.record("\(row)")
      return
    }
    #expect(given.count == 3)
    #expect(
      one["value"]
        == .array([
          .object(["value": .string("response_1"), "rank": .number(1)]),
          .object(["value": .string("response_2"), "rank": .number(1)]),
        ]))
    #expect(responses["helpfulness_1"] != nil && responses["reason"] != nil)
    #expect(row["status"] == .string("completed") && export.rows[4]["status"] == .string("pending"))
  }

  @Test("doubtful judgments are left out, and taken where asked for")
  func doubtful() throws {
    let fixture = try judged(Self.some) {
      ($0.quality.leastSeconds, $0.quality.tooFast) = (55, 0.1)
    }
    let valid = try export(fixture, .preference)
    #expect(valid.rows.isEmpty && valid.summary.doubtful == 14)
    #expect(
      try export(fixture, .preference) { ($0.isValidOnly, $0.method) = (false, .votes) }.rows.count
        == 2)
  }

  @Test("rankings: mean ranks, every pair of different ranks")
  func rankings() throws {
    let fixture = try ProjectFixture({ $0.quality.leastSeconds = 0 })
    var task = NewTask(prompt: .text("q"), responses: ["x", "y", "z"].map { .init(.text($0)) })
    task.name = "r"
    _ = try fixture.project.add([task], now: fixture.now)
    for (index, ranks) in [[1, 2, 3], [2, 1, 3], [1, 1, 3]].enumerated() {
      try fixture.work(try fixture.person("p\(index)"), .ranking(ranks))
    }
    // Mean ranks 4/3, 4/3 and 3.
    let ranking = try #require(try export(fixture, .ranking).rows.first)
    #expect(ranking["ranking"] == .array([.number(1), .number(1), .number(3)]))
    let pairs = try export(fixture, .preference).rows
    #expect(pairs.map { $0["chosen"] } == [.string("x"), .string("y")])
    #expect(pairs.allSatisfy { $0["rejected"] == .string("z") && $0["agreement"] == .number(1) })
    #expect(
      try export(fixture, .unpaired).rows.map { $0["label"] }
        == [true, true, false].map(JSONValue.boolean))
  }
}
