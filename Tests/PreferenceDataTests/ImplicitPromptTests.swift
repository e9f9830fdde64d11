import Testing

@testable import PreferenceData

@Suite("Prompts that both sides begin with")
struct ImplicitPromptTests {
  /// What `extract_prompt` of TRL made of a pair: text or messages.
  private struct Recorded: Decodable {
    struct Split: Decodable {
      let prompt: Side
      let chosen: Side
      let rejected: Side
    }

    let chosen: Side
    let rejected: Side
    let split: Split
  }

  private struct Side: Decodable {
    private struct Turn: Decodable {
      let role: String
      let content: String
    }

    let passage: Passage

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        passage = .text(text)
      } else {
        let turns = try container.decode([Turn].self)
        passage = .messages(turns.map { Message(role: $0.role, content: $0.content) })
      }
    }
  }

  @Test("The split is TRL's, in code points and in messages")
  func recorded() throws {
    let cases = try fixture("implicit-prompts.json", as: [Recorded].self)
    #expect(cases.count > 200)
    for recorded in cases {
      let split = ImplicitPrompt.split(
        chosen: recorded.chosen.passage, rejected: recorded.rejected.passage)
      let expected = ImplicitPrompt.Split(
        prompt: recorded.split.prompt.passage, chosen: recorded.split.chosen.passage,
        rejected: recorded.split.rejected.passage)
      #expect(split == expected)
    }
  }

  @Test("Where TRL's index wraps around, and where it raises, the prompt is empty")
  func beyondTheReference() {
    #expect(ImplicitPrompt.commonPrefixLength(of: "yes ", and: "no") == 0)
    #expect(ImplicitPrompt.commonPrefixLength(of: "", and: "no") == 0)
    #expect(ImplicitPrompt.commonPrefixLength(of: "", and: "") == 0)
  }

  @Test("A transcript is cut behind its last answer's name, whatever the answers share")
  func transcript() {
    let dialogue = "\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: Why?\n\nAssistant:"
    let split = ImplicitPrompt.split(
      chosen: .text(dialogue + " Because it is."), rejected: .text(dialogue + " Because of rain."))
    #expect(
      split
        == ImplicitPrompt.Split(
          prompt: .text(dialogue), chosen: .text(" Because it is."),
          rejected: .text(" Because of rain.")))
  }

  @Test("Transcripts of different dialogues have different prompts")
  func differentTranscripts() {
    let short: Passage = .text("\n\nHuman: Hi\n\nAssistant: Hello")
    let long: Passage = .text("\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: Why?\n\nAssistant: So")
    #expect(ImplicitPrompt.split(chosen: short, rejected: long) == nil)
  }
}
