internal import Evaluations
internal import PreferenceData

/// How far what was evaluated lies from reference data, such as what the model was trained on.
///
/// The best completion of each row is looked at. A fifth of the reference is not fitted on: it is the
/// measure of what is usual.
public struct DistributionResult: Sendable, Hashable, Codable {
  /// One quantity on the evaluated data and on the reference.
  public struct Comparison: Sendable, Hashable, Codable {
    /// The median on the evaluated rows.
    public var evaluatedMedian: Double
    /// The median on the held-out part of the reference.
    public var referenceMedian: Double
    /// The probability that an evaluated row has more of it; ½ where they do not differ.
    public var separation: Double
    /// The interval of ``separation``: its lower end; `nil` where it is 0 or 1.
    public var separationLower: Double?
    /// The interval of ``separation``: its upper end.
    public var separationUpper: Double?
    /// The ends of common bins.
    public var edges: [Double]
    /// The share of evaluated rows in each bin.
    public var evaluatedShares: [Double]
    /// The share of reference rows in each bin.
    public var referenceShares: [Double]

    init?(evaluated: [Double], reference: [Double]) {
      guard let area = AreaUnderROC(positives: evaluated, negatives: reference),
        let first = SortedSample(evaluated).median, let second = SortedSample(reference).median,
        let all = Histogram(evaluated + reference, bins: 24)
      else { return nil }
      evaluatedMedian = first
      referenceMedian = second
      separation = area.value
      separationLower = area.interval()?.lower
      separationUpper = area.interval()?.upper
      edges = all.edges
      evaluatedShares = Self.shares(of: evaluated, in: all.edges)
      referenceShares = Self.shares(of: reference, in: all.edges)
    }

    private static func shares(of values: [Double], in edges: [Double]) -> [Double] {
      var counts = [Int](repeating: 0, count: edges.count - 1)
      for value in values {
        let bin = edges.dropFirst().dropLast().count { $0 <= value }
        counts[bin] += 1
      }
      return counts.map { Double($0) / Double(values.count) }
    }
  }

  /// The reference files.
  public var reference: [String]
  /// How many rows of the reference were fitted on.
  public var fittedOn: Int
  /// How many were held out.
  public var heldOut: Int
  /// How many evaluated rows were looked at.
  public var evaluated: Int
  /// With how much of a sphere the covariance was mixed.
  public var shrinkage: Double
  /// Mahalanobis distances of hidden states.
  public var distance: Comparison
  /// The variance over members of an ensemble.
  public var variance: Comparison?
}
