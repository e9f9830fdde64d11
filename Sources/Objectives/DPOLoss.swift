/// Direct preference optimization: the policy is its own reward model.
///
/// Rafailov et al. (2023, arXiv:2305.18290) show that the policy which maximises a reward r under a
/// penalty β KL(π‖π_ref) satisfies r(x, y) = β log(π(y | x) / π_ref(y | x)) + const(x) (equation 5).
/// Put into the Bradley–Terry model, the constant cancels, and what remains is a loss on the policy
/// alone. With the log ratios h = log π − log π_ref of the two completions, each ``DPOVariant`` is a
/// function of h_w and h_l, or of log π alone.
///
///     let outcome = DPOLoss(beta: 0.1).evaluate(PreferenceBatch(policy: policy, reference: reference))
///     outcome.values    // one a pair; log 2 while the policy is the reference
///     outcome.gradient  // of their sum, by the policy's summed log probabilities
///
/// Several losses may be added with weights, as the mixed preference optimization of Wang et al.
/// (2024, arXiv:2411.10442) does:
///
///     DPOLoss(
///       beta: 0.1,
///       parts: [.init(.sigmoid(), weight: 0.8), .init(.bcoPair, weight: 0.2), .init(.likelihood)])
public struct DPOLoss: Equatable, Sendable {
  /// One of several losses that are added.
  public struct Part: Equatable, Sendable {
    /// The loss.
    public let variant: DPOVariant
    /// By what it is multiplied, at least 0.
    public let weight: Double

    /// A loss and its weight.
    ///
    /// - Parameters:
    ///   - variant: The loss.
    ///   - weight: By what it is multiplied, at least 0.
    public init(_ variant: DPOVariant, weight: Double = 1) {
      if let violation = variant.violation { preconditionFailure(violation) }
      precondition(
        weight >= 0 && weight.isFinite, "a loss's weight is \(weight), but must be at least 0")
      self.variant = variant
      self.weight = weight
    }
  }

  /// How strongly the policy is held to the reference: β > 0, in reward per nat.
  public let beta: Double
  /// The losses that are added, at least one.
  public let parts: [Part]

  /// A loss of the direct preference family.
  ///
  /// - Parameters:
  ///   - beta: How strongly the policy is held to the reference; above 0.
  ///   - variant: Which member of the family, with its parameters.
  public init(beta: Double, variant: DPOVariant = .sigmoid()) {
    self.init(beta: beta, parts: [Part(variant)])
  }

  /// The weighted sum of several losses.
  ///
  /// - Parameters:
  ///   - beta: How strongly the policy is held to the reference; above 0.
  ///   - parts: At least one loss.
  public init(beta: Double, parts: [Part]) {
    precondition(beta > 0, "beta is \(beta), but must be above 0")
    precondition(!parts.isEmpty, "no loss")
    self.beta = beta
    self.parts = parts
  }

  /// Whether any part compares the policy with a frozen reference.
  public var needsReference: Bool { parts.contains(where: \.variant.needsReference) }

  /// Whether the pairs of an optimizer batch must be evaluated together.
  public var couplesPairs: Bool { parts.contains(where: \.variant.couplesPairs) }

  /// Whether any part takes each pair's margin into account.
  public var usesMargins: Bool { parts.contains(where: \.variant.usesMargins) }

  /// Whether the chosen side's likelihood is a term of any part.
  public var usesLikelihood: Bool { parts.contains(where: \.variant.usesLikelihood) }

  /// Whether a judgment may be true with a probability only: each pair has a loss of its own, which
  /// sees nothing of a side but what it sees of the other.
  public var takesProbabilities: Bool { !couplesPairs && !usesLikelihood }

  /// The loss of each pair and the gradient of their sum by the policy's log probabilities.
  ///
  /// The gradient by the reference's is never needed. Of a pair whose judgment is true with
  /// probability p, the loss is what is to be expected,
  ///
  ///     L = p L(y_w, y_l) + (1 − p) L(y_l, y_w)
  ///
  /// which for `sigmoid` is label smoothing with ε = 1 − p, pair by pair.
  ///
  /// - Parameter batch: The pairs: the whole optimizer batch where ``couplesPairs``, with a reference
  ///   where ``needsReference``. A loss that couples its pairs takes no weights, since a value there
  ///   belongs to a rank and not to a pair; probabilities go with ``takesProbabilities``.
  /// - Returns: Values, gradient, and the implicit rewards that metrics average.
  public func evaluate(_ batch: PreferenceBatch) -> DPOOutcome {
    precondition(!needsReference || batch.reference != nil, "\(parts) without a reference")
    precondition(!couplesPairs || batch.weights == nil, "\(parts) with weights for its pairs")
    precondition(
      takesProbabilities || batch.probabilities == nil, "\(parts) with probabilities of its pairs")
    let pairs = [ScoredPair](batch)
    let terms = expectedTerms(of: pairs, batch.probabilities).weighted(by: batch.weights)
    let likelihoodGradient = terms.map(\.likelihood)
    return DPOOutcome(
      values: terms.values,
      gradient: batch.chosenLikelihoods == nil
        ? PairGradient(
          chosen: zip(terms, likelihoodGradient).map { $0.chosen + $1 },
          rejected: terms.map(\.rejected))
        : terms.gradient,
      likelihoodGradient: batch.chosenLikelihoods == nil ? nil : likelihoodGradient,
      chosenRewards: pairs.map { reward(of: $0.chosen) },
      rejectedRewards: pairs.map { reward(of: $0.rejected) })
  }

  /// What is to be expected of each pair, which is as it was judged with some probability.
  private func expectedTerms(
    of pairs: [ScoredPair], _ probabilities: [Double]?
  ) -> [PairTerm] {
    let terms = terms(of: pairs)
    guard let probabilities else { return terms }
    let reversed = self.terms(of: pairs.map(\.reversed)).map(\.reversed)
    return zip(
      terms.weighted(by: probabilities), reversed.weighted(by: probabilities.map { 1 - $0 })
    )
    .map { $0 + $1 }
  }

  /// The weighted sum over the parts, pair by pair.
  private func terms(of pairs: [ScoredPair]) -> [PairTerm] {
    let nothing = pairs.map { _ in PairTerm(value: 0, chosen: 0, rejected: 0) }
    return parts.reduce(nothing) { sum, part in
      zip(sum, part.variant.terms(of: pairs, beta: beta)).map { $0 + $1.weighted(by: part.weight) }
    }
  }

  /// β times what the policy has learned about a completion, in the units that the loss has it.
  private func reward(of completion: ScoredPair.Completion) -> Double {
    if needsReference { return beta * completion.logRatio }
    let isAveraged = parts.contains(where: \.variant.averagesRewards)
    return beta * (isAveraged ? completion.meanLogProbability : completion.policy)
  }
}
