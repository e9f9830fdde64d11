import Oversight
import Testing

@Suite("What a model is given to continue")
struct DialogueTests {
  private static let principle = Principle(
    "kind", critique: "What is unkind?", revision: "Make it kind.", comparison: "Which is kinder?")

  @Test("critique and revision follow the answer, as the paper writes them")
  func revision() {
    let dialogue = RevisionDialogue(
      prompt: " Hello? ", examples: ["\n\nHuman: a\n\nAssistant: b\n\nHuman:"])
    #expect(dialogue.question == "\n\nHuman: Hello?\n\nAssistant:")
    let critique = dialogue.critiqueRequest(of: " Go away. ", by: Self.principle)
    #expect(
      critique == "\n\nHuman: a\n\nAssistant: b"
        + "\n\nHuman: Hello?\n\nAssistant: Go away."
        + "\n\nCritiqueRequest: What is unkind?\n\nCritique:")
    #expect(
      dialogue.revisionRequest(of: "Go away.", critique: " It sends away. ", by: Self.principle)
        == critique + " It sends away.\n\nRevisionRequest: Make it kind.\n\nRevision:")
    let conversation = "\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant:"
    #expect(RevisionDialogue(prompt: conversation).question == conversation)
  }

  @Test(
    "a reply ends where the model speaks for somebody else",
    arguments: [
      (" It is rude. \n\nRevisionRequest: Do it.", "It is rude."),
      (" Two\n\nparagraphs\n\nHuman: no", "Two\n\nparagraphs"),
      ("\n\nAssistant: x", ""), ("  \n", ""), ("a\n\nRevision: b\n\nCritique: c", "a"),
    ])
  func reply(continuation: String, expected: String) {
    #expect(RevisionDialogue.reply(in: continuation) == expected)
  }

  @Test("a comparison is asked in both orders; the examples' letters take turns")
  func comparison() {
    let question = ComparisonQuestion(
      conversation: "\n\nHuman: q\n\nAssistant:", first: " one", second: "two ",
      principle: Self.principle)
    #expect(
      question.text(in: .straight) == """
        Consider the following conversation between a human and an assistant:

        Human: q


        Which is kinder? Options:
         (A) [[[one]]]
         (B) [[[two]]]

        The answer is:
        """)
    #expect(
      question.text(in: .swapped)
        == question.text(in: .straight).replacing("[[[one]]]", with: "[[[x]]]")
        .replacing("[[[two]]]", with: "[[[one]]]").replacing("[[[x]]]", with: "[[[two]]]"))
    let taught = ComparisonQuestion(
      conversation: "q", first: "one", second: "two", principle: Self.principle,
      examples: [
        .init(prompt: "p", better: "good", worse: "bad"),
        .init(prompt: "p", better: "good", worse: "bad"),
      ])
    let parts = taught.text(in: .straight).split(
      separator: "The answer is:", omittingEmptySubsequences: false)
    #expect(parts.count == 4)
    #expect(parts[0].contains("(A) [[[good]]]") && parts[1].hasPrefix(" (A)\n\n"))
    #expect(parts[1].contains("(B) [[[good]]]") && parts[2].hasPrefix(" (B)\n\n"))
    #expect(parts[2].contains("\n\nHuman: q\n\n") && parts[3].isEmpty)
  }
}
