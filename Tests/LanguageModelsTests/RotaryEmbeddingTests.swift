import Testing

@testable import LanguageModels

@Suite("Rotary frequencies")
struct RotaryEmbeddingTests {
  @Test("θ^(−2i/d): powers of ten for θ = 10⁴ and d = 8")
  func unscaled() {
    expect(RotaryEmbedding(base: 10_000), width: 8, [1, 0.1, 0.01, 0.001])
  }

  @Test("linear scaling divides all alike")
  func linear() {
    expect(
      RotaryEmbedding(base: 10_000, scaling: .linear(factor: 4)), width: 8,
      [0.25, 0.025, 0.0025, 0.00025])
  }

  @Test("Llama 3 keeps the fast, divides the slow and interpolates between")
  func llama3() {
    // Wavelengths 6.28, 62.8, 628 and 6283 against a context of 100: below 100/4 kept, above
    // 100/1 divided by 8, and for 62.8: s = (100/62.83 − 1) / 3 = 0.19718,
    // 0.1 ((1 − s)/8 + s) = 0.029753.
    let rotary = RotaryEmbedding(
      base: 10_000,
      scaling: .llama3(
        factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContext: 100))
    expect(rotary, width: 8, [1, 0.029_753, 0.001_25, 0.000_125])
  }

  @Test("tables hold each position's cosines and sines, in the order asked for")
  func table() {
    let rotary = RotaryEmbedding(base: 100)
    let table = rotary.table(positions: [2, 0, 2], headWidth: 4)
    // Angles 2 and 0.2.
    let cosine: [Float] = [-0.416_146_8, 0.980_066_6]
    let sine: [Float] = [0.909_297_4, 0.198_669_3]
    expectClose(table.cosine, cosine + [1, 1] + cosine)
    expectClose(table.sine, sine + [0, 0] + sine)
    let empty = rotary.table(positions: [], headWidth: 4)
    #expect(empty.cosine.isEmpty && empty.sine.isEmpty)
  }

  private func expect(
    _ rotary: RotaryEmbedding, width: Int, _ expected: [Float],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectClose(
      rotary.frequencies(headWidth: width), expected, sourceLocation: sourceLocation)
  }

  private func expectClose(
    _ seen: [Float], _ expected: [Float], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(seen.count == expected.count, sourceLocation: sourceLocation)
    for (a, b) in zip(seen, expected) {
      #expect(abs(a - b) <= 2e-5 * abs(b), sourceLocation: sourceLocation)
    }
  }
}
