import Foundation
import Oversight
import Pipelines
import PreferenceData
import Testing

@Suite("Factuality by sampling")
struct FactualityEvaluationTests {
  private static let names = ["Rome", "Oslo", "Bern", "Riga", "Lima", "Cairo"]

  /// Always says Paris of France, and something else each time of Atlantis.
  private static func model() -> ScriptedModel {
    var place = 0
    return ScriptedModel(
      answer: { request in
        guard request.prompt.contains("Atlantis") else { return " The capital is Paris. " }
        defer { place += 1 }
        return "The capital is \(names[place])."
      },
      nats: { question in
        let statement = question.text.components(separatedBy: "Statement: ")[1]
          .components(separatedBy: "\n")[0]
        return question.text.hasPrefix("Text: \(statement)\n") ? [0, -9] : [-9, 0]
      })
  }

  private static let questions = [
    FactualityEvaluation.Question("What is the capital of France?"),
    FactualityEvaluation.Question("What is the capital of Atlantis?"),
  ]

  @Test("who says the same each time is believed, who says another name each time is not")
  func sampling() async throws {
    let model = Self.model()
    let outcome = try await FactualityEvaluation(Self.questions)(model)
    #expect(outcome.isUnfactual == [false, true])
    let result = outcome.result
    #expect(result.questions == 2 && result.samples == 5)
    #expect(result.unfactual?.value == 0.5 && result.unfactual?.count == 2)
    #expect(result.surprising == 1 && result.disagreeing == 0 && result.unsupported == 0)
    // Of 24 words Paris stands 6 times, Rome once: −log ¼ and −log 1/24.
    #expect(abs((result.meanSurprise ?? 0) - (log(4) + log(24)) / 2) < 1e-12)
    #expect(result.meanDisagreement == nil && result.meanSupport == nil)
    #expect(model.log.requests.count == 12 && Set(model.log.requests.map(\.draw)).count == 12)
    #expect(model.log.questions.isEmpty)
  }

  @Test("samples and profile are taken")
  func options() async throws {
    var evaluation = FactualityEvaluation(Self.questions)
    evaluation.samples = 2
    evaluation.profile = Factuality.Profile(surprise: 0.4)
    let model = Self.model()
    let outcome = try await evaluation(model)
    #expect(model.log.requests.count == 6 && outcome.result.samples == 2)
    // Of 12 words Paris stands 3 times: log 4 / log 12 = 0.56, which is now too much.
    #expect(outcome.isUnfactual == [true, true])
  }

  @Test("the model's own judgment of its sentences counts too")
  func agreement() async throws {
    var evaluation = FactualityEvaluation(Self.questions)
    let model = Self.model()
    evaluation.scorer = model
    evaluation.profile = Factuality.Profile(surprise: 1)
    let outcome = try await evaluation(model)
    #expect(outcome.isUnfactual == [false, true])
    #expect(outcome.result.surprising == 0 && outcome.result.disagreeing == 1)
    // σ(−9) of the one, σ(9) of the other.
    #expect(abs((outcome.result.meanDisagreement ?? 0) - 0.5) < 1e-12)
    #expect(model.log.questions.count == 10)
  }

  @Test("a reference that does not bear an answer out speaks against it")
  func reference() async throws {
    let evaluation = FactualityEvaluation([
      .init("Capital of France?", reference: "Paris has been the capital of France for long."),
      .init("Capital of Norway?", reference: "Oslo, a harbour, is where the king lives."),
      .init("Capital?"),
    ])
    let outcome = try await evaluation(Self.model())
    #expect(outcome.isUnfactual == [false, true, false])
    #expect(outcome.result.unsupported == 1)
    // Both content words, and neither.
    #expect(outcome.result.meanSupport == 0.5)
  }
}
