internal import Evaluations

/// How well a score ranks texts of which a label is true before those of which it is not.
public struct RankingQuality: Sendable, Hashable, Codable {
  /// The area under the ROC curve with DeLong's interval; ½ is what chance gives.
  public var rocAUC: MeasuredValue
  /// Average precision; the share of positive texts is what chance gives.
  public var averagePrecision: Double

  private enum CodingKeys: String, CodingKey {
    case rocAUC = "rocAuc"
    case averagePrecision
  }

  /// Ranks; `nil` where all texts are of one side.
  init?(scores: [Double], outcomes: [Bool]) {
    let sides = [true, false].map { side in
      scores.indices.filter { outcomes[$0] == side }.map { scores[$0] }
    }
    guard let area = AreaUnderROC(positives: sides[0], negatives: sides[1]),
      let precision = PrecisionRecallCurve(scores: scores, labels: outcomes).averagePrecision
    else { return nil }
    rocAUC = MeasuredValue(area.value, area.interval())
    averagePrecision = precision
  }
}
