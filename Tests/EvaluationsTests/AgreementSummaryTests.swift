import Evaluations
import Foundation
import PreferenceData
import Testing

@Suite("Summary of agreement")
struct AgreementSummaryTests {
  /// So many items, each with the values of `overlap` of the annotators, a fifth of them guessed.
  private func rows(
    _ items: Int, annotators: Int, overlap: Int, scale: UInt64 = 5, seed: UInt64 = 1
  ) -> [[Double?]] {
    var random = SeededGenerator(seed: seed)
    return (0..<items).map { _ in
      let truth = random.uniform(below: scale)
      var row = [Double?](repeating: nil, count: annotators)
      for annotator in random.permutation(of: annotators).prefix(overlap) {
        let guesses = random.uniform(below: 5) == 0
        row[annotator] = Double(guesses ? random.uniform(below: scale) : truth) + 1
      }
      return row
    }
  }

  @Test("every coefficient is that of its own type", arguments: MeasurementLevel.allCases)
  func values(level: MeasurementLevel) throws {
    let rows = rows(80, annotators: 3, overlap: 3)
    let ratings = Ratings(rows: rows)
    let summary = AgreementSummary(ratings, level: level, seed: 0, bootstrap: Bootstrap(rounds: 20))
    #expect(summary.level == level)
    #expect((summary.items, summary.pairedItems, summary.annotators) == (80, 80, 3))
    #expect(summary.values == 240 && summary.notes.isEmpty)
    #expect(summary.percentAgreement?.value == PercentAgreement(ratings).value)
    #expect(summary.fleissKappa?.value == FleissKappa(ratings).value)
    #expect(summary.gwetAC1?.value == GwetAC1(ratings).value)
    #expect(summary.krippendorffAlpha?.value == KrippendorffAlpha(ratings, level: level).value)
    let weights: [MeasurementLevel: CohenKappa.Weights] = [
      .nominal: .equal, .ordinal: .linear, .interval: .quadratic, .ratio: .quadratic,
    ]
    #expect(summary.cohenWeights == weights[level] && summary.cohenPairs == 3)
    let columns = (0..<3).map { annotator in rows.compactMap { $0[annotator] } }
    let kappas = [(0, 1), (0, 2), (1, 2)].map { pair in
      CohenKappa(columns[pair.0], columns[pair.1], weights: summary.cohenWeights).value ?? .nan
    }
    #expect(isClose(summary.cohenKappa?.value, kappas.reduce(0, +) / 3, within: 1e-12))
  }

