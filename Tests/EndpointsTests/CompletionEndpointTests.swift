import Endpoints
import PreferenceData
import Testing

@Suite("Completions of a server", .timeLimit(.minutes(2)))
struct CompletionEndpointTests {
  private let server: LocalServer

  init() throws { server = try LocalServer.shared.get() }

  private func endpoint(
    _ kind: String, _ settings: CompletionSettings = CompletionSettings(model: "m", concurrency: 1),
    meter: UsageMeter = UsageMeter(), timeout: Duration = .seconds(60),
    retries: RetryPolicy = RetryPolicy(attempts: 1)
  ) throws -> CompletionEndpoint {
    try CompletionEndpoint(
      base: "\(server.address)/\(kind)", settings: settings, meter: meter, timeout: timeout,
      retries: retries)
  }

  private func message(_ endpoint: CompletionEndpoint, _ prompt: String) async -> String {
    do {
      return try await endpoint.completions(of: [CompletionRequest(prompt)])[0]
    } catch {
      return "\(error)"
    }
  }

  private func asked(_ path: String) async throws -> JSONValue {
    try await HTTPEndpoint(address: "\(server.address)/asked/\(path)").post([:])
  }

  @Test("a chat is asked for by messages")
  func chat() async throws {
    let settings = CompletionSettings(
      model: "m", temperature: 0.5, maximumTokens: 7, stop: ["\n\nHuman:"])
    let requests = [
      CompletionRequest("\n\nHuman: Hi\n\nAssistant:", draw: 1 << 32 + 7),
      CompletionRequest("2 + 2?"),
    ]
    let bodies = try await endpoint("mirror/chat", settings).completions(of: requests)
    let first =
      #"{"model": "m", "messages": [{"role": "user", "content": "Hi"}], "#
      + #""temperature": 0.5, "max_tokens": 7, "seed": 7, "n": 1, "stop": ["\n\nHuman:"]}"#
    let second =
      #"{"model": "m", "messages": [{"role": "user", "content": "2 + 2?"}], "#
      + #""temperature": 0.5, "max_tokens": 7, "seed": 0, "n": 1, "stop": ["\n\nHuman:"]}"#
    #expect(bodies == [first, second])
    #expect(try await asked("mirror/chat/chat/completions") == .number(2))
  }

