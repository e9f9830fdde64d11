import PreferenceData

/// The coefficients of a summary.
enum AgreementCoefficient: CaseIterable, Sendable {
  case percent
  case cohen
  case fleiss
  case alpha
  case gwet

  /// As sentences call it.
  var name: String {
    switch self {
    case .percent: "percent agreement"
    case .cohen: "Cohen's κ"
    case .fleiss: "Fleiss' κ"
    case .alpha: "Krippendorff's α"
    case .gwet: "Gwet's AC1"
    }
  }
}

/// All coefficients of the same units: of each once, and of units drawn with replacement.
struct AgreementRounds {
  /// Beyond so many values, α of ratios, which takes the square of their number, is not drawn again.
  private static let longestRatioScale = 1000

  private let ratings: Ratings
  private let tallies: UnitTallies
  private let metric: DisagreementMetric
  private let sizes: [Int]
  private var pairs: AnnotatorPairs
  /// Of all units, the pairs of annotators who have a κ.
  private(set) var definedPairs = 0
  /// Of all units, Fleiss' κ.
  private(set) var fleiss: FleissKappa

  init(_ ratings: Ratings, level: MeasurementLevel) {
    self.ratings = ratings
    tallies = UnitTallies(ratings)
    metric = DisagreementMetric(level, of: ratings, tallies)
    sizes = tallies.units.map(tallies.size)
    pairs = AnnotatorPairs(ratings, level: level)
    fleiss = FleissKappa(ratings)
  }

  /// The pairs of annotators with enough shared items.
  var countedPairs: Int { pairs.count }

  /// Whether α of a draw would take too long.
  var isLongRatioScale: Bool {
    metric.level == .ratio && ratings.scale.count > Self.longestRatioScale
  }

  /// The coefficients of all units; those that are undefined are missing.
  mutating func measureAll() -> [AgreementCoefficient: Double] {
    let units = tallies.units
    definedPairs = pairs.meanKappa(over: units).pairs
    return measure(units, except: [])
  }

  /// The coefficients of units drawn with replacement; none where there is nothing to draw from.
  mutating func draw(
    _ bootstrap: Bootstrap, seed: UInt64
  ) -> [AgreementCoefficient: BootstrapDistribution] {
    guard sizes.count > 1 else { return [:] }
    var random = SeededGenerator(seed: seed)
    var values: [AgreementCoefficient: [Double]] = [:]
    var drawn = self
    bootstrap.resample(clusters: sizes.indices, using: &random) { units in
      let round = drawn.measure(units, except: isLongRatioScale ? [.alpha] : [])
      for (coefficient, value) in round { values[coefficient, default: []].append(value) }
    }
    if let kappas = values[.cohen], let kappa = pairs.meanKappa(over: tallies.units).value {
      values[.cohen] = Self.centered(kappas, at: kappa)
    }
    return values.mapValues { BootstrapDistribution(values: $0, rounds: bootstrap.rounds) }
  }

  /// Draws of κ about the κ of all units.
  ///
  /// κ of a few items leans low by about (1 − κ)/n, as each item is part of its own chance. Among drawn
  /// items some are the same, and it leans twice as much: with a thousand pairs of six items each, the
  /// interval of plain draws lies wholly below the value.
  private static func centered(_ kappas: [Double], at kappa: Double) -> [Double] {
    let lean = kappas.reduce(0, +) / Double(kappas.count) - kappa
    return kappas.map { min(1, $0 - lean) }
  }

  private mutating func measure(
    _ units: [Int], except excluded: Set<AgreementCoefficient>
  ) -> [AgreementCoefficient: Double] {
    let totals = tallies.totals(of: units)
    var values: [AgreementCoefficient: Double] = [:]
    values[.percent] = PercentAgreement(totals).value
    values[.cohen] = pairs.meanKappa(over: units).value
    values[.fleiss] = FleissKappa(totals, sizes: sizes).value
    values[.gwet] = GwetAC1(totals).value
    if !excluded.contains(.alpha) {
      values[.alpha] = KrippendorffAlpha(metric, units: units, totals: totals).value
    }
    return values
  }
}