  @Test("pairs count by their shared items, and with five at least")
  func pairs() throws {
    // The first and second share 10 items, the first and third 5, the second and third 4.
    let first: [Double?] =
      [1, 1, 2, 2, 3, 3, 1, 2, 3, 1] + [1, 2, 1, 2, 3] + [nil, nil, nil, nil]
    let second: [Double?] =
      [1, 2, 2, 2, 3, 1, 1, 2, 3, 3] + [nil, nil, nil, nil, nil] + [1, 2, 3, 1]
    let third: [Double?] = [Double?](repeating: nil, count: 10) + [1, 2, 2, 2, 1] + [3, 1, 2, 3]
    let rows = zip(first, zip(second, third)).map { [$0, $1.0, $1.1] }
    let summary = AgreementSummary(Ratings(rows: rows), level: .nominal, seed: 0)
    let long = try #require(
      CohenKappa(first.prefix(10).compactMap(\.self), second.compactMap(\.self).dropLast(4)).value)
    let short = try #require(CohenKappa([1, 2, 1, 2, 3], [1, 2, 2, 2, 1]).value)
    #expect(summary.cohenPairs == 2)
    #expect(isClose(summary.cohenKappa?.value, (10 * long + 5 * short) / 15, within: 1e-12))
    let few = AgreementSummary(Ratings(rows: rows.suffix(4)), level: .nominal, seed: 0)
    #expect(few.cohenKappa == nil && few.cohenPairs == 0)
    #expect(few.notes.contains("no Cohen's κ: no two annotators share 5 items"))
  }

  @Test("ordinal κ counts places in the scale, not numbers")
  func ordinal() {
    let rows = rows(40, annotators: 2, overlap: 2)
    let stretched = rows.map { $0.map { $0.map { $0 * $0 * $0 } } }
    func kappa(_ rows: [[Double?]], _ level: MeasurementLevel) -> Double {
      AgreementSummary(Ratings(rows: rows), level: level, seed: 0, bootstrap: Bootstrap(rounds: 1))
        .cohenKappa?.value ?? .nan
    }
    #expect(isClose(kappa(stretched, .ordinal), kappa(rows, .ordinal), within: 1e-12))
    #expect(abs(kappa(stretched, .interval) - kappa(rows, .interval)) > 1e-3)
  }

  @Test(
    "intervals draw whole items: as from tables made anew", arguments: MeasurementLevel.allCases)
  func intervals(level: MeasurementLevel) throws {
    let rows = rows(40, annotators: 2, overlap: 2, scale: 3)
    let bootstrap = Bootstrap(rounds: 60)
    let summary = AgreementSummary(
      Ratings(rows: rows), level: level, seed: 9, bootstrap: bootstrap)
    func drawn(_ statistic: (Ratings) -> Double?) -> ConfidenceInterval? {
      var random = SeededGenerator(seed: 9)
      return bootstrap.distribution(count: rows.count, using: &random) { drawn in
        statistic(Ratings(rows: drawn.map { rows[$0] }))
      }.interval()
    }
    for (estimate, expected) in [
      (summary.percentAgreement, drawn { PercentAgreement($0).value }),
      (summary.fleissKappa, drawn { FleissKappa($0).value }),
      (summary.krippendorffAlpha, drawn { KrippendorffAlpha($0, level: level).value }),
      (summary.gwetAC1, drawn { GwetAC1($0).value }),
    ] {
      let (estimate, expected) = (try #require(estimate), try #require(expected))
      #expect(isClose(estimate.lower, expected.lower) && isClose(estimate.upper, expected.upper))
      #expect(expected.lower < estimate.value && estimate.value < expected.upper)
    }
    let other = AgreementSummary(
      Ratings(rows: rows), level: level, seed: 10, bootstrap: bootstrap)
    #expect(other.krippendorffAlpha != summary.krippendorffAlpha)
    #expect(other.krippendorffAlpha?.value == summary.krippendorffAlpha?.value)
  }

  @Test("pairs of few items: the interval of κ is about its value all the same")
  func fewShared() throws {
    let ratings = Ratings(rows: rows(2000, annotators: 40, overlap: 3))
    let summary = AgreementSummary(
      ratings, level: .nominal, seed: 0, bootstrap: Bootstrap(rounds: 100))
    let kappa = try #require(summary.cohenKappa)
    #expect(summary.cohenPairs > 500)
    let (lower, upper) = (try #require(kappa.lower), try #require(kappa.upper))
    #expect(lower < kappa.value - 0.005 && kappa.value + 0.005 < upper && upper - lower < 0.1)
  }

  @Test("of two annotators, the interval of κ is that of draws, moved to its value")
  func centered() throws {
    let rows = rows(50, annotators: 2, overlap: 2, scale: 3)
    let bootstrap = Bootstrap(rounds: 80)
    let summary = AgreementSummary(
      Ratings(rows: rows), level: .nominal, seed: 6, bootstrap: bootstrap)
    var random = SeededGenerator(seed: 6)
    let draws = bootstrap.distribution(count: rows.count, using: &random) { drawn in
      CohenKappa(drawn.compactMap { rows[$0][0] }, drawn.compactMap { rows[$0][1] }).value
    }
    let kappa = try #require(summary.cohenKappa)
    let interval = try #require(draws.interval())
    let lean = try #require(MeanVariance(draws.values).mean) - kappa.value
    #expect(abs(lean) < 0.03)
    #expect(isClose(kappa.lower, interval.lower - lean, within: 1e-9))
    #expect(isClose(kappa.upper, interval.upper - lean, within: 1e-9))
  }

  @Test("an annotator who guesses agrees less, and without him α is higher")
  func annotators() throws {
    var random = SeededGenerator(seed: 4)
    let rows = rows(60, annotators: 3, overlap: 3).map { row in
      row + [Double(random.uniform(below: 5)) + 1]
    }
    let ratings = Ratings(rows: rows)
    let summary = AgreementSummary(ratings, level: .ordinal, seed: 0)
    #expect(summary.byAnnotator.map(\.annotator) == ["a0", "a1", "a2", "a3"])
    #expect(summary.byAnnotator.map(\.values) == [60, 60, 60, 60])
    let all = try #require(summary.krippendorffAlpha?.value)
    let guesser = summary.byAnnotator[3]
    #expect(try #require(guesser.alphaWithout) > all + 0.1)
    for other in summary.byAnnotator.dropLast() {
      #expect(try #require(other.alphaWithout) < all)
      #expect(try #require(other.percentAgreement) > (guesser.percentAgreement ?? 1))
    }
    let rest = KrippendorffAlpha(Ratings(rows: rows.map { Array($0.dropLast()) }), level: .ordinal)
    #expect(isClose(guesser.alphaWithout, rest.value ?? .nan, within: 1e-12))
    // The mean over annotators of the share of others who said the same is the percent agreement.
    let shares = summary.byAnnotator.compactMap(\.percentAgreement)
    #expect(isClose(shares.reduce(0, +) / 4, summary.percentAgreement?.value ?? .nan))
  }

  @Test("notes say what is undefined and why")
  func notes() {
    func notes(_ rows: [[Double?]], _ level: MeasurementLevel = .nominal) -> [String] {
      AgreementSummary(Ratings(rows: rows), level: level, seed: 0).notes
    }
    #expect(
      notes([[1, nil], [nil, 2]]) == [
        "no item has two values, so that nobody can agree with anybody"
      ])
    #expect(
      notes([[1, 1], [1, 1], [1, 1], [1, 1], [1, 1]]) == [
        "no Cohen's κ: both annotators always say one and the same",
        "no Fleiss' κ: all values are equal",
        "no Krippendorff's α: all values that have a second are equal",
        "no Gwet's AC1: only one value occurs",
      ])
    let gaps = notes([[1, 2, nil], [2, nil, nil], [1, 1, 1]])
    #expect(gaps.contains("1 of 3 items have one value and say nothing on agreement"))
    #expect(
      gaps.contains("no Fleiss' κ: items have from 1 to 3 values, and it needs as many for each"))
    let one = AgreementSummary(Ratings(rows: [[1, 2]]), level: .nominal, seed: 0)
    #expect(one.notes.contains("one item has no intervals"))
    #expect(one.percentAgreement?.value == 0 && one.percentAgreement?.lower == nil)
    let rare = notes([[1, 1], [1, 1], [1, 1], [1, 2]])
    #expect(
      rare.contains { $0.hasPrefix("Krippendorff's α is undefined in ") && $0.contains(" draws") })
  }

  @Test("a ratio scale of very many values has α without an interval")
  func longScale() {
    let rows = (0..<600).map { item -> [Double?] in [Double(2 * item), Double(2 * item + 1)] }
    let summary = AgreementSummary(
      Ratings(rows: rows), level: .ratio, seed: 0, bootstrap: Bootstrap(rounds: 5))
    #expect(
      summary.krippendorffAlpha?.value
        == KrippendorffAlpha(Ratings(rows: rows), level: .ratio).value)
    #expect(summary.krippendorffAlpha?.value != nil && summary.krippendorffAlpha?.lower == nil)
    #expect(summary.byAnnotator.allSatisfy { $0.alphaWithout == nil })
    #expect(summary.notes.contains { $0.hasSuffix("on a scale of 1200 values") })
    let interval = AgreementSummary(
      Ratings(rows: rows), level: .interval, seed: 0, bootstrap: Bootstrap(rounds: 5))
    #expect(interval.krippendorffAlpha?.lower != nil)
  }

  @Test("as JSON: names in snake case, null for what is undefined, and back again")
  func json() throws {
    let summary = AgreementSummary(.krippendorff, level: .nominal, seed: 0)
    let data = try JSONEncoder().encode(summary)
    #expect(try JSONDecoder().decode(AgreementSummary.self, from: data) == summary)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "level", "items", "items_with_two_or_more_values", "annotators", "values",
        "percent_agreement", "cohen_kappa", "cohen_weights", "cohen_pairs", "fleiss_kappa",
        "krippendorff_alpha", "gwet_ac1", "notes", "by_annotator",
      ])
    #expect(object["fleiss_kappa"] is NSNull)
    let alpha = try #require(object["krippendorff_alpha"] as? [String: Double])
    #expect(Set(alpha.keys) == ["value", "lower", "upper"])
  }

  @Test("15,000 items of three values take seconds", .timeLimit(.minutes(1)))
  func large() throws {
    let ratings = Ratings(rows: rows(15_000, annotators: 200, overlap: 3))
    let clock = ContinuousClock()
    var summary: AgreementSummary?
    let duration = clock.measure {
      summary = AgreementSummary(ratings, level: .ordinal, seed: 0)
    }
    #expect(duration < .seconds(30), "\(duration)")
    let alpha = try #require(summary?.krippendorffAlpha)
    // 0.8² of two values are both the truth.
    #expect(isClose(alpha.value, 0.64, within: 0.02))
    #expect(isClose(alpha.upper, alpha.value + 0.01, within: 0.005))
  }
}
