/// The loss of a value function, which may not move far from what it said when the policy sampled.
///
/// With the return R_t, and V_t^old of the time of sampling:
///
///     L_t = ½ max((V_t − R_t)², (clip(V_t, V_t^old − ε, V_t^old + ε) − R_t)²)
///     dL_t/dV_t = V_t − R_t where the first is the larger or both are equal, else 0
///
/// That is the value loss of the PPO baselines, and TRL's; the clipped branch is the larger only outside
/// of the range, where it does not depend on V_t.
///
///     let loss = ClippedValueLoss(clipRange: 0.2)
///     let outcome = loss.evaluate(values: [1], behavior: [0.5], returns: [2])
///     outcome.values    // [0.845]: ½ (0.7 − 2)²
///     outcome.gradient  // [0]
public struct ClippedValueLoss: Equatable, Sendable {
  /// What ``ClippedValueLoss`` says; both arrays have one entry a token.
  public struct Outcome: Equatable, Sendable {
    /// The loss of each token.
    public let values: [Double]
    /// The gradient of the sum of ``values`` by each V_t.
    public let gradient: [Double]
    /// In how many tokens the clipped branch is the larger: `val/clipfrac_avg` is their fraction.
    public let clippedCount: Int
  }

  /// ε, in units of the return; `nil` for no clipping.
  public let clipRange: Double?

  /// The loss of a value function.
  ///
  /// - Parameter clipRange: How far a value may move, at least 0, in units of the return; `nil` for no
  ///   clipping.
  public init(clipRange: Double? = 0.2) {
    precondition(
      clipRange.map { $0 >= 0 } ?? true,
      "the clip range of values is \(clipRange ?? 0), but must be at least 0")
    self.clipRange = clipRange
  }

  /// The loss of each token and the gradient of their sum.
  ///
  /// - Parameters:
  ///   - values: V_t, what the value function says now.
  ///   - behavior: V_t^old, what it said when the policy sampled.
  ///   - returns: R_t, what it should have said.
  /// - Returns: Values and gradient, one a token.
  public func evaluate(values: [Double], behavior: [Double], returns: [Double]) -> Outcome {
    precondition(
      values.count == behavior.count && values.count == returns.count,
      "\(values.count) values for \(behavior.count) old ones and \(returns.count) returns")
    var clippedCount = 0
    let terms = values.indices.map { index in
      let error = values[index] - returns[index]
      if let clipRange {
        let old = behavior[index]
        let clipped = min(max(values[index], old - clipRange), old + clipRange)
        let clippedError = clipped - returns[index]
        if clippedError * clippedError > error * error {
          clippedCount += 1
          return CurvePoint(value: clippedError * clippedError / 2, slope: 0)
        }
      }
      return CurvePoint(value: error * error / 2, slope: error)
    }
    return Outcome(
      values: terms.map(\.value), gradient: terms.map(\.slope), clippedCount: clippedCount)
  }
}
