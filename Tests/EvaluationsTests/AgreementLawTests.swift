import Evaluations
import PreferenceData
import Testing

@Suite("Laws of agreement")
struct AgreementLawTests {
  /// 60 items on a scale of five, four annotators, a third of the values missing.
  private static let cells: [Rating<Double>] = {
    var random = SeededGenerator(seed: 11)
    return (0..<60).flatMap { item in
      let truth = Double(random.uniform(below: 5))
      return (0..<4).compactMap { annotator -> Rating<Double>? in
        let value = random.uniform(below: 3) == 0 ? Double(random.uniform(below: 5)) : truth
        guard random.uniform(below: 3) > 0 else { return nil }
        return Rating(item: "item \(item)", annotator: "annotator \(annotator)", value: value + 1)
      }
    }
  }()

  private func alpha(_ ratings: [Rating<Double>], _ level: MeasurementLevel) throws -> Double {
    try #require(KrippendorffAlpha(Ratings(numbers: ratings), level: level).value)
  }

  private func mapped(_ change: (Rating<Double>) -> Rating<Double>) -> [Rating<Double>] {
    Self.cells.map(change)
  }

  @Test("the order of rows makes no difference at all")
  func order() {
    var random = SeededGenerator(seed: 3)
    let shuffled = random.permutation(of: Self.cells.count).map { Self.cells[$0] }
    #expect(Ratings(numbers: shuffled) == Ratings(numbers: Self.cells))
  }

  @Test(
    "α does not know annotators' names, nor the order of items",
    arguments: MeasurementLevel.allCases)
  func names(level: MeasurementLevel) throws {
    let expected = try alpha(Self.cells, level)
    // Names in which both orders are turned around.
    func turned(_ name: String) -> String {
      String(name.unicodeScalars.map { Character(Unicode.Scalar(0x100 - $0.value) ?? $0) })
    }
    let renamed = mapped {
      Rating(item: turned($0.item), annotator: turned($0.annotator), value: $0.value)
    }
    #expect(Ratings(numbers: renamed).annotators != Ratings(numbers: Self.cells).annotators)
    #expect(isClose(try alpha(renamed, level), expected, within: 1e-12))
  }

  @Test("each level knows what it says and no more")
  func levels() throws {
    func changed(_ change: (Double) -> Double) -> [Rating<Double>] {
      mapped { Rating(item: $0.item, annotator: $0.annotator, value: change($0.value)) }
    }
    // Relabelled; monotone; affine; multiplied.
    let relabelled = changed { [1: 3, 2: 5, 3: 1, 4: 2, 5: 4][$0] ?? 0 }
    let monotone = changed { $0 * $0 * $0 - 7 }
    let affine = changed { 40 - 2.5 * $0 }
    let scaled = changed { 3 * $0 }
    for (level, invariant, other) in [
      (MeasurementLevel.nominal, [relabelled, monotone, affine, scaled], [[Rating<Double>]]()),
      (.ordinal, [monotone, affine, scaled], [relabelled]),
      (.interval, [affine, scaled], [relabelled, monotone]),
      (.ratio, [scaled], [relabelled, affine]),
    ] {
      let expected = try alpha(Self.cells, level)
      for ratings in invariant {
        #expect(isClose(try alpha(ratings, level), expected, within: 1e-12))
      }
      for ratings in other { #expect(abs(try alpha(ratings, level) - expected) > 1e-3) }
    }
  }

  @Test("categories are numbers in the order of their names")
  func categories() {
    let names = ["both bad", "A", "tie", "B", "?"]
    let named = Self.cells.map {
      Rating(item: $0.item, annotator: $0.annotator, value: names[Int($0.value) - 1])
    }
    let ratings = Ratings(categories: named)
    #expect(ratings.categories == ["?", "A", "B", "both bad", "tie"])
    #expect(ratings.scale == [0, 1, 2, 3, 4])
    let numbers = Ratings(numbers: Self.cells)
    #expect(numbers.categories == nil && numbers.scale == [1, 2, 3, 4, 5])
    #expect(
      isClose(
        KrippendorffAlpha(ratings, level: .nominal).value,
        KrippendorffAlpha(numbers, level: .nominal).value ?? .nan, within: 1e-12))
  }

  // D_o = 1 − P_o and D_e = (1 − Σ p²)·n/(n − 1), p of both annotators together.
  @Test("of two annotators without gaps, 1 − α is 1 − π by Scott, times (n − 1)/n")
  func scott() throws {
    var random = SeededGenerator(seed: 5)
    let rows = (0..<30).map { _ -> [Double?] in
      let truth = Double(random.uniform(below: 3))
      return [truth, random.uniform(below: 4) == 0 ? Double(random.uniform(below: 3)) : truth]
    }
    let values = rows.joined().compactMap(\.self)
    let all = Double(values.count)
    let observed = Double(rows.count { $0[0] == $0[1] }) / Double(rows.count)
    let expected = Set(values).reduce(0.0) { sum, value in
      let share = Double(values.count { $0 == value }) / all
      return sum + share * share
    }
    let scott = (observed - expected) / (1 - expected)
    let alpha = try #require(KrippendorffAlpha(Ratings(rows: rows), level: .nominal).value)
    #expect(isClose(alpha, 1 - (1 - scott) * (all - 1) / all, within: 1e-12))
    #expect(alpha > scott)
  }

  @Test("of two annotators without gaps, AC1 takes the mean of their shares")
  func gwet() {
    let (first, second) = ([0.0, 0, 1, 1, 2, 0], [0.0, 1, 1, 1, 2, 2])
    // Shares 4/12, 5/12 and 3/12: p_e = (8·4 + 7·5 + 9·3)/144/2 and p_a = 4/6.
    let chance = 94.0 / 288
    let ac1 = GwetAC1(Ratings(rows: zip(first, second).map { [$0, $1] }))
    #expect(isClose(ac1.expectedAgreement, chance, within: 1e-12))
    #expect(isClose(ac1.value, (4.0 / 6 - chance) / (1 - chance), within: 1e-12))
  }
}
