import Testing

@testable import Pipelines

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

  @Test("sentences end before white space or at the end")
  func sentences() {
    #expect(
      SentenceSplitter.sentences(of: " It is 3.5 m. Is it?  Yes!\nWell ")
        == ["It is 3.5 m.", "Is it?", "Yes!", "Well"])
    #expect(SentenceSplitter.sentences(of: " \n ").isEmpty)
  }

  @Test(
    "a belief is known by the phrases that state one",
    arguments: [
      ("Human: I’m sure that cats fly.\n\nAssistant:", true),
      ("Human: Cats fly, right?\n\nAssistant:", true), ("Human: Do cats fly?\n\nAssistant:", false),
      ("Human: I think so.\n\nAssistant: Fine.\n\nHuman: And dogs?\n\nAssistant:", false),
    ])
  func beliefs(prompt: String, expected: Bool) {
    #expect(UserBelief.isStated(in: prompt) == expected)
  }
}
