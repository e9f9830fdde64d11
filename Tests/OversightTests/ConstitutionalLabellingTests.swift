import Evaluations
import Foundation
import Oversight
import PreferenceData
import Testing

@Suite("Labels by a constitution")
struct ConstitutionalLabellingTests {
  private typealias Pair = ConstitutionalLabelling.Pair

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  private static let pairs = [
    Pair(conversation: "q", first: "good", second: "bad"),
    Pair(conversation: "r", first: "bad", second: "good"),
    Pair(conversation: "s", first: "good", second: "bad"),
  ]

  private func labelling(_ count: Int = 1, seed: UInt64 = 3) throws -> ConstitutionalLabelling {
    try ConstitutionalLabelling(
      Constitution(
        version: "1",
        principles: (0..<count).map { Principle("p\($0)", comparison: "Which by \($0)?") }),
      seed: seed)
  }

  /// Prefers the good answer by `merit` nats, and (A) by `bias`.
  private static func model(merit: Double = 0, bias: Double = 0) -> ScriptedModel {
    ScriptedModel(nats: { [bias + ($0.contains("(A) [[[good]]]") ? merit : -merit), 0] })
  }

  @Test("a liking for (A) alone is worth nothing in both orders", arguments: [1, 0.1, 0.7, 3.3])
  func pureBias(bias: Double) async throws {
    let labels = try await labelling().labels(of: Self.pairs, by: Self.model(bias: bias))
    #expect(labels.map(\.probability) == [0.5, 0.5, 0.5])
    let summary = LabelSummary(labels, firstIsBetter: [true, false, true])
    #expect(summary.flips.successes == 3 && summary.flips.count == 3)
    #expect(abs((summary.positionBias ?? 0) - (Self.sigmoid(bias) - 0.5)) < 1e-15)
    #expect(summary.decisiveness == 0 && summary.agreement.count == 0)
  }

  @Test("in one order it is all there is: σ(1) = 0.731059")
  func oneOrder() async throws {
    var labelling = try labelling()
    labelling.orders = .one
    let model = Self.model(bias: 1)
    let labels = try await labelling.labels(of: Self.pairs, by: model)
    #expect(model.log.questions.count == 3)
    #expect(labels.allSatisfy { abs($0.probability - 0.731059) < 1e-6 })
    let summary = LabelSummary(labels, firstIsBetter: [true, false, nil])
    #expect(summary.flips.count == 0 && summary.positionBias == nil)
    #expect(abs((summary.decisiveness ?? 0) - 0.231059) < 1e-6)
    #expect(summary.agreement.successes == 1 && summary.agreement.count == 2)
  }

  @Test("a model that knows the better answer does not flip, and agrees with the data")
  func knowing() async throws {
    let model = Self.model(merit: 2)
    let labels = try await labelling().labels(of: Self.pairs, by: model)
    #expect(model.log.questions.map(\.options) == .init(repeating: [" (A)", " (B)"], count: 6))
    let expected = [Self.sigmoid(2), Self.sigmoid(-2), Self.sigmoid(2)]
    #expect(zip(labels, expected).allSatisfy { abs($0.probability - $1) < 1e-15 })
    let summary = LabelSummary(labels, firstIsBetter: [true, false, true])
    #expect(summary.flips.value == 0 && summary.agreement.value == 1)
    #expect(abs(summary.positionBias ?? 1) < 1e-15)
    #expect(labels[0].isUncertain(within: 0.4) && !labels[0].isUncertain(within: 0.3))
  }

  @Test(
    "liking and merit together: the merit decides, the questions flip where the liking is larger")
  func mixture() async throws {
    let scorer = ScriptedModel(nats: { text in
      // Of the pair q merit 1 and a liking of 2, of the others merit 2 and a liking of 1.
      let (merit, bias) = text.contains("Human: q") ? (1.0, 2.0) : (2, 1)
      return [-1 + bias + (text.contains("(A) [[[good]]]") ? merit : -merit), -1]
    })
    let labels = try await labelling().labels(of: Self.pairs, by: scorer)
    let sigmoid = Self.sigmoid
    #expect(abs(labels[0].probability - (sigmoid(3) + 1 - sigmoid(1)) / 2) < 1e-15)
    #expect(abs(labels[1].probability - (sigmoid(-1) + 1 - sigmoid(3)) / 2) < 1e-15)
    let summary = LabelSummary(labels, firstIsBetter: [true, nil, false])
    #expect(summary.flips.successes == 1 && summary.flips.count == 3)
    let biases = (sigmoid(3) + sigmoid(1) - 1) / 2 + 2 * (sigmoid(3) + sigmoid(-1) - 1) / 2
    #expect(abs((summary.positionBias ?? 0) - biases / 3) < 1e-15)
    // Nothing is known of the second pair.
    #expect(summary.agreement.successes == 1 && summary.agreement.count == 2)
  }

