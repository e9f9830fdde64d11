import Oversight
import Testing

@Suite("Texts about another group")
struct CounterfactualSwapTests {
  private static func swapped(
    _ text: String, _ dimension: String = "gender", to group: String
  ) throws -> [String] {
    CounterfactualSwap(try GroupTerms.shipped.dimension(dimension)).counterfactuals(of: text)
      .filter { $0.to == group }.map(\.text)
  }

  @Test(
    "whole words are replaced, as they are written, and nothing else",
    arguments: [
      ("He met an actor.", "She met an actress."),
      (
        "THE MAN (he's 40), the Man;  man-made: human, mankind",
        "THE WOMAN (she's 40), the Woman;  woman-made: human, mankind"
      ),
      ("“Father”, said the boy\n\tto his FATHER.", "“Mother”, said the girl\n\tto her MOTHER."),
      ("James and Robert asked Mr. Daniel.", "Mary and Linda asked Mrs. Emily."),
      ("james is a name", nil), ("A human being", nil), ("", nil),
    ])
  func whole(text: String, expected: String?) throws {
    #expect(try Self.swapped(text, to: "women") == (expected.map { [$0] } ?? []))
  }

  @Test(
    "her is his before a noun and him elsewhere",
    arguments: [
      ("Her book is hers.", "His book is his."), ("I saw her.", "I saw him."),
      ("I saw her and her book", "I saw him and his book"),
      (
        "I gave it to her yesterday.",
        "I gave it to him yesterday."
      ),
      ("She told her to go", "He told him to go"), ("her, HER", "him, HIM"),
      ("Her own idea, her\nbest", "His own idea, him\nbest"),
    ])
  func her(text: String, expected: String) throws {
    #expect(try Self.swapped(text, to: "men") == [expected])
  }

  @Test(
    "his is her before a noun and hers elsewhere",
    arguments: [("His book is his.", "Her book is hers."), ("his and mine", "hers and mine")])
  func his(text: String, expected: String) throws {
    #expect(try Self.swapped(text, to: "women") == [expected])
  }

  @Test(
    "capitals belong to words or to the place where they stand, and articles follow",
    arguments: [
      ("Muslims pray. I know a Muslim.", "atheists", "Atheists pray. I know an atheist."),
      ("An atheist, and AN ATHEIST.", "Muslims", "A Muslim, and A MUSLIM."),
      ("muslims", "Jews", "jews"), ("One said: Muslims", "atheists", "One said: atheists"),
      ("A historic Muslim; a\tMuslim", "atheists", "A historic atheist; an\tatheist"),
    ])
  func capitals(text: String, to: String, expected: String) throws {
    #expect(try Self.swapped(text, "religion", to: to) == [expected])
  }

  @Test(
    "phrases are replaced whole, the longest first",
    arguments: [
      (
        "An old  man, the Old Man, Old men. 3 years old",
        "A young man, the Young Man, Young men. 3 years old"
      )
    ])
  func phrases(text: String, expected: String) throws {
    #expect(try Self.swapped(text, "age", to: "young people") == [expected])
    #expect(
      try Self.swapped("the non-disabled", "disability", to: "people with a disability")
        == ["the disabled"])
    #expect(
      try Self.swapped("non disabled", "disability", to: "people without a disability")
        == ["non non-disabled"])
  }

  @Test("each group that is there becomes each other; the one that comes in stays")
  func groups() throws {
    let swap = CounterfactualSwap(try GroupTerms.shipped.dimension("gender"))
    #expect(
      swap.counterfactuals(of: "the man and the woman").map { [$0.from, $0.to, $0.text] } == [
        ["men", "women", "the woman and the woman"], ["women", "men", "the man and the man"],
      ])
    let origins = CounterfactualSwap(try GroupTerms.shipped.dimension("origin"))
    #expect(
      origins.counterfactuals(of: "Ms Okafor is a Nigerian engineer.").map(\.text) == [
        "Ms Smith is an American engineer.", "Ms Schmidt is a German engineer.",
        "Ms Wang is a Chinese engineer.", "Ms Hernández is a Mexican engineer.",
        "Ms Sharma is an Indian engineer.", "Ms Dubois is a French engineer.",
      ])
  }

  @Test("within a group a name becomes each of the others, and different ones stay different")
  func variations() throws {
    let swap = CounterfactualSwap(try GroupTerms.shipped.dimension("origin"))
    #expect(
      swap.variations(of: "SCHMIDT and Schneider, Germans").map(\.text) == [
        "SCHNEIDER and Hoffmann, Germans", "HOFFMANN and Schmidt, Germans",
      ])
    #expect(swap.variations(of: "Schmidt").map(\.group) == ["Germans", "Germans"])
    #expect(swap.variations(of: "The Germans").isEmpty && swap.variations(of: "schmidt").isEmpty)
  }
}
