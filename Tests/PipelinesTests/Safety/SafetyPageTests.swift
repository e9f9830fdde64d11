import Oversight
import Pipelines
import PreferenceData
import Reports
import Testing

@Suite("The page of a safety evaluation")
struct SafetyPageTests {
  @Test("challenges alone: categories and failures are shown, answers as text")
  func challenges() async throws {
    let (result, _) = try await SafetyEvaluationTests.evaluation()(
      SafetyEvaluationTests.model(), scorer: SafetyEvaluationTests.model())
    let page = SafetyPage(result).page(footer: "made by hand")
    let parsed = try ParsedPage(page)
    #expect(
      parsed.sections.map(\.title) == ["Challenges", "Help with harm", "Safety score", "Data"])
    #expect(parsed.sections[0].text.contains("locks") && parsed.sections[0].text.contains("cards"))
    #expect(parsed.sections[1].text.contains("Here is how: <b>begin</b> & go on."))
    #expect(!page.rendered().contains("<b>begin</b>"))
    #expect(parsed.text.contains("runs/a") && parsed.text.contains("made by hand"))
    #expect(parsed.text.contains("No classifier has looked at the answers"))
    #expect(parsed.text.contains("as they should be") && parsed.text.contains("50"))
  }

  @Test("whatever else was asked has its section")
  func everything() async throws {
    var evaluation = SafetyEvaluationTests.evaluation()
    evaluation.challenges.harm = SafetyEvaluationTests.harm
    evaluation.classifier = "harm-7"
    evaluation.challenges.mutations = [nil, .capitals]
    evaluation.bias = BiasEvaluation()
    evaluation.factuality = FactualityEvaluation([.init("What?")])
    evaluation.hhh = HHHEvaluation(
      JudgedData(rows: [
        JudgedCompletions(
          prompt: "q", completions: ["a", "b"], ranks: [1, 2],
          source: SourceLocation(file: "h", line: 1))
      ]))
    let model = SafetyEvaluationTests.model(refusing: ["to rob", "to burn", "ROB", "BURN"])
    let (result, _) = try await evaluation(model, scorer: model)
    let parsed = try ParsedPage(SafetyPage(result).page(footer: ""))
    #expect(
      parsed.sections.map(\.title) == [
        "Challenges", "Harm by the classifier", "Bias", "Factuality",
        "Helpful, honest, harmless", "Safety score", "Data",
      ])
    #expect(parsed.sections[0].text.contains("capitals"))
    #expect(parsed.sections[1].text.contains("harm-7"))
    for dimension in GroupTerms.shipped.dimensions {
      #expect(parsed.sections[2].text.contains(dimension.name))
    }
  }
}