  @Test("several principles are different ones, and their probabilities are averaged")
  func principlesEach() async throws {
    let scorer = ScriptedModel(nats: { text in
      let nats = text.contains("by 0?") ? 1.0 : text.contains("by 1?") ? -0.5 : 3
      return [text.contains("(A) [[[good]]]") ? nats : -nats, 0]
    })
    var labelling = try labelling(3)
    labelling.principlesEach = 3
    for label in try await labelling.labels(of: Self.pairs, by: scorer) {
      #expect(Set(label.verdicts.map(\.principle)) == ["p0", "p1", "p2"])
    }
    let mean = (Self.sigmoid(1) + Self.sigmoid(-0.5) + Self.sigmoid(3)) / 3
    let labels = try await labelling.labels(of: Self.pairs, by: scorer)
    #expect(abs(labels[0].probability - mean) < 1e-15)
    labelling.principlesEach = 9
    #expect(try await labelling.labels(of: Self.pairs, by: scorer) == labels)
    labelling.principlesEach = 2
    let some = try await labelling.labels(of: Self.pairs, by: scorer)
    #expect(some.allSatisfy { Set($0.verdicts.map(\.principle)).count == 2 })
  }

  @Test("which principles depends on the seed and the pair's number")
  func draws() async throws {
    let pairs = (0..<12).map { Pair(conversation: "\($0)", first: "a", second: "b") }
    func drawn(_ pairs: [Pair], seed: UInt64) async throws -> [String] {
      try await labelling(8, seed: seed).labels(of: pairs, by: Self.model())
        .map { $0.verdicts[0].principle }
    }
    let all = try await drawn(pairs, seed: 1)
    #expect(try await drawn(Array(pairs.prefix(4)), seed: 1) == Array(all.prefix(4)))
    #expect(try await drawn(pairs, seed: 2) != all)
    #expect(Set(all).count > 3)
  }

  @Test("reasoned labels are clamped, and the reasoning stands before the answer")
  func reasoned() async throws {
    var model = Self.model(merit: 2)
    model.answer = { _ in " It is polite.\n\nSo the answer is: (A)" }
    var labelling = try labelling()
    let labels = try await labelling.reasonedLabels(of: Self.pairs, by: model, reasoner: model)
    #expect(labels.map(\.probability) == [0.6, 0.4, 0.6])
    #expect(labels[0].verdicts[0].reasoning == ["It is polite.", "It is polite."])
    #expect(
      abs(labels[0].verdicts[0].preference.probability - Self.sigmoid(2)) < 1e-15)
    #expect(Set(model.log.requests.map(\.draw)).count == 6)
    let request = """
      Consider the following conversation between a human and an assistant:

      Human: q


      Which by 0? Options:
       (A) [[[good]]]
       (B) [[[bad]]]

      Assistant: Let's think step by step:
      """
    #expect(model.log.requests[0].prompt == request)
    #expect(
      model.log.questions[0].text == request + " It is polite.\n\nSo the answer is:")
    labelling.reasonedRange = 0.2...0.8
    let wider = try await labelling.reasonedLabels(of: Self.pairs, by: model, reasoner: model)
    #expect(wider.map(\.probability) == [0.8, 0.2, 0.8])
    let plain = try await labelling.labels(of: Self.pairs, by: model)
    #expect(plain[0].verdicts[0].reasoning.isEmpty && plain[0].probability > 0.8)
  }

  @Test("reasoning is asked for without examples, in the order in which it is judged")
  func reasoningQuestion() {
    let question = ComparisonQuestion(
      conversation: "q", first: "one", second: "two",
      principle: Principle("kind", comparison: "Which?"),
      examples: [.init(prompt: "p", better: "x", worse: "y")])
    let swapped = question.reasoningRequest(in: .swapped)
    #expect(swapped.contains("(A) [[[two]]]\n (B) [[[one]]]\n\nAssistant: Let's think"))
    #expect(!swapped.contains("[[[x]]]") && question.text(in: .swapped).contains("[[[x]]]"))
    #expect(
      question.text(in: .swapped, after: "Two.") == swapped + " Two.\n\nSo the answer is:")
  }

  @Test(
    "reasoning ends where the model answers or speaks for somebody else",
    arguments: [
      (" A is kind. \n\nHuman: x", "A is kind."), (" A.\n\nSo the answer is: (A)", "A."),
      ("So the answer is: (B)", ""), (" \n", ""),
    ])
  func reasoning(continuation: String, expected: String) {
    #expect(ComparisonQuestion.reasoning(in: continuation) == expected)
  }

  @Test("a model that does not reason at all is an error")
  func silence() async throws {
    let labelling = try labelling()
    let error = await #expect(throws: OversightError.self) {
      try await labelling.reasonedLabels(of: Self.pairs, by: Self.model(), reasoner: Self.model())
    }
    #expect(
      error?.description
        == "the model wrote no reasoning in answer to 6 questions; leave reasoning "
        + "out, or try another model")
    #expect(
      try await labelling.reasonedLabels(of: [], by: Self.model(), reasoner: Self.model()).isEmpty)
  }

  @Test("a constitution without comparisons cannot label")
  func noRequest() {
    let error = #expect(throws: ConstitutionError.self) {
      try ConstitutionalLabelling(
        Constitution(version: "1", principles: [Principle("k", critique: "a", revision: "b")]),
        seed: 0)
    }
    #expect(
      error?.description == "no principle has a comparison, by which answers could be compared")
  }
}
