import PreferenceData
import Testing

@testable import Endpoints

@Suite("Prompts as messages")
struct CompletionPromptTests {
  private func user(_ text: String) -> Message { Message(role: "user", content: text) }
  private func assistant(_ text: String) -> Message { Message(role: "assistant", content: text) }

  @Test("a dialogue becomes messages, with its marks and the spaces around what is said gone")
  func dialogue() {
    let text = "\n\nHuman: Hi\n\nAssistant: Hello.\nYes?\n\nHuman: Why: is it?\n\nAssistant:"
    let messages = [user("Hi"), assistant("Hello.\nYes?"), user("Why: is it?")]
    #expect(CompletionPrompt(text, for: .chat) == .messages(messages))
    #expect(CompletionPrompt(String(text.dropFirst(2)) + " ", for: .chat) == .messages(messages))
  }

  @Test(
    "whatever else is what a user says, as it stands",
    arguments: [
      "What is 2 + 2?",
      "\n\nHuman: Hi\n\nAssistant: Hello",
      "\n\nHuman: Hi",
      "\n\nAssistant:",
      "Be kind.\n\nHuman: Hi\n\nAssistant:",
      "\n\nHuman: Hi\n\nHuman: there\n\nAssistant:",
      "\n\nHuman:\n\nAssistant:",
      "\n\nHuman: Hi\n\nAssistant: Ho\n\nCritiqueRequest: Why?\n\nCritique:",
      "\n\nHuman: a\n\nAssistant: b\n\nCritiqueRequest: c\n\nHuman: d\n\nAssistant:",
      "\n\nHuman: a\n\nAssistant: b\n\nRevisionRequest: c\n\nHuman: d\n\nAssistant:",
    ])
  func others(text: String) {
    #expect(CompletionPrompt(text, for: .chat) == .messages([user(text)]))
  }

  @Test("the other interface gets the text")
  func text() {
    let text = "\n\nHuman: Hi\n\nAssistant:"
    #expect(CompletionPrompt(text, for: .text) == .text(text))
  }
}
