import Objectives
import Testing

@Suite("Clipped value loss")
struct ClippedValueLossTests {
  // What was said then, what is said now, what came out.
  private let old = [0.5, 0.5, 0.5, 0.5]
  private let now = [0.6, 1, 1, -0.5]
  private let returns = [2, 2, -1, 0.4]

  @Test("by hand: near, far and towards the return, far and away from it, across it")
  func byHand() {
    let outcome = ClippedValueLoss(clipRange: 0.2)
      .evaluate(values: now, behavior: old, returns: returns)
    #expect(agree(outcome.values, [0.98, 0.845, 2, 0.405]))
    #expect(agree(outcome.gradient, [-1.4, 0, 2, -0.9]))
    #expect(outcome.clippedCount == 1)
  }

  @Test("without a range it is half the squared error")
  func unclipped() {
    let outcome = ClippedValueLoss(clipRange: nil)
      .evaluate(values: now, behavior: old, returns: returns)
    #expect(agree(outcome.values, [0.98, 0.5, 2, 0.405]))
    #expect(agree(outcome.gradient, [-1.4, -1, 2, -0.9]))
    #expect(outcome.clippedCount == 0)
  }

  @Test("the gradient matches central differences", arguments: [nil, 0, 0.2, 3] as [Double?])
  func centralDifferences(clipRange: Double?) {
    let loss = ClippedValueLoss(clipRange: clipRange)
    let outcome = loss.evaluate(values: now, behavior: old, returns: returns)
    for token in now.indices {
      let expected = centralDifference(at: now[token]) {
        loss.evaluate(values: now.replacing(token, with: $0), behavior: old, returns: returns)
          .values.reduce(0, +)
      }
      #expect(abs(outcome.gradient[token] - expected) < 1e-6)
    }
  }

  @Test("NaN is passed on")
  func notANumber() async {
    let outcome = ClippedValueLoss().evaluate(
      values: [.nan, 1], behavior: [0, .nan], returns: [1, 1])
    #expect(outcome.values[0].isNaN && outcome.gradient[0].isNaN)
    await #expect(processExitsWith: .failure) { _ = ClippedValueLoss(clipRange: -1) }
  }
}
