import HTTPTypes
import Testing
import WebSupport

@Suite("Limits of rate")
struct RateLimiterTests {
  private let start = ContinuousClock.now

  @Test("a burst, then one each interval, and the wait is said")
  func bucket() {
    let limiter = RateLimiter<String>(burst: 3, interval: .seconds(10))
    for _ in 0..<3 { #expect(limiter.take("a", at: start) == .allowed) }
    #expect(limiter.take("a", at: start) == .wait(seconds: 10))
    #expect(limiter.take("a", at: start + .seconds(4.5)) == .wait(seconds: 6))
    #expect(limiter.take("a", at: start + .seconds(9.9)) == .wait(seconds: 1))
    #expect(limiter.take("a", at: start + .seconds(10)) == .allowed)
    #expect(limiter.take("a", at: start + .seconds(10)) == .wait(seconds: 10))
    #expect(limiter.take("b", at: start) == .allowed)
  }

  @Test("it allows exactly what a bucket with a timer allows")
  func law() {
    let limiter = RateLimiter<Int>(burst: 5, interval: .seconds(7))
    var random = CountingGenerator()
    var tokens = 5.0
    var last = 0
    var allowed = 0
    for step in 0..<500 {
      // Whole seconds, sometimes long waits, so that the bucket is full, empty and between.
      let now = last + Int((random.next() * 2_654_435_761 >> 7) % (step % 50 == 0 ? 90 : 11))
      tokens = min(5, tokens + Double(now - last) / 7)
      last = now
      let mayPass = tokens >= 1 - 1e-9
      if mayPass { tokens -= 1 }
      let decision = limiter.take(0, at: start + .seconds(now))
      #expect((decision == .allowed) == mayPass, "at second \(now), with \(tokens) left")
      allowed += mayPass ? 1 : 0
    }
    #expect(allowed > 100 && allowed < 490)
  }

  @Test("whoever is refused does not wait longer for having asked")
  func refusedForFree() {
    let limiter = RateLimiter<String>(burst: 1, interval: .seconds(10))
    #expect(limiter.take("a", at: start) == .allowed)
    for _ in 0..<1000 { #expect(limiter.take("a", at: start) == .wait(seconds: 10)) }
    #expect(limiter.take("a", at: start + .seconds(10)) == .allowed)
  }

  @Test("a token that is given back can be taken again")
  func givenBack() {
    let limiter = RateLimiter<String>(burst: 1, interval: .seconds(10))
    limiter.giveBack("a")
    #expect(limiter.take("a", at: start) == .allowed)
    limiter.giveBack("a")
    limiter.giveBack("a")
    #expect(limiter.take("a", at: start) == .allowed)
    #expect(limiter.take("a", at: start) == .wait(seconds: 10))
  }

  @Test("a refusal has the status and the header that clients understand")
  func failure() throws {
    let limiter = RateLimiter<String>(burst: 1, interval: .seconds(2.5))
    try limiter.check("a", at: start)
    do {
      try limiter.check("a", at: start)
      Issue.record("not refused")
    } catch {
      #expect(error.status == .tooManyRequests)
      #expect(error.headers[.retryAfter] == "3")
      #expect(error.message == "That was too often. Try again in 3 seconds.")
    }
  }

  @Test("memory is bounded, and who was refused is not forgotten for a crowd of strangers")
  func bounded() {
    let limiter = RateLimiter<Int>(burst: 5, interval: .seconds(10), keys: 100)
    for _ in 0..<5 { #expect(limiter.take(-1, at: start) == .allowed) }
    for stranger in 0..<10_000 {
      #expect(limiter.take(stranger, at: start + .milliseconds(stranger)) == .allowed)
      #expect(limiter.count <= 100)
    }
    #expect(limiter.take(-1, at: start + .seconds(9)) == .wait(seconds: 1))
    // Those whose buckets are full are dropped once there is need for room.
    for stranger in 0..<100 { _ = limiter.take(20_000 + stranger, at: start + .seconds(1000)) }
    #expect(limiter.count == 100)
  }

  @Test("at the same time from many tasks, no more than the burst pass")
  func concurrent() async {
    let limiter = RateLimiter<String>(burst: 50, interval: .seconds(1000))
    let start = start
    let allowed = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<100).count { _ in limiter.take("a", at: start) == .allowed }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(allowed == 50)
  }
}
