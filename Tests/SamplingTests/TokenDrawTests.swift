#if LibTorch
  import Testing
  import TorchEngine

  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Darwin)
    import Darwin
  #endif

  @Suite("Drawing tokens")
  struct TokenDrawTests {
    private let shares = [0.15, 0.5, 0.05, 0.2, 0.1]

    /// Draws at evenly spread points, so that a token's share of the draws is its probability.
    private func drawn(
      from shares: [Double], points: Int = 2000, _ change: (inout TokenDraw) -> Void = { _ in }
    ) throws -> [DrawnToken] {
      let row = shares.map { Float(log($0)) }
      let logits = try Tensor(
        (0..<points).flatMap { _ in row }, shape: [points, shares.count])
      return try logits.drawing(
        (0..<points).map { point in
          var draw = TokenDraw()
          draw.uniform = (Double(point) + 0.5) / Double(points)
          change(&draw)
          return draw
        })
    }

    private func expectShares(
      _ drawn: [DrawnToken], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let total = expected.reduce(0, +)
      for (token, share) in expected.enumerated() {
        let count = drawn.count { $0.id == Int32(token) }
        #expect(
          abs(Double(count) - share / total * Double(drawn.count)) < 1.5,
          "token \(token)", sourceLocation: sourceLocation)
      }
    }

    @Test("tokens come as often as softmax(logits / T) says", arguments: [0.5, 1, 2])
    func temperature(_ temperature: Double) throws {
      let drawn = try drawn(from: shares) { $0.temperature = temperature }
      let weights = shares.map { pow($0, 1 / temperature) }
      expectShares(drawn, weights)
      for token in drawn {
        let expected = log(weights[Int(token.id)] / weights.reduce(0, +))
        #expect(abs(token.logProbability - expected) < 1e-6)
      }
    }

    @Test("also over a vocabulary of many blocks")
    func blocks() throws {
      let shares = (0..<1000).map { Double(($0 * 37) % 100 + 1) }
      let total = shares.reduce(0, +)
      let drawn = try drawn(from: shares.map { $0 / total }, points: 5000)
      expectShares(drawn, shares)
    }

    @Test("greedy is the most likely one, of equal ones the first, at temperature 1")
    func greedy() throws {
      let token = try drawn(from: [0.2, 0.4, 0.4], points: 1) { $0.temperature = 0 }[0]
      #expect(token.id == 1 && abs(token.logProbability - log(0.4)) < 1e-6)
    }

    @Test("truncation leaves the rest in proportion, and the log probability as it was")
    func truncation() throws {
      let cases: [([Double], (inout TokenDraw) -> Void)] = [
        ([0, 0.5, 0, 0.2, 0], { $0.topK = 2 }),
        ([0.15, 0.5, 0.05, 0.2, 0.1], { $0.topK = 9 }),
        ([0, 0.5, 0, 0.2, 0], { $0.topP = 0.69 }),
        ([0.15, 0.5, 0, 0.2, 0], { $0.topP = 0.71 }),
        ([0, 0.5, 0, 0, 0], { $0.topP = 0.01 }),
        // At least 0.3 · 0.5 = 0.15, a little less for rounding.
        ([0.15, 0.5, 0, 0.2, 0], { $0.minP = 0.299 }),
        ([0, 0.5, 0, 0.2, 0], { $0.minP = 0.31 }),
        // Of the three most likely, 0.85 together, those with 0.8 of that.
        (
          [0, 0.5, 0, 0.2, 0],
          {
            $0.topK = 3
            $0.topP = 0.8
          }
        ),
      ]
      for (expected, change) in cases {
        let drawn = try drawn(from: shares, change)
        expectShares(drawn, expected)
        for token in drawn {
          #expect(abs(token.logProbability - log(shares[Int(token.id)])) < 1e-6)
        }
      }
    }

    @Test("as likely as the last of k is in")
    func ties() throws {
      expectShares(try drawn(from: [0.4, 0.2, 0.2, 0.2]) { $0.topK = 2 }, [0.4, 0.2, 0.2, 0.2])
    }

    @Test(
      "a penalty divides positive logits and multiplies negative ones; forbidden ids never come")
    func changes() throws {
      // Logits 2, −1 and 0 become 1, −2 and 0.
      let weights = [2.0, -1, 0].map(exp)
      let raw = weights.map { $0 / weights.reduce(0, +) }
      let logits = try Tensor(
        (0..<1000).flatMap { _ in [2, -1, 0] as [Float] }, shape: [1000, 3])
      func draws(_ change: (inout TokenDraw) -> Void) throws -> [DrawnToken] {
        try logits.drawing(
          (0..<1000).map { point in
            var draw = TokenDraw()
            draw.uniform = (Double(point) + 0.5) / 1000
            change(&draw)
            return draw
          })
      }
      let penalized = try draws {
        $0.penalty = 2
        $0.penalized = [0, 1]
      }
      expectShares(penalized, [exp(1), exp(-2), 1])
      for token in penalized {
        #expect(abs(token.logProbability - log(raw[Int(token.id)])) < 1e-6)
      }
      expectShares(try draws { $0.forbidden = [0] }, [0, exp(-1), 1])
      let greedy = try draws {
        $0.temperature = 0
        $0.forbidden = [0]
      }
      #expect(greedy.allSatisfy { $0.id == 2 })
    }

    @Test(
      "what is left after forbidden ids is drawn in proportion, over many blocks of a vocabulary")
    func forbidden() throws {
      // The first takes nearly all where it may be drawn: the others' weights beside it would be zero in float32.
      let shares = [1e60] + (1..<1000).map { Double(($0 * 37) % 100 + 1) }
      for forbidden: [Int32] in [[0], [0, 1, 257, 999], [0] + Array(256..<512)] {
        let drawn = try drawn(from: shares, points: 5000) { $0.forbidden = forbidden }
        expectShares(
          drawn, shares.enumerated().map { forbidden.contains(Int32($0)) ? 0 : $1 })
      }
      let rest = [0] + shares.dropFirst()
      for forbidden: [Int32] in [[1], [1, 257, 999], Array(256..<512)] {
        let drawn = try drawn(from: rest.map { $0 / 50_000 }, points: 5000) {
          $0.forbidden = forbidden
        }
        expectShares(drawn, rest.enumerated().map { forbidden.contains(Int32($0)) ? 0 : $1 })
      }
    }

    @Test("the most likely tokens come in order, with their log probabilities at a temperature")
    func likelyTokens() throws {
      let logits = try Tensor(
        [0, 0, 0, 0, 0] + shares.map { Float(log($0)) }, shape: [2, shares.count])
      let likely = try logits.likelyTokens(row: 1, count: 3, temperature: 0)
      #expect(likely.map(\.id) == [1, 3, 0])
      for (token, share) in zip(likely, [0.5, 0.2, 0.15]) {
        #expect(abs(token.logProbability - log(share)) < 1e-6)
      }
      // Of equal ones that with the smaller id; uniform over five.
      let equal = try logits.likelyTokens(row: 0, count: 2, temperature: 1)
      #expect(equal.map(\.id) == [0, 1] && abs(equal[0].logProbability + log(5)) < 1e-6)
      // At temperature 1/2 probabilities are squared and normalized: 0.25 of 0.3250.
      let sharp = try logits.likelyTokens(row: 1, count: 1, temperature: 0.5)
      #expect(abs(sharp[0].logProbability - log(0.25 / 0.325)) < 1e-6)
    }
  }
#endif
