/// How good a score finds the positive ones among many: precision and recall at every threshold.
///
/// A row is found whose score is at least the threshold; rows of one score are found together. The area
/// is the average precision
///
///     AP = Σ_n (R_n − R_{n−1}) P_n
///
/// over thresholds in falling order: no interpolation, which flatters. A score without information has
/// the share of positive rows as its AP.
public struct PrecisionRecallCurve: Sendable, Hashable {
  /// What is found at a threshold.
  public struct Point: Sendable, Hashable {
    /// The least score that is found.
    public let threshold: Double
    /// Positive rows that are found.
    public let truePositives: Int
    /// Negative rows that are found.
    public let falsePositives: Int

    /// The share of positive rows among those found.
    public var precision: Double {
      Double(truePositives) / Double(truePositives + falsePositives)
    }
  }

  /// Positive rows.
  public let positives: Int
  /// Negative rows.
  public let negatives: Int
  /// One a different score, thresholds falling.
  public let points: [Point]

  /// Counts.
  ///
  /// - Parameters:
  ///   - scores: Finite; higher is more likely to be positive.
  ///   - labels: Which rows are positive.
  public init(scores: [Double], labels: [Bool]) {
    requireSameCount(scores.count, labels.count, "scores and labels")
    requireFinite(scores, "scores")
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var points: [Point] = []
    var (found, wrong) = (0, 0)
    for (place, row) in order.enumerated() {
      if labels[row] { found += 1 } else { wrong += 1 }
      guard place + 1 == order.count || scores[order[place + 1]] != scores[row] else { continue }
      points.append(Point(threshold: scores[row], truePositives: found, falsePositives: wrong))
    }
    (positives, negatives, self.points) = (found, wrong, points)
  }

  /// AP, from 0 to 1; `nil` without positive rows.
  public var averagePrecision: Double? {
    guard positives > 0 else { return nil }
    var (area, before) = (0.0, 0)
    for point in points {
      area += Double(point.truePositives - before) / Double(positives) * point.precision
      before = point.truePositives
    }
    return area
  }

  /// The share of positive rows that a point finds; `nil` without positive rows.
  public func recall(at point: Point) -> Double? {
    positives > 0 ? Double(point.truePositives) / Double(positives) : nil
  }

  /// The lowest threshold that calls no more than a share of the negative rows positive.
  ///
  /// - Parameter rate: The false-positive rate that is tolerated, from 0 to 1.
  /// - Returns: The point; `nil` where even the highest threshold calls too many positive, or where there
  ///   are no negative rows.
  public func point(falsePositiveRate rate: Double) -> Point? {
    guard negatives > 0 else { return nil }
    return points.last { Double($0.falsePositives) <= rate * Double(negatives) }
  }
}
