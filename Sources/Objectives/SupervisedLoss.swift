#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The loss of supervised fine-tuning: the tokens of demonstrations shall be likely.
///
/// With p_t = π(y_t | x, y_<t) and the vocabulary V, the loss of token t is
///
///     L_t = −(1 − ε) log p_t − ε / |V| Σ_v log π(v | x, y_<t)
///           − λ_end [y_t ends its completion] log p_t
///           − λ_rep Σ_{c ∈ C_t} log(1 − π(c | x, y_<t))
///
/// - The first line is the negative log likelihood with label smoothing ε, the target mixed with the
///   uniform distribution over all of V, the target included: `LabelSmoother` of `transformers`, and
///   so `label_smoothing_factor` of TRL.
/// - λ_end, the length penalty, asks for the end of the completion once more.
/// - λ_rep, the repetition penalty, is the token-level unlikelihood of Welleck et al. (2019,
///   arXiv:1908.04319, section 5.1); ``RepetitionCandidates`` builds C_t.
///
/// ``Kind/dynamic`` has −sg(p_t) log p_t in place of the first line.
///
///     let loss = SupervisedLoss()
///     let outcome = loss.evaluate(SupervisedTokens(logProbabilities: [-1, -3]))
///     outcome.values            // [1, 3], in nats
///     outcome.byLogProbability  // [-1, -1]
public struct SupervisedLoss: Equatable, Sendable {
  /// How the likelihood of a token counts.
  public enum Kind: String, CaseIterable, Codable, Sendable {
    /// −log p.
    case negativeLogLikelihood
    /// −sg(p) log p, where no gradient flows through sg(p): the dynamic fine-tuning of Wu et al.
    /// (2025, arXiv:2508.05629), in which a token counts as much as the policy believes in it.
    case dynamic
  }

  /// ε, how much of the target is spread over the vocabulary, from 0 to 1.
  public let labelSmoothing: Double
  /// How the likelihood of a token counts.
  public let kind: Kind
  /// λ_end, how much the end of a completion counts in addition, at least 0.
  public let lengthPenalty: Double
  /// λ_rep, how much the unlikelihood of repetitions counts, at least 0.
  public let repetitionPenalty: Double

  /// A loss for demonstrations.
  ///
  /// - Parameters:
  ///   - labelSmoothing: How much of the target is spread over the vocabulary, from 0 to 1; 0 for
  ///     the dynamic kind, which TRL smooths in no way either.
  ///   - kind: How the likelihood of a token counts.
  ///   - lengthPenalty: How much the end of a completion counts in addition, at least 0.
  ///   - repetitionPenalty: How much the unlikelihood of repetitions counts, at least 0.
  public init(
    labelSmoothing: Double = 0, kind: Kind = .negativeLogLikelihood, lengthPenalty: Double = 0,
    repetitionPenalty: Double = 0
  ) {
    precondition(
      (0...1).contains(labelSmoothing),
      "label smoothing is \(labelSmoothing), but must be from 0 to 1")
    precondition(
      labelSmoothing == 0 || kind == .negativeLogLikelihood,
      "the dynamic kind takes no label smoothing, but it is \(labelSmoothing)")
    precondition(
      lengthPenalty >= 0 && lengthPenalty.isFinite,
      "the length penalty is \(lengthPenalty), but must be at least 0")
    precondition(
      repetitionPenalty >= 0 && repetitionPenalty.isFinite,
      "the repetition penalty is \(repetitionPenalty), but must be at least 0")
    self.labelSmoothing = labelSmoothing
    self.kind = kind
    self.lengthPenalty = lengthPenalty
    self.repetitionPenalty = repetitionPenalty
  }

  /// Whether ``SupervisedTokens/meanLogProbabilities`` are needed.
  public var needsMeanLogProbabilities: Bool { labelSmoothing > 0 }

  /// Whether ``SupervisedTokens/isEnd`` is needed.
  public var needsEnds: Bool { lengthPenalty > 0 }

  /// Whether ``SupervisedTokens/candidates`` are needed.
  public var needsCandidates: Bool { repetitionPenalty > 0 }

