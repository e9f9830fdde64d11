import HTTPTypes
import Testing

@testable import ModelServer

@Suite("Limits of keys")
struct KeyLimitsTests {
  private let start = ContinuousClock.now
  private let limits = KeyLimits()

  private func problem(
    _ record: KeyRecord, tokens: Int = 0, after duration: Duration = .zero
  ) throws -> RequestProblem {
    try #require(throws: RequestProblem.self) {
      try limits.admit(record, tokens: tokens, at: start + duration)
    }
  }

  @Test("requests in a minute refill one by one, and the refusal says when")
  func requests() throws {
    let record = KeyRecord.named("alice", requests: 4)
    for _ in 0..<4 { try limits.admit(record, tokens: 0, at: start).end(used: 0) }
    let refused = try problem(record, after: .seconds(1))
    #expect(refused.status == .tooManyRequests && refused.kind == .rateLimit)
    #expect(refused.code == "rate_limit_exceeded")
    #expect(
      refused.message
        == "This API key is limited to 4 requests in a minute. Try again in 14 seconds.")
    #expect(refused.retryAfter == 14)
    #expect(try problem(record, after: .seconds(14.5)).retryAfter == 1)
    _ = try limits.admit(record, tokens: 0, at: start + .seconds(15))
    #expect(try problem(record, after: .seconds(15)).retryAfter == 15)
  }

  @Test("tokens are reserved at the start, and what was not used is given back at the end")
  func tokens() throws {
    let record = KeyRecord.named("alice", tokens: 600)
    let first = try limits.admit(record, tokens: 500, at: start)
    #expect(limits.allowance(of: record, at: start).tokens?.remaining == 100)
    let refused = try problem(record, tokens: 200)
    #expect(
      refused.message
        == "This API key is limited to 600 tokens in a minute. Try again in 10 seconds.")
    #expect(refused.retryAfter == 10)
    first.end(used: 120)
    #expect(limits.allowance(of: record, at: start).tokens?.remaining == 480)
    let second = try limits.admit(record, tokens: 480, at: start)
    second.end(used: 480)
    #expect(limits.allowance(of: record, at: start).tokens?.remaining == 0)
    #expect(limits.allowance(of: record, at: start + .seconds(6)).tokens?.remaining == 60)
  }

  @Test("a request that could never be let in is told so, and pays nothing")
  func tooManyTokens() throws {
    let record = KeyRecord.named("alice", requests: 1, tokens: 600)
    let refused = try problem(record, tokens: 601)
    #expect(refused.status == .badRequest && refused.parameter == "max_tokens")
    #expect(refused == withHeaders(.beyondTokenLimit(cost: 601, limit: 600), record))
    _ = try limits.admit(record, tokens: 600, at: start)
  }

  @Test("who is refused for tokens has made no request")
  func refusedForFree() throws {
    let record = KeyRecord.named("alice", requests: 2, tokens: 600)
    let lease = try limits.admit(record, tokens: 600, at: start)
    for _ in 0..<100 { #expect(try problem(record, tokens: 1).retryAfter == 1) }
    #expect(limits.allowance(of: record, at: start).requests?.remaining == 1)
    lease.end(used: 0)
    _ = try limits.admit(record, tokens: 600, at: start)
    #expect(limits.allowance(of: record, at: start).requests?.remaining == 0)
  }

  @Test("requests at once: an end makes room, once")
  func concurrent() throws {
    let record = KeyRecord.named("alice", concurrent: 2)
    let first = try limits.admit(record, tokens: 5, at: start)
    let second = try limits.admit(record, tokens: 5, at: start)
    #expect(limits.runningRequests(of: "alice") == 2)
    let refused = try problem(record)
    #expect(
      refused.message == "This API key is limited to 2 requests at once. Try again in 1 second.")
    #expect(refused.retryAfter == 1)
    first.end(used: 5)
    first.end(used: 5)
    #expect(limits.runningRequests(of: "alice") == 1)
    let third = try limits.admit(record, tokens: 5, at: start)
    #expect(try problem(record).status == .tooManyRequests)
    second.end(used: 1)
    third.end(used: 1)
    #expect(limits.runningRequests(of: "alice") == 0)
    #expect(limits.runningRequests(of: "nobody") == 0)
  }

  @Test("who could ask nothing is refused before the body is read; asking that takes nothing")
  func check() throws {
    let record = KeyRecord.named("alice", requests: 2, tokens: 600, concurrent: 1)
    for _ in 0..<9 { try limits.check(record, at: start) }
    let lease = try limits.admit(record, tokens: 600, at: start)
    let busy = try #require(throws: RequestProblem.self) { try limits.check(record, at: start) }
    #expect(try busy == problem(record))
    lease.end(used: 600)
    // Tokens are asked for later: nobody knows yet how many.
    try limits.check(record, at: start)
    try limits.admit(record, tokens: 0, at: start).end(used: 0)
    let refused = try #require(throws: RequestProblem.self) { try limits.check(record, at: start) }
    #expect(refused.status == .tooManyRequests && refused.retryAfter == 30)
    #expect(try refused == problem(record))
  }

  @Test("a lease that is dropped gives its place back, and none of its tokens")
  func dropped() throws {
    let record = KeyRecord.named("alice", tokens: 600, concurrent: 1)
    do {
      let lease = try limits.admit(record, tokens: 400, at: start)
      #expect(limits.runningRequests(of: "alice") == 1)
      _ = consume lease
    }
    #expect(limits.runningRequests(of: "alice") == 0)
    #expect(limits.allowance(of: record, at: start).tokens?.remaining == 200)
    _ = try limits.admit(record, tokens: 200, at: start)
  }

  @Test("more tokens than were reserved give nothing back")
  func overrun() throws {
    let record = KeyRecord.named("alice", tokens: 600)
    try limits.admit(record, tokens: 100, at: start).end(used: 150)
    #expect(limits.allowance(of: record, at: start).tokens?.remaining == 500)
  }

  @Test("one limit of one is said in the singular")
  func singular() throws {
    let single = KeyRecord.named("a", requests: 1, concurrent: 1)
    let lease = try limits.admit(single, tokens: 0, at: start)
    #expect(
      try problem(single).message
        == "This API key is limited to 1 request at once. Try again in 1 second.")
    lease.end(used: 0)
    #expect(
      try problem(single).message
        == "This API key is limited to 1 request in a minute. Try again in 60 seconds.")
  }

  @Test("keys have limits apart, and one without limits has none")
  func apart() throws {
    let alice = KeyRecord.named("alice", requests: 1)
    let bob = KeyRecord.named("bob", requests: 1)
    let free = KeyRecord.named("free")
    _ = try limits.admit(alice, tokens: 0, at: start)
    _ = try limits.admit(bob, tokens: 0, at: start)
    #expect(try problem(alice).status == .tooManyRequests)
    let leases = try (0..<1000).map { _ in
      try limits.admit(free, tokens: 1_000_000_000_000, at: start)
    }
    #expect(limits.runningRequests(of: "free") == leases.count)
    #expect(leases[0].allowance.headers.isEmpty)
  }

  @Test("limits that have changed count from now on")
  func changed() throws {
    _ = try limits.admit(.named("alice", requests: 1), tokens: 0, at: start)
    let more = KeyRecord.named("alice", requests: 3)
    #expect(limits.allowance(of: more, at: start).requests?.remaining == 3)
    _ = try limits.admit(more, tokens: 0, at: start)
    #expect(limits.allowance(of: more, at: start).requests?.remaining == 2)
    #expect(limits.allowance(of: .named("alice"), at: start).requests == nil)
  }

  @Test("headers as OpenAI's clients know them, on answers and on refusals")
  func headers() throws {
    let record = KeyRecord.named("alice", requests: 2, tokens: 600)
    let lease = try limits.admit(record, tokens: 90, at: start)
    let expected = [
      "x-ratelimit-limit-requests": "2", "x-ratelimit-remaining-requests": "1",
      "x-ratelimit-reset-requests": "30s", "x-ratelimit-limit-tokens": "600",
      "x-ratelimit-remaining-tokens": "510", "x-ratelimit-reset-tokens": "9s",
    ]
    #expect(dictionary(lease.allowance.headers) == expected)
    let refused = try problem(record, tokens: 600)
    #expect(
      dictionary(refused.headers) == expected.merging(["Retry-After": "9"]) { $1 })
  }

  @Test(
    "times as OpenAI writes them",
    arguments: [
      (.zero, "0ms"), (.milliseconds(120), "120ms"), (.microseconds(1), "1ms"),
      (.seconds(1), "1s"), (.seconds(1.5), "2s"), (.seconds(59), "59s"), (.seconds(60), "1m0s"),
      (.seconds(360.2), "6m1s"),
    ] as [(Duration, String)])
  func times(duration: Duration, text: String) {
    #expect(KeyAllowance.text(of: duration) == text)
  }

  @Test("from many tasks at once no more pass than may")
  func parallel() async {
    let (limits, start) = (limits, start)
    let record = KeyRecord.named("alice", requests: 50, tokens: 300)
    let passed = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<40).count { _ in
            let lease = try? limits.admit(record, tokens: 10, at: start)
            lease?.end(used: 10)
            return lease != nil
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(passed == 30)
    #expect(limits.runningRequests(of: "alice") == 0)
  }

  private func withHeaders(_ problem: RequestProblem, _ record: KeyRecord) -> RequestProblem {
    var problem = problem
    problem.headers.append(contentsOf: limits.allowance(of: record, at: start).headers)
    return problem
  }

  private func dictionary(_ headers: HTTPFields) -> [String: String] {
    Dictionary(headers.map { ($0.name.rawName, $0.value) }) { $0 + $1 }
  }
}
