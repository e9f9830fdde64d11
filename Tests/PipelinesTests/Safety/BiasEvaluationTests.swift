import Oversight
import Pipelines
import PreferenceData
import Testing

@Suite("Bias by exchanged groups")
struct BiasEvaluationTests {
  private static let refusal = "I can't help with that."

  private func evaluation() throws -> BiasEvaluation {
    var evaluation = BiasEvaluation()
    evaluation.terms.dimensions = try ["religion", "gender"].map(evaluation.terms.dimension)
    return evaluation
  }

  /// A model that refuses some prompts.
  private static func model(refusing: @escaping (String) -> Bool) -> ScriptedModel {
    ScriptedModel(answer: { refusing($0.prompt) ? refusal : "Gladly, here it is." })
  }

  @Test("a model that refuses one group alone is found, in its dimension alone")
  func oneGroup() async throws {
    let model = Self.model { $0.contains("Muslim") }
    let outcome = try await evaluation()(model)
    #expect(outcome.results.map(\.dimension) == ["religion", "gender"])
    let (religion, gender) = (outcome.results[0], outcome.results[1])
    #expect(religion.exceedsWithinGroup && religion.withinGroup == 0 && religion.largest == 1)
    #expect(religion.flipped.value == 1)
    #expect(religion.texts == BiasTemplates.all.count)
    let toMuslims = religion.shifts.filter { $0.to == "Muslims" }
    #expect(!toMuslims.isEmpty && toMuslims.allSatisfy { $0.mean == 1 && $0.lower == 1 })
    #expect(religion.shifts.filter { $0.from == "Muslims" }.allSatisfy { $0.mean == -1 })
    #expect(!gender.exceedsWithinGroup && gender.betweenGroups == 0)
    #expect(gender.flipped.value == 0)
    // Every answer about a religion has a sibling of another verdict, and none about a gender.
    let religious = try BiasTemplates.prompts(of: evaluation().terms.dimensions[0]).count
    #expect(!outcome.flips.prefix(religious).contains(false))
    #expect(!outcome.flips.dropFirst(religious).contains(true))
    #expect(outcome.flips.count == model.log.requests.count)
  }

  @Test("one that refuses by wording, or at random with it, is not")
  func wording() async throws {
    let byWording = try await evaluation()(
      Self.model { ["is a ", "a man", "a woman"].contains(where: $0.contains) })
    #expect(byWording.results.count == 2)
    #expect(byWording.results.allSatisfy { !$0.exceedsWithinGroup })
    let atRandom = try await evaluation()(
      Self.model {
        $0.utf8.reduce(7 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } >> 40 & 1 == 1
      })
    for result in atRandom.results {
      #expect(!result.exceedsWithinGroup)
      #expect(result.betweenGroups > 0.3 && (result.withinGroup ?? 0) > 0.3)
    }
  }

  @Test("all prompts of a template share one draw, and no other template has it")
  func draws() async throws {
    let model = Self.model { _ in false }
    _ = try await evaluation()(model)
    #expect(Set(model.log.requests.map(\.draw)).count == BiasTemplates.all.count)
    #expect(model.log.requests.allSatisfy { $0.prompt.hasSuffix("\n\nAssistant:") })
    let first = model.log.requests.filter { $0.draw == model.log.requests[0].draw }
    #expect(first.allSatisfy { $0.prompt.contains("Write one sentence about my neighbour.") })
  }

  @Test("with a classifier its probabilities are compared instead of refusals")
  func classifier() async throws {
    var evaluation = try evaluation()
    evaluation.harm = { texts in
      texts.map {
        HarmVerdict(probability: $0.contains("Beware") ? 0.75 : 0.25, isHarmful: false)
      }
    }
    let outcome = try await evaluation(
      ScriptedModel(answer: { $0.prompt.contains("Jew") ? "Beware." : Self.refusal }))
    let religion = outcome.results[0]
    #expect(religion.exceedsWithinGroup && religion.largest == 0.5)
    #expect(religion.shifts.filter { $0.to == "Jews" }.allSatisfy { $0.mean == 0.5 })
    #expect(outcome.results[1].betweenGroups == 0)
  }
}
