/// How many different questions of a baseline and of a window have something to compare, stratum by stratum.
struct ComparableQuestions {
  /// The baseline's.
  let baseline: [Int: Int]
  /// The window's.
  let current: [Int: Int]
  /// The strata that are compared: of those that both sides have, the ones with enough questions of the baseline.
  let strata: Set<Int>
  /// How much of each side can be compared.
  let account: (baseline: UntestedMeasures.Side, current: UntestedMeasures.Side)

  /// Counts.
  ///
  /// - Parameters:
  ///   - baseline: The baseline.
  ///   - current: The window.
  ///   - settings: How many it takes.
  ///   - isKnown: Whether a response has what is compared.
  init(
    _ baseline: [PlacedResponse], _ current: [PlacedResponse], _ settings: DriftSettings,
    isKnown: (PlacedResponse) -> Bool
  ) {
    let sides = [baseline, current].map { rows in
      Dictionary(grouping: rows.filter(isKnown), by: \.stratum).mapValues {
        Set($0.map(\.measured.question)).count
      }
    }
    let counts = sides.map { side in
      side.reduce(into: [Int: Int]()) { if let stratum = $1.key { $0[stratum] = $1.value } }
    }
    (self.baseline, self.current) = (counts[0], counts[1])
    let strata = Set(
      counts[0].filter { $0.value >= settings.leastQuestions && counts[1][$0.key] != nil }.keys)
    self.strata = strata
    let accounts = zip(sides, counts).map { all, placed in
      UntestedMeasures.Side(
        questions: all.values.reduce(0, +),
        comparable: strata.reduce(0) { $0 + placed[$1, default: 0] },
        needed: settings.leastSample)
    }
    account = (accounts[0], accounts[1])
  }

  /// Whether each side has enough for a test.
  var isEnough: Bool { account.baseline.isEnough && account.current.isEnough }
}
