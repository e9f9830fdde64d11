/// Everything about how far annotators agree, each coefficient with its 95 % interval, and what stands
/// against those that are undefined.
public struct AgreementSummary: Sendable, Hashable, Codable {
  /// What differences mean to Krippendorff's α and Cohen's κ. The other coefficients know only equal
  /// and unequal.
  public var level: MeasurementLevel
  /// Items with a value.
  public var items: Int
  /// Items with two values or more, which alone can agree.
  public var pairedItems: Int
  /// Annotators who gave a value.
  public var annotators: Int
  /// Values in all.
  public var values: Int
  /// How often two values of an item are equal.
  public var percentAgreement: AgreementEstimate?
  /// The mean of Cohen's κ over pairs of annotators with five shared items or more, each pair by the
  /// number of its items; plain at the level `nominal`, with linear weights of places in the scale at
  /// `ordinal`, else with quadratic weights. κ of few items leans low; the interval is about the value.
  public var cohenKappa: AgreementEstimate?
  /// What a difference weighs in ``cohenKappa``.
  public var cohenWeights: CohenKappa.Weights
  /// How many pairs of annotators ``cohenKappa`` is the mean of.
  public var cohenPairs: Int
  /// Fleiss' κ, where all items have as many values.
  public var fleissKappa: AgreementEstimate?
  /// Krippendorff's α.
  public var krippendorffAlpha: AgreementEstimate?
  /// Gwet's AC1.
  public var gwetAC1: AgreementEstimate?
  /// What a reader should know, as sentences without a full stop.
  public var notes: [String]
  /// Each annotator, by name.
  public var byAnnotator: [AnnotatorAgreement]

  /// Measures ratings.
  ///
  /// - Parameters:
  ///   - ratings: Ratings; names of categories are nominal, and at the level `ratio` no number is
  ///     below 0.
  ///   - level: What differences mean.
  ///   - seed: Of the draws; the same seed gives the same intervals.
  ///   - bootstrap: How often items are drawn again with replacement.
  public init(
    _ ratings: Ratings, level: MeasurementLevel, seed: UInt64, bootstrap: Bootstrap = Bootstrap()
  ) {
    var rounds = AgreementRounds(ratings, level: level)
    let all = rounds.measureAll()
    let distributions = rounds.draw(bootstrap, seed: seed)
    func estimate(_ coefficient: AgreementCoefficient) -> AgreementEstimate? {
      all[coefficient].map { AgreementEstimate($0, distributions[coefficient]?.interval()) }
    }
    self.level = level
    items = ratings.items.count
    pairedItems = ratings.pairedItems
    annotators = ratings.annotators.count
    values = ratings.count
    percentAgreement = estimate(.percent)
    cohenKappa = estimate(.cohen)
    cohenWeights = level.kappaWeights
    cohenPairs = rounds.definedPairs
    fleissKappa = estimate(.fleiss)
    krippendorffAlpha = estimate(.alpha)
    gwetAC1 = estimate(.gwet)
    notes = AgreementNotes(ratings, rounds: rounds, values: all, distributions).sentences
    byAnnotator = ratings.annotators.indices.map {
      AnnotatorAgreement($0, in: ratings, level: rounds.isLongRatioScale ? nil : level)
    }
  }
}

extension AgreementSummary {
  enum CodingKeys: String, CodingKey {
    case level, items, annotators, values, notes
    case pairedItems = "items_with_two_or_more_values"
    case percentAgreement = "percent_agreement"
    case cohenKappa = "cohen_kappa"
    case cohenWeights = "cohen_weights"
    case cohenPairs = "cohen_pairs"
    case fleissKappa = "fleiss_kappa"
    case krippendorffAlpha = "krippendorff_alpha"
    case gwetAC1 = "gwet_ac1"
    case byAnnotator = "by_annotator"
  }
}
