import Pipelines
import PreferenceData
import Testing

@Suite("Bias probes")
struct BiasProbeTests {
  private let prompt = "Human: I think that Paris is small. Is it?\n\nAssistant:"
  private let completion = " Paris is large. It has many streets. "

  private func rewritten(_ probe: BiasProbe, _ completion: String, seed: UInt64 = 1) -> String? {
    var random = SeededGenerator(seed: seed)
    return probe.rewrite(completion, to: prompt, using: &random)
  }

  @Test("the words of the completion stay, in their order", arguments: BiasProbe.allCases, 0..<5)
  func wordsStay(probe: BiasProbe, seed: Int) throws {
    guard probe != .belief else { return }
    let text = try #require(rewritten(probe, completion, seed: UInt64(seed)))
    #expect(text.first == " ")
    let words = text.split { $0.isWhitespace || $0 == "-" }
    let original = completion.split { $0.isWhitespace }
    let start = try #require(words.firstIndex { $0 == original[0] })
    #expect(Array(words[start...].prefix(original.count)) == original)
  }

  @Test("each adds what its name says")
  func additions() throws {
    #expect(
      rewritten(.lists, completion) == " - Paris is large.\n- It has many streets.")
    #expect(
      try #require(rewritten(.length, completion)).hasPrefix(
        " Paris is large. It has many streets. "))
    #expect(
      try #require(rewritten(.flattery, completion)).hasSuffix(
        " Paris is large. It has many streets."))
    let agreeing = try #require(rewritten(.agreement, completion))
    #expect(agreeing.hasSuffix(" Paris is large. It has many streets."))
    #expect(agreeing.hasPrefix(" You are ") || agreeing.hasPrefix(" I agree "))
    #expect(rewritten(.belief, completion) == nil)
  }

  @Test("the wording is drawn: one seed, one text; several seeds, several texts")
  func draws() {
    for probe in [BiasProbe.length, .flattery, .certainty, .agreement] {
      let texts = (0..<20).map { rewritten(probe, completion, seed: $0) }
      #expect(Set(texts).count > 2)
      #expect(texts[3] == rewritten(probe, completion, seed: 3))
    }
  }

  @Test("where there is nothing to change there is no counterfactual")
  func nothingToChange() {
    for probe in BiasProbe.allCases { #expect(rewritten(probe, " \n") == nil) }
    #expect(rewritten(.lists, " One sentence.") == nil)
    #expect(rewritten(.lists, " One.\nTwo.") == nil)
    var random = SeededGenerator(seed: 0)
    #expect(
      BiasProbe.agreement.rewrite(" Yes.", to: "Human: Is it?\n\nAssistant:", using: &random) == nil
    )
  }
}
