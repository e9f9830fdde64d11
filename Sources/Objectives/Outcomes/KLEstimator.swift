#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How KL(π‖π_ref) is estimated from a token that π sampled.
///
/// With d = log π_ref(y_t) − log π(y_t), in nats, and no clamping (as in TRL; other libraries clamp):
///
/// | estimator | value | derivative by log π |
/// | --- | --- | --- |
/// | ``k1`` | −d | 1 |
/// | ``k2`` | d² / 2 | −d |
/// | ``k3`` | eᵈ − 1 − d | 1 − eᵈ |
///
/// Schulman, "Approximating KL divergence" (2020, joschu.net/blog/kl-approx.html). In expectation over
/// π, k1 and k3 are KL(π‖π_ref) itself, and k2 is another divergence that agrees for small d. k3 is
/// never negative, and varies far less than k1 as long as π_ref is not much the larger one.
///
/// As a *reward*, any of them will do: there the value counts. As a *loss* the derivative counts, and
/// values and derivatives disagree: E[∇k1] = E[∇ log π] is 0 for every policy, so k1 holds nothing;
/// E[∇k2] is the gradient of KL(π‖π_ref); E[∇k3] is that of KL(π_ref‖π). Both are those of one token
/// after what came before it: that a token also leads to others, only a reward can see. See Tang &
/// Munos (2025, arXiv:2506.09477).
///
///     KLEstimator.k3.value(policy: -1, reference: -1.5)  // 0.1065: e^−0.5 − 1 + 0.5
public enum KLEstimator: String, CaseIterable, Codable, Sendable {
  /// −d: unbiased, of either sign.
  case k1
  /// d² / 2: biased, of the right gradient.
  case k2
  /// eᵈ − 1 − d: unbiased and never negative.
  case k3

  /// Why it cannot be a term of a loss, as a sentence; `nil` where it can.
  public var violationAsLoss: String? {
    self == .k1
      ? "k1 is no loss: its gradient is 0 in expectation, and holds the policy to nothing; "
        + "take k2 or k3 in the loss, or k1 in the reward" : nil
  }

  /// The estimate for one token.
  ///
  /// - Parameters:
  ///   - policy: log π of the token that π sampled, in nats.
  ///   - reference: log π_ref of the same token, in nats.
  /// - Returns: An estimate of KL(π‖π_ref) in nats a token.
  public func value(policy: Double, reference: Double) -> Double {
    let difference = reference - policy
    return switch self {
    case .k1: -difference
    case .k2: difference * difference / 2
    case .k3: exponentialRemainder(difference)
    }
  }

  /// The estimate for each token.
  ///
  /// - Parameters:
  ///   - policy: log π of the tokens that π sampled, in nats.
  ///   - reference: log π_ref of the same tokens, in nats.
  /// - Returns: One estimate of KL(π‖π_ref) a token, in nats; their sum is that of a completion.
  public func values(policy: [Double], reference: [Double]) -> [Double] {
    precondition(
      policy.count == reference.count, "\(policy.count) policy for \(reference.count) reference")
    return zip(policy, reference).map { value(policy: $0, reference: $1) }
  }

  /// The derivative of each token's estimate by log π, where the estimate is a term of a loss.
  ///
  /// - Parameters:
  ///   - policy: log π of the tokens that π sampled, in nats.
  ///   - reference: log π_ref of the same tokens, in nats.
  /// - Returns: One derivative a token. ``k1`` has none worth the name, and is refused.
  public func gradient(policy: [Double], reference: [Double]) -> [Double] {
    precondition(
      policy.count == reference.count, "\(policy.count) policy for \(reference.count) reference")
    return zip(policy, reference).map { lossTerm(policy: $0, reference: $1).slope }
  }

  /// One token's estimate as a term of a loss: its value, and the derivative by log π.
  func lossTerm(policy: Double, reference: Double) -> CurvePoint {
    let difference = reference - policy
    let slope: Double
    switch self {
    case .k1: preconditionFailure(violationAsLoss ?? "")
    case .k2: slope = -difference
    case .k3: slope = -expm1(difference)
    }
    return CurvePoint(value: value(policy: policy, reference: reference), slope: slope)
  }
}

/// eˣ − 1 − x, which is never negative.
///
/// Near 0 both parts are x and only x² / 2 is left of them, so there the series is summed instead; at
/// |x| = 0.01 its first term left out is 5e-17 of the sum.
func exponentialRemainder(_ x: Double) -> Double {
  guard abs(x) < 0.01 else { return expm1(x) - x }
  return x * x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6 * (1 + x / 7)))))
}
