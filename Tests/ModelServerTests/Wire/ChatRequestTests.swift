import HTTPTypes
import PreferenceData
import Sampling
import Testing

@testable import ModelServer

@Suite("Requests for a turn of a conversation")
struct ChatRequestTests {
  private static let messages = #""messages": [{"role": "user", "content": "Hi"}]"#

  private func chat(_ more: String = "") throws -> GenerationRequest {
    let tail = more.isEmpty ? "" : ", \(more)"
    return try GenerationRequest(chat: object("{\"model\": \"nano\", \(Self.messages)\(tail)}"))
  }

  private func problem(_ json: String) throws -> RequestProblem {
    let object = try object(json)
    return try #require(throws: RequestProblem.self) { try GenerationRequest(chat: object) }
  }

  @Test("a request with no more than it must have has OpenAI's defaults")
  func defaults() throws {
    let request = try chat()
    #expect(request.model == "nano")
    #expect(request.content == .messages([Message(role: "user", content: "Hi")]))
    #expect(request.promptParameter == "messages")
    #expect(request.choices == 1 && request.completionCount == 1)
    #expect(request.maxTokens == nil && request.seed == nil)
    #expect(!request.isStreamed && !request.includesUsage && request.alternatives == nil)
    #expect(request.user == nil && request.session == nil && request.regenerates == nil)
    #expect(request.metadata.isEmpty && request.ignoredFields.names.isEmpty)
    let expected = SamplingParameters(choice: .temperature(1), maxNewTokens: 50, seed: 9)
    #expect(request.parameters(maxTokens: 50, seed: 9) == expected)
  }

  @Test("each option of sampling changes what is drawn with")
  func sampling() throws {
    var expected = SamplingParameters(choice: .temperature(0.5), maxNewTokens: 7, seed: 3)
    expected.truncation.topP = 0.9
    expected.truncation.topK = 40
    expected.truncation.minP = 0.05
    expected.repetitionPenalty = 1.2
    expected.minNewTokens = 2
    expected.stopTexts = ["\n", "END"]
    expected.stopIDs = [5, 6]
    let request = try chat(
      """
      "temperature": 0.5, "top_p": 0.9, "top_k": 40, "min_p": 0.05, "repetition_penalty": 1.2, \
      "min_tokens": 2, "max_tokens": 7, "seed": 3, "stop": ["\\n", "END"], "stop_token_ids": [5, 6]
      """)
    #expect(request.parameters(maxTokens: 50, seed: 9) == expected)
    #expect(request.maxTokens == 7 && request.seed == 3)
  }

  @Test("a temperature of 0, or next to it, takes the most likely token")
  func greedy() throws {
    for temperature in ["0", "0.0", "1e-9"] {
      let request = try chat("\"temperature\": \(temperature)")
      #expect(request.parameters(maxTokens: 1, seed: 0).choice == .greedy)
    }
    let request = try chat("\"temperature\": 0.001")
    #expect(request.parameters(maxTokens: 1, seed: 0).choice == .temperature(0.001))
  }

  @Test("all tokens may be said as other servers say it", arguments: ["0", "-1", "null"])
  func allTokens(topK: String) throws {
    #expect(try chat("\"top_k\": \(topK)").parameters(maxTokens: 1, seed: 0).truncation.topK == nil)
  }

  @Test("one stop text needs no list")
  func stopText() throws {
    #expect(try chat(#""stop": "x""#).parameters(maxTokens: 1, seed: 0).stopTexts == ["x"])
    #expect(try chat(#""stop": []"#).parameters(maxTokens: 1, seed: 0).stopTexts == [])
  }

