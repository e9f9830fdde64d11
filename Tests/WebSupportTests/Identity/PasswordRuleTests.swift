import Testing
import WebSupport

@Suite("The rule for passwords")
struct PasswordRuleTests {
  private func message(_ password: String, name: String = "ada") -> String? {
    do {
      try PasswordRule.check(password, name: name)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test(
    "long passwords are taken, whatever they are made of",
    arguments: [
      "0123456789", "four plain words here", "ääääääääöü", "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵",
      String(repeating: "abc", count: 85),
    ])
  func taken(password: String) {
    #expect(message(password) == nil)
  }

  @Test("each refusal is a sentence")
  func refusals() {
    #expect(
      message("")
        == "The password has 0 characters, but must have at least 10; a few words in a row are easy "
        + "to remember.")
    #expect(message("a")?.hasPrefix("The password has 1 character, ") == true)
    #expect(message("123456789")?.hasPrefix("The password has 9 characters, ") == true)
    #expect(
      message(String(repeating: "abc", count: 86))
        == "The password has more than 256 characters; choose a shorter one.")
    // One character of very many code points.
    #expect(
      message("abcdefghij" + String(repeating: "\u{301}", count: 300))
        == "The password has more than 256 characters; choose a shorter one.")
    let name = "The password is the name, which everybody knows; choose another."
    #expect(message("ada.lovelace", name: "ada.lovelace") == name)
    #expect(message("Ada Lovelace", name: "adalovelace") == name)
    #expect(message("ADALOVELACE ", name: "adalovelace") == name)
    #expect(
      message("aaaaaaaaaaaa")
        == "The password repeats one or two characters, which is soon guessed; choose another.")
    #expect(message("abababababab") == message("aaaaaaaaaaaa"))
  }
}
