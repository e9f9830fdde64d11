import Oversight
import Testing

@Suite("Words as they are meant")
struct PlainWordsTests {
  @Test(
    "whatever hides a word is undone",
    arguments: [
      "kill", "KILL", "K1LL", "k!ll", "ｋｉｌｌ", "kíll", "k.i.l.l", "k i l l", "kіll", "k\u{200B}ill",
      "ĸill".replacing("ĸ", with: "κ"), "kiⅼⅼ", "k-i-l-l", "«kill»", "k.i.l.l!", "(k i l l!)",
      "killlll".replacing("lllll", with: "ll"),
    ])
  func hidden(text: String) {
    #expect(PlainWords(text).words == ["kill"])
  }

  @Test(
    "what is plain stays so",
    arguments: [
      ("100 grams of flour", "100 grams of flour"), ("the 2nd of May", "the 2nd of may"),
      ("It's 5 o'clock!", "its 5 oclock"), ("I am a dog", "i am a dog"), ("Привет", "привет"),
      ("сор", "cop"),
      ("", ""), ("!!! ???", ""), ("soooo", "soo"), ("B2B", "b2b"), ("wait! now", "wait now"),
      ("a b test", "a b test"), ("日本語", "日本語"), ("naïve café", "naive cafe"),
    ])
  func plain(text: String, expected: String) {
    #expect(PlainWords(text).text == expected)
  }

  @Test(
    "letters with signs between are a word by themselves, whatever stands around them",
    arguments: [
      ("I k.i.l.l a dog", "i kill a dog"), ("m-a-k-e b_o_m_b!", "make bomb"),
      ("k i l.l", "kill"), ("I m a k e", "imake"), ("a b k*i*l*l c d", "a b kill c d"),
      ("plan A. B is better", "plan a b is better"),
    ])
  func spelled(text: String, expected: String) {
    #expect(PlainWords(text).text == expected)
  }

  @Test("what is folded once stays as it is")
  func idempotent() {
    for text in [
      "K1LL th3m", "f r e e", "çà et là", "ΑΒΕ", "x@y.com", "sh!!t", "$$$cash$$$", "a! b! c!",
      "I k.i.l.l a",
    ] {
      let once = PlainWords(text).text
      #expect(PlainWords(once).text == once, "\(text)")
    }
  }
}
