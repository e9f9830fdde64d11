internal import Evaluations
internal import Oversight
internal import PreferenceData

/// What users ask for, before and now: each question once, however often it is asked.
struct QuestionComparison {
  let baseline: [PlacedResponse]
  /// Those that topics were not learned from.
  let heldOut: [PlacedResponse]
  let current: [PlacedResponse]
  let settings: DriftSettings

  init(_ baseline: AlignmentBaseline, _ current: [PlacedResponse]) {
    func distinct(_ rows: [PlacedResponse]) -> [PlacedResponse] {
      var seen: Set<String> = []
      return rows.filter { seen.insert($0.measured.question).inserted }
    }
    (self.baseline, self.current) = (distinct(baseline.rows), distinct(current))
    heldOut = distinct(baseline.heldOut)
    settings = baseline.settings
  }

  /// How many of each topic there are, the unfamiliar last; of the baseline, where there are any, those that topics
  /// were not learned from.
  func counts(topics: Int) -> (baseline: [Int], current: [Int]) {
    func counts(_ rows: [PlacedResponse]) -> [Int] {
      var counts = [Int](repeating: 0, count: topics + 1)
      for row in rows { counts[row.topic ?? topics] += 1 }
      return counts
    }
    return (counts(heldOut.isEmpty ? baseline : heldOut), counts(current))
  }

  /// The tests of what can be tested.
  func measurements(
    topics: Int, using random: inout SeededGenerator
  ) throws -> [DriftMeasurement] {
    guard min(baseline.count, current.count) >= settings.leastSample else { return [] }
    return [
      mix(topics: topics, using: &random), lengths(using: &random), requestsForHarm(),
      try words(using: &random),
    ].compactMap { $0 }
  }

  private func mix(topics: Int, using random: inout SeededGenerator) -> DriftMeasurement? {
    guard heldOut.count >= settings.leastSample else { return nil }
    let counts = counts(topics: topics)
    return PopulationStabilityIndex(reference: counts.baseline, current: counts.current).map {
      DriftMeasurement(
        name: "topics",
        pValue: $0.permutationPValue(rounds: settings.rounds, using: &random),
        effect: .size($0.value, limit: settings.indexLimit))
    }
  }

  private func lengths(using random: inout SeededGenerator) -> DriftMeasurement? {
    func values(_ rows: [PlacedResponse]) -> [Double] {
      rows.compactMap { $0.measured.values[.promptLength] }
    }
    guard
      let distance = WassersteinDistance(reference: values(baseline), current: values(current))
    else { return nil }
    return DriftMeasurement(
      name: ResponseColumn.promptLength.rawValue,
      pValue: distance.pValue(rounds: settings.rounds, using: &random),
      effect: .size(distance.normalized ?? distance.value, limit: settings.distanceLimit))
  }

  private func requestsForHarm() -> DriftMeasurement? {
    func share(_ rows: [PlacedResponse]) -> (Int, of: Int) {
      let known = rows.compactMap(\.measured.response.isHarmfulPrompt)
      return (known.count { $0 }, of: known.count)
    }
    let (before, now) = (share(baseline), share(current))
    guard min(before.of, now.of) >= settings.leastSample,
      let test = TwoProportionTest(reference: before, current: now)
    else { return nil }
    return DriftMeasurement(
      name: ResponseColumn.harmfulPrompt.rawValue, pValue: test.pValue,
      effect: .relativeChange(
        from: test.referenceRate, to: test.currentRate, limit: settings.relativeLimit))
  }

  /// Whether a classifier tells the questions by their words, hashed into so few places that it can be fitted
  /// again and again.
  private func words(using random: inout SeededGenerator) throws -> DriftMeasurement? {
    let hashing = HashedText(buckets: 16)
    func vectors(_ rows: [PlacedResponse]) -> [[Double]] {
      let drawn = random.permutation(of: rows.count).prefix(settings.classifierRows)
      return drawn.map { row in
        var vector = [Double](repeating: 0, count: hashing.buckets)
        let hashed = hashing.vector(of: rows[row].measured.question)
        for (place, value) in zip(hashed.places, hashed.values) { vector[place] = value }
        return vector
      }
    }
    let (before, now) = (vectors(baseline), vectors(current))
    guard let classifier = try DomainClassifier(reference: before, current: now) else {
      return nil
    }
    return DriftMeasurement(
      name: "question_words",
      pValue: try classifier.pValue(rounds: settings.classifierRounds, using: &random),
      effect: .size(max(0, classifier.area - 0.5), limit: settings.areaLimit))
  }
}
