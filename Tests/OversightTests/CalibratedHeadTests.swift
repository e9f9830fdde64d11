import Foundation
import Oversight
import Testing

@Suite("Calibrated log odds")
struct CalibratedHeadTests {
  @Test("two values of log odds become the shares that Platt's targets have")
  func twoValues() throws {
    // At 0: 1 of 4 positive; at 2: 3 of 4. N₊ = N₋ = 4, so that targets are 5/6 and 1/6.
    let logits: [Double] = [0, 0, 0, 0, 2, 2, 2, 2]
    let outcomes = [true, false, false, false, true, true, true, false]
    let head = try CalibratedHead(
      logits: logits, outcomes: outcomes, targetFalsePositiveRate: 0.25)
    // The mean target at 0 is (5/6 + 3/6)/4 = 1/3, at 2 it is 2/3: b = −log 2, 2a + b = log 2.
    #expect(abs(head.shift + log(2)) < 1e-9 && abs(head.scale - log(2)) < 1e-9)
    #expect(abs(head.probability(ofLogit: 0) - 1.0 / 3) < 1e-9)
    // One of four negative texts is at 2.
    #expect(abs(head.threshold - 2.0 / 3) < 1e-9)
    #expect(head.heldOutFalsePositiveRate == 0.25 && head.heldOutRecall == 0.75)
    #expect(head.isPositive(head.threshold) && !head.isPositive(0.5))
  }

  @Test("the base rate is kept where log odds are off by a constant")
  func baseRate() throws {
    let logits = (0..<400).map { Double($0 % 20) / 4 }
    let outcomes = (0..<400).map { $0 % 20 >= 18 }
    let head = try CalibratedHead(
      logits: logits, outcomes: outcomes, targetFalsePositiveRate: 0.05)
    let mean = logits.reduce(0) { $0 + head.probability(ofLogit: $1) } / 400
    // Of 40 positive and 360 negative texts, by Platt's targets.
    #expect(abs(mean - (40 * 41.0 / 42 + 360 / 362) / 400) < 1e-6)
    #expect(head.heldOutFalsePositiveRate <= 0.05)
  }

  @Test("log odds that say nothing, or the contrary, leave the base rate and no verdict")
  func uninformative() throws {
    let outcomes = [true, false, false, false]
    for logits in [[1.0, 1, 1, 1], [-3, 1, 1.5, 2]] {
      let head = try CalibratedHead(
        logits: logits, outcomes: outcomes, targetFalsePositiveRate: 0.05)
      // (2/3 + 3·1/5)/4
      #expect(head.scale == 0 && abs(head.probability(ofLogit: 9) - 19.0 / 60) < 1e-12)
      #expect(head.threshold == 1 && !head.isPositive(head.probability(ofLogit: 9)))
      #expect(head.heldOutRecall == 0 && head.heldOutFalsePositiveRate == 0)
    }
  }

  @Test("a higher rate gives a lower threshold")
  func rate() throws {
    let logits: [Double] = (0..<40).map { Double($0) }
    let outcomes = (0..<40).map { $0 % 2 == 0 || $0 > 30 }
    func threshold(_ rate: Double) throws -> Double {
      try CalibratedHead(logits: logits, outcomes: outcomes, targetFalsePositiveRate: rate)
        .threshold
    }
    #expect(try threshold(0.5) < threshold(0.05))
  }
}
