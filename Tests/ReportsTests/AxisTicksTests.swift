import Testing

@testable import Reports

@Suite("Ticks")
struct AxisTicksTests {
  @Test("are round numbers that cover the data")
  func roundNumbers() {
    #expect(
      AxisTicks(covering: [0.03, 0.97], count: 5).values.map { ($0 * 10).rounded() / 10 } == [
        0, 0.2, 0.4, 0.6, 0.8, 1,
      ])
    #expect(AxisTicks(covering: [-7, 18], count: 5).values == [-10, -5, 0, 5, 10, 15, 20])
    #expect(AxisTicks(covering: [0, 3], count: 8, isWhole: true).values == [0, 1, 2, 3])
  }

  @Test("have as many decimals as they need, and no more")
  func labels() {
    func labels(_ values: [Double], _ format: ChartAxis.Format = .number) -> [String] {
      let ticks = AxisTicks(covering: values, count: 4, isWhole: format == .count)
      return ticks.values.map { ticks.label(of: $0, format: format) }
    }
    #expect(labels([0, 1]) == ["0.0", "0.5", "1.0"])
    #expect(labels([0, 1], .percent) == ["0\u{A0}%", "50\u{A0}%", "100\u{A0}%"])
    #expect(labels([0, 4000], .count) == ["0", "1,000", "2,000", "3,000", "4,000"])
    #expect(labels([-1e9, 1e9]) == ["−1e9", "−5e8", "0", "5e8", "1e9"])
    #expect(labels([0, 2e-9]) == ["0", "5e−10", "1e−9", "1.5e−9", "2e−9"])
  }

  @Test(
    "are at least two, ascending, finite and few, whatever the data",
    arguments: [
      [], [0], [.nan, .infinity], [5, 5], [-3, -3], [1e300, -1e300], [.greatestFiniteMagnitude],
      [-.greatestFiniteMagnitude, .greatestFiniteMagnitude], [1e-300, 2e-300],
      [.leastNonzeroMagnitude, 0], [1, 1 + 1e-15], [1e15, 1e15 + 1], [0, 1e-12, 1e12],
    ] as [[Double]], [false, true])
  func extremes(data: [Double], isWhole: Bool) {
    let ticks = AxisTicks(covering: data, count: 5, isWhole: isWhole)
    #expect((2...12).contains(ticks.values.count))
    #expect(ticks.values.allSatisfy { $0.isFinite })
    #expect(zip(ticks.values, ticks.values.dropFirst()).allSatisfy { $0 < $1 })
    for value in data where value.isFinite && abs(value) < 1e299 {
      #expect(ticks.lower <= value && value <= ticks.upper)
    }
    for value in ticks.values { #expect(!ticks.label(of: value, format: .number).isEmpty) }
  }
}