  /// The loss of each token and the gradient of their sum.
  ///
  /// - Parameter tokens: The completion tokens of any number of demonstrations, with the columns
  ///   that the loss needs; others are not looked at.
  /// - Returns: Values, their parts, and the gradient by each column.
  public func evaluate(_ tokens: SupervisedTokens) -> SupervisedOutcome {
    let likelihoods = likelihoodTerms(of: tokens)
    let ends = endTerms(of: tokens)
    let repetitions = repetitionTerms(of: tokens)
    return SupervisedOutcome(
      likelihoodValues: likelihoods.map(\.value),
      endValues: ends.map(\.value),
      repetitionValues: repetitions.values,
      byLogProbability: zip(likelihoods, ends).map { $0.slope + $1.slope },
      byMeanLogProbability:
        needsMeanLogProbabilities ? tokens.logProbabilities.map { _ in -labelSmoothing } : nil,
      byCandidate: repetitions.gradient)
  }

  /// The first line, and its derivative by log p.
  private func likelihoodTerms(of tokens: SupervisedTokens) -> [CurvePoint] {
    switch kind {
    case .dynamic:
      return tokens.logProbabilities.map { logProbability in
        let probability = exp(logProbability)
        return CurvePoint(value: -damped(logProbability, by: probability), slope: -probability)
      }
    case .negativeLogLikelihood where needsMeanLogProbabilities:
      guard let means = tokens.meanLogProbabilities else {
        preconditionFailure("label smoothing without the mean log probabilities")
      }
      return zip(tokens.logProbabilities, means).map { logProbability, mean in
        CurvePoint(
          value: -damped(logProbability, by: 1 - labelSmoothing) - labelSmoothing * mean,
          slope: labelSmoothing - 1)
      }
    case .negativeLogLikelihood:
      return tokens.logProbabilities.map { CurvePoint(value: -$0, slope: -1) }
    }
  }

  /// −λ_end log p where the token ends its completion, and its derivative by log p.
  private func endTerms(of tokens: SupervisedTokens) -> [CurvePoint] {
    guard needsEnds else {
      return tokens.logProbabilities.map { _ in CurvePoint(value: 0, slope: 0) }
    }
    guard let isEnd = tokens.isEnd else {
      preconditionFailure("a length penalty without the ends of the completions")
    }
    return zip(tokens.logProbabilities, isEnd).map { logProbability, isEnd in
      isEnd
        ? CurvePoint(value: -lengthPenalty * logProbability, slope: -lengthPenalty)
        : CurvePoint(value: 0, slope: 0)
    }
  }

  /// −λ_rep Σ_c log(1 − e^ℓ_c) of each token, and the derivative by each ℓ_c.
  private func repetitionTerms(
    of tokens: SupervisedTokens
  ) -> (values: [Double], gradient: [Double]?) {
    guard needsCandidates else { return (tokens.logProbabilities.map { _ in 0 }, nil) }
    guard let candidates = tokens.candidates else {
      preconditionFailure("a repetition penalty without candidates")
    }
    let terms = candidates.logProbabilities.map(unlikelihood(ofLogProbability:))
    let values = zip(candidates.offsets, candidates.offsets.dropFirst()).map { start, end in
      repetitionPenalty * terms[start..<end].reduce(into: 0) { $0 += $1.value }
    }
    return (values, terms.map { repetitionPenalty * $0.slope })
  }
}

/// log(1 − 10⁻⁵): the most probable that a repetition is taken to be, as in the code of Welleck et al.
private let mostProbable = log1p(-1e-5)

/// −log(1 − e^ℓ), how surprising it is that an event of log probability ℓ does not happen, and its
/// derivative e^ℓ / (1 − e^ℓ).
///
/// Beyond a probability of 1 − 10⁻⁵, where single precision has no digits of 1 − e^ℓ left, the value
/// and the derivative are those at 1 − 10⁻⁵. So a certain repetition is still pushed down, by a
/// derivative of at most 10⁵.
///
/// - Parameter logProbability: ℓ, at most 0.
/// - Returns: A value from 0 to 11.5 and its derivative.
func unlikelihood(ofLogProbability logProbability: Double) -> CurvePoint {
  let bounded = min(logProbability, mostProbable)
  let (probability, complement) = (exp(bounded), -expm1(bounded))
  return CurvePoint(
    // Each logarithm where it has all digits: of a complement near 1, or of one near 0.
    value: probability < 0.5 ? -log1p(-probability) : -log(complement),
    slope: probability / complement)
}
