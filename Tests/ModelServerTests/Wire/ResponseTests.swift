import PreferenceData
import Sampling
import Testing

@testable import ModelServer

@Suite("Whole responses")
struct ResponseTests {
  private let usage = TokenUsage(prompt: 9, completion: 12)
  private let hello = GeneratedToken(
    .init(id: 5, text: "Hello", bytes: [72, 101, 108, 108, 111], logProbability: -0.25),
    alternatives: [
      .init(id: 6, text: "Hi", bytes: [72, 105], logProbability: -0.125),
      .init(id: 5, text: "Hello", bytes: [72, 101, 108, 108, 111], logProbability: -0.25),
    ])
  /// The first byte of "é", which is no text yet.
  private let half = GeneratedToken(
    .init(id: 7, text: "\u{FFFD}", bytes: [0xC3], logProbability: -.infinity),
    alternatives: [.init(id: 8, text: "!", bytes: [33], logProbability: -0.5)])

  private func head(_ kind: ResponseKind) -> ResponseHead {
    ResponseHead(
      kind, identifier: "id-1", created: 1_741_569_952, model: "nano", fingerprint: "fp_1")
  }

  @Test("a turn of a conversation")
  func chat() throws {
    let result = GenerationResult(
      choices: [ChoiceResult(index: 0, text: "Hello!\n\"é\"", ending: .stop)], usage: usage)
    #expect(
      try value(head(.chat).json(result))
        == value(
          """
          {"id": "id-1", "object": "chat.completion", "created": 1741569952, "model": "nano",
           "system_fingerprint": "fp_1",
           "choices": [{"index": 0,
             "message": {"role": "assistant", "content": "Hello!\\n\\"é\\"", "refusal": null},
             "logprobs": null, "finish_reason": "stop"}],
           "usage": {"prompt_tokens": 9, "completion_tokens": 12, "total_tokens": 21}}
          """))
  }

  @Test("a turn of a conversation with log probabilities")
  func chatLogProbabilities() throws {
    let choice = ChoiceResult(index: 1, text: "Hello", tokens: [hello, half], ending: .length)
    let json = head(.chat).json(GenerationResult(choices: [choice], usage: usage))
    guard case .object(let object) = try value(json), case .array(let choices)? = object["choices"]
    else {
      Issue.record("no choices in \(json)")
      return
    }
    #expect(
      try choices == [
        value(
          """
          {"index": 1, "message": {"role": "assistant", "content": "Hello", "refusal": null},
           "logprobs": {"content": [
             {"token": "Hello", "logprob": -0.25, "bytes": [72, 101, 108, 108, 111],
              "top_logprobs": [
                {"token": "Hi", "logprob": -0.125, "bytes": [72, 105]},
                {"token": "Hello", "logprob": -0.25, "bytes": [72, 101, 108, 108, 111]}]},
             {"token": "\u{FFFD}", "logprob": -9999, "bytes": [195],
              "top_logprobs": [{"token": "!", "logprob": -0.5, "bytes": [33]}]}],
            "refusal": null},
           "finish_reason": "length"}
          """)
      ])
  }

  @Test("texts, with and without log probabilities")
  func text() throws {
    let result = GenerationResult(
      choices: [
        ChoiceResult(index: 0, text: "a", ending: .contentFilter),
        ChoiceResult(index: 1, text: "Hello", tokens: [hello, half], ending: .stop),
      ], usage: usage)
    #expect(
      try value(head(.text).json(result))
        == value(
          """
          {"id": "id-1", "object": "text_completion", "created": 1741569952, "model": "nano",
           "system_fingerprint": "fp_1",
           "choices": [
             {"index": 0, "text": "a", "logprobs": null, "finish_reason": "content_filter"},
             {"index": 1, "text": "Hello", "logprobs": {
               "tokens": ["Hello", "\u{FFFD}"], "token_logprobs": [-0.25, -9999],
               "top_logprobs": [{"Hi": -0.125, "Hello": -0.25}, {"!": -0.5, "\u{FFFD}": -9999}],
               "text_offset": [0, 5]}, "finish_reason": "stop"}],
           "usage": {"prompt_tokens": 9, "completion_tokens": 12, "total_tokens": 21}}
          """))
  }

  @Test("what is no number is as improbable as can be said")
  func notANumber() throws {
    let token = GeneratedToken(.init(id: 1, text: "a", bytes: [97], logProbability: .nan))
    let choice = ChoiceResult(index: 0, text: "a", tokens: [token], ending: .stop)
    let json = head(.text).json(GenerationResult(choices: [choice], usage: usage))
    #expect(json.contains("\"token_logprobs\": [-9999]"))
  }

  @Test("why a sampler's completions end")
  func endings() {
    #expect(ChoiceEnding(SampledCompletion.FinishReason.stop) == .stop)
    #expect(ChoiceEnding(SampledCompletion.FinishReason.length) == .length)
    #expect(ChoiceEnding.allCases.map(\.rawValue) == ["stop", "length", "content_filter"])
  }

  @Test("ids are 24 characters of 62, each another, the same from the same generator")
  func identifiers() {
    var random = SeededGenerator(seed: 1)
    let ids = (0..<1000).map { _ in ResponseKind.chat.identifier(using: &random) }
    #expect(Set(ids).count == 1000)
    #expect(
      ids.allSatisfy { id in
        id.hasPrefix("chatcmpl-") && id.utf8.count == 33
          && id.dropFirst(9).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      })
    #expect(Set(ids.joined().dropFirst(9)).count >= 62)
    var again = SeededGenerator(seed: 1)
    let text = ResponseKind.text.identifier(using: &again)
    #expect(text == "cmpl-" + ids[0].dropFirst(9))
  }

  @Test("models")
  func models() throws {
    let nano = ModelEntry(name: "nano", created: 5)
    let entry = #"{"id": "nano", "object": "model", "created": 5, "owned_by": "attune"}"#
    #expect(try value(nano.json) == value(entry))
    #expect(
      try value(ModelEntry.json(listing: [nano]))
        == value("{\"object\": \"list\", \"data\": [\(entry)]}"))
    #expect(ModelEntry(name: "a", created: 5, owner: "me").json.contains("\"owned_by\": \"me\""))
  }

  @Test("scores")
  func scores() throws {
    let response = ScoreResponse(
      model: "reward", items: [.init(score: 1.5, members: [1, 2]), .init(score: -0.25)], tokens: 7)
    #expect(
      try value(response.json)
        == value(
          """
          {"object": "list", "data": [
            {"index": 0, "object": "score", "score": 1.5, "members": [1, 2]},
            {"index": 1, "object": "score", "score": -0.25}],
           "model": "reward",
           "usage": {"prompt_tokens": 7, "completion_tokens": 0, "total_tokens": 7}}
          """))
  }
}
