import Testing
import WebSupport

@Suite("Buckets of tokens")
struct TokenBucketTests {
  private let start = ContinuousClock.now

  @Test("acts of any cost, and the wait is that for their own")
  func costs() {
    var bucket = TokenBucket(burst: 10, interval: .seconds(2))
    #expect(bucket.tokens(at: start) == 10 && bucket.time(untilFullAt: start) == .zero)
    #expect(bucket.take(7, at: start) == .allowed)
    #expect(bucket.tokens(at: start) == 3 && bucket.time(untilFullAt: start) == .seconds(14))
    #expect(bucket.take(4, at: start) == .wait(seconds: 2))
    #expect(bucket.take(10, at: start) == .wait(seconds: 14))
    #expect(bucket.take(3, at: start) == .allowed)
    #expect(bucket.take(0, at: start) == .allowed)
    #expect(bucket.take(at: start) == .wait(seconds: 2))
    #expect(bucket.tokens(at: start + .seconds(1.9)) == 0)
    #expect(bucket.tokens(at: start + .seconds(2)) == 1)
    #expect(bucket.tokens(at: start + .seconds(7)) == 3)
    #expect(bucket.take(10, at: start + .seconds(20)) == .allowed)
    #expect(bucket.tokens(at: start + .seconds(1000)) == 10)
  }

  @Test("what is given back can be taken at once, and the bucket never holds more than it can")
  func givenBack() {
    var bucket = TokenBucket(burst: 10, interval: .seconds(1))
    bucket.giveBack(5)
    #expect(bucket.tokens(at: start) == 10)
    #expect(bucket.take(10, at: start) == .allowed)
    bucket.giveBack(4)
    #expect(bucket.tokens(at: start) == 4)
    #expect(bucket.take(5, at: start) == .wait(seconds: 1))
    // It has 4 and gains 6, and 9 more find no room.
    bucket.giveBack(9)
    #expect(bucket.tokens(at: start + .seconds(6)) == 10)
    #expect(bucket.take(10, at: start + .seconds(6)) == .allowed)
    #expect(bucket.take(at: start + .seconds(6)) == .wait(seconds: 1))
  }

  @Test("it allows exactly what a bucket with a timer allows")
  func law() {
    var bucket = TokenBucket(burst: 6, interval: .seconds(7))
    var random = CountingGenerator()
    // In sevenths, one of which it gains a second.
    var sevenths = 42
    var last = 0
    var allowed = 0
    for _ in 0..<1000 {
      let draw = random.next() &* 2_654_435_761 >> 7
      let (now, cost) = (last + Int(draw % 23), Int(draw / 23 % 7))
      sevenths = min(42, sevenths + now - last)
      last = now
      let mayPass = sevenths >= 7 * cost
      if mayPass { sevenths -= 7 * cost }
      #expect((bucket.take(cost, at: start + .seconds(now)) == .allowed) == mayPass)
      #expect(bucket.tokens(at: start + .seconds(now)) == sevenths / 7)
      allowed += mayPass ? 1 : 0
    }
    #expect(allowed > 200 && allowed < 900)
  }

  @Test("numbers that do not divide a minute", arguments: [1, 7, 60, 999_983, 1_000_000_000])
  func perMinute(tokens: Int) {
    var bucket = TokenBucket(perMinute: tokens)
    #expect(bucket.burst == tokens)
    #expect(bucket.take(tokens, at: start) == .allowed)
    #expect(bucket.tokens(at: start) == 0)
    #expect(bucket.take(at: start) != .allowed)
    #expect(bucket.take(tokens, at: start + .seconds(60)) == .allowed)
  }
}
