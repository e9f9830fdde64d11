/// A coefficient with its bootstrap interval.
public struct AgreementEstimate: Sendable, Hashable {
  /// The coefficient of all items.
  public var value: Double
  /// The lower end of the interval; `nil` where there are too few items to draw from.
  public var lower: Double?
  /// The upper end.
  public var upper: Double?

  /// An estimate.
  ///
  /// - Parameters:
  ///   - value: The coefficient.
  ///   - interval: Its interval, if it has one.
  public init(_ value: Double, _ interval: ConfidenceInterval?) {
    self.value = value
    lower = interval?.lower
    upper = interval?.upper
  }
}

extension AgreementEstimate: Codable {
  private enum CodingKeys: String, CodingKey {
    case value, lower, upper
  }

  /// Writes an end that is missing as null.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(value, forKey: .value)
    try container.encode(lower, forKey: .lower)
    try container.encode(upper, forKey: .upper)
  }
}
