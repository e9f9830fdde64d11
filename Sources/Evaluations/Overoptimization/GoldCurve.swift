#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The gold score as a function of the distance d = √KL(policy ‖ reference), by least squares:
/// R₀ + R(d), with the gold score R₀ of the reference.
///
/// - SeeAlso: Leo Gao, John Schulman and Jacob Hilton, Scaling Laws for Reward Model
///   Overoptimization, arXiv:2210.10760.
public struct GoldCurve: Sendable, Hashable, Codable {
  /// Which of two laws R follows. Their α and β are not comparable, nor are distances: learning
  /// spends far more KL than best of n for the same gain.
  public enum Form: String, Sendable, Hashable, Codable, CaseIterable {
    /// R(d) = d(α − βd), of best-of-n sampling.
    case bestOfN = "best_of_n"
    /// R(d) = d(α − β ln d), of reinforcement learning; not meant for d near 0.
    case reinforcement
  }

  /// The law.
  public let form: Form
  /// What optimization brings at first.
  public let alpha: Double
  /// What overoptimization takes; gold has a peak only where it is above 0.
  public let beta: Double
  /// R₀: as given, or as fitted.
  public let initialGold: Double
  /// 1 − Σ residual²/Σ(gold − mean)²; `nil` where gold does not vary.
  public let rSquared: Double?

  /// Fits α and β, and R₀ where it is not known. The regression of R/d, which is linear too, would let
  /// the smallest distances decide.
  ///
  /// The result is `nil` where there are no more evaluations than unknowns, or where their
  /// distances do not determine the curve.
  ///
  /// - Parameters:
  ///   - form: The law.
  ///   - divergences: KL(policy ‖ reference) of each evaluation, in nats; an estimate that chance
  ///     has made negative counts as 0.
  ///   - gold: The gold score of each.
  ///   - initialGold: R₀ where it was measured well; `nil` to fit it too.
  ///   - weights: What each evaluation counts, above 0: one over the square of its standard error;
  ///     `nil` for equal weights.
  public init?(
    _ form: Form, divergences: [Double], gold: [Double], initialGold: Double? = nil,
    weights: [Double]? = nil
  ) {
    requireSameCount(divergences.count, gold.count, "divergences and gold scores")
    requireFinite(divergences, "divergences")
    requireFinite(gold, "gold scores")
    let weights = weights ?? [Double](repeating: 1, count: gold.count)
    requireSameCount(weights.count, gold.count, "weights and gold scores")
    precondition(weights.allSatisfy { $0 > 0 && $0.isFinite }, "weights above 0")
    let distances = divergences.map { max(0, $0).squareRoot() }
    // Least squares with weights is that of rows times their roots, the constant's column among them.
    let roots = weights.map { $0.squareRoot() }
    func weighted(_ column: [Double]) -> [Double] { zip(column, roots).map { $0 * $1 } }
    let columns = [distances, distances.map { -$0 * form.decay(at: $0) }].map(weighted)
    guard gold.count > (initialGold == nil ? 3 : 2) else { return nil }
    if let initialGold {
      guard let factor = OrthogonalFactor(columns: columns) else { return nil }
      let solution = factor.solve(weighted(gold.map { $0 - initialGold }))
      (alpha, beta, self.initialGold) = (solution[0], solution[1], initialGold)
    } else {
      guard let factor = OrthogonalFactor(columns: [roots] + columns) else { return nil }
      let solution = factor.solve(weighted(gold))
      (alpha, beta, self.initialGold) = (solution[1], solution[2], solution[0])
    }
    self.form = form
    let mean = zip(weights, gold).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    var (squares, total) = (0.0, 0.0)
    for ((distance, gold), weight) in zip(zip(distances, gold), weights) {
      let fitted = self.initialGold + distance * (alpha - beta * form.decay(at: distance))
      squares += weight * (gold - fitted) * (gold - fitted)
      total += weight * (gold - mean) * (gold - mean)
    }
    rSquared = gold.contains { $0 != gold[0] } ? 1 - squares / total : nil
  }

  /// A known curve.
  ///
  /// - Parameters:
  ///   - form: The law.
  ///   - alpha: α.
  ///   - beta: β.
  ///   - initialGold: R₀.
  public init(_ form: Form, alpha: Double, beta: Double, initialGold: Double = 0) {
    (self.form, self.alpha, self.beta) = (form, alpha, beta)
    (self.initialGold, rSquared) = (initialGold, nil)
  }

  /// R₀ + R(d).
  ///
  /// - Parameter distance: d = √KL, at least 0.
  /// - Returns: The gold score expected there.
  public func gold(at distance: Double) -> Double {
    precondition(distance >= 0, "a distance of \(distance)")
    return initialGold + distance * (alpha - beta * form.decay(at: distance))
  }

  /// Where gold is greatest: d* = α/2β with R* = α²/4β for best of n, d* = e^{α/β − 1} with R* = βd*
  /// for learning.
  ///
  /// It is `nil` where gold falls from the start or never: β ≤ 0, or α ≤ 0 for best of n.
  public var peak: Peak? {
    guard beta > 0 else { return nil }
    switch form {
    case .bestOfN:
      guard alpha > 0 else { return nil }
      return Peak(
        distance: alpha / (2 * beta), gold: initialGold + alpha * alpha / (4 * beta))
    case .reinforcement:
      let distance = exp(alpha / beta - 1)
      return distance.isFinite ? Peak(distance: distance, gold: initialGold + beta * distance) : nil
    }
  }

  /// The greatest gold score of a curve.
  public struct Peak: Sendable, Hashable, Codable {
    /// d* = √KL.
    public let distance: Double
    /// R₀ + R*.
    public let gold: Double

    /// d*², in nats.
    public var divergence: Double { distance * distance }
  }
}

extension GoldCurve.Form {
  /// What β is multiplied by beside d: d or ln d. At d = 0 it is of no account, as d·ln d → 0.
  fileprivate func decay(at distance: Double) -> Double {
    switch self {
    case .bestOfN: distance
    case .reinforcement: distance > 0 ? log(distance) : 0
    }
  }
}
