import Evaluations
import Foundation
import Testing

@Suite("Drift of several quantities")
struct DriftFamilyTests {
  private let family = DriftFamily([
    DriftMeasurement(name: "reward", pValue: 0.001, effect: .size(-0.3, limit: 0.1)),
    DriftMeasurement(name: "length", pValue: 0.002, effect: .relativeChange(from: 80, to: 84)),
    DriftMeasurement(name: "topics", pValue: 0.02, effect: .size(0.31, limit: 0.1)),
    DriftMeasurement(name: "refusals", pValue: 0.9, effect: .relativeChange(from: 0, to: 0.01)),
  ])

  // Holm: 4·0.001, 3·0.002, 2·0.02 and 0.9.
  @Test("a drift is significant after correction, and of a size that matters")
  func judged() {
    expectClose(family.findings.map(\.adjustedPValue), [0.004, 0.006, 0.04, 0.9], within: 1e-12)
    #expect(family.findings.map(\.isDrift) == [true, false, true, false])
    #expect(family.drifts.map(\.measurement.name) == ["reward", "topics"])
    let strict = DriftFamily(family.findings.map(\.measurement), level: 0.01)
    #expect(strict.drifts.map(\.measurement.name) == ["reward"])
    // Among more detectors the same p-value says less.
    let more = DriftFamily(
      family.findings.map(\.measurement)
        + [DriftMeasurement(name: "errors", pValue: 0.5, effect: .size(0, limit: 0.1))])
    #expect(more.drifts.map(\.measurement.name) == ["reward"])
    #expect(DriftFamily([]).drifts.isEmpty)
  }

  @Test("a tenth of what it was matters, in either direction, unless another share is set")
  func relativeChange() {
    func matters(_ before: Double, _ now: Double) -> Bool {
      DriftEffect.relativeChange(from: before, to: now).matters
    }
    #expect(matters(80, 88.1) && !matters(80, 87.9) && matters(80, 71.9) && !matters(80, 72.1))
    #expect(matters(-2, -2.3) && !matters(-2, -2.1))
    #expect(DriftEffect.relativeChange(from: -2, to: -1).value == 0.5)
    #expect(!DriftEffect.relativeChange(from: 80, to: 88.1, limit: 0.2).matters)
    // What has come of nothing has no relative size.
    #expect(matters(0, 0.001) && !matters(0, 0))
    #expect(
      DriftEffect.size(0.1, limit: 0.1).matters && !DriftEffect.size(0.09, limit: 0.1).matters)
  }

  @Test("findings are sentences")
  func sentences() {
    #expect(
      family.findings.map(\.description) == [
        "reward has drifted: an effect of -0.3, of which 0.1 matters, p = 0.004 after correction.",
        "length has not drifted: from 80 to 84, of which a change by 10 % matters, p = 0.006 after "
          + "correction.",
        "topics has drifted: an effect of 0.31, of which 0.1 matters, p = 0.04 after correction.",
        "refusals has not drifted: from 0 to 0.01, of which a change by 10 % matters, p = 0.9 after "
          + "correction.",
      ])
  }

  @Test("findings survive being saved, also a change from nothing")
  func saved() throws {
    let data = try JSONEncoder().encode(family)
    #expect(try JSONDecoder().decode(DriftFamily.self, from: data) == family)
  }
}
