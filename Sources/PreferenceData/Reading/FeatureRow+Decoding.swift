extension FeatureRow {
  /// The fields that rows of features have.
  static let fields: Set = [
    "features", "chosen_features", "rejected_features", "margin", "weight", "confidence",
    "agreement",
  ]

  /// Takes a row's vectors, and what is said of a pair.
  ///
  /// - Parameters:
  ///   - fields: The row.
  ///   - arePairs: Whether it is to hold a pair; otherwise it is to hold one vector.
  ///   - width: How many numbers each vector is to have; `nil` for any number above 0.
  ///   - judged: Whether the sides of a pair must differ, so that there is something to learn.
  /// - Returns: The row, or why there is none.
  static func decode(
    from fields: inout RowDecoder, arePairs: Bool, width: Int?, judged: Bool
  ) -> RowOutcome<FeatureRow> {
    guard arePairs else {
      guard let vector = fields.numbers("features", count: width) else { return .malformed }
      return .record(FeatureRow(vectors: [vector], source: fields.row.source))
    }
    let chosen = fields.numbers("chosen_features", count: width)
    let rejected = fields.numbers("rejected_features", count: width ?? chosen?.count)
    let margin = fields.optionalNumber("margin")
    let weight = fields.weight()
    let agreement = fields.optionalShare("agreement")
    guard fields.problems.isEmpty, let chosen, let rejected else { return .malformed }
    if judged, chosen == rejected { return .unusable(.identicalSides) }
    return .record(
      FeatureRow(
        vectors: [chosen, rejected], margin: margin, weight: weight, agreement: agreement,
        source: fields.row.source))
  }
}
