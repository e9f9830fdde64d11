#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How strongly the policy is held to the reference, step after step.
///
///     var controller = KLController(.proportional(initial: 0.1, target: 6, horizon: 10_000))
///     controller.update(kl: 12, count: 64)  // measured on 64 completions
///     controller.coefficient                // 0.1 · (1 + 0.2 · 64 / 10000)
///
/// It is a value, saved with a checkpoint and restored with it.
public struct KLController: Equatable, Codable, Sendable {
  /// By which rule the coefficient moves.
  public enum Law: Equatable, Codable, Sendable {
    /// Never.
    case fixed(coefficient: Double)
    /// β ← β (1 + e n / H) with the error e = clip(KL / target − 1, ±0.2), n completions, and the
    /// horizon H in completions: Ziegler et al. (2019, arXiv:1909.08593), section 2.2.
    ///
    /// Beyond n = H the factor stays at 1 + e, so that it is never negative.
    case proportional(initial: Double, target: Double, horizon: Double)
    /// From one coefficient to another in equal parts over a number of updates, whatever the KL.
    case scheduled(from: Double, to: Double, steps: Int)
    /// The multiplier of the constraint KL ≤ budget: log β ← log β + η (KL / budget − 1), gradient
    /// ascent on the dual in the logarithm, which keeps β positive.
    ///
    /// β stays between the two bounds. So it does not run away while the policy is within its budget,
    /// from where it would take long to return, nor while the budget cannot be met.
    case lagrangian(initial: Double, budget: Double, rate: Double, minimum: Double, maximum: Double)
  }

  /// By which rule the coefficient moves.
  public let law: Law
  /// β, in reward per nat, to be used until the next update.
  public private(set) var coefficient: Double
  /// How many updates there were.
  public private(set) var updates = 0

  /// A controller before its first update.
  ///
  /// - Parameter law: By which rule the coefficient moves.
  public init(_ law: Law) {
    if let violation = law.violation { preconditionFailure(violation) }
    self.law = law
    coefficient = law.initialCoefficient
  }

  /// Moves the coefficient once, after an iteration.
  ///
  /// - Parameters:
  ///   - kl: The measured KL(π‖π_ref), in the units of the law's target: by custom nats a completion,
  ///     the mean over completions of the sum over tokens. Not NaN; it may be negative, as k1 may.
  ///   - count: On how many completions it was measured.
  public mutating func update(kl: Double, count: Int) {
    precondition(!kl.isNaN && count > 0, "a KL of \(kl) on \(count) completions")
    updates += 1
    switch law {
    case .fixed: break
    case .proportional(_, let target, let horizon):
      let error = (kl / target - 1).clamped(to: -0.2...0.2)
      coefficient *= 1 + error * min(1, Double(count) / horizon)
    case .scheduled(let start, let end, let steps):
      coefficient = start + (end - start) * min(1, Double(updates) / Double(steps))
    case .lagrangian(_, let budget, let rate, let minimum, let maximum):
      coefficient = exp(log(coefficient) + rate * (kl / budget - 1)).clamped(to: minimum...maximum)
    }
  }
}

extension KLController.Law {
  /// β before the first update.
  public var initialCoefficient: Double {
    switch self {
    case .fixed(let coefficient): coefficient
    case .proportional(let initial, _, _): initial
    case .scheduled(let start, _, _): start
    case .lagrangian(let initial, _, _, _, _): initial
    }
  }

  /// What is wrong with the parameters, as a sentence; `nil` where nothing is.
  public var violation: String? {
    switch self {
    case .fixed(let coefficient):
      coefficient.isAtLeastZero
        ? nil : "the KL coefficient is \(coefficient), but must be at least 0"
    case .proportional(let initial, let target, let horizon):
      [initial, target, horizon].allSatisfy(\.isAboveZero)
        ? nil
        : "the proportional KL controller has the initial coefficient \(initial), the target "
          + "\(target) and the horizon \(horizon), but all must be above 0"
    case .scheduled(let start, let end, let steps):
      start.isAtLeastZero && end.isAtLeastZero && steps > 0
        ? nil
        : "the scheduled KL coefficient goes from \(start) to \(end) in \(steps) steps, but both must "
          + "be at least 0, and the steps at least 1"
    case .lagrangian(let initial, let budget, let rate, let minimum, let maximum):
      [budget, rate, minimum, maximum].allSatisfy(\.isAboveZero)
        && minimum <= initial && initial <= maximum
        ? nil
        : "the Lagrangian KL controller has the budget \(budget), the rate \(rate) and the coefficient "
          + "\(initial) between \(minimum) and \(maximum), but all must be above 0 and in this order"
    }
  }
}

extension Double {
  /// The nearest number within bounds; NaN stays NaN.
  func clamped(to bounds: ClosedRange<Double>) -> Double {
    // This order of arguments: `max` and `min` hand back their first one if a comparison fails.
    min(max(self, bounds.lowerBound), bounds.upperBound)
  }

  /// Whether it is finite and above 0.
  fileprivate var isAboveZero: Bool { self > 0 && isFinite }
  /// Whether it is finite and not below 0.
  fileprivate var isAtLeastZero: Bool { self >= 0 && isFinite }
}
