import Objectives

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// True labels guessed from annotators who err each in their own way, by expectation maximization
/// (Dawid & Skene 1979).
///
/// With T_ik the probability that item i is of class k, π the shares of classes and Πʳ_kl the
/// probability that annotator r says l of what is k:
///
///     M: π_k ∝ prior + Σᵢ T_ik        Πʳ_kl ∝ pseudo-count_kl + Σᵢ T_ik·[L_ir = l]
///     E: T_ik ∝ π_k·Πᵣ Πʳ_{k, L_ir}
///
/// It starts from the shares of votes, which keeps classes from swapping their names. Pseudo-counts
/// that favour the diagonal keep few labels from making confusions of 0 and 1, or all of ½.
public struct DawidSkene: Sendable, Hashable {
  /// Labels that are thought seen before any is.
  public struct PseudoCounts: Sendable, Hashable {
    /// Of each annotator and class, said rightly.
    public let diagonal: Double
    /// Of each annotator and class, said to be one certain other class.
    public let offDiagonal: Double
    /// Of each class.
    public let prior: Double

    /// Pseudo-counts.
    ///
    /// - Parameters:
    ///   - diagonal: Of each annotator and class, said rightly; above 0.
    ///   - offDiagonal: Of each annotator and class, said to be one certain other class; above 0.
    ///   - prior: Of each class; above 0.
    public init(diagonal: Double = 2, offDiagonal: Double = 1, prior: Double = 1) {
      precondition(diagonal > 0 && offDiagonal > 0 && prior > 0, "pseudo-counts are above 0")
      self.diagonal = diagonal
      self.offDiagonal = offDiagonal
      self.prior = prior
    }
  }

  /// T: for each item the probability of each class.
  public let posteriors: [[Double]]
  /// π: the share of each class.
  public let classShares: [Double]
  /// Πʳ: for each annotator and true class the probability of each label. A diagonal below that of
  /// a guess betrays a bad annotator.
  public let confusions: [[[Double]]]
  /// How many rounds it took.
  public let iterations: Int
  /// Whether no probability moved by more than the tolerance in the last round.
  public let hasConverged: Bool

  /// Fits.
  ///
  /// - Parameters:
  ///   - labels: For each item the label of each annotator, from 0; `nil` where one gave none.
  ///   - classes: How many classes there are, at least 2.
  ///   - pseudoCounts: What is thought seen before.
  ///   - tolerance: The change of a probability at which the iteration stops.
  ///   - maximumIterations: Rounds allowed.
  public init(
    labels: [[Int?]], classes: Int, pseudoCounts: PseudoCounts = PseudoCounts(),
    tolerance: Double = 1e-8, maximumIterations: Int = 1000
  ) {
    precondition(classes > 1, "\(classes) classes")
    let annotators = labels.first?.count ?? 0
    precondition(labels.allSatisfy { $0.count == annotators }, "items differ in their annotators")
    precondition(
      labels.joined().allSatisfy { $0.map((0..<classes).contains) ?? true },
      "labels are from 0 to \(classes - 1)")
    var model = Model(posteriors: labels.map { Self.voteShares($0, classes: classes) })
    var (round, change) = (0, Double.infinity)
    while round < max(1, maximumIterations) && change > tolerance {
      round += 1
      change = model.improve(labels: labels, classes: classes, pseudoCounts: pseudoCounts)
    }
    posteriors = model.posteriors
    classShares = model.shares
    confusions = model.confusions
    iterations = round
    hasConverged = change <= tolerance
  }

  /// The probability that each item is of one class: targets of a loss on soft labels, where a vote
  /// of the majority would state more than is known.
  ///
  /// - Parameter label: The class, from 0.
  /// - Returns: One probability an item.
  public func softLabels(of label: Int) -> [Double] {
    precondition(classShares.indices.contains(label), "there is no class \(label)")
    return posteriors.map { $0[label] }
  }

  /// The share of each class among an item's votes; equal shares without votes.
  private static func voteShares(_ votes: [Int?], classes: Int) -> [Double] {
    let given = votes.compactMap(\.self)
    guard !given.isEmpty else { return [Double](repeating: 1 / Double(classes), count: classes) }
    return (0..<classes).map { label in
      Double(given.count { $0 == label }) / Double(given.count)
    }
  }
}

/// The state of the iteration.
private struct Model {
  var posteriors: [[Double]]
  var shares: [Double] = []
  var confusions: [[[Double]]] = []

  /// One M and one E step.
  ///
  /// - Returns: The largest change of a posterior.
  mutating func improve(
    labels: [[Int?]], classes: Int, pseudoCounts: DawidSkene.PseudoCounts
  ) -> Double {
    maximize(labels: labels, classes: classes, pseudoCounts: pseudoCounts)
    let logShares = shares.map { log($0) }
    let logConfusions = confusions.map { $0.map { $0.map { log($0) } } }
    var change = 0.0
    for (item, votes) in labels.enumerated() {
      var scores = logShares
      for (annotator, vote) in votes.enumerated() {
        guard let vote else { continue }
        for label in 0..<classes { scores[label] += logConfusions[annotator][label][vote] }
      }
      let total = logSumExp(scores)
      for label in 0..<classes {
        let next = exp(scores[label] - total)
        change = max(change, abs(next - posteriors[item][label]))
        posteriors[item][label] = next
      }
    }
    return change
  }

  private mutating func maximize(
    labels: [[Int?]], classes: Int, pseudoCounts: DawidSkene.PseudoCounts
  ) {
    let blank = (0..<classes).map { truth in
      (0..<classes).map { $0 == truth ? pseudoCounts.diagonal : pseudoCounts.offDiagonal }
    }
    shares = [Double](repeating: pseudoCounts.prior, count: classes)
    confusions = [[[Double]]](repeating: blank, count: labels.first?.count ?? 0)
    for (item, votes) in labels.enumerated() {
      for truth in 0..<classes {
        shares[truth] += posteriors[item][truth]
        for (annotator, vote) in votes.enumerated() {
          if let vote { confusions[annotator][truth][vote] += posteriors[item][truth] }
        }
      }
    }
    shares = shares.normalized
    confusions = confusions.map { $0.map(\.normalized) }
  }
}

extension [Double] {
  /// Divided by their sum.
  fileprivate var normalized: [Double] {
    let sum = reduce(0, +)
    return map { $0 / sum }
  }
}
