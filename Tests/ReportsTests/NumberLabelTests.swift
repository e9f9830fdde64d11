import Reports
import Testing

@Suite("Numbers as people read them")
struct NumberLabelTests {
  @Test(
    "a fixed count of decimals, rounded half away from zero",
    arguments: [
      (0.125, 2, "0.13"), (-0.125, 2, "−0.13"), (2.5, 0, "3"), (-0.001, 2, "0.00"),
      (0.999, 2, "1.00"), (123.456, 1, "123.5"), (-12, 0, "−12"), (3.0625, 3, "3.063"),
      (1e13, 2, "1e13"), (-2.5e300, 1, "−2.5e300"), (.nan, 2, "–"), (-.infinity, 2, "–"),
    ])
  func fixed(value: Double, decimals: Int, expected: String) {
    #expect(NumberLabel.fixed(value, decimals: decimals) == expected)
  }

  @Test(
    "significant digits",
    arguments: [
      (0.69314, "0.693"), (12.34, "12.3"), (1234.5, "1235"), (0.00012345, "0.000123"),
      (0.0000123, "1.2e−5"), (12_345_678, "1.2e7"), (0, "0"), (.infinity, "–"), (1e-308, "1e−308"),
    ])
  func significant(value: Double, expected: String) {
    #expect(NumberLabel.significant(value) == expected)
  }

  @Test("shares and counts")
  func sharesAndCounts() {
    #expect(NumberLabel.percent(0.6471) == "64.7\u{A0}%")
    #expect(NumberLabel.percent(.nan) == "–")
    #expect(NumberLabel.grouped(1_234_567) == "1,234,567")
    #expect(NumberLabel.grouped(-1000) == "−1,000")
    #expect(NumberLabel.grouped(999) == "999")
  }
}
