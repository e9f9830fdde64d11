import Foundation
import Oversight
import PreferenceData
import Testing

@Suite("A constitutional critic")
struct ConstitutionalCriticTests {
  private static let kind = Principle("kind", critique: " What is unkind? ", revision: "Be kind.")
  private static let honest = Principle("true", critique: "What is false?", revision: "Be true.")

  private func constitution() throws -> Constitution {
    try Constitution(
      version: "1",
      principles: [Self.kind, Principle("both", comparison: "Which?"), Self.honest],
      revisionExamples: ["\n\nHuman: a\n\nAssistant: b\n\nHuman:"])
  }

  /// "rude" breaks the first principle by `nats`; nothing breaks the other.
  private static func model(nats: Double = 1) -> ScriptedModel {
    ScriptedModel(
      answer: { _ in " It insults.\n\nRevisionRequest: x" },
      nats: { text in
        let yes = text.contains("unkind") && text.contains("Assistant: rude") ? nats : -2
        return text.contains("(A) Yes") ? [yes, 0] : [0, yes]
      })
  }

  @Test("there is a finding for each answer and principle; what is broken is criticised")
  func findings() async throws {
    let model = Self.model()
    let findings = try await ConstitutionalCritic(constitution())(
      ["q", "r"], answers: ["rude", "polite"], by: model, completer: model)
    #expect(findings.map { $0.map(\.principle) } == [["kind", "true"], ["kind", "true"]])
    #expect(findings.map { $0.map(\.isViolated) } == [[true, false], [false, false]])
    #expect(findings[0].map(\.suggestion) == ["It insults.", nil])
    let probabilities = findings.flatMap { $0.map(\.violation.probability) }
    let expected = [1 / (1 + exp(-1.0))] + [Double](repeating: 1 / (1 + exp(2.0)), count: 3)
    #expect(zip(probabilities, expected).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(model.log.questions.count == 8)
    // Only what is broken is asked about.
    #expect(
      model.log.requests.map(\.prompt) == [
        RevisionDialogue(prompt: "q", examples: try constitution().revisionExamples)
          .critiqueRequest(of: "rude", by: Self.kind)
      ])
  }

  @Test("the threshold decides what is broken; σ(1) is 0.731", arguments: [(0.74, 0), (0.72, 1)])
  func threshold(threshold: Double, broken: Int) async throws {
    let model = Self.model()
    let findings = try await ConstitutionalCritic(constitution(), threshold: threshold)(
      ["q"], answers: ["rude"], by: model, completer: model)
    #expect(findings[0].count(where: \.isViolated) == broken)
    #expect(model.log.requests.count == broken)
  }

  @Test("a liking for Yes as (A) cancels")
  func order() async throws {
    let model = ScriptedModel(nats: { _ in [1, 0] })
    let findings = try await ConstitutionalCritic(constitution())(
      ["q"], answers: ["rude"], by: model, completer: model)
    #expect(findings[0].allSatisfy { $0.violation.probability == 0.5 && !$0.isViolated })
    #expect(findings[0].allSatisfy { $0.violation.isFlipped == true })
  }

  @Test("a constitution without critiques cannot criticise")
  func noRequest() {
    #expect(throws: ConstitutionError.noRequest(.revision)) {
      try ConstitutionalCritic(
        Constitution(version: "1", principles: [Principle("b", comparison: "Which?")]))
    }
  }

  @Test(
    "the question has a whole dialogue, whatever a prompt begins with",
    arguments: ["q", "Human: q\n\nAssistant:", "\n\nHuman: q\n\nAssistant:"])
  func question(prompt: String) {
    let question = ViolationQuestion(
      conversation: prompt, answer: " rude ", principle: Self.kind)
    func text(_ a: String, _ b: String) -> String {
      """
      Consider the following conversation between a human and an assistant:

      Human: q

      Assistant: rude


      What is unkind? Is there anything of the kind in the assistant's last answer? Options:
       (A) \(a)
       (B) \(b)

      The answer is:
      """
    }
    #expect(question.text(in: .straight) == text("Yes", "No"))
    #expect(question.text(in: .swapped) == text("No", "Yes"))
  }

  @Test("a dialogue of several turns that begins without line breaks is whole in every question")
  func turns() {
    let prompt = "Human: a\n\nAssistant: b\n\nHuman: c\n\nAssistant:"
    let beginning = ":\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\n"
    let comparison = ComparisonQuestion(
      conversation: prompt, first: "x", second: "y",
      principle: Principle("both", comparison: "Which?"))
    #expect(comparison.text(in: .straight).contains(beginning + "\nWhich?"))
    #expect(
      ViolationQuestion(conversation: prompt, answer: "x", principle: Self.kind)
        .text(in: .straight).contains(beginning + "Assistant: x"))
    #expect(
      StanceQuestion(prompt: prompt, response: "x").question.text
        .contains(beginning + "Assistant: x"))
  }
}
