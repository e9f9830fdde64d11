import Oversight
import Testing

@Suite("Support in a reference")
struct ReferenceSupportTests {
  private static let reference =
    "Marie Curie was born in Warsaw in 1867. She won the Nobel Prize in 1903 and 1911. She moved to "
    + "Paris."

  @Test("the share of content words in the best window, by hand")
  func shares() throws {
    let measured = ReferenceSupport(
      of: "Marie Curie was born in Warsaw. So it is. She was born in Paris. She won in 1905. "
        + "Curie liked cheese.", in: Self.reference)
    // All; "born" 1 and "Paris" 2, of which the last sentence has 2 of 3; 1905 is nowhere; 1 of 3.
    // "So it is" says nothing.
    let expected = [1, 2.0 / 3, 0, 1.0 / 3]
    #expect(measured.sentences.count == 4)
    for (sentence, support) in zip(measured.sentences, expected) {
      #expect(abs(sentence.support - support) < 1e-6)
    }
    #expect(abs(try #require(measured.score) - 0.5) < 1e-6)
    #expect(measured.sentences[0].window == "Marie Curie was born in Warsaw in 1867.")
    #expect(measured.sentences[1].window == "She moved to Paris.")
    #expect(measured.sentences[2].window.isEmpty && measured.sentences[2].missing == ["1905"])
    #expect(measured.sentences[3].missing == ["liked", "cheese"])
    #expect(
      measured.sentences(below: 0.5).map(\.text) == ["She won in 1905.", "Curie liked cheese."])
    #expect(measured.sentences(below: 0.7).count == 3)
  }

  @Test("two sentences that follow each other are one window; others are not")
  func windows() throws {
    let both = ReferenceSupport(
      of: "Born in 1867, she won the Nobel Prize.", in: Self.reference
    ).sentences
    #expect(both.map(\.support) == [1])
    #expect(both[0].window.hasPrefix("Marie") && both[0].window.hasSuffix("1911."))
    // A number of one sentence and a name of another far away.
    let apart = ReferenceSupport(of: "Born 1867 in Paris.", in: Self.reference)
    // "born" 1 and 1867 2 of 5.
    #expect(abs(try #require(apart.score) - 0.6) < 1e-6 && apart.sentences[0].missing.isEmpty)
  }

  @Test(
    "numbers are compared as numbers are written",
    arguments: [
      ("It costs 12500 euros.", "It costs 12,500 euros.", 1.0),
      ("It is 3.5 m.", "It is 3 m or 5 m.", 0), ("They have 3 cats.", "They have three cats.", 1),
      // "cats" 1 and "three" 1: a number word is a word.
      ("They have three cats.", "They have cats.", 0.5),
      ("They have 3 cats.", "They have cats.", 0),
      ("Curie's prize.", "The prize of Curie.", 1), ("Any.", "", nil), ("Cats.", "", 0),
    ] as [(String, String, Double?)])
  func numbers(answer: String, reference: String, expected: Double?) {
    #expect(ReferenceSupport(of: answer, in: reference).score == expected)
  }

  @Test("it is lexical: a denial has as much support")
  func lexical() {
    #expect(ReferenceSupport(of: "She did not win.", in: "She did win.").score == 1)
  }
}
