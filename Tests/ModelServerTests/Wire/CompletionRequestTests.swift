import HTTPTypes
import PreferenceData
import Sampling
import Testing

@testable import ModelServer

@Suite("Requests for the continuation of texts")
struct CompletionRequestTests {
  private func completion(_ prompt: String, _ more: String = "") throws -> GenerationRequest {
    let tail = more.isEmpty ? "" : ", \(more)"
    return try GenerationRequest(
      completion: object("{\"model\": \"nano\", \"prompt\": \(prompt)\(tail)}"))
  }

  private func problem(_ prompt: String, _ more: String = "") throws -> RequestProblem {
    try #require(throws: RequestProblem.self) { try completion(prompt, more) }
  }

  @Test("the four forms of a prompt")
  func prompts() throws {
    #expect(try completion(#""a""#).content == .texts(["a"]))
    #expect(try completion(#"["a", "b"]"#).content == .texts(["a", "b"]))
    #expect(try completion("[1, 2]").content == .tokens([[1, 2]]))
    #expect(try completion("[[1], [2, 3]]").content == .tokens([[1], [2, 3]]))
    #expect(try completion(#"["a", "b"]"#, #""n": 3"#).completionCount == 6)
    #expect(try completion("[[1], [2, 3]]", #""n": 2"#).completionCount == 4)
    #expect(try completion(#""a""#).promptParameter == "prompt")
  }

  @Test("log probabilities are asked for by a number, of which 0 is one")
  func logProbabilities() throws {
    #expect(try completion(#""a""#).alternatives == nil)
    #expect(try completion(#""a""#, #""logprobs": 0"#).alternatives == 0)
    #expect(try completion(#""a""#, #""logprobs": 5"#).alternatives == 5)
  }

  @Test("what says no more than leaving it out is taken, and sampling is as in chats")
  func void() throws {
    let request = try completion(
      #""a""#,
      #""suffix": "", "echo": false, "best_of": 2, "n": 2, "logit_bias": {}, "temperature": 0"#)
    #expect(request.choices == 2)
    #expect(request.parameters(maxTokens: 1, seed: 0).choice == .greedy)
    #expect(request.ignoredFields.names.isEmpty)
    #expect(try completion(#""a""#, #""max_tokens": 3"#).maxTokens == 3)
    #expect(try completion(#""a""#, #""messages": []"#).ignoredFields.names == ["messages"])
  }

  @Test(
    "what is wrong with a prompt is said, with its place",
    arguments: [
      (
        "1", "prompt",
        "is the number 1, but must be a text, a list of texts, token ids, or a list of token ids."
      ),
      (#""""#, "prompt", "is empty, so there is nothing to continue."),
      ("[]", "prompt", "is empty, so there is nothing to continue."),
      (#"["a", ""]"#, "prompt[1]", "is empty, so there is nothing to continue."),
      ("[[1], []]", "prompt[1]", "is empty, so there is nothing to continue."),
      (#"["a", 1]"#, "prompt[1]", "is the number 1, but must be a text."),
      (
        #"[1, "a"]"#, "prompt[1]",
        "is the text \"a\", but must be a whole number from 0 to 2147483647."
      ),
      ("[[1], 2]", "prompt[1]", "is the number 2, but must be a list of token ids."),
      (
        "[[1, -2]]", "prompt[0][1]",
        "is the number -2, but must be a whole number from 0 to 2147483647."
      ),
      ("[null]", "prompt[0]", "is null, but must be a text."),
    ])
  func wrong(prompt: String, place: String, sentence: String) throws {
    let problem = try problem(prompt)
    #expect(problem.status == .badRequest && problem.parameter == place)
    #expect(problem.message == "'\(place)' \(sentence)")
  }

  @Test("no more prompts, and none longer, than the limits have it")
  func limits() throws {
    let seventeen = Array(repeating: "\"a\"", count: 17).joined(separator: ", ")
    #expect(
      try problem("[\(seventeen)]").message
        == "'prompt' is a list of 17, but must have from 1 to 16 prompts.")
    var limits = RequestLimits()
    limits.characters = 2
    for prompt in [#""abc""#, "[1, 2, 3]"] {
      let object = try object("{\"model\": \"m\", \"prompt\": \(prompt)}")
      let problem = try #require(throws: RequestProblem.self) {
        try GenerationRequest(completion: object, limits: limits)
      }
      #expect(problem.parameter == "prompt")
    }
  }

  @Test(
    "what this server does not do is refused",
    arguments: [
      (#""suffix": "x""#, "suffix", "Leave it out."),
      (
        #""echo": true"#, "echo",
        "Leave it out, and put the prompt before the text yourself."
      ),
      (
        #""best_of": 4, "n": 2"#, "best_of",
        "Leave it out, or give it the value of 'n', which is 2."
      ),
      (#""logit_bias": {"5": -100}"#, "logit_bias", "Leave it out."),
    ])
  func unsupported(field: String, name: String, remedy: String) throws {
    let problem = try problem(#""a""#, field)
    #expect(problem.code == "unsupported_parameter" && problem.parameter == name)
    #expect(problem.message == "This server does not support '\(name)'. \(remedy)")
  }

  @Test("a request without a prompt")
  func missing() throws {
    let problem = try #require(throws: RequestProblem.self) {
      try GenerationRequest(completion: object(#"{"model": "m"}"#))
    }
    #expect(problem.parameter == "prompt" && problem.message == "'prompt' is missing.")
  }
}
