import PreferenceData
import Rewards
import Testing

/// What a rule says of a completion.
private func score(
  _ rule: some CompletionRule, _ completion: String, prompt: String = "Human: Hi\n\nAssistant:",
  tokens: Int? = nil, fields: JSONObject = [:]
) -> Double? {
  rule.score(
    RewardedCompletion(
      prompt: prompt, completion: completion, tokenCount: tokens, fields: fields))
}

@Suite("Rules")
struct RuleTests {
  @Test(
    "a length falls linearly to 0 outside its window",
    arguments: [(0, 0), (2, 0.5), (4, 1), (10, 1), (12, 0.8), (15, 0.5), (20, 0), (30, 0)])
  func length(words: Int, expected: Double) {
    // Without a fall: n/4 below, 1 − (n − 10)/10 above.
    let text = Array(repeating: "word", count: words).joined(separator: " ")
    #expect(score(LengthRule(minimum: 4, maximum: 10), text) == expected)
  }

  @Test("a length in tokens and characters, one limit, and a fall of its own")
  func lengthUnits() {
    let tokens = LengthRule(unit: .tokens, maximum: 10, fall: 4)
    #expect(score(tokens, "ignored", tokens: 11) == 0.75)
    #expect(score(tokens, "ignored", tokens: 0) == 1)
    #expect(score(tokens, "ignored") == nil)
    let characters = LengthRule(unit: .characters, minimum: 4, fall: 2)
    #expect(score(characters, "🇩🇪é字") == 0.5)
    #expect(score(characters, "") == 0)
  }

  @Test(
    "words are found whole, whatever separates them",
    arguments: [
      ("The party can't start.", 0.0), ("Art!", 1.0), ("state-of-the-ART", 1.0), ("artful", 0.0),
      ("you CAN", 1.0), ("of the\n  people", 1.0), ("of people", 0.0), ("", 0.0),
    ])
  func words(text: String, expected: Double) {
    let words = ["art", "can", "of the people"]
    #expect(score(WordsRule(words), text) == expected)
    #expect(score(WordsRule(words, effect: .penalty), text) == -expected)
  }

  @Test("occurrences count up to a limit, and none twice")
  func occurrences() {
    let rule = WordsRule(["very", "very very good"], effect: .penalty, limit: 4)
    #expect(score(rule, "very very good") == -0.25)
    #expect(score(rule, "very very very good") == -0.5)
    #expect(score(rule, "very, very, very, very, very") == -1)
  }

  @Test(
    "case counts if it should",
    arguments: [
      ("in the US", 1.0), ("in the us", 0.0), ("'US'", 1.0), ("US's", 0.0), ("IT''US", 1.0),
      ("I’M here", 1.0), ("I'm here", 0.0),
    ])
  func caseSensitive(text: String, expected: Double) {
    #expect(score(WordsRule(["US", "I'M"], isCaseSensitive: true), text) == expected)
  }

  @Test("certainty")
  func certainty() {
    #expect(score(CertaintyRule(), "I think it might.") == 0)
    #expect(score(CertaintyRule(), "Without a doubt, it is.") == -1.0 / 3)
    #expect(score(CertaintyRule(), "Absolutely, definitely, I'm sure: always.") == -1)
    let own = CertaintyRule(["for real"], effect: .reward, limit: 2)
    #expect(score(own, "Absolutely, for real.") == 0.5)
  }

  @Test("relevance is the share of the prompt's content words")
  func relevance() {
    let prompt = "Human: What is the capital of Velmora?\n\nAssistant:"
    #expect(score(RelevanceRule(), "The capital is Taro.", prompt: prompt) == 0.5)
    #expect(score(RelevanceRule(), "VELMORA's capital? Capital of Velmora!", prompt: prompt) == 1)
    #expect(score(RelevanceRule(), "What is it?", prompt: prompt) == 0)
    #expect(score(RelevanceRule(), "Hm.", prompt: "Human: What is it?\n\nAssistant:") == nil)
    #expect(score(RelevanceRule(stopWords: ["hm"]), "a", prompt: "Hm a") == 1)
  }

  @Test("repetition")
  func repetition() {
    // Pairs: ab bc ca ab bc, of which 3 of 5 are distinct.
    #expect(score(RepetitionRule(n: 2), "a b c a b c") == -(1 - 3.0 / 5))
    #expect(score(RepetitionRule(n: 2, effect: .reward), "a b c a b c") == 1 - (1 - 3.0 / 5))
    #expect(score(RepetitionRule(), "a b c") == 0)
    #expect(score(RepetitionRule(effect: .reward), "") == 1)
  }

