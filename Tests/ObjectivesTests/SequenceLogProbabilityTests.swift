import Objectives
import Testing

@Suite("Sequence log probability")
struct SequenceLogProbabilityTests {
  // Two sequences of 3 and 2 tokens with one foreign token between them.
  let spans = [0..<3, 4..<6]
  let tokens = [-1.0, -2, -4, -100, -8, -16]

  @Test("sums run over the tokens that count")
  func sums() {
    let all = SequenceLogProbability(spans: spans)
    #expect(all.sums(of: tokens) == [-7, -24])
    #expect(all.tokenCounts == [3, 2])

    let masked = SequenceLogProbability(
      spans: spans, isCompletionToken: [false, true, true, true, false, true])
    #expect(masked.sums(of: tokens) == [-6, -16])
    #expect(masked.tokenCounts == [2, 1])
  }

  @Test("the backward direction gives each completion token its sequence's derivative")
  func seeds() {
    let masked = SequenceLogProbability(
      spans: spans, isCompletionToken: [false, true, true, true, false, true])
    #expect(masked.tokenSeeds(for: [0.5, -3], tokenCount: 6) == [0, 0.5, 0.5, 0, 0, -3])
  }

  @Test("seeds are the gradient of the weighted sums")
  func seedsMatchDifferences() {
    let sequences = SequenceLogProbability(
      spans: spans, isCompletionToken: [true, false, true, true, true, true])
    let gradient = [0.7, -1.3]
    let seeds = sequences.tokenSeeds(for: gradient, tokenCount: tokens.count)
    for token in tokens.indices {
      let difference = centralDifference(at: tokens[token]) { value in
        let sums = sequences.sums(of: tokens.replacing(token, with: value))
        return zip(sums, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      }
      #expect(abs(difference - seeds[token]) < 1e-9)
    }
  }

  @Test("single precision is summed in Double")
  func sumsOfFloat() {
    // In Float, 2^24 + 1 is 2^24: a running sum in single precision would stay there.
    let values = [-16_777_216, -1, -1] as [Float]
    #expect(SequenceLogProbability(spans: [0..<3]).sums(of: values) == [-16_777_218])
  }
}

@Suite("Log probability from logits")
struct LabelledLogitsTests {
  // Three positions, three tokens. Labels shift by one: row 0 predicts label 2, row 1 is not scored.
  let sequence = LabelledLogits(
    logits: [[1, 2, 3], [9, 9, 0], [5, 5, 5], [7, 0, 0]], labels: [0, 2, -100, 1])

  @Test("the rows before the labels are normalised, gathered and summed")
  func value() {
    // Row 0, label 2: 3 − log(e + e² + e³) = 3 − 3.407606 = −0.407606
    // Row 2, label 1: 5 − log(3 e⁵)       = −log 3       = −1.098612
    #expect(abs(sequence.logProbability - -1.506218) < 1e-6)
    #expect(sequence.tokenCount == 2)
  }

  @Test("the gradient is one-hot minus softmax at the scored positions")
  func gradient() {
    // softmax(1, 2, 3) = (0.090031, 0.244728, 0.665241); softmax(5, 5, 5) = (1/3, 1/3, 1/3)
    let expected = [
      [-0.090031, -0.244728, 0.334759], [0, 0, 0], [-0.333333, 0.666667, -0.333333], [0, 0, 0],
    ]
    for (row, expectedRow) in zip(sequence.gradient, expected) {
      for (seen, wanted) in zip(row, expectedRow) { #expect(abs(seen - wanted) < 1e-6) }
    }
  }

  @Test("the gradient matches central differences", arguments: [1, 30, 700] as [Double])
  func gradientMatchesDifferences(scale: Double) {
    let logits = [[0.3, -0.2, 1.0, 0.1], [0.5, 0.4, -1.0, 0.2], [0, 0, 0, 0]]
      .map { $0.map { $0 * scale } }
    let labels = [3, 1, 0]
    let gradient = LabelledLogits(logits: logits, labels: labels).gradient
    for (row, column) in [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (1, 2), (1, 3)] {
      let difference = centralDifference(at: logits[row][column]) { value in
        var moved = logits
        moved[row][column] = value
        return LabelledLogits(logits: moved, labels: labels).logProbability
      }
      // An absolute floor: at scale 700 the probability of a loser is far below the sum's rounding.
      #expect(abs(difference - gradient[row][column]) < 1e-6 * abs(gradient[row][column]) + 1e-8)
    }
  }

  @Test("a constant added to a row of logits changes nothing")
  func shiftInvariance() {
    let shifted = LabelledLogits(
      logits: sequence.logits.map { $0.map { $0 + 500 } }, labels: sequence.labels)
    #expect(abs(shifted.logProbability - sequence.logProbability) < 1e-12)
  }

  @Test("the sum and the masked sum of its parts agree")
  func agreesWithMaskedSum() {
    let parts = [(0, 2), (2, 1)].map { row, label in
      LabelledLogits(logits: [sequence.logits[row], []], labels: [-100, label]).logProbability
    }
    let masked = SequenceLogProbability(spans: [0..<2]).sums(of: parts)
    #expect(masked == [sequence.logProbability])
  }
}
