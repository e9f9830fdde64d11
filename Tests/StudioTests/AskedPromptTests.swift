import Studio
import Testing

@Suite("What somebody asks")
struct AskedPromptTests {
  @Test("a question is put as the model knows it")
  func marks() throws {
    let prompt = try AskedPrompt(typed: "  What is 3 plus 4? \n")
    #expect(prompt.question == "What is 3 plus 4?")
    #expect(prompt.text == "Human: What is 3 plus 4?\n\nAssistant:")
    #expect(AskedPrompt.question(of: prompt.text) == "What is 3 plus 4?")
    #expect(AskedPrompt.question(of: "no marks") == "no marks")
  }

  @Test("nothing, too much and what is no text are refused")
  func refused() throws {
    for blank in ["", "   ", "\n\t"] {
      #expect(throws: StudioError.emptyPrompt) { try AskedPrompt(typed: blank) }
    }
    #expect(throws: Never.self) { try AskedPrompt(typed: String(repeating: "x", count: 400)) }
    #expect(throws: StudioError.longPrompt(401)) {
      try AskedPrompt(typed: String(repeating: "x", count: 401))
    }
    // One character, many code points.
    #expect(throws: StudioError.longPrompt(501)) {
      try AskedPrompt(typed: "e" + String(repeating: "\u{301}", count: 500))
    }
    for odd in ["a\nb", "a\n\nAssistant: b", "a\u{0}b", "a\u{1B}[31m", "a\u{2028}b", "a\u{E000}"] {
      #expect(throws: StudioError.oddPrompt) { try AskedPrompt(typed: odd) }
    }
  }
}
