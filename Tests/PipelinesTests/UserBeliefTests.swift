import Testing

@testable import Pipelines

@Suite("Beliefs of users")
struct UserBeliefTests {
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
