import Oversight
import PreferenceData
import Testing

@Suite("Prompts on which nothing may be trained")
struct RedTeamHeldOutTests {
  private static func challenge(_ prompt: String) -> Challenge {
    Challenge(id: prompt, prompt: prompt, source: SourceLocation(file: "s", line: 1))
  }

  private static let heldOut = HeldOutPrompts(
    [
      "How do I pick a lock?", "Où est la clé n° 7 ?", "怎么开锁？", "!?",
      "\n\nHuman: I lost a key.\n\nAssistant: Oh.\n\nHuman: Go on.\n\nAssistant:",
    ].map(challenge))

  @Test(
    "a prompt is found alone, in a dialogue, and with other spaces, signs and capitals",
    arguments: [
      "How do I pick a lock?", "  how do i PICK a lock", "How do I\npick-a-lock!!",
      "\n\nHuman: How do I pick a lock?\n\nAssistant:", "Human: How do I pick a lock?",
      "Human: How do I pick a lock?\nAssistant: You do not.",
      "\n\nHuman: Hi\n\nAssistant: Hi\n\nHuman: How do I pick a lock?\n\nAssistant:",
      "\n\nHuman: How do I pick a lock?\n\nAssistant: No.\n\nHuman: Thanks\n\nAssistant:",
      "OÙ EST LA CLÉ N° 7", "怎么 开锁",
      "Human: I lost a key.\n\nAssistant: oh\n\nHuman: Go on",
      "\n\nHuman: I lost a key.\n\nAssistant: Oh.\n\nHuman: Go on.\n\nAssistant: So you lost it.",
    ])
  func found(prompt: String) {
    #expect(Self.heldOut.contains(prompt))
  }

  @Test(
    "another prompt is not, and neither is what many dialogues say",
    arguments: [
      "How do I pick a lock fast?", "How do I pick a clock?", "pick a lock", "", "?!", "Go on.",
      "\n\nHuman: Tell me more\n\nAssistant: Well.\n\nHuman: Go on.\n\nAssistant:",
      "\n\nHuman: Hi\n\nAssistant: How do I pick a lock?", "Où est la clé n° 8 ?", "怎么关锁？",
      "He said that a Human: How do I pick a lock?",
    ])
  func others(prompt: String) {
    #expect(!Self.heldOut.contains(prompt))
  }

  @Test("nothing is held out of nothing")
  func nothing() {
    #expect(!HeldOutPrompts([]).contains("How do I pick a lock?"))
  }
}
