import PreferenceData
import Testing
import WebSupport

@testable import ModelServer

@Suite("Streamed responses")
struct ResponseStreamTests {
  private static let shared = """
    "created": 1, "model": "na\\"no", "system_fingerprint": "fp"
    """

  private func stream(_ kind: ResponseKind, usage: Bool = false) -> ResponseStream {
    ResponseStream(
      ResponseHead(kind, identifier: "id", created: 1, model: "na\"no", fingerprint: "fp"),
      includesUsage: usage)
  }

  private func chat(_ choice: String, tail: String = "") throws -> JSONValue {
    try value(
      """
      {"id": "id", "object": "chat.completion.chunk", \(Self.shared), "choices": [\(choice)]\(tail)}
      """)
  }

  private func text(_ choice: String) throws -> JSONValue {
    try value(
      "{\"id\": \"id\", \"object\": \"text_completion\", \(Self.shared), \"choices\": [\(choice)]}")
  }

  @Test("a turn of a conversation, event by event")
  func conversation() throws {
    let stream = stream(.chat)
    #expect(
      try stream.opening(choice: 0).eventValue()
        == chat(
          """
          {"index": 0, "delta": {"role": "assistant", "content": ""}, "logprobs": null,
           "finish_reason": null}
          """))
    #expect(
      try stream.part("Hello", choice: 12).eventValue()
        == chat(
          #"{"index": 12, "delta": {"content": "Hello"}, "logprobs": null, "finish_reason": null}"#)
    )
    #expect(
      try stream.ending(choice: 0, .contentFilter).eventValue()
        == chat(
          #"{"index": 0, "delta": {}, "logprobs": null, "finish_reason": "content_filter"}"#))
    #expect(stream.usage(TokenUsage(prompt: 1, completion: 2)) == nil)
    #expect(ResponseStream.done == "data: [DONE]\n\n")
  }

  @Test("where the number of tokens is asked for each event has a place for it, and one has it")
  func usage() throws {
    let stream = stream(.chat, usage: true)
    let none = ", \"usage\": null"
    #expect(
      try stream.part("a", choice: 0).eventValue()
        == chat(
          #"{"index": 0, "delta": {"content": "a"}, "logprobs": null, "finish_reason": null}"#,
          tail: none))
    #expect(
      try stream.ending(choice: 0, .length).eventValue()
        == chat(
          #"{"index": 0, "delta": {}, "logprobs": null, "finish_reason": "length"}"#, tail: none))
    let event = try #require(stream.usage(TokenUsage(prompt: 3, completion: 4)))
    #expect(
      try event.eventValue()
        == chat(
          "",
          tail: """
            , "usage": {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
            """))
  }

  @Test("texts, event by event")
  func texts() throws {
    let stream = stream(.text)
    #expect(
      try stream.part("a", choice: 1).eventValue()
        == text(#"{"index": 1, "text": "a", "logprobs": null, "finish_reason": null}"#))
    #expect(
      try stream.ending(choice: 1, .stop).eventValue()
        == text(#"{"index": 1, "text": "", "logprobs": null, "finish_reason": "stop"}"#))
  }

  @Test("log probabilities go with the piece, at their place in the text")
  func logProbabilities() throws {
    let token = GeneratedToken(.init(id: 1, text: "é", bytes: [0xC3, 0xA9], logProbability: -2))
    #expect(
      try stream(.chat).part("é", choice: 0, tokens: [token]).eventValue()
        == chat(
          """
          {"index": 0, "delta": {"content": "é"}, "logprobs": {"content": [
            {"token": "é", "logprob": -2, "bytes": [195, 169], "top_logprobs": []}],
            "refusal": null}, "finish_reason": null}
          """))
    #expect(
      try stream(.text).part("éé", choice: 0, tokens: [token, token], offset: 40).eventValue()
        == text(
          """
          {"index": 0, "text": "éé", "logprobs": {"tokens": ["é", "é"], "token_logprobs": [-2, -2],
            "top_logprobs": [{"é": -2}, {"é": -2}], "text_offset": [40, 41]}, "finish_reason": null}
          """))
  }

  @Test("any text arrives as it was sent, in one field of one event")
  func anyText() throws {
    let chat = stream(.chat)
    let text = stream(.text)
    let special: [Unicode.Scalar] = [
      "\"", "\\", "/", "\n", "\r", "\t", "\0", "\u{7F}", "\u{85}", "\u{2028}", "\u{2029}",
      "\u{FEFF}",
      "\u{FFFD}", "\u{10FFFF}", "\u{301}", "\u{1F468}", "\u{200D}", "a", "ß", "日", "{", "}", ":",
    ]
    var random = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      var piece = String.UnicodeScalarView()
      for _ in 0..<random.uniform(below: 12) {
        if random.uniform(below: 2) == 0 {
          piece.append(special[Int(random.uniform(below: UInt64(special.count)))])
        } else if let scalar = Unicode.Scalar(UInt32(random.uniform(below: 0x110000))) {
          piece.append(scalar)
        }
      }
      let sent = String(piece)
      let event = chat.part(sent, choice: 0)
      // The server's own rule for events, which splits at every kind of line end.
      #expect(ServerSentEvent(String(event.dropFirst(6).dropLast(2))).text == event)
      let arrived = try event.eventValue().member("choices").first?.member("delta").member(
        "content")
      #expect(arrived?.bytes == Array(sent.utf8))
      let also = try text.part(sent, choice: 0).eventValue().member("choices").first?.member("text")
      #expect(also?.bytes == Array(sent.utf8))
    }
  }

  @Test("a stream that breaks says why")
  func failure() throws {
    let problem = RequestProblem.tookTooLong(limit: 1)
    #expect(try ResponseStream.failure(problem).eventValue() == value(problem.json))
  }
}

extension JSONValue {
  fileprivate func member(_ name: String) -> JSONValue {
    if case .object(let object) = self { object[name] ?? .null } else { .null }
  }

  fileprivate var first: JSONValue? {
    if case .array(let values) = self { values.first } else { nil }
  }

  fileprivate var bytes: [UInt8]? {
    if case .string(let text) = self { Array(text.utf8) } else { nil }
  }
}
