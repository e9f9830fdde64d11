import Testing

@testable import PreferenceData

@Suite("JSON")
struct JSONParserTests {
  private func parse(_ text: String) throws(JSONSyntaxError) -> JSONValue {
    let bytes = Array(text.utf8)
    return try JSONParser.value(of: bytes, in: 0..<bytes.count)
  }

  @Test("What Python's json module takes and refuses")
  func recorded() throws {
    struct Recorded: Decodable {
      let text: String
      let value: String?
    }
    for recorded in try fixture("json-values.json", as: [Recorded].self) {
      guard let value = recorded.value else {
        #expect(throws: JSONSyntaxError.self, "\(recorded.text)") { try parse(recorded.text) }
        continue
      }
      #expect(try parse(recorded.text) == parse(value), "\(recorded.text)")
    }
  }

  @Test("Values and their order")
  func values() throws {
    let value = try parse(#"{"b": [1, true, null], "a": {"\u0041\n": "\ud83d\ude00é"}}"#)
    #expect(
      value
        == .object([
          "b": .array([.number(1), .boolean(true), .null]),
          "a": .object(["A\n": .string("😀é")]),
        ]))
    #expect(try parse("1") != parse("true"))
  }

  @Test("Text and back", arguments: [0, -0.0, 1, -1.5, 1e-300, 1e21, 9_007_199_254_740_994, .pi])
  func roundTrip(number: Double) throws {
    let value: JSONValue = .object([
      "n": .number(number), "s": .string("\u{0}\u{1F}\"\\/\r\n\t é 😀\u{2028}"),
      "l": .array([.null, .boolean(false), .array([]), .object([:])]),
    ])
    #expect(try parse(try #require(value.text)) == value)
  }

  @Test("NaN and infinity cannot be written")
  func nonFinite() {
    #expect(JSONValue.number(.nan).text == nil)
    #expect(JSONValue.array([.object(["x": .number(-.infinity)])]).text == nil)
  }

  @Test(
    "What is wrong, and at which byte",
    arguments: [
      (#"{"a": 1, "a": 2}"#, 9, "the key `a` a second time", "each key once"),
      (#"{"a": NaN}"#, 6, "`NaN`", "a JSON value"),
      (#"{"a": None}"#, 6, "`None`", "a JSON value"),
      (#"{'a': 1}"#, 1, "`'`", "a key in double quotes"),
      (#"{"a": 1"#, 7, "the end", "`,` or `}`"),
      (#"{"a": 1} x"#, 9, "`x`", "nothing after the end of the value"),
      (#"["a"#, 3, "the end", "`\"` at the end of a text"),
      (
        "[\"a\tb\"]", 3, "the byte 0x9",
        "an escape such as \\n: raw control characters are not JSON"
      ),
      (
        #""\ud83d""#, 1, #"half of a surrogate pair (\ud83d)"#,
        "whole characters: a high and then a low surrogate"
      ),
      (
        #""\ude00\ud83d""#, 1, #"half of a surrogate pair (\ude00)"#,
        "whole characters: a high and then a low surrogate"
      ),
      (
        #""\ud83dA""#, 1, #"half of a surrogate pair (\ud83d)"#,
        "whole characters: a high and then a low surrogate"
      ),
      ("[1e999]", 1, "the number 1e999", "a number within Double's range"),
      ("[01]", 2, "`1`", "`,` or `]`"),
    ])
  func faults(text: String, offset: Int, seen: String, allowed: String) {
    #expect(throws: JSONSyntaxError(offset: offset, seen: seen, allowed: allowed)) {
      try parse(text)
    }
  }

  @Test("Nesting has a limit, so that no line can overflow the stack")
  func nesting() throws {
    let deep = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
    #expect(throws: Never.self) { try parse(deep) }
    #expect(throws: JSONSyntaxError.self) { try parse("[" + deep + "]") }
    #expect(throws: JSONSyntaxError.self) { try parse(String(repeating: "[", count: 1_000_000)) }
  }

  @Test("Bytes that are not UTF-8 are found, behind an escape too")
  func invalidUTF8() {
    let plain = Array("[\"ab".utf8) + [0xFF] + Array("\"]".utf8)
    let escaped = Array(#"["\nab"#.utf8) + [0xC3] + Array("\"]".utf8)
    for bytes in [plain, escaped] {
      let error = #expect(throws: JSONSyntaxError.self) {
        try JSONParser.value(of: bytes, in: 0..<bytes.count)
      }
      #expect(error?.offset == bytes.count - 3)
      #expect(error?.allowed == "text in UTF-8")
    }
  }
}
