import Evaluations
import Objectives
import PreferenceData
import Testing

@Suite("Calibration")
struct CalibrationTests {
  private let example = Calibration(
    confidences: [0.95, 0.9, 0.85, 0.8, 0.7, 0.65, 0.6, 0.55, 0.52, 0.51],
    correct: [true, true, true, false, true, true, false, true, false, true])

  @Test("ECE, Brier and NLL of ten verdicts in five bins")
  func vector() {
    let diagram = example.reliability(bins: 5)
    #expect(isClose(diagram.expectedCalibrationError, 0.177, within: 1e-6))
    #expect(isClose(example.brierScore, 0.196050, within: 1e-6))
    #expect(isClose(example.negativeLogLikelihood, 0.563751, within: 1e-6))
    // Closed on the left: 0.6, 0.7, 0.8 and 0.9 open a bin.
    #expect(diagram.bins.map(\.count) == [3, 2, 1, 2, 2])
    #expect(diagram.bins.map(\.correct) == [2, 1, 1, 1, 2])
    #expect(diagram.count == 10)
  }

  @Test("the edge of every bin belongs to the bin above", arguments: [1, 3, 5, 7, 10, 15, 20])
  func edges(bins: Int) {
    let edges = (0..<bins).map { Double(bins + $0) / Double(2 * bins) }
    let diagram = Calibration(confidences: edges + [1], correct: edges.map { _ in true } + [true])
      .reliability(bins: bins)
    let expected = [Int](repeating: 1, count: bins - 1) + [2]
    #expect(diagram.bins.map(\.count) == expected)
    #expect(diagram.bins.map(\.lower) == edges)
  }

  @Test("Brier score, loss and temperature agree with scikit-learn and SciPy")
  func recorded() throws {
    let recorded = try RecordedStatistics.load().calibration
    let calibration = Calibration(margins: recorded.margins)
    #expect(isClose(calibration.brierScore, recorded.brier, within: 1e-12))
    #expect(isClose(calibration.negativeLogLikelihood, recorded.loss, within: 1e-12))
    let fit = TemperatureFit(margins: recorded.margins)
    #expect(isClose(fit.temperature, recorded.temperature, within: 1e-6))
    let scaled = Calibration(
      margins: recorded.margins, temperature: try #require(fit.temperature))
    #expect(isClose(scaled.negativeLogLikelihood, recorded.fitted_loss, within: 1e-12))
  }

  @Test("margins and the confidences they imply have the same calibration")
  func marginsAndConfidences() {
    let margins = [2, -1, 0.5, 0, -0.25]
    let one = Calibration(margins: margins)
    let other = Calibration(
      confidences: margins.map { sigmoid(abs($0)) }, correct: margins.map { $0 > 0 })
    #expect(one.reliability() == other.reliability())
    #expect(isClose(one.brierScore, other.brierScore ?? .nan, within: 1e-12))
    #expect(
      isClose(one.negativeLogLikelihood, other.negativeLogLikelihood ?? .nan, within: 1e-12))
  }

  @Test("the loss of margins in the thousands is finite; a wrong certainty has none")
  func extremes() {
    #expect(isClose(Calibration(margins: [-2000, 2000]).negativeLogLikelihood, 1000))
    let certain = Calibration(confidences: [1, 1], correct: [true, false])
    #expect(certain.negativeLogLikelihood == nil)
    #expect(isClose(certain.brierScore, 0.5))
    #expect(Calibration(confidences: [1], correct: [true]).negativeLogLikelihood == 0)
  }

  @Test("a perfectly calibrated model of 200 verdicts has an expected error near 0.07")
  func nullBand() throws {
    let confidences = (0..<200).map { 0.5 + Double($0) / 398 }
    var random = SeededGenerator(seed: 0)
    let band = try #require(
      CalibrationNullBand(confidences: confidences, bins: 10, rounds: 4000, using: &random))
    #expect(isClose(band.mean, 0.071, within: 0.002))
    #expect(isClose(band.percentile95, 0.101, within: 0.003))
    var again = SeededGenerator(seed: 0)
    #expect(
      CalibrationNullBand(confidences: confidences, bins: 10, rounds: 4000, using: &again) == band)
  }

  @Test("of no verdicts everything is nil")
  func empty() {
    let none = Calibration(margins: [])
    #expect(none.accuracy == nil)
    #expect(none.meanConfidence == nil)
    #expect(none.brierScore == nil)
    #expect(none.negativeLogLikelihood == nil)
    #expect(none.reliability().expectedCalibrationError == nil)
    var random = SeededGenerator(seed: 0)
    #expect(CalibrationNullBand(confidences: [], using: &random) == nil)
  }
}
