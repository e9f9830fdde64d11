/// How one annotator stands beside the others.
public struct AnnotatorAgreement: Sendable, Hashable {
  /// The annotator.
  public var annotator: String
  /// How many values the annotator gave.
  public var values: Int
  /// Over the annotator's items that others judged too, the mean share of the others who said the same;
  /// `nil` where there is no such item.
  public var percentAgreement: Double?
  /// Krippendorff's α of the others alone: higher than with the annotator if the annotator is the one
  /// who disagrees. `nil` where it is undefined.
  public var alphaWithout: Double?

  /// Measures an annotator.
  ///
  /// - Parameters:
  ///   - number: The annotator's place in `ratings`.
  ///   - ratings: Everybody's ratings.
  ///   - level: What differences mean; `nil` to leave α out.
  init(_ number: Int, in ratings: Ratings, level: MeasurementLevel?) {
    annotator = ratings.annotators[number]
    var (values, shares, items) = (0, 0.0, 0)
    for cells in ratings.cells {
      guard let own = cells.first(where: { $0.annotator == number }) else { continue }
      values += 1
      guard cells.count > 1 else { continue }
      items += 1
      shares += Double(cells.count { $0.code == own.code } - 1) / Double(cells.count - 1)
    }
    self.values = values
    percentAgreement = items > 0 ? shares / Double(items) : nil
    alphaWithout = level.flatMap { level in
      let others = UnitTallies(ratings, excluding: number)
      let metric = DisagreementMetric(level, of: ratings, others)
      let totals = others.totals(of: others.units)
      return KrippendorffAlpha(metric, units: others.units, totals: totals).value
    }
  }
}

extension AnnotatorAgreement: Codable {
  private enum CodingKeys: String, CodingKey {
    case annotator, values
    case percentAgreement = "percent_agreement"
    case alphaWithout = "krippendorff_alpha_without"
  }

  /// Writes what is undefined as null.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(annotator, forKey: .annotator)
    try container.encode(values, forKey: .values)
    try container.encode(percentAgreement, forKey: .percentAgreement)
    try container.encode(alphaWithout, forKey: .alphaWithout)
  }
}
