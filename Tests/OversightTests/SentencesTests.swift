import Oversight
import Testing

@Suite("Sentences")
struct SentencesTests {
  @Test("they end before white space or at the end")
  func plain() {
    #expect(
      Sentences.split(" It is 3.5 m. Is it?  Yes!\nWell ")
        == ["It is 3.5 m.", "Is it?", "Yes!", "Well"])
    #expect(Sentences.split(" \n ").isEmpty && Sentences.split("").isEmpty)
    #expect(Sentences.split("No end") == ["No end"])
    #expect(Sentences.split("it is red. it is big") == ["it is red.", "it is big"])
    #expect(Sentences.split("attune.example is a host.") == ["attune.example is a host."])
    #expect(Sentences.split("是。不是！") == ["是。", "不是！"])
  }

  @Test(
    "signs in a row are one, and what is closed belongs to them",
    arguments: [
      ("What?! No... Yes.", ["What?!", "No...", "Yes."]),
      ("Well... maybe. Well… maybe", ["Well... maybe.", "Well… maybe"]),
      (
        "\"Why?\" he asked. \"Because.\" She left.",
        ["\"Why?\" he asked.", "\"Because.\"", "She left."]
      ),
      ("(It is.) He said: “No.” Then", ["(It is.)", "He said: “No.”", "Then"]),
      ("Why? because!", ["Why?", "because!"]),
    ] as [(String, [String])])
  func signs(text: String, expected: [String]) {
    #expect(Sentences.split(text) == expected)
  }

  @Test(
    "an abbreviation ends none, unless a function word follows with a capital letter",
    arguments: [
      ("Dr. Who met Mrs. Doe.", ["Dr. Who met Mrs. Doe."]),
      ("Fruit, e.g. Apples, i.e. The ones", ["Fruit, e.g. Apples, i.e. The ones"]),
      ("J. R. Doe of the U.S. Army", ["J. R. Doe of the U.S. Army"]),
      (
        "He is in the U.S. He works at Acme Inc. The end.",
        ["He is in the U.S.", "He works at Acme Inc.", "The end."]
      ),
      ("Apples, pears etc. were (approx. 5) there", ["Apples, pears etc. were (approx. 5) there"]),
      ("So did I. Then he did.", ["So did I.", "Then he did."]),
      ("Plan B. The cat.", ["Plan B.", "The cat."]),
      ("1. First. 2. Second", ["1. First.", "2. Second"]), ("In 1990. Then", ["In 1990.", "Then"]),
    ] as [(String, [String])])
  func abbreviations(text: String, expected: [String]) {
    #expect(Sentences.split(text) == expected)
  }
}
