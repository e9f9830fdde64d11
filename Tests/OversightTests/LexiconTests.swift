import Foundation
import Oversight
import Testing

@Suite("Lists of words")
struct LexiconTests {
  private static let lexicon = Lexicon(
    phrases: ["kill", "kill off", "blow up", "Böse", ""],
    allowed: ["kill a process", "kill time", "blow up a balloon"])

  @Test(
    "whole words are found, however they are written, and not where they are allowed",
    arguments: [
      ("I will kill him", ["kill"]), ("k1ll, KILL!", ["kill", "kill"]), ("a skill", []),
      ("kill off the rest", ["kill off"]), ("blow it up", []), ("to blow up a house", ["blow up"]),
      ("how to kill a process", []), ("kill time and kill him", ["kill"]),
      ("blow up a balloon, then blow up", ["blow up"]), ("böse", ["bose"]), ("", []),
    ] as [(String, [String])])
  func matches(text: String, expected: [String]) {
    #expect(Self.lexicon.matches(in: text).map(\.phrase) == expected)
  }

  @Test("a match says where it stands, and a list is read as it was written")
  func coding() throws {
    #expect(Self.lexicon.matches(in: "please do kill off").map(\.words) == [2..<4])
    let again = try JSONDecoder().decode(Lexicon.self, from: JSONEncoder().encode(Self.lexicon))
    #expect(again == Self.lexicon)
  }

  @Test("a list is written as phrases and what is allowed, of which the latter may be missing")
  func file() throws {
    func read(_ text: String) throws -> Lexicon {
      try JSONDecoder().decode(Lexicon.self, from: Data(text.utf8))
    }
    #expect(
      try read(#"{"phrases": ["KILL", "kill off"], "allowed": ["kill time"]}"#)
        == Lexicon(phrases: ["kill off", "kill"], allowed: ["kill time"]))
    #expect(try read(#"{"phrases": ["kill"]}"#) == Lexicon(phrases: ["kill"]))
    for text in [#"{"phrases": []}"#, #"{"phrases": ["?!"]}"#, "{}"] {
      #expect(throws: DecodingError.self) { try read(text) }
    }
  }
}
