/// Losses for unpaired judgments: each completion alone is called desirable or undesirable.
///
/// With the log ratio h = log π(y | x) − log π_ref(y | x), summed over the completion, its implicit
/// reward β h, and a class weight λ, a desirable completion has the first loss and an undesirable one
/// the second:
///
/// | kind | λ_D · | λ_U · |
/// | --- | --- | --- |
/// | ``Kind/kto`` | 1 − σ(β(h − z)) | 1 − σ(β(z − h)) |
/// | ``Kind/apoZeroUnpaired`` | 1 − σ(β h) | σ(β h) |
/// | ``Kind/bco`` | −log σ(β h − δ) | −log σ(δ − β h) |
///
/// - `kto` is the Kahneman–Tversky optimization of Ethayarajh et al. (2024, arXiv:2402.01306), equation
///   7. Its reference point z estimates KL(π‖π_ref): ``klEstimate(policy:reference:)``.
/// - `apoZeroUnpaired` is the anchored optimization of D'Oosterlinck et al. (2024, arXiv:2408.06266) for
///   single completions.
/// - `bco` is the binary classifier optimization of Jung et al. (2024, arXiv:2404.04656),
///   whose δ is a running mean of rewards: ``RewardShift``.
///
/// z and δ are constants of the loss: no gradient flows through them.
///
///     let loss = KTOLoss(beta: 0.1)
///     let z = KTOLoss.klEstimate(policy: mismatched, reference: mismatchedReference)
///     let outcome = loss.evaluate(
///       policy: policy, reference: reference, isDesirable: labels, referencePoint: z)
public struct KTOLoss: Equatable, Sendable {
  /// Which loss.
  public enum Kind: String, CaseIterable, Codable, Sendable {
    /// Kahneman–Tversky optimization.
    case kto
    /// Anchored preference optimization for single completions.
    case apoZeroUnpaired = "apo_zero_unpaired"
    /// Binary classifier optimization.
    case bco
  }

  /// How strongly the policy is held to the reference: β > 0, in reward per nat.
  public let beta: Double
  /// λ_D, how much a desirable completion counts, at least 0.
  public let desirableWeight: Double
  /// λ_U, how much an undesirable completion counts, at least 0.
  public let undesirableWeight: Double
  /// Which loss.
  public let kind: Kind

  /// A loss for unpaired judgments.
  ///
  /// - Parameters:
  ///   - beta: How strongly the policy is held to the reference; above 0.
  ///   - desirableWeight: How much a desirable completion counts, at least 0.
  ///   - undesirableWeight: How much an undesirable completion counts, at least 0.
  ///   - kind: Which loss.
  public init(
    beta: Double, desirableWeight: Double = 1, undesirableWeight: Double = 1, kind: Kind = .kto
  ) {
    precondition(beta > 0 && beta.isFinite, "beta is \(beta), but must be above 0")
    precondition(
      [desirableWeight, undesirableWeight].allSatisfy { $0 >= 0 && $0.isFinite },
      "the class weights are \(desirableWeight) and \(undesirableWeight), but must be at least 0")
    self.beta = beta
    self.desirableWeight = desirableWeight
    self.undesirableWeight = undesirableWeight
    self.kind = kind
  }

  /// z = max(0, mean(log π(y′ | x) − log π_ref(y′ | x))) over prompts x, each with the completion y′ of
  /// another one: an estimate of KL(π‖π_ref) in nats a completion.
  ///
  /// TRL 1.16.0 takes y′ from the row before, around the end within a batch of the prepared data, and
  /// averages over that batch; a batch of one row is compared with itself.
  ///
  /// - Parameters:
  ///   - policy: log π of each mismatched completion, summed over its tokens, in nats.
  ///   - reference: log π_ref of the same, likewise.
  /// - Returns: A number that is at least 0; 0 for no completions.
  public static func klEstimate(policy: [Double], reference: [Double]) -> Double {
    precondition(
      policy.count == reference.count, "\(policy.count) policy for \(reference.count) reference")
    let sum = zip(policy, reference).reduce(into: 0) { $0 += $1.0 - $1.1 }
    return max(0, sum / Double(max(1, policy.count)))
  }

  /// β h of each completion.
  ///
  /// - Parameters:
  ///   - policy: log π of each completion, summed over its tokens, in nats.
  ///   - reference: log π_ref of the same, likewise.
  /// - Returns: One implicit reward a completion.
  public func rewards(policy: [Double], reference: [Double]) -> [Double] {
    precondition(
      policy.count == reference.count, "\(policy.count) policy for \(reference.count) reference")
    return zip(policy, reference).map { beta * ($0 - $1) }
  }

  /// The loss of each completion and the gradient of their sum.
  ///
  /// - Parameters:
  ///   - policy: log π of each completion, summed over its tokens, in nats.
  ///   - reference: log π_ref of the same, likewise.
  ///   - isDesirable: The judgment of each completion.
  ///   - referencePoint: For `kto` z, in nats; for `bco` δ, in reward; `apoZeroUnpaired` has none, and
  ///     takes 0.
  ///   - weights: How much each completion counts beside the weight of its class; `nil` for 1.
  /// - Returns: Values, gradient, and the implicit rewards that metrics average.
  public func evaluate(
    policy: [Double], reference: [Double], isDesirable: [Bool], referencePoint: Double = 0,
    weights: [Double]? = nil
  ) -> KTOOutcome {
    precondition(
      isDesirable.count == policy.count, "\(isDesirable.count) labels for \(policy.count) rows")
    precondition(
      weights.map { $0.count == policy.count } ?? true,
      "\(weights?.count ?? 0) weights for \(policy.count) rows")
    precondition(
      kind != .apoZeroUnpaired || referencePoint == 0,
      "apo_zero_unpaired has no reference point, but it is \(referencePoint)")
    let rewards = rewards(policy: policy, reference: reference)
    let shift = kind == .kto ? beta * referencePoint : referencePoint
    let terms = rewards.indices.map { row in
      let sign: Double = isDesirable[row] ? 1 : -1
      let loss = loss(surplus: sign * (rewards[row] - shift))
      let weight =
        (isDesirable[row] ? desirableWeight : undesirableWeight) * (weights?[row] ?? 1)
      return CurvePoint(
        value: damped(loss.value, by: weight),
        slope: damped(sign * beta * loss.slope, by: weight))
    }
    return KTOOutcome(
      values: terms.map(\.value), gradient: terms.map(\.slope), rewards: rewards,
      isDesirable: isDesirable)
  }

  /// The loss of a reward that is `surplus` on the right side of the reference point.
  private func loss(surplus: Double) -> CurvePoint {
    switch kind {
    case .kto, .apoZeroUnpaired:
      CurvePoint(value: sigmoid(-surplus), slope: -sigmoid(surplus) * sigmoid(-surplus))
    case .bco:
      logisticLoss(surplus)
    }
  }
}
