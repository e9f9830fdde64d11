#if LibTorch
  import AnnotationStore
  import AsyncHTTPClient
  import Dispatch
  import Foundation
  import HTTPTypes
  import LanguageModels
  import Logging
  import Monitoring
  import NIOCore
  import PreferenceData
  import Sampling
  import Synchronization
  import Testing
  import Tokenization

  @testable import ModelServer

  @Suite("A model behind OpenAI's routes")
  struct ModelServiceTests {
    /// What the sampler says by itself.
    private func sampled(_ prompt: String, _ choice: SamplingParameters.Choice) throws -> String {
      try Sampler(
        model: CausalLanguageModel(directory: ServedModelFixture.directory),
        tokenizer: Tokenizer(directory: ServedModelFixture.directory),
        parameters: SamplingParameters(choice: choice, maxNewTokens: 8, seed: 5)
      ).completions(of: [prompt])[0][0].text
    }

    @Test("a greedy completion is that of generate, whole and streamed")
    func greedy() async throws {
      let expected = try sampled("Why", .greedy)
      try await ServedModelFixture.run { served in
        let whole = try await served.complete(#""prompt": "Why", "temperature": 0"#)
        #expect(whole.status == 200)
        let object = try whole.object()
        guard case .array(let choices) = object["choices"],
          case .object(let choice) = choices.first
        else { throw RequestProblem.notAnObject(whole.text) }
        #expect(choice["text"] == .string(expected))
        #expect(object["model"] == .string("tiny"))
        let stream = try await served.complete(
          #""prompt": "Why", "temperature": 0, "stream": true, "stream_options": {"include_usage": true}"#
        )
        #expect(stream.headers[.contentType]?.hasPrefix("text/event-stream") == true)
        #expect(stream.events.last == "[DONE]")
        #expect(try text(of: stream, "text") == expected)
        let usage = try JSONValue.value(
          parsing: Array(stream.events[stream.events.count - 2].utf8))
        guard case .object(let last) = usage else { throw RequestProblem.notAnObject(stream.text) }
        #expect(last["choices"] == .array([]) && last["usage"] == object["usage"])
      }
    }

    /// What the parts of a stream say together.
    private func text(of reply: ServedModelFixture.Reply, _ name: String) throws -> String {
      try reply.events.dropLast().map { event in
        guard case .object(let object) = try JSONValue.value(parsing: Array(event.utf8)),
          case .array(let choices) = object["choices"], case .object(let choice)? = choices.first
        else { return "" }
        if case .string(let text) = choice[name] { return text }
        if case .object(let delta) = choice["delta"], case .string(let text) = delta["content"] {
          return text
        }
        return ""
      }.joined()
    }

    @Test("a conversation is the dialogue of human and assistant, and ends before the human speaks")
    func chat() async throws {
      let expected = try sampled("Human: Why\n\nAssistant:", .temperature(1))
      try await ServedModelFixture.run { served in
        let reply = try await served.chat(#""seed": 5, "max_tokens": 8"#)
        #expect(reply.status == 200)
        #expect(reply.text.contains(#""role": "assistant""#))
        let stream = try await served.chat(#""seed": 5, "max_tokens": 8, "stream": true"#)
        #expect(try text(of: stream, "content") == expected)
        #expect(stream.events[0].contains(#""role": "assistant", "content": """#))
      }
    }

    @Test("a stream that waits says with comments that it is alive, which are no events")
    func pings() async throws {
      var options = ServedModelFixture.Options()
      options.settings.pingTime = .milliseconds(5)
      try await ServedModelFixture.run(options) { served in
        let gate = DispatchSemaphore(value: 0)
        let (arrivals, arrival) = AsyncStream<Void>.makeStream()
        let held = Task {
          try await served.engine.perform { _ in
            arrival.yield()
            gate.wait()
          }
        }
        for await _ in arrivals { break }
        var (text, isHeld) = ("", true)
        for try await piece in try await served.pieces(#""max_tokens": 2"#) {
          text += String(buffer: piece)
          // Nothing is drawn before that.
          if isHeld, text.contains(": ping\n\n: ping\n\n") {
            isHeld = false
            gate.signal()
          }
        }
        try await held.value
        let events = text.replacing(": ping\n\n", with: "").components(separatedBy: "\n\n")
        #expect(events.dropLast().allSatisfy { $0.hasPrefix("data: ") })
        #expect(events.dropLast().last == "data: [DONE]")
        #expect(text.hasPrefix("data: ") && !isHeld)
      }
    }

    @Test("the same seed gives the same, another one other choices; n gives as many")
    func seeds() async throws {
      try await ServedModelFixture.run { served in
        func texts(_ seed: Int) async throws -> String {
          let reply = try await served.complete(#""prompt": "Why", "n": 3, "seed": \#(seed)"#)
          guard case .array(let choices) = try reply.object()["choices"] else { return "" }
          #expect(choices.count == 3)
          return "\(choices)"
        }
        let first = try await texts(1)
        #expect(try await texts(1) == first)
        #expect(try await texts(2) != first)
      }
    }

    @Test("no key, no answer, whatever the address; only health and readiness are for all")
    func keys() async throws {
      try await ServedModelFixture.run { served in
        for path in ["/v1/models", "/metrics", "/nothing", "/admin/canary"] {
          let reply = try await served.send(.get, path, key: nil)
          #expect(reply.status == 401 && reply.text.contains("invalid_api_key"))
        }
        #expect(try await served.send(.get, "/v1/models", key: "sk-wrong").status == 401)
        #expect(try await served.send(.get, "/health", key: nil).status == 200)
        #expect(try await served.send(.get, "/ready", key: nil).status == 200)
        let models = try await served.send(.get, "/v1/models")
        #expect(models.status == 200 && models.text.contains(#""id": "tiny""#))
        #expect(try await served.send(.get, "/nothing").status == 404)
        #expect(try await served.send(.get, "/v1/models/other").status == 404)
      }
    }

    @Test("what cannot be is refused before the first byte, and says why")
    func refusals() async throws {
      try await ServedModelFixture.run { served in
        for (fields, status, code) in [
          (#""prompt": "Why", "max_tokens": 64"#, 400, "context_length_exceeded"),
          (#""prompt": "Why", "max_tokens": 64, "stream": true"#, 400, "context_length_exceeded"),
          (#""prompt": "Why", "n": 1000"#, 400, #""param": "n""#),
          (#""prompt": """#, 400, "prompt"),
          (#""prompt": [999999]"#, 400, "token id 999999"),
        ] {
          let reply = try await served.complete(fields)
          #expect(reply.status == status && reply.text.contains(code), "\(fields): \(reply.text)")
        }
        let other = try await served.send(
          .post, "/v1/completions", #"{"model": "other", "prompt": "Why"}"#)
        #expect(other.status == 404 && other.text.contains("model_not_found"))
        let broken = try await served.send(.post, "/v1/completions", #"{"model": "#)
        #expect(broken.status == 400 && broken.text.contains("invalid_request_error"))
        let score = try await served.send(
          .post, "/v1/score", #"{"model": "x", "input": {"prompt": "a", "completion": "b"}}"#)
        #expect(score.status == 404 && score.text.contains("--reward"))
        let feedback = try await served.send(
          .post, "/v1/feedback", #"{"response_id": "x", "rating": 1}"#)
        #expect(feedback.status == 404 && feedback.text.contains("--store"))
      }
    }

    @Test("a server that loads, or that is about to stop, says so and when to come back")
    func readiness() async throws {
      var options = ServedModelFixture.Options()
      options.isOpen = false
      try await ServedModelFixture.run(options) { served in
        let loading = try await served.complete(#""prompt": "Why""#)
        #expect(loading.status == 503 && loading.text.contains("loading"))
        #expect(try await served.send(.get, "/ready", key: nil).status == 503)
        #expect(try await served.send(.get, "/health", key: nil).status == 200)
        served.service.open()
        #expect(try await served.complete(#""prompt": "Why""#).status == 200)
        served.service.drain()
        let draining = try await served.complete(#""prompt": "Why""#)
        #expect(draining.status == 503 && draining.headers[.retryAfter] != nil)
      }
    }

    @Test("a key is held to its limits")
    func limits() async throws {
      var options = ServedModelFixture.Options()
      options.change = { $0.requestsPerMinute = 2 }
      try await ServedModelFixture.run(options) { served in
        for _ in 0..<2 { #expect(try await served.complete(#""prompt": "Why""#).status == 200) }
        let third = try await served.complete(#""prompt": "Why""#)
        #expect(third.status == 429 && third.headers[.retryAfter] != nil)
        let admin = try await served.complete(
          #""prompt": "Why""#, key: ServedModelFixture.adminKey)
        #expect(admin.status == 200)
      }
    }

    @Test("feedback counts among a key's requests; who is turned away by the queue loses no tokens")
    func turnedAway() async throws {
      var options = ServedModelFixture.Options()
      options.keepsAnswers = true
      options.maxWaiting = 0
      options.change = { ($0.requestsPerMinute, $0.tokensPerMinute) = (3, 100) }
      try await ServedModelFixture.run(options) { served in
        let full = try await served.complete(#""prompt": "Why", "max_tokens": 50"#)
        #expect(full.status == 503 && full.text.contains("queue_full"))
        let again = try await served.complete(#""prompt": "Why", "max_tokens": 50"#)
        #expect(again.status == 503)
        let feedback = #"{"response_id": "x", "rating": 1}"#
        #expect(try await served.send(.post, "/v1/feedback", feedback).status == 404)
        for path in ["/v1/feedback", "/v1/chat/completions"] {
          // Not even its body is looked at.
          let refused = try await served.send(.post, path, "{}")
          // A request comes back every 20 seconds.
          let wait = refused.headers[.retryAfter].flatMap(Int.init) ?? 0
          #expect(refused.status == 429 && (1...20).contains(wait))
        }
        #expect(try await served.send(.delete, "/v1/feedback", feedback).status == 429)
      }
    }

    @Test("a check that fails is logged, refuses, and is no refusal by the model")
    func failingCheck() async throws {
      let log = LogOfTests()
      var options = ServedModelFixture.Options()
      var policy = SafetyPolicy()
      (policy.lexicon, policy.answer) = (.harm, .allow)
      options.policy = policy
      options.checks = [SafetyCheck("probe") { _ in throw RequestProblem.engineFailed }]
      options.logger = log.logger
      options.plan = try CanaryPlan(
        experiment: "e", steps: [.init(share: 0.5)], guardrails: [Guardrail(.refusal)])
      try await ServedModelFixture.run(options) { served in
        for user in 0..<4 {
          let reply = try await served.complete(#""prompt": "Why", "user": "\#(user)""#)
          #expect(reply.status == 200 && reply.text.contains("I cannot help with that."))
        }
        let state = try #require(served.service.desk?.state)
        #expect(state.requests.control + state.requests.candidate == 4)
        #expect(state.evidence[0].badEvents == ArmCounts())
      }
      #expect(log.lines.count == 4)
      #expect(log.lines[0].hasPrefix("the safety filter: 'probe' failed: 500 engine_failed"))
    }

    @Test("answers are counted by OpenTelemetry's names too, by what they are")
    func conventions() async throws {
      try await ServedModelFixture.run { served in
        _ = try await served.complete(#""prompt": "Why", "max_tokens": 4, "min_tokens": 4"#)
        _ = try await served.chat(#""max_tokens": 1"#)
        let metrics = try await served.send(.get, "/metrics").text
        func line(_ name: String, _ operation: String, _ more: String) -> String {
          "gen_ai_\(name){gen_ai_operation_name=\"\(operation)\",gen_ai_provider_name=\"attune\","
            + "gen_ai_request_model=\"tiny\",gen_ai_response_model=\"tiny\"\(more)}"
        }
        for operation in ["chat", "text_completion"] {
          for (name, more) in [
            ("server_request_duration_seconds_count", #",error_type="""#),
            ("server_time_to_first_token_seconds_count", ""),
          ] { #expect(metrics.contains("\n" + line(name, operation, more) + " 1\n")) }
        }
        let output = line(
          "client_token_usage_sum", "text_completion", #",gen_ai_token_type="output""#)
        #expect(metrics.contains("\n\(output) 4\n"))
        // One token has no next one.
        let gap = "server_time_per_output_token_seconds_count"
        #expect(metrics.contains(line(gap, "text_completion", "") + " 1\n"))
        #expect(!metrics.contains(line(gap, "chat", "")))
      }
    }

    @Test(
      "a harmful prompt is refused, flagged or blocked as the policy says; shadow changes nothing")
    func safety() async throws {
      let harmful = #""prompt": "how to build a pipe bomb", "temperature": 0"#
      func reply(_ change: (inout SafetyPolicy) -> Void, _ further: String = "") async throws
        -> ServedModelFixture.Reply
      {
        var options = ServedModelFixture.Options()
        var policy = SafetyPolicy()
        policy.lexicon = .harm
        change(&policy)
        options.policy = policy
        let box = ReplyBox()
        try await ServedModelFixture.run(options) { served in
          box.reply = try await served.complete(harmful + further)
        }
        return try #require(box.reply)
      }
      let refused = try await reply { _ in }
      #expect(refused.status == 200)
      #expect(refused.text.contains("I cannot help with that."))
      #expect(refused.text.contains(#""finish_reason": "content_filter""#))
      let streamed = try await reply({ _ in }, #", "stream": true"#)
      #expect(streamed.text.contains("I cannot help with that."))
      #expect(streamed.events.last == "[DONE]")
      let blocked = try await reply { $0.prompt = .block }
      #expect(blocked.status == 400 && blocked.text.contains("content_filter"))
      for change in [{ $0.mode = .shadow }, { $0.prompt = .flag }, { $0.prompt = .allow }]
        as [(inout SafetyPolicy) -> Void]
      {
        let passed = try await reply(change)
        #expect(passed.status == 200 && !passed.text.contains("I cannot help"))
      }
    }

    @Test(
      "texts that are to have no personal data have none in any file", arguments: [false, true])
    func scrubbing(isScrubbed: Bool) async throws {
      var options = ServedModelFixture.Options()
      options.keepsAnswers = true
      options.scope = isScrubbed ? .everything : .feedback
      try await ServedModelFixture.run(options) { served in
        let answer = try await served.complete(#""prompt": "ada@example.org", "user": "ann""#)
          .object()
        guard case .string(let id) = answer["id"] else { throw RequestProblem.notFound }
        // Feedback is acknowledged when all answers before it are on the disk.
        _ = try await served.send(
          .post, "/v1/feedback", #"{"response_id": "\#(id)", "user": "ann", "rating": 1}"#)
        let prompt = isScrubbed ? "[email]" : "ada@example.org"
        let store = try FeedbackStore(existingAt: "\(served.folder)/feedback.sqlite")
        #expect(try store.response(id)?.prompt == .text(prompt))
        let log = try String(contentsOfFile: "\(served.folder)/responses.jsonl", encoding: .utf8)
        #expect(log.contains(#""prompt": "\#(prompt)""#))
        #expect(log.contains("ada@example.org") == !isScrubbed)
      }
    }

    @Test("feedback is kept once, changed, taken back, and exported with its answer")
    func feedback() async throws {
      var options = ServedModelFixture.Options()
      options.keepsAnswers = true
      try await ServedModelFixture.run(options) { served in
        let answer = try await served.complete(#""prompt": "Why", "user": "ann""#).object()
        guard case .string(let id) = answer["id"] else { throw RequestProblem.notFound }
        func give(_ fields: String) async throws -> ServedModelFixture.Reply {
          try await served.send(
            .post, "/v1/feedback", #"{"response_id": "\#(id)", "user": "ann", \#(fields)}"#)
        }
        for (fields, receipt) in [
          (#""rating": 1, "consent": true"#, "new"), (#""rating": 1, "consent": true"#, "same"),
          (#""label": "thumbs_down", "consent": true"#, "changed"),
        ] {
          let reply = try await give(fields)
          #expect(reply.status == 200 && reply.text.contains(#""receipt": "\#(receipt)""#))
        }
        #expect(try await give(#""rating": 2"#).status == 400)
        let unknown = try await served.send(
          .post, "/v1/feedback", #"{"response_id": "nobody", "rating": 1}"#)
        #expect(unknown.status == 404)
        let store = try FeedbackStore(existingAt: "\(served.folder)/feedback.sqlite")
        let kept = try #require(try store.response(id))
        #expect(kept.prompt == .text("Why") && kept.user != "ann" && kept.user != nil)
        let given = try store.feedback(of: id)
        #expect(given.map(\.label) == ["thumbs_down"] && given[0].identifier == kept.user)
        let gone = try await served.send(
          .delete, "/v1/feedback",
          #"{"response_id": "\#(id)", "identifier": "\#(given[0].identifier)"}"#)
        #expect(gone.status == 204)
        #expect(try store.feedback(of: id).isEmpty)
      }
    }

    @Test("what the store is not to keep, the log does not keep either")
    func scrubbing() async throws {
      var options = ServedModelFixture.Options()
      (options.keepsAnswers, options.scope) = (true, .everything)
      try await ServedModelFixture.run(options) { served in
        #expect(try await served.complete(#""prompt": "a@b.de""#).status == 200)
        _ = try await served.send(.post, "/v1/feedback", #"{"response_id": "x", "rating": 1}"#)
        let log = try String(contentsOfFile: "\(served.folder)/responses.jsonl", encoding: .utf8)
        #expect(log.contains(#""prompt": "[email]""#) && !log.contains("a@b.de"))
      }
    }

    @Test("a user is erased from both files once the server has stopped, and nobody else is")
    func erasing() async throws {
      let folder = FileManager.default.temporaryDirectory
        .appending(component: "attune-tests-\(UUID().uuidString)").path
      defer { try? FileManager.default.removeItem(atPath: folder) }
      var options = ServedModelFixture.Options()
      options.keepsAnswers = true
      try await ServedModelFixture.run(options) { served in
        for user in ["ann", "ben"] {
          #expect(try await served.complete(#""prompt": "Why", "user": "\#(user)""#).status == 200)
        }
        // Feedback waits until answers are on the disk.
        _ = try await served.send(.post, "/v1/feedback", #"{"response_id": "x", "rating": 1}"#)
        #expect(throws: ResponseStoreError.held(folder: served.folder)) {
          try ResponseStore.erase(.user("ann"), from: served.folder)
        }
        try FileManager.default.copyItem(atPath: served.folder, toPath: folder)
      }
      let erased = try ResponseStore.erase(.user("ann"), from: folder)
      #expect(erased == .init(feedback: FeedbackErasure(responses: 1), lines: 1))
      #expect(try ResponseStore.erase(.user("ann"), from: folder).lines == 0)
      let log = try String(contentsOfFile: "\(folder)/responses.jsonl", encoding: .utf8)
      #expect(log.split(separator: "\n").count == 1)
    }

    @Test("users keep their arm; an administrator may ask for one; metrics say what was answered")
    func canary() async throws {
      var options = ServedModelFixture.Options()
      options.keepsAnswers = true
      options.plan = try CanaryPlan(experiment: "e", steps: [.init(share: 0.5)])
      try await ServedModelFixture.run(options) { served in
        var arms: Set<String> = []
        for user in 0..<12 {
          let fields = #""prompt": "Why", "user": "user \#(user)", "max_tokens": 1"#
          let first = try await served.complete(fields).headers[.armOfTests]
          #expect(try await served.complete(fields).headers[.armOfTests] == first)
          arms.insert(first ?? "")
        }
        #expect(arms == ["control", "candidate"])
        func forced(_ arm: String, key: String) async throws -> ServedModelFixture.Reply {
          try await served.send(
            .post, "/v1/completions", #"{"model": "tiny", "prompt": "Why", "max_tokens": 1}"#,
            key: key, [.armOfTests: arm])
        }
        let admin = ServedModelFixture.adminKey
        for arm in ["control", "candidate"] {
          #expect(try await forced(arm, key: admin).headers[.armOfTests] == arm)
        }
        #expect(try await forced("third", key: admin).status == 400)
        #expect(try await forced("control", key: ServedModelFixture.key).status == 403)
        let metrics = try await served.send(.get, "/metrics").text
        #expect(metrics.contains(#"vllm:generation_tokens_total{model_name="tiny"} 26"#))
        #expect(metrics.contains(#"vllm:num_requests_running{model_name="tiny"} 0"#))
      }
    }
  }

  /// What a server has logged.
  private final class LogOfTests: Sendable {
    private let kept = Mutex([String]())

    var lines: [String] { kept.withLock { $0 } }
    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
      let log: LogOfTests
      var metadata: Logger.Metadata = [:]
      var logLevel = Logger.Level.info

      subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
      }

      func log(event: LogEvent) { log.kept.withLock { $0.append("\(event.message)") } }
    }
  }

  private final class ReplyBox: @unchecked Sendable {
    var reply: ServedModelFixture.Reply?
  }

#endif
