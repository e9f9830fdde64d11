import Endpoints
import Foundation
import PreferenceData
import Testing

@Suite("HTTP endpoints", .timeLimit(.minutes(1)))
struct HTTPEndpointTests {
  private func message(
    _ address: String, token: String? = nil, limit: Duration = .seconds(20),
    retries: RetryPolicy = RetryPolicy(attempts: 1)
  ) async -> String {
    do {
      let endpoint = try HTTPEndpoint(
        address: address, bearerToken: token, limit: limit, retries: retries)
      return "\(try await endpoint.post(["a": .number(1)]))"
    } catch {
      return "\(error)"
    }
  }

  @Test("JSON goes there and back, with the token in its header")
  func echo() async throws {
    let server = try LocalServer()
    let endpoint = try HTTPEndpoint(address: server.address + "/echo", bearerToken: "secret")
    let body: JSONObject = ["text": .string("\n\"字\""), "list": .array([.null, .number(0.5)])]
    let answer = try await endpoint.post(body)
    #expect(
      answer
        == .object([
          "body": .object(body), "count": .number(1), "type": .string("application/json"),
          "authorization": .string("Bearer secret"),
        ]))
  }

  @Test("a busy server is asked again, not sooner than it says")
  func busy() async throws {
    let server = try LocalServer()
    let waits = Waits()
    let endpoint = try HTTPEndpoint(address: server.address + "/busy", retries: waits.policy())
    #expect(try await endpoint.post([:]) == .object(["count": .number(3)]))
    #expect(waits.all == [.seconds(7), .seconds(7)])
  }

  @Test(
    "waits double, scattered between half and all of it, up to the longest",
    arguments: [(0.0, [0.5, 1.0, 2.0, 4.0, 4.0]), (0.5, [0.75, 1.5, 3.0, 6.0, 6.0])])
  func backoff(random: Double, expected: [Double]) async throws {
    let server = try LocalServer()
    let waits = Waits()
    var policy = waits.policy(attempts: 6, random: random)
    policy.longestWait = .seconds(8)
    let message = await message(server.address + "/broken", retries: policy)
    #expect(waits.all == expected.map { .seconds($0) })
    #expect(message.contains("/broken answered with status 500, at the last of 6 attempts: "))
    #expect(message.contains(#""out of \u{1B}[31mluck\nxxx"#))
    #expect(message.hasSuffix("xxx…\"; see the server's own log"))
    #expect(message.count < 500)
  }

  @Test("a server that wants to be left alone for long is given up")
  func later() async throws {
    let server = try LocalServer()
    let waits = Waits()
    let message = await message(server.address + "/later", retries: waits.policy())
    #expect(message.contains("answered with status 503: \"later\""))
    #expect(waits.all.isEmpty)
  }

  @Test("what asking again cannot mend is not asked again, and nothing secret is shown")
  func refused() async throws {
    let server = try LocalServer()
    let waits = Waits()
    let message = await message(
      server.address + "/refused?key=hidden", token: "secret", retries: waits.policy())
    #expect(
      message == "\(server.address)/refused answered with status 401: \"no\"; check the token")
    #expect(waits.all.isEmpty)
  }

  @Test(
    "of an error in JSON its message is shown",
    arguments: [
      (#"{"error": {"message": "too many tokens", "code": 7}}"#, "too many tokens"),
      (#"{"error": "no such model"}"#, "no such model"),
      (#"{"object": "error", "message": "in short"}"#, "in short"),
      (#"{"detail": "Not Found"}"#, "Not Found"),
      (#"{"error": {"code": 7}}"#, #"{"error": {"code": 7}}"#),
    ])
  func complaints(body: String, expected: String) async throws {
    let server = try LocalServer.shared.get()
    let endpoint = try HTTPEndpoint(address: server.address + "/status/400")
    await #expect(
      throws: EndpointError.status(
        address: server.address + "/status/400", code: 400, body: expected, attempts: 1)
    ) { try await endpoint.post(["prompt": .string(body)]) }
  }

  @Test("advice on statuses")
  func advice() {
    let expected = [
      402: "check what the server expects", 403: "check the token",
      404: "check the address, and what is asked for by name", 429: "ask less often",
      502: "see the server's own log",
    ]
    for (code, advice) in expected {
      let error = EndpointError.status(address: "x", code: code, body: " ", attempts: 1)
      #expect(error.description == "x answered with status \(code): nothing; \(advice)")
    }
  }

  @Test("an answer that is no JSON")
  func nonsense() async throws {
    let server = try LocalServer()
    #expect(
      await message(server.address + "/nonsense").hasSuffix(
        "answered with what is no JSON: \"<html>\"; it must answer in JSON"))
  }

  @Test(
    "a server that hangs, before its answer or within, is not waited for",
    arguments: ["hang", "drip"])
  func hangs(path: String) async throws {
    let server = try LocalServer()
    let waits = Waits()
    let message = await message(
      "\(server.address)/\(path)", limit: .milliseconds(500), retries: waits.policy(attempts: 2))
    #expect(
      message.contains(
        "/\(path) gave no whole answer within 0.5 seconds, at the last of 2 attempts"))
    #expect(waits.all.count == 1)
  }

  @Test("a connection that breaks is made again")
  func drops() async throws {
    let server = try LocalServer()
    let waits = Waits()
    let endpoint = try HTTPEndpoint(address: server.address + "/drop", retries: waits.policy())
    #expect(try await endpoint.post([:]) == .object(["count": .number(2)]))
    #expect(waits.all == [.seconds(0.5)])
  }

  @Test("a server that is not there")
  func absent() async {
    let message = await message("http://127.0.0.1:1/score", limit: .seconds(20))
    #expect(message.hasPrefix("http://127.0.0.1:1/score "))
    #expect(message.contains("cannot be reached: "))
  }

  @Test("a task that is cancelled does not wait")
  func cancelled() async throws {
    let server = try LocalServer()
    let endpoint = try HTTPEndpoint(address: server.address + "/hang")
    let task = Task { try await endpoint.post([:]) }
    try await Task.sleep(for: .milliseconds(300))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test(
    "addresses that cannot be used",
    arguments: [
      ("judge.example/score", "must have the form https://host/path"),
      ("ftp://judge.example", "must have the form https://host/path"),
      ("", "must have the form https://host/path"),
      ("https://me:secret@judge.example/", "must not hold a user or password"),
    ])
  func addresses(address: String, expected: String) async {
    let message = await message(address)
    #expect(message.contains(expected))
    #expect(!message.contains("secret"))
  }

  @Test("a token with a line break is refused, and not shown")
  func token() async {
    let message = await message("https://judge.example", token: "secret\nX: y")
    #expect(message.contains("comes with a token that has a blank, a line break"))
    #expect(!message.contains("secret"))
  }
}