  @Test("a text is continued as it is")
  func text() async throws {
    let settings = CompletionSettings(model: "m", api: .text, temperature: 0, seed: 1)
    let bodies = try await endpoint("mirror/text/", settings).completions(of: [
      CompletionRequest("\n\nHuman: Hi\n\nAssistant:", draw: 2)
    ])
    // 0x9E3779B97F4A7C15 ends in 0x7F4A7C15 = 2135587861.
    #expect(
      bodies == [
        #"{"model": "m", "prompt": "\n\nHuman: Hi\n\nAssistant:", "temperature": 0, "#
          + #""max_tokens": 512, "seed": 2135587863, "n": 1}"#
      ])
    #expect(try await asked("mirror/text/completions") == .number(1))
  }

  @Test("the path goes before a query, and is not given twice")
  func addresses() async throws {
    let query = try endpoint("mirror/query?version=2")
    _ = try await query.completions(of: [CompletionRequest("a")])
    #expect(try await asked("mirror/query/chat/completions") == .number(1))
    #expect(
      throws: EndpointError.badAddress(
        reason: "must not end in /chat/completions, which is added to it; give what stands before, "
          + "such as https://host/v1")
    ) { try endpoint("v1/chat/completions/") }
    #expect(throws: EndpointError.self) { try endpoint("v1/completions") }
  }

  @Test("answers stand in the order of requests, whichever comes first")
  func order() async throws {
    let endpoint = try endpoint("backwards", CompletionSettings(model: "m", concurrency: 4))
    var places: Set<Int> = []
    let requests = (0..<4).map { CompletionRequest("\($0)") }
    try await endpoint.completions(of: requests) { place, text in
      #expect(text == "\(place)!")
      #expect(places.insert(place).inserted)
    }
    #expect(places == [0, 1, 2, 3])
    #expect(try await endpoint.completions(of: requests) == ["0!", "1!", "2!", "3!"])
    #expect(try await endpoint.completions(of: [CompletionRequest]()).isEmpty)
  }

  @Test("as many requests as may be are under way, and never more")
  func concurrency() async throws {
    let endpoint = try endpoint("four", CompletionSettings(model: "m", concurrency: 4))
    // Each answer says how many were under way at most; four wait for one another.
    let most = try await endpoint.completions(of: (0..<40).map { CompletionRequest("\($0)") })
    #expect(most == Array(repeating: "4", count: 40))
  }

  @Test("what the answers took is counted, and what they cost")
  func usage() async throws {
    let meter = UsageMeter(pricing: EndpointPricing(prompt: 2, completion: 10))
    let endpoint = try endpoint("mirror", CompletionSettings(model: "m"), meter: meter)
    _ = try await endpoint.completions(of: (0..<3).map { CompletionRequest("\($0)") })
    #expect(meter.usage.calls == 3 && meter.usage.uncountedCalls == 0)
    #expect(meter.usage.promptTokens == 300 && meter.usage.completionTokens == 60)
    #expect(meter.cost == 0.0012)
    #expect(UsageMeter().cost == nil)
    // An answer of no use has its price, and one that does not say so is counted as such.
    let other = try self.endpoint("say", meter: meter)
    _ = await message(other, #"{"choices": [], "usage": {"prompt_tokens": 7}}"#)
    _ = await message(other, #"{"choices": []}"#)
    #expect(meter.usage.calls == 5 && meter.usage.uncountedCalls == 1)
    #expect(meter.usage.promptTokens == 307 && meter.usage.completionTokens == 60)
  }

  @Test("at the limit on cost no more is asked")
  func limit() async throws {
    let meter = UsageMeter(pricing: EndpointPricing(prompt: 2, completion: 10), limit: 0.001)
    let endpoint = try endpoint("mirror/limit", meter: meter)
    let error = await #expect(throws: CompletionError.self) {
      try await endpoint.completions(of: (0..<9).map { CompletionRequest("\($0)") })
    }
    #expect(
      error?.description
        == "the answers have cost 0.0012 so far, and the limit is 0.001; raise the limit to go on: "
        + "what a journal has kept is not asked again")
    #expect(try await asked("mirror/limit/chat/completions") == .number(3))
  }

  @Test("a limit needs a server that says what its answers take; the first answer is not lost")
  func noUsage() async throws {
    let meter = UsageMeter(pricing: EndpointPricing(prompt: 2, completion: 10), limit: 1)
    let endpoint = try endpoint("say", meter: meter)
    let answer = #"{"choices": [{"message": {"content": "fine"}}]}"#
    #expect(await message(endpoint, answer) == "fine")
    #expect(
      await message(endpoint, answer)
        == "the server does not say how many tokens its answers take ('usage'), so that the limit of "
        + "1 cannot be kept; leave the limit out, or use another server")
  }

  @Test("a server that asks to wait is waited for")
  func waits() async throws {
    let waits = Waits()
    let endpoint = try endpoint("limited", retries: waits.policy())
    #expect(await message(endpoint, "a") == "at last")
    #expect(waits.all == [.seconds(3)])
    // The attempt that failed cost nothing.
    #expect(endpoint.meter.usage.calls == 1)
  }

  @Test("a server that fails is asked as often as the policy says")
  func attempts() async throws {
    let endpoint = try endpoint("broken", retries: Waits().policy(attempts: 3))
    #expect(
      await message(endpoint, "a").contains("answered with status 500, at the last of 3 attempts"))
    #expect(try await asked("broken/chat/completions") == .number(3))
  }

  @Test("a server that does not answer is not waited for")
  func timeout() async throws {
    let endpoint = try endpoint("hang", timeout: .milliseconds(500))
    #expect(
      await message(endpoint, "a")
        == "\(server.address)/hang/chat/completions gave no whole answer within 0.5 seconds; allow "
        + "more time, or ask for less at once")
  }

  @Test("an error in a status says what the server says")
  func status() async throws {
    let endpoint = try endpoint("status/400")
    #expect(
      await message(endpoint, #"{"error": {"message": "4097 tokens are too many"}}"#)
        == "\(server.address)/status/400/chat/completions answered with status 400: "
        + "\"4097 tokens are too many\"; check what the server expects")
  }

  @Test(
    "answers of no use",
    arguments: [
      ("<html>", "answered with what is no JSON: \"<html>\"; it must answer in JSON"),
      (
        #"{"id": 1}"#,
        #"answered with "{"id": 1}"; it must answer an object whose 'choices' has one with a "#
          + "'message' that has a text as 'content'"
      ),
      (
        #"{"choices": []}"#, "whose 'choices' has one with a 'message' that has a text as 'content'"
      ),
      (#"[1]"#, #"answered with "[1]"; it must answer an object whose 'choices'"#),
      (
        #"{"choices": [{"index": 0}]}"#, #"answered with "{"index": 0}"; it must answer an object"#
      ),
      (
        #"{"choices": [{"message": {"content": 5}}]}"#,
        #"answered with "{"message": {"content": 5}}"; it must answer an object"#
      ),
      (
        #"{"choices": [{"message": {"role": "assistant"}, "finish_reason": "tool_calls"}]}"#,
        "gave an answer without a text (finish_reason tool_calls); ask for another model, or see "
          + "the server's own log"
      ),
      (
        #"{"choices": [{"message": {"content": null}, "finish_reason": "length"}]}"#,
        "gave an answer without a text (finish_reason length); allow more tokens: the model may have "
          + "used them all to think"
      ),
      (
        #"{"error": {"message": "overloaded"}, "choices": null}"#,
        "answered with the error \"overloaded\"; check what the server expects"
      ),
    ])
  func garbage(body: String, expected: String) async throws {
    let message = await message(try endpoint("say"), body)
    #expect(message.hasPrefix("\(server.address)/say/chat/completions "))
    #expect(message.contains(expected), "\(message)")
  }

  @Test("a filtered answer is no answer, and the end of its prompt is shown")
  func filtered() async throws {
    let body = #"{"choices": [{"message": {"content": "I"}, "finish_reason": "content_filter"}]}"#
    let end = "How? " + String(repeating: "x", count: 74) + "\n"
    let message = await message(try endpoint("say"), body + end)
    #expect(
      message
        == "a filter of \(server.address)/say/chat/completions held back what follows \"…How? "
        + String(repeating: "x", count: 74) + "\\n\" (finish_reason content_filter); leave that "
        + "prompt out, or ask a server that does not filter")
    var settings = CompletionSettings(model: "m")
    settings.withheldAnswer = .empty
    let texts = try await endpoint("say", settings)
      .completions(of: [CompletionRequest(body + end)])
    #expect(texts == [""])
  }

  @Test("other settings have other identities, and seeds of options count for votes alone")
  func identities() throws {
    let base = CompletionSettings(model: "m")
    func changed(_ change: (inout CompletionSettings) -> Void) throws -> CompletionEndpoint {
      var settings = base
      change(&settings)
      return try endpoint("x", settings)
    }
    let plain = try endpoint("x", base)
    #expect(
      plain.completionIdentity
        == "{\"address\": \"\(server.address)/x/chat/completions\", \"model\": \"m\", "
        + #""temperature": 1, "max_tokens": 512, "seed": "0"}"#)
    #expect(
      plain.optionIdentity
        == "{\"address\": \"\(server.address)/x/chat/completions\", \"model\": \"m\"}")
    let different = try [
      changed { $0.model = "n" }, changed { $0.api = .text }, changed { $0.temperature = 0.5 },
      changed { $0.maximumTokens = 5 }, changed { $0.stop = ["."] }, changed { $0.seed = 1 },
    ]
    #expect(Set((different + [plain]).map(\.completionIdentity)).count == 7)
    let same = try [
      changed { $0.maximumTokens = 5 }, changed { $0.seed = 1 }, changed { $0.temperature = 0 },
      changed { $0.concurrency = 2 },
    ]
    #expect(Set((same + [plain]).map(\.optionIdentity)).count == 1)
    let votes = try [
      changed { $0.optionReading = .votes(2) },
      changed { $0.optionReading = .votes(2, maximumTokens: 99) },
      changed { $0.optionReading = .votes(3) },
      changed { ($0.optionReading, $0.seed) = (.votes(3), 1) },
      changed { ($0.optionReading, $0.temperature) = (.votes(3), 0.5) },
    ]
    #expect(Set((votes + [plain]).map(\.optionIdentity)).count == 6)
  }
}
