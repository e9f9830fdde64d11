import ConfigurationFiles
import Foundation
import PreferenceData
import Rewards
import Testing

@Suite("Rules files")
struct RewardRulesTests {
  private func rules(_ text: String) throws -> RewardRules {
    try YAMLDocument(text: text, path: "rules.yaml").decode()
  }

  /// The message that a file gives.
  private func message(_ text: String) -> String {
    do {
      _ = try rules(text)
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  private static let everything = """
    missing_end_penalty: 0.5
    rules:
      - {type: length, unit: characters, min: 10, max: 60, fall: 20}
      - {type: words, name: flattery, effect: penalty, weight: 2, words: [great question], limit: 2,
         case_sensitive: true}
      - {type: certainty, weight: 0.5}
      - {type: relevance, stop_words: [the, a]}
      - {type: repetition, n: 3, effect: reward}
      - {type: pattern, pattern: "\\\\d", wanted: absence}
      - {type: refusal, when: {field: harmful, words: [bomb]}, markers: [no way]}
      - {type: clarification, when: {field: ambiguous}, pattern: "^fix"}
      - {type: balance, when: {words: [nuclear]}, sides: [[for], [against]]}
    """

  @Test("every type of rule with every field")
  func everything() async throws {
    let rules = try rules(Self.everything)
    #expect(rules.missingEndPenalty == 0.5)
    #expect(
      rules.rules.map(\.name) == [
        "length", "flattery", "certainty", "relevance", "repetition", "pattern", "refusal",
        "clarification", "balance",
      ])
    #expect(rules.rules.map(\.weight) == [1, 2, 0.5, 1, 1, 1, 1, 1, 1])
    #expect(
      rules.rules[0].rule as? LengthRule
        == LengthRule(unit: .characters, minimum: 10, maximum: 60, fall: 20))
    #expect(
      rules.rules[1].rule as? WordsRule
        == WordsRule(["great question"], effect: .penalty, isCaseSensitive: true, limit: 2))
    #expect(rules.rules[2].rule as? CertaintyRule == CertaintyRule())
    #expect(
      rules.rules[7].rule as? ClarificationRule
        == ClarificationRule(when: PromptFlag(field: "ambiguous"), pattern: try Pattern("^fix")))
    var reward = try rules.reward
    let scores = try await reward.evaluate([
      RewardedCompletion(
        prompt: "Human: Hi", completion: "Definitely great question", isFinished: false)
    ])
    #expect(scores.parts.map(\.name) == rules.rules.map(\.name))
    // Length 1, flattery −2·1/2, certainty −1/3·1/2, relevance 0 (neither human nor hi is taken up),
    // repetition, pattern, refusal and clarification 1 each, the missing end −1/2; balance has
    // nothing to say.
    let total = try #require(scores.totals[0])
    #expect(abs(total - 10.0 / 3) < 1e-12)
    #expect(scores.parts.last?.raw == [nil])
  }

  @Test("what is written reads back as the same rules")
  func roundTrip() throws {
    let data = try JSONEncoder().encode(try rules(Self.everything))
    let again = try JSONDecoder().decode(RewardRules.self, from: data)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(try encoder.encode(again) == encoder.encode(try rules(Self.everything)))
    #expect(again.rules.count == 9)
  }

  @Test(
    "mistakes are told with line and remedy",
    arguments: [
      ("rules:\n  - type: lenght\n    max: 3", "rules.yaml:2:11:", "did you mean 'length'?"),
      ("rules:\n  - type: poetry", "rules.yaml:2:11:", "there are length, words, certainty"),
      ("rules:\n  - max: 3", "rules.yaml:2:5:", "'type' is missing"),
      (
        "rules:\n  - type: words\n    wrods: [a]", "rules.yaml:3:12:",
        "a rule of type 'words' has no field 'wrods'; did you mean 'words'?"
      ),
      ("rules:\n  - type: words", "rules.yaml:2:5:", "'words' is missing"),
      ("rules:\n  - type: words\n    words: a", "rules.yaml:3:12:", "must be a list, but is 'a'"),
      ("rules:\n  - type: words\n    words: []", "rules.yaml:3:12:", "at least one word"),
      (
        "rules:\n  - type: words\n    words: [\"!\"]", "rules.yaml:3:12:",
        "'!' has no letter or digit"
      ),
      (
        "rules:\n  - type: words\n    words: [a]\n    effect: penalti", "rules.yaml:4:13:",
        "it must be one of reward, penalty; did you mean 'penalty'?"
      ),
      (
        "rules:\n  - type: words\n    words: [a]\n    limit: 0", "rules.yaml:4:12:",
        "it must be at least 1"
      ),
      (
        "rules:\n  - type: relevance\n    weight: heavy", "rules.yaml:3:13:",
        "'heavy' is not a decimal number"
      ),
      ("rules:\n  - type: relevance\n    weight: inf", "rules.yaml:3:13:", "it must be finite"),
      ("rules:\n  - type: length", "rules.yaml:2:5:", "give 'min', 'max' or both"),
      (
        "rules:\n  - type: length\n    min: 5\n    max: 4", "rules.yaml:4:10:",
        "it must be at least 'min', which is 5"
      ),
      (
        "rules:\n  - type: length\n    min: 5\n    fall: 0", "rules.yaml:4:11:",
        "it must be above 0"
      ),
      (
        "rules:\n  - type: pattern\n    pattern: \"(\"", "rules.yaml:3:14:",
        "it is no regular expression: "
      ),
      ("rules:\n  - type: refusal", "rules.yaml:2:5:", "'when' is missing"),
      (
        "rules:\n  - type: refusal\n    when: {}", "rules.yaml:3:11:",
        "give 'field', 'words' or both"
      ),
      (
        "rules:\n  - type: refusal\n    when: {feild: x}", "rules.yaml:3:19:",
        "did you mean 'field'?"
      ),
      (
        "rules:\n  - type: balance\n    when: {field: x}\n    sides: [[a]]", "rules.yaml:4:12:",
        "it must be a list of at least 2 lists of words"
      ),
      (
        "rules:\n  - type: relevance\n  - type: relevance", "rules.yaml:2:3:",
        "two rewards are named 'relevance'"
      ),
      ("rules: []", "rules.yaml:1:8:", "there must be a rule"),
      ("rule: []", "rules.yaml:1:7:", "a rules file has no field 'rule'; did you mean 'rules'?"),
      (
        "missing_end_penalty: -1\nrules:\n  - type: relevance", "rules.yaml:1:22:",
        "it must be at least 0"
      ),
    ])
  func mistakes(text: String, place: String, remedy: String) {
    let message = message(text)
    #expect(message.hasPrefix(place), "\(message)")
    #expect(message.contains(remedy), "\(message)")
  }
}
