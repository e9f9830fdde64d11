/// Confidence beside accuracy, bin by bin: a calibrated model lies on the diagonal.
public struct ReliabilityDiagram: Sendable, Hashable {
  /// The bins from ½ to 1, empty ones too.
  public let bins: [ReliabilityBin]

  init(confidences: [Double], correct: [Bool], bins binCount: Int) {
    let edges = ConfidenceBins(count: binCount)
    var counts = [Int](repeating: 0, count: binCount)
    var right = counts
    var confidence = [Double](repeating: 0, count: binCount)
    for (value, isCorrect) in zip(confidences, correct) {
      let bin = edges.bin(of: value)
      counts[bin] += 1
      right[bin] += isCorrect ? 1 : 0
      confidence[bin] += value
    }
    bins = (0..<binCount).map { bin in
      ReliabilityBin(
        lower: edges.lowerEdge(bin), upper: edges.lowerEdge(bin + 1), count: counts[bin],
        correct: right[bin], sumOfConfidences: confidence[bin])
    }
  }

  /// How many verdicts there are.
  public var count: Int { bins.reduce(0) { $0 + $1.count } }

  /// ECE = Σ_b (n_b/N)·|accuracy_b − confidence_b| (Naeini et al. 2015); `nil` for no verdicts.
  ///
  /// It is above 0 for a perfectly calibrated model too, by chance alone: read it beside
  /// ``CalibrationNullBand``.
  public var expectedCalibrationError: Double? {
    guard count > 0 else { return nil }
    return bins.reduce(0) { $0 + abs(Double($1.correct) - $1.sumOfConfidences) } / Double(count)
  }
}

/// The verdicts whose confidence lies in one range.
public struct ReliabilityBin: Sendable, Hashable {
  /// The least confidence of the bin.
  public let lower: Double
  /// The end of the bin, which belongs to the next one unless it is 1.
  public let upper: Double
  /// How many verdicts fall into the bin.
  public let count: Int
  /// How many of them are right.
  public let correct: Int
  let sumOfConfidences: Double

  /// The mean confidence; `nil` for an empty bin.
  public var meanConfidence: Double? { count > 0 ? sumOfConfidences / Double(count) : nil }

  /// The share of right verdicts; `nil` for an empty bin.
  public var accuracy: Double? { proportion.value }

  /// The Wilson interval of ``accuracy``.
  ///
  /// - Parameter level: Above 0 and below 1.
  /// - Returns: `nil` for an empty bin.
  public func interval(level: Double = 0.95) -> ConfidenceInterval? {
    proportion.interval(level: level)
  }

  private var proportion: Proportion { Proportion(successes: Double(correct), count: count) }
}
