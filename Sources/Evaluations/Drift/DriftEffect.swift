/// How great a drift is, beside the size from which on it matters.
///
/// With enough rows any change is significant; the size says whether it is worth a look. Customary
/// limits are 0.1 for the population stability index, the Jensen–Shannon distance, D and the normalized
/// Wasserstein distance, 0.015 for MMD² and 0.55 for the area of a domain classifier.
public enum DriftEffect: Sendable, Hashable, Codable {
  /// A distance or a difference, and the least magnitude that matters.
  case size(Double, limit: Double)
  /// What a quantity was and is, and the least relative change that matters, 10 % unless stated.
  case relativeChange(from: Double, to: Double, limit: Double = 0.1)

  /// The size itself, or (to − from)/|from|, which is infinite for what has come of nothing.
  public var value: Double {
    switch self {
    case .size(let size, _): size
    case .relativeChange(let before, let now, _): before == now ? 0 : (now - before) / abs(before)
    }
  }

  /// The least magnitude that matters.
  public var limit: Double {
    switch self {
    case .size(_, let limit), .relativeChange(_, _, let limit): limit
    }
  }

  /// Whether the magnitude is at least the limit.
  public var matters: Bool { abs(value) >= limit }
}