  @Test("fewest tokens are no more than there is room for")
  func minimum() throws {
    let request = try chat(#""min_tokens": 30"#)
    #expect(request.parameters(maxTokens: 50, seed: 0).minNewTokens == 30)
    #expect(request.parameters(maxTokens: 10, seed: 0).minNewTokens == 10)
  }

  @Test(
    "seeds are any number of 64 bits",
    arguments: [
      ("0", 0), ("-1", UInt64.max), ("4294967296", 1 << 32), ("9007199254740992", 1 << 53),
      ("9223372036854775807", UInt64(Int64.max)), ("-9223372036854775808", 1 << 63),
    ] as [(String, UInt64)])
  func seeds(text: String, seed: UInt64) throws {
    let request = try chat("\"seed\": \(text)")
    #expect(request.seed == seed)
    #expect(request.parameters(maxTokens: 1, seed: 4).seed == seed)
  }

  @Test("both names of the most tokens are known")
  func mostTokens() throws {
    #expect(try chat(#""max_completion_tokens": 5"#).maxTokens == 5)
    #expect(try chat(#""max_completion_tokens": 5, "max_tokens": 5"#).maxTokens == 5)
  }

  @Test("choices, streams, log probabilities and who asks")
  func others() throws {
    let request = try chat(
      """
      "n": 3, "stream": true, "stream_options": {"include_usage": true}, "logprobs": true, \
      "top_logprobs": 4, "user": "u", "session": "s", "regenerates": "chatcmpl-1", \
      "metadata": {"a": "b", "c": ""}
      """)
    #expect(request.choices == 3 && request.completionCount == 3)
    #expect(request.isStreamed && request.includesUsage)
    #expect(request.alternatives == 4)
    #expect(request.user == "u" && request.session == "s")
    #expect(request.regenerates == "chatcmpl-1")
    #expect(request.metadata == ["a": "b", "c": ""])
    #expect(request.ignoredFields.names.isEmpty)
    #expect(try chat(#""logprobs": true"#).alternatives == 0)
    #expect(try chat(#""logprobs": false, "top_logprobs": 0"#).alternatives == nil)
    #expect(try !chat(#""stream": true, "stream_options": {}"#).includesUsage)
  }

  @Test("roles and contents that clients send")
  func conversation() throws {
    let request = try GenerationRequest(
      chat: object(
        """
        {"model": "m", "messages": [
          {"role": "developer", "content": "Be brief."},
          {"role": "system", "content": ""},
          {"role": "user", "content": [{"type": "text", "text": "é"}, {"type": "text", "text": "b"}]},
          {"role": "assistant", "content": "c", "tool_calls": [], "refusal": null, "name": "x"}]}
        """))
    #expect(
      request.content
        == .messages([
          Message(role: "system", content: "Be brief."), Message(role: "system", content: ""),
          Message(role: "user", content: "é\nb"), Message(role: "assistant", content: "c"),
        ]))
    #expect(request.ignoredFields.names == ["messages[].name"])
  }

  @Test("null is as good as leaving a field out")
  func nulls() throws {
    let names = [
      "max_tokens", "max_completion_tokens", "temperature", "top_p", "n", "stop", "seed", "stream",
      "stream_options", "logprobs", "top_logprobs", "user", "metadata", "presence_penalty",
      "frequency_penalty", "top_k", "min_p", "repetition_penalty", "min_tokens", "stop_token_ids",
      "session", "regenerates", "logit_bias", "tools", "functions", "response_format", "audio",
      "tool_choice", "function_call", "modalities", "prediction", "web_search_options", "unknown",
    ]
    #expect(try chat(names.map { "\"\($0)\": null" }.joined(separator: ", ")) == chat())
  }

  @Test("what says no more than leaving it out is taken")
  func void() throws {
    let request = try chat(
      """
      "tools": [], "functions": [], "logit_bias": {}, "tool_choice": "auto", "function_call": "none", \
      "response_format": {"type": "text"}, "modalities": ["text"], "presence_penalty": 0, \
      "frequency_penalty": 0.0
      """)
    #expect(try request == chat())
  }

