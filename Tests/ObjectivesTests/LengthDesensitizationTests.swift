import Objectives
import Testing

@Suite("Length desensitization")
struct LengthDesensitizationTests {
  // Chosen: 3 tokens. Rejected: 5 tokens of which the second does not count. A gap between them.
  let sequences = SequenceLogProbability(
    spans: [0..<3, 4..<9],
    isCompletionToken: [true, true, true, true, true, false, true, true, true])

  @Test("tokens beyond the shorter side's length count α")
  func weights() {
    let weights = LengthDesensitization(alpha: 0.25).tokenWeights(of: sequences, tokenCount: 10)
    #expect(weights == [1, 1, 1, 0, 1, 0, 1, 1, 0.25, 0])
  }

  @Test("each pair has its own public length, whichever side is longer")
  func pairsApart() {
    let two = SequenceLogProbability(spans: [0..<1, 1..<3, 3..<6, 6..<7])
    #expect(
      LengthDesensitization(alpha: 0).tokenWeights(of: two, tokenCount: 7)
        == [1, 1, 0, 1, 0, 0, 1])
  }

  @Test("α = 1 is the plain sum, α = 0 compares equal lengths")
  func ends() {
    let tokens = [-1.0, -2, -4, -100, -8, -200, -16, -32, -64, -300]
    func sums(_ alpha: Double) -> [Double] {
      sequences.sums(
        of: tokens,
        weights: LengthDesensitization(alpha: alpha).tokenWeights(of: sequences, tokenCount: 10))
    }
    #expect(sums(1) == sequences.sums(of: tokens))
    #expect(sums(0) == [-7, -56])
    #expect(sums(0.5) == [-7, -88])
    #expect(sequences.sums(of: tokens.map(Float.init)) == sequences.sums(of: tokens))
  }

  @Test("seeds are the gradient of the weighted sums")
  func seeds() {
    let tokens = [-1.0, -2, -4, -100, -8, -200, -16, -32, -64, -300]
    let weights = LengthDesensitization(alpha: 0.25).tokenWeights(of: sequences, tokenCount: 10)
    let gradient = [0.7, -1.3]
    let seeds = sequences.tokenSeeds(for: gradient, weights: weights, tokenCount: 10)
    for token in tokens.indices {
      let difference = centralDifference(at: tokens[token]) { value in
        let sums = sequences.sums(of: tokens.replacing(token, with: value), weights: weights)
        return zip(sums, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      }
      #expect(abs(difference - seeds[token]) < 1e-9)
    }
  }

  @Test("misuse is a programming error")
  func preconditions() async {
    await #expect(processExitsWith: .failure) { _ = LengthDesensitization(alpha: 1.5) }
    await #expect(processExitsWith: .failure) {
      _ = LengthDesensitization(alpha: 0.5)
        .tokenWeights(of: SequenceLogProbability(spans: [0..<1]), tokenCount: 1)
    }
  }
}