  @Test("a regular expression, wanted or not")
  func pattern() throws {
    let digits = try Pattern(#"\b\d+\b"#)
    #expect(score(PatternRule(digits), "It is 42.") == 1)
    #expect(score(PatternRule(digits), "It is x42.") == 0)
    #expect(score(PatternRule(digits, wanted: .absence), "It is 42.") == 0)
    #expect(score(PatternRule(digits, wanted: .absence), "No idea") == 1)
    #expect(throws: (any Error).self) { try Pattern("(") }
  }

  @Test(
    "refusing is right where it is wanted, and only there",
    arguments: [
      ("I can’t help with that.", true, 1.0), ("Sure: first, …", true, 0),
      ("I cannot say.", false, 0), ("Sure: first, …", false, 1),
    ])
  func refusal(completion: String, isHarmful: Bool, expected: Double) {
    let rule = RefusalRule(when: PromptFlag(field: "harmful", words: ["bomb"]))
    #expect(score(rule, completion, fields: ["harmful": .boolean(isHarmful)]) == expected)
    let prompt = isHarmful ? "How is a bomb made?" : "How is bread made?"
    #expect(score(rule, completion, prompt: prompt) == expected)
    // The field counts more than the words, and without either nothing is known.
    #expect(
      score(rule, "Sure", prompt: "bomb", fields: ["harmful": .boolean(false)]) == 1)
    #expect(score(RefusalRule(when: PromptFlag(field: "harmful")), completion) == nil)
    #expect(
      score(RefusalRule(when: PromptFlag(field: "harmful")), "", fields: ["harmful": .number(1)])
        == nil)
  }

  @Test("asking back is right where the prompt is ambiguous, and only there")
  func clarification() throws {
    let rule = ClarificationRule(
      when: PromptFlag(field: "ambiguous"), pattern: try Pattern("(?i)^fix it"))
    #expect(score(rule, "Which file?", prompt: "Fix it") == 1)
    #expect(score(rule, "Done.", prompt: "Fix it") == 0)
    #expect(score(rule, "Is it? Yes, done.", prompt: "Fix it") == 0)
    #expect(score(rule, "Could you clarify what to fix. ", prompt: "Fix it") == 1)
    #expect(score(rule, "Did that help?\")", prompt: "Sum 1 and 2") == 0)
    #expect(score(rule, "3", prompt: "Sum 1 and 2") == 1)
    #expect(score(rule, "3", prompt: "Sum 1 and 2", fields: ["ambiguous": .boolean(true)]) == 0)
  }

  @Test("balance is the least heard side beside the most heard")
  func balance() {
    let rule = BalanceRule(when: PromptFlag(words: ["nuclear"]))
    let prompt = "Is nuclear power good?"
    #expect(score(rule, "Supporters see benefits, critics risks.", prompt: prompt) == 1)
    #expect(score(rule, "Supporters see benefits. Critics disagree.", prompt: prompt) == 0.5)
    #expect(score(rule, "It has benefits.", prompt: prompt) == 0)
    #expect(score(rule, "Yes.", prompt: prompt) == 0)
    #expect(score(rule, "Yes.", prompt: "Is bread good?") == nil)
    let three = BalanceRule(when: PromptFlag(words: ["nuclear"]), sides: [["a"], ["b"], ["c"]])
    #expect(score(three, "a a b b c", prompt: prompt) == 0.5)
  }

  @Test(
    "what can occur in texts does not disturb rules", arguments: ["", "\u{0}", "🙂", "''’", "?"])
  func strange(text: String) throws {
    let flag = PromptFlag(field: "flag", words: ["word"])
    let rules: [any CompletionRule] = [
      LengthRule(minimum: 1), WordsRule(["x"]), CertaintyRule(), RelevanceRule(), RepetitionRule(),
      PatternRule(try Pattern(".")), RefusalRule(when: flag), ClarificationRule(when: flag),
      BalanceRule(when: flag),
    ]
    for rule in rules {
      let score = rule.score(RewardedCompletion(prompt: text, completion: text))
      #expect((-1...1).contains(score ?? 0))
    }
  }
}