  @Test("fields without a meaning here are named in a header that nothing can break")
  func ignored() throws {
    let request = try chat(#""store": true, "a\nb: c": 1, "é": 2"#)
    #expect(request.ignoredFields.names == ["store", "a\nb: c", "é"])
    #expect(request.ignoredFields.warning == "ignored: store, a?b??c, ?")
    #expect(try chat().ignoredFields.warning == nil)
    let many = (0..<100).map { "\"\(String(repeating: "x", count: 99))\($0)\": 1" }
    let warning = try #require(try chat(many.joined(separator: ", ")).ignoredFields.warning)
    #expect(warning.utf8.count == 9 + 8 * 40 + 7 * 2 + 10)
    #expect(warning.hasSuffix(", and more"))
  }

  @Test(
    "what is wrong with a field is said, with its place",
    arguments: [
      (
        #""temperature": 2.5"#, "temperature",
        "is the number 2.5, but must be a number from 0 to 2."
      ),
      (
        #""temperature": "1""#, "temperature",
        "is the text \"1\", but must be a number from 0 to 2."
      ),
      (#""top_p": 0"#, "top_p", "is the number 0, but must be a number above 0 and at most 1."),
      (#""top_p": 1.5"#, "top_p", "is the number 1.5, but must be a number above 0 and at most 1."),
      (#""n": 0"#, "n", "is the number 0, but must be a whole number from 1 to 16."),
      (#""n": 17"#, "n", "is the number 17, but must be a whole number from 1 to 16."),
      (#""n": 1.5"#, "n", "is the number 1.5, but must be a whole number from 1 to 16."),
      (#""n": true"#, "n", "is the Boolean true, but must be a whole number from 1 to 16."),
      (
        #""max_tokens": 0"#, "max_tokens",
        "is the number 0, but must be a whole number from 1 to 32768."
      ),
      (
        #""max_completion_tokens": 1e99"#, "max_completion_tokens",
        "is the number 1e+99, but must be a whole number from 1 to 32768."
      ),
      (#""seed": 1.5"#, "seed", "is the number 1.5, but must be a whole number of 64 bits."),
      (#""seed": 1e19"#, "seed", "is the number 1e+19, but must be a whole number of 64 bits."),
      (#""seed": "1""#, "seed", "is the text \"1\", but must be a whole number of 64 bits."),
      (#""stream": 1"#, "stream", "is the number 1, but must be true or false."),
      (#""stop": 1"#, "stop", "is the number 1, but must be a text or a list of texts."),
      (#""stop": ["a", 1]"#, "stop[1]", "is the number 1, but must be a text."),
      (#""stop": """#, "stop", "is empty. Leave it out, or give a text."),
      (
        #""stop": ["a", "b", "c", "d", "e"]"#, "stop",
        "is a list of 5, but must have from 0 to 4 texts."
      ),
      (
        #""stop_token_ids": [-1]"#, "stop_token_ids[0]",
        "is the number -1, but must be a whole number from 0 to 2147483647."
      ),
      (
        #""top_k": 0.5"#, "top_k",
        "is the number 0.5, but must be a whole number from -1 to 1000000."
      ),
      (#""min_p": 2"#, "min_p", "is the number 2, but must be a number from 0 to 1."),
      (
        #""repetition_penalty": 0"#, "repetition_penalty",
        "is the number 0, but must be a number above 0 and at most 10."
      ),
      (
        #""min_tokens": -1"#, "min_tokens",
        "is the number -1, but must be a whole number from 0 to 32768."
      ),
      (
        #""min_tokens": 9, "max_tokens": 8"#, "min_tokens",
        "is 9, but at most 8 tokens are asked for."
      ),
      (#""logprobs": 1"#, "logprobs", "is the number 1, but must be true or false."),
      (#""top_logprobs": 1"#, "top_logprobs", "takes 'logprobs': true."),
      (
        #""logprobs": true, "top_logprobs": 21"#, "top_logprobs",
        "is the number 21, but must be a whole number from 0 to 20."
      ),
      (
        #""stream_options": {"include_usage": true}"#, "stream_options",
        "is for streams. Set 'stream' to true."
      ),
      (
        #""stream": true, "stream_options": {"include_usage": 1}"#, "stream_options.include_usage",
        "is the number 1, but must be true or false."
      ),
      (#""user": 1"#, "user", "is the number 1, but must be a text."),
      (#""session": """#, "session", "is empty. Leave it out, or give a text."),
      (#""metadata": 1"#, "metadata", "is the number 1, but must be an object."),
      (#""metadata": {"a": 1}"#, "metadata.a", "is the number 1, but must be a text."),
      (
        #""presence_penalty": 3"#, "presence_penalty",
        "is the number 3, but must be a number from -2 to 2."
      ),
    ])
  func wrong(field: String, place: String, sentence: String) throws {
    let problem = try problem("{\"model\": \"nano\", \(Self.messages), \(field)}")
    #expect(problem.status == .badRequest && problem.kind == .invalidRequest)
    #expect(problem.parameter == place)
    #expect(problem.message == "'\(place)' \(sentence)")
    #expect(problem.code == nil)
  }

  @Test(
    "what is wrong with messages is said, with its place",
    arguments: [
      ("1", "messages", "is the number 1, but must be a list of messages."),
      ("[]", "messages", "is a list of 0, but must have from 1 to 1024 messages."),
      ("[1]", "messages[0]", "is the number 1, but must be an object."),
      ("[null]", "messages[0]", "is null, but must be an object."),
      (#"[{"content": "a"}]"#, "messages[0].role", "is missing."),
      (#"[{"role": "user"}]"#, "messages[0].content", "is missing."),
      (#"[{"role": "user", "content": null}]"#, "messages[0].content", "is missing."),
      (
        #"[{"role": "user", "content": 5}]"#, "messages[0].content",
        "is the number 5, but must be a text or a list of parts."
      ),
      (
        #"[{"role": "tool", "content": "a"}]"#, "messages[0].role",
        "is the text \"tool\", but must be system, developer, user or assistant."
      ),
      (
        #"[{"role": "user", "content": []}]"#, "messages[0].content",
        "is a list of 0, but must have from 1 to 256 parts."
      ),
      (
        #"[{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}]"#,
        "messages[0].content[0].type",
        "is the text \"image_url\", but must be 'text': this server reads text alone."
      ),
      (
        #"[{"role": "user", "content": [{"type": "text"}]}]"#, "messages[0].content[0].text",
        "is missing."
      ),
      (
        #"[{"role": "user", "content": [{"type": "text", "text": 1}]}]"#,
        "messages[0].content[0].text", "is the number 1, but must be a text."
      ),
    ])
  func wrongMessages(messages: String, place: String, sentence: String) throws {
    let problem = try problem("{\"model\": \"nano\", \"messages\": \(messages)}")
    #expect(problem.parameter == place)
    #expect(problem.message == "'\(place)' \(sentence)")
  }

  @Test(
    "what this server does not do is refused, and not done otherwise",
    arguments: [
      #""tools": [{}]"#, #""functions": [{}]"#, #""logit_bias": {"1": 2}"#, #""audio": {"a": 1}"#,
      #""prediction": {"type": "content"}"#, #""web_search_options": {"a": 1}"#,
      #""tool_choice": "required""#, #""function_call": {"name": "f"}"#,
      #""modalities": ["text", "audio"]"#,
    ])
  func unsupported(field: String) throws {
    let name = String(field.dropFirst().prefix { $0 != "\"" })
    let problem = try problem("{\"model\": \"nano\", \(Self.messages), \(field)}")
    #expect(problem.status == .badRequest && problem.code == "unsupported_parameter")
    #expect(problem.parameter == name)
    #expect(problem.message == "This server does not support '\(name)'. Leave it out.")
  }

  @Test("where there is another way, the refusal names it")
  func remedies() throws {
    let head = "{\"model\": \"nano\", \(Self.messages)"
    for name in ["presence_penalty", "frequency_penalty"] {
      let penalty = try problem("\(head), \"\(name)\": 0.5}")
      #expect(penalty.code == "unsupported_parameter" && penalty.parameter == name)
      #expect(
        penalty.message
          == "This server does not support '\(name)'. Leave it out, or use 'repetition_penalty'.")
    }
    let form = try problem("\(head), \"response_format\": {\"type\": \"json_object\"}}")
    #expect(
      form.message
        == "This server does not support 'response_format'. Leave it out, and ask for the form in a "
        + "message.")
    let call = try problem(
      #"{"model": "m", "messages": [{"role": "assistant", "content": "", "tool_calls": [{}]}]}"#)
    #expect(call.parameter == "messages[0].tool_calls" && call.code == "unsupported_parameter")
    let both = try problem("\(head), \"max_tokens\": 1, \"max_completion_tokens\": 2}")
    #expect(
      both.message
        == "'max_tokens' is 1 and 'max_completion_tokens' is 2. Leave one of them out.")
  }

  @Test("a request without a model, or without messages")
  func missing() throws {
    let model = try problem("{\(Self.messages)}")
    #expect(model.parameter == "model" && model.message == "'model' is missing.")
    let messages = try problem(#"{"model": "m"}"#)
    #expect(messages.parameter == "messages" && messages.message == "'messages' is missing.")
  }

  @Test("each limit is held, and may be another")
  func limits() throws {
    var limits = RequestLimits()
    limits.choices = 1
    limits.messages = 1
    limits.parts = 1
    limits.characters = 3
    limits.stopTexts = 1
    limits.stopCharacters = 2
    limits.stopIDs = 1
    limits.maxTokens = 9
    limits.alternatives = 2
    limits.nameCharacters = 4
    limits.tags = 1
    let hello = #"[{"role": "user", "content": "abc"}]"#
    func place(_ messages: String = hello, _ more: String = "\"n\": 1") throws -> String? {
      let object = try object("{\"model\": \"nano\", \"messages\": \(messages), \(more)}")
      _ = try GenerationRequest(chat: object)
      do throws(RequestProblem) {
        _ = try GenerationRequest(chat: object, limits: limits)
        return nil
      } catch {
        return error.parameter
      }
    }
    #expect(try place() == nil)
    #expect(try place(hello, #""n": 2"#) == "n")
    #expect(
      try place(#"[{"role": "user", "content": ""}, {"role": "user", "content": ""}]"#)
        == "messages")
    #expect(try place(#"[{"role": "user", "content": "abcd"}]"#) == "messages[0].content")
    let part = #"{"type": "text", "text": "a"}"#
    #expect(
      try place("[{\"role\": \"user\", \"content\": [\(part), \(part)]}]")
        == "messages[0].content")
    #expect(try place(hello, #""stop": ["a", "b"]"#) == "stop")
    #expect(try place(hello, #""stop": "abc""#) == "stop")
    #expect(try place(hello, #""stop_token_ids": [1, 2]"#) == "stop_token_ids")
    #expect(try place(hello, #""max_tokens": 10"#) == "max_tokens")
    #expect(try place(hello, #""logprobs": true, "top_logprobs": 3"#) == "top_logprobs")
    #expect(try place(hello, #""user": "abcde""#) == "user")
    #expect(try place(hello, #""metadata": {"a": "", "b": ""}"#) == "metadata")
    let long = try #require(throws: RequestProblem.self) {
      try GenerationRequest(
        chat: object(#"{"model": "nanos", "messages": \#(hello)}"#), limits: limits)
    }
    #expect(long.message == "'model' has more than 4 characters, which is the limit.")
    let pairs = try #require(throws: RequestProblem.self) {
      try GenerationRequest(
        chat: object(
          #"{"model": "nano", "messages": \#(hello), "metadata": {"a": "", "b": ""}}"#),
        limits: limits)
    }
    #expect(pairs.message == "'metadata' has more than 1 pairs, which is the limit.")
  }
}
