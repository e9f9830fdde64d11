/// The numbers that a setting allows. Infinity and NaN are never among them.
package enum SettingLimit: Equatable, Sendable {
  /// Every number that is larger.
  case above(Double)
  /// This number and every larger one.
  case atLeast(Double)
  /// The lower bound, and every number from there to the upper bound, which is not allowed.
  case from(Double, below: Double)
  /// Both bounds, and every number between them.
  case within(Double, Double)
  /// Every number between the two bounds, which are not allowed.
  case between(Double, Double)

  /// Whether a number is allowed.
  ///
  /// - Parameter number: Any number; NaN is not allowed.
  /// - Returns: Whether it is finite and within the limit.
  package func allows(_ number: Double) -> Bool {
    guard number.isFinite else { return false }
    return switch self {
    case .above(let bound): number > bound
    case .atLeast(let bound): number >= bound
    case .from(let lower, let upper): number >= lower && number < upper
    case .within(let lower, let upper): number >= lower && number <= upper
    case .between(let lower, let upper): number > lower && number < upper
    }
  }
}

extension SettingLimit: CustomStringConvertible {
  /// What is allowed, to stand after "must be".
  package var description: String {
    switch self {
    case .above(let bound): "above \(brief(bound))"
    case .atLeast(let bound): "at least \(brief(bound))"
    case .from(let lower, let upper): "at least \(brief(lower)) and below \(brief(upper))"
    case .within(let lower, let upper): "from \(brief(lower)) to \(brief(upper))"
    case .between(let lower, let upper): "above \(brief(lower)) and below \(brief(upper))"
    }
  }

  /// 1 rather than 1.0, as people write it.
  private func brief(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }
}
