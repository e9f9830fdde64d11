internal import Evaluations

/// What is wrong with a metric.
public enum AlertCondition: Sendable, Hashable {
  /// It is above a number.
  case above(Double)
  /// It is below a number.
  case below(Double)
  /// It is above the baseline by more than this share of the baseline's size: 0.1 is 10 %.
  case rises(by: Double)
  /// It is below the baseline by more than this share of the baseline's size.
  case falls(by: Double)
  /// It is above or below the baseline by more than this share of the baseline's size.
  case changes(by: Double)
  /// It has drifted by so much or more.
  case drifts(atLeast: AlertReading.Drift)

  /// Whether it is so.
  ///
  /// - Parameter reading: The metric.
  /// - Returns: `nil` where the reading lacks what has to be known.
  public func holds(of reading: AlertReading) -> Bool? {
    switch self {
    case .above(let bound): return reading.known.map { $0 > bound }
    case .below(let bound): return reading.known.map { $0 < bound }
    case .rises(let share): return reading.isFurther(than: share) { $0 }
    case .falls(let share): return reading.isFurther(than: share) { -$0 }
    case .changes(let share): return reading.isFurther(than: share) { abs($0) }
    case .drifts(let least): return reading.drift.map { $0 >= least }
    }
  }

  /// The words after "has been".
  var words: String {
    switch self {
    case .above(let bound): "above \(shortNumber(bound))"
    case .below(let bound): "below \(shortNumber(bound))"
    case .rises(let share): "more than \(shortPercentage(share)) above the baseline"
    case .falls(let share): "more than \(shortPercentage(share)) below the baseline"
    case .changes(let share): "more than \(shortPercentage(share)) off the baseline"
    case .drifts(let least):
      switch least {
      case .none: "measured for drift"
      case .moderate: "drifting moderately or more"
      case .significant: "drifting significantly"
      }
    }
  }
}

extension AlertReading {
  /// The value, if it is a number.
  fileprivate var known: Double? { value.flatMap { $0.isNaN ? nil : $0 } }

  /// Whether what is made of the rise above the baseline is more than a share of the baseline's size.
  fileprivate func isFurther(than share: Double, _ size: (Double) -> Double) -> Bool? {
    guard let value = known, let baseline, baseline.isFinite else { return nil }
    // As a product, so that a baseline of 0 has an answer.
    return size(value - baseline) > share * abs(baseline)
  }
}
