extension AgreementSummary {
  /// Writes a coefficient that is undefined as null.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(level, forKey: .level)
    try container.encode(items, forKey: .items)
    try container.encode(pairedItems, forKey: .pairedItems)
    try container.encode(annotators, forKey: .annotators)
    try container.encode(values, forKey: .values)
    try container.encode(percentAgreement, forKey: .percentAgreement)
    try container.encode(cohenKappa, forKey: .cohenKappa)
    try container.encode(cohenWeights, forKey: .cohenWeights)
    try container.encode(cohenPairs, forKey: .cohenPairs)
    try container.encode(fleissKappa, forKey: .fleissKappa)
    try container.encode(krippendorffAlpha, forKey: .krippendorffAlpha)
    try container.encode(gwetAC1, forKey: .gwetAC1)
    try container.encode(notes, forKey: .notes)
    try container.encode(byAnnotator, forKey: .byAnnotator)
  }
}
