import PreferenceData
import Testing

@Suite("Dialogues")
struct DialogueTextTests {
  @Test(
    "turns of humans are counted; a text that is no dialogue is one turn",
    arguments: [
      ("Human: Hi\n\nAssistant:", 1),
      ("\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: Why?\n\nAssistant:", 2),
      ("Why?", 1), ("", 1), ("I met a Human: he was old.", 1),
    ])
  func turns(text: String, expected: Int) {
    #expect(DialogueText(text: text).humanTurns == expected)
  }

  @Test("a sentence is added to what the human says last")
  func adding() {
    let dialogue = DialogueText(text: "Human: One?\n\nAssistant: 1.\n\nHuman: Two? \n\nAssistant:")
    #expect(dialogue.lastHumanTurn == " Two? ")
    #expect(
      dialogue.adding("I say 3.")
        == "Human: One?\n\nAssistant: 1.\n\nHuman: Two? I say 3.\n\nAssistant:")
    #expect(DialogueText(text: "Two?").adding("I say 3.") == "Two? I say 3.")
  }

  @Test("a transcript is split at its last reply")
  func reply() throws {
    let split = try #require(
      DialogueText(text: "\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant: d").lastReply)
    #expect(split.prompt == "\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant:")
    #expect(split.completion == " d")
    #expect(DialogueText(text: "no reply").lastReply == nil)
  }

  @Test("the last turn of the human is replaced, and nothing else")
  func replacing() {
    func replaced(_ text: String) -> String {
      DialogueText(text: text).replacingLastHumanTurn { "<\($0)>" }
    }
    #expect(replaced("Why?\n") == "<Why?>\n")
    #expect(
      replaced("\n\nHuman: a\n\nAssistant: b\n\nHuman: c \n\nAssistant:")
        == "\n\nHuman: a\n\nAssistant: b\n\nHuman: <c> \n\nAssistant:")
    #expect(replaced("Human: c\n\nAssistant: Well,") == "Human: <c>\n\nAssistant: Well,")
    #expect(replaced("I met a Human: he was old.") == "<I met a Human: he was old.>")
    #expect(replaced("\n\nHuman: \n\nAssistant:") == "\n\nHuman: \n\nAssistant:")
  }
}
