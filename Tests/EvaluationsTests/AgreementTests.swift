import Evaluations
import PreferenceData
import Testing

@Suite("Agreement of annotators")
struct AgreementTests {
  private let tolerance = 1e-6

  @Test("Cohen's κ of ten preferences")
  func cohen() {
    func numbers(_ text: String) -> [Double] {
      text.split(separator: " ").map { $0 == "A" ? 0 : $0 == "B" ? 1 : 2 }
    }
    let kappa = CohenKappa(numbers("A A B B T A B A T B"), numbers("A B B B T A A A T T"))
    #expect(isClose(kappa.observedAgreement, 0.7, within: tolerance))
    #expect(isClose(kappa.expectedAgreement, 0.34, within: tolerance))
    #expect(isClose(kappa.value, 0.545455, within: tolerance))
    #expect(kappa.items == 10)
  }

  @Test(
    "weighted κ of grades",
    arguments: [
      (CohenKappa.Weights.equal, 0.372549), (.linear, 0.652174), (.quadratic, 0.846154),
    ])
  func weighted(weights: CohenKappa.Weights, expected: Double) {
    let (first, second) = ([1.0, 2, 3, 4, 5, 3, 2, 4], [1.0, 3, 3, 4, 4, 3, 1, 5])
    #expect(
      isClose(CohenKappa(first, second, weights: weights).value, expected, within: tolerance))
  }

  @Test("Fleiss' κ of five items, and of the published table of ten items and 14 raters")
  func fleiss() {
    let small = FleissKappa(counts: [[3, 0, 0], [2, 1, 0], [0, 3, 0], [1, 1, 1], [0, 2, 1]])
    #expect(isClose(small.observedAgreement, 0.533333, within: tolerance))
    #expect(isClose(small.expectedAgreement, 0.395556, within: tolerance))
    #expect(isClose(small.value, 0.227941, within: tolerance))
    let large = FleissKappa(counts: [
      [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ])
    #expect(isClose(large.value, 0.209931, within: tolerance))
  }

  @Test(
    "Krippendorff's α of his reference data",
    arguments: [
      (MeasurementLevel.nominal, 0.743421), (.ordinal, 0.815388), (.interval, 0.849107),
      (.ratio, 0.797403),
    ])
  func reference(level: MeasurementLevel, expected: Double) {
    let alpha = KrippendorffAlpha(.krippendorff, level: level)
    #expect(isClose(alpha.value, expected, within: tolerance))
    // The twelfth unit has one value and drops out.
    #expect(alpha.values == 40)
  }

  @Test(
    "α of preferences from −2 to 2",
    arguments: [(MeasurementLevel.nominal, 0.456), (.ordinal, 0.878203), (.interval, 0.893916)])
  func preferences(level: MeasurementLevel, expected: Double) {
    let ratings = Ratings(annotators: [
      "2 1 -1 0 -2 1 *", "1 1 -2 0 -2 * 2", "2 * -1 1 -1 1 2",
    ])
    #expect(isClose(KrippendorffAlpha(ratings, level: level).value, expected, within: tolerance))
  }

  @Test("AC1 and κ where nearly everything is safe")
  func prevalence() {
    let first = [Double](repeating: 0, count: 95) + [Double](repeating: 1, count: 5)
    let second =
      [Double](repeating: 0, count: 92) + [1, 1, 1, 0, 0, 0] + [Double](repeating: 1, count: 2)
    let ratings = Ratings(rows: zip(first, second).map { [$0, $1] })
    #expect(isClose(PercentAgreement(ratings).value, 0.94, within: tolerance))
    #expect(isClose(CohenKappa(first, second).value, 0.368421, within: tolerance))
    #expect(isClose(GwetAC1(ratings).value, 0.933702, within: tolerance))
  }

  @Test("percent agreement of many: the mean over items of the share of equal pairs")
  func percent() {
    // Shares 1, 1/3 and 0; the last item has one value.
    let ratings = Ratings(rows: [[1, 1, nil], [1, 1, 2], [nil, 1, 2], [1, nil, nil]])
    let percent = PercentAgreement(ratings)
    #expect(isClose(percent.value, 4.0 / 9, within: 1e-12))
    #expect(percent.items == 3)
    #expect((ratings.count, ratings.pairedItems) == (8, 3))
  }

  @Test("several annotators, values missing: as krippendorff, irrCAC and statsmodels have it")
  func recorded() throws {
    for recorded in try RecordedAgreement.load().several {
      let ratings = Ratings(rows: recorded.table)
      for (name, expected) in recorded.alpha {
        let level = try #require(MeasurementLevel(rawValue: name))
        #expect(isClose(KrippendorffAlpha(ratings, level: level).value, expected, within: 1e-10))
      }
      #expect(isClose(PercentAgreement(ratings).value, recorded.percent, within: 1e-11))
      #expect(isClose(GwetAC1(ratings).value, recorded.ac1, within: 1e-11))
      if let fleiss = recorded.fleiss {
        #expect(isClose(FleissKappa(ratings).value, fleiss, within: 1e-12))
      } else {
        #expect(FleissKappa(ratings).value == nil)
      }
    }
  }

  @Test("κ of two annotators as scikit-learn has it, and the same from the other side")
  func recordedPairs() throws {
    for recorded in try RecordedAgreement.load().two {
      for (name, weights) in [
        ("plain", CohenKappa.Weights.equal), ("linear", .linear), ("quadratic", .quadratic),
      ] {
        let expected = try #require(recorded.kappa[name])
        let kappa = CohenKappa(recorded.first, recorded.second, weights: weights)
        #expect(isClose(kappa.value, expected, within: 1e-12))
        let turned = CohenKappa(recorded.second, recorded.first, weights: weights)
        #expect(isClose(turned.value, expected, within: 1e-12))
      }
    }
  }

  @Test("what is undefined is nil, never 0 or 1")
  func undefined() {
    #expect(CohenKappa([1, 1, 1], [1, 1, 1]).value == nil)
    #expect(CohenKappa([0.1, 0.1, 0.1], [0.1, 0.1, 0.1], weights: .quadratic).value == nil)
    #expect(CohenKappa([], []).value == nil && CohenKappa([], []).observedAgreement == nil)
    // One always says 1, the other 2: they never agree, and never would by chance.
    #expect(CohenKappa([1, 1], [2, 2]).value == 0)
    let equal = Ratings(rows: [[0.1, 0.1, 0.1], [0.1, 0.1, 0.1]])
    let single = Ratings(rows: [[1, nil], [nil, 2], [3, nil]])
    for level in MeasurementLevel.allCases {
      #expect(KrippendorffAlpha(equal, level: level).value == nil)
      #expect(KrippendorffAlpha(single, level: level).value == nil)
    }
    #expect(PercentAgreement(equal).value == 1 && PercentAgreement(single).value == nil)
    #expect(GwetAC1(equal).value == nil && GwetAC1(single).value == nil)
    #expect(FleissKappa(equal).outcome == .undefined(.oneCategory))
    #expect(FleissKappa(single).outcome == .undefined(.singleValues))
    #expect(FleissKappa(counts: []).outcome == .undefined(.noItems))
    #expect(
      FleissKappa(.krippendorff).outcome == .undefined(.unequalCounts(fewest: 1, most: 4)))
  }
}
