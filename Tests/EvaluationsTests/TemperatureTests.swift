import Evaluations
import Testing

@Suite("Temperature")
struct TemperatureTests {
  @Test("three right and one wrong of margin 1 say that σ(1/T) is ¾")
  func handWorked() {
    // T = 1/ln 3
    #expect(
      isClose(TemperatureFit(margins: [1, 1, 1, -1]).temperature, 0.9102392266, within: 1e-9))
  }

  @Test("scores times c have a temperature times c", arguments: [1e-9, 0.01, 3, 1e7])
  func scale(factor: Double) throws {
    let margins = [1, 1.5, 0.2, -1, 4, -0.3]
    let temperature = try #require(TemperatureFit(margins: margins).temperature)
    let scaled = try #require(TemperatureFit(margins: margins.map { factor * $0 }).temperature)
    #expect(isClose(scaled / factor, temperature, within: 1e-10 * temperature))
  }

  @Test("the fit is a minimum: no other temperature has a smaller loss")
  func minimum() throws {
    let margins = (0..<50).map { Double(($0 * 29) % 31) / 10 - 0.9 }
    let temperature = try #require(TemperatureFit(margins: margins).temperature)
    let best = try #require(
      Calibration(margins: margins, temperature: temperature).negativeLogLikelihood)
    for factor in [0.5, 0.9, 0.999, 1.001, 1.1, 2] {
      let other = try #require(
        Calibration(margins: margins, temperature: factor * temperature).negativeLogLikelihood)
      #expect(other >= best)
    }
  }

  @Test("one slip among a thousand wide margins is still fitted")
  func outlier() throws {
    let margins = [Double](repeating: 1e-3, count: 1000) + [-1e3, 2e3]
    #expect(try #require(TemperatureFit(margins: margins).temperature) > 0)
  }

  @Test("data without a best temperature say so")
  func degenerate() {
    #expect(TemperatureFit(margins: [1, 2, 0]) == .separable)
    #expect(TemperatureFit(margins: [1, -1]) == .uninformative)
    #expect(TemperatureFit(margins: [1, -5, 2]) == .uninformative)
    #expect(TemperatureFit(margins: [0, 0]) == .uninformative)
    #expect(TemperatureFit(margins: []) == .uninformative)
    let scaling = TemperatureScaling(fittedOn: [1, 2], evaluatedOn: [1, -1])
    #expect(scaling.fit.temperature == nil)
    #expect(scaling.after == nil)
  }

  @Test("an overconfident model is calibrated by the temperature of another split")
  func heldOut() throws {
    // Right in ⅔ of the cases, but states σ(3) = 0.95.
    let training = (0..<300).map { $0 % 3 == 0 ? -3.0 : 3.0 }
    let scaling = TemperatureScaling(fittedOn: training, evaluatedOn: training.map { $0 })
    let before = try #require(scaling.before.reliability().expectedCalibrationError)
    let after = try #require(scaling.after?.reliability().expectedCalibrationError)
    #expect(before > 0.28)
    #expect(after < 1e-9)
    #expect(scaling.after?.accuracy == scaling.before.accuracy)
  }
}
