internal import Objectives
internal import Rewards
internal import RunRecords

/// What a rollout looks like before anything is learned from it.
struct RolloutMetrics {
  /// The means, under the names of the log.
  let values: [MetricName: Double]

  /// Looks at a rollout.
  ///
  /// - Parameters:
  ///   - buffer: The completions.
  ///   - scores: What each source of reward gave.
  init(_ buffer: ExperienceBuffer, _ scores: CompositeScores) {
    var values: [MetricName: Double] = [:]
    let lengths = buffer.experiences.map { Double($0.behavior.count) }
    let terminated = buffer.experiences.filter(\.isFinished).map { Double($0.behavior.count) }
    values[.meanLength] = lengths.mean
    values[.minimumLength] = lengths.min()
    values[.maximumLength] = lengths.max()
    values[.meanTerminatedLength] = terminated.mean ?? 0
    values[.minimumTerminatedLength] = terminated.min() ?? 0
    values[.maximumTerminatedLength] = terminated.max() ?? 0
    values[.clippedRatio] = Double(lengths.count - terminated.count) / Double(lengths.count)
    let rewards = buffer.experiences.compactMap(\.reward)
    values[.reward] = rewards.mean
    values[.rewardDeviation] = rewards.deviation
    values[.objectiveDivergence] = buffer.meanDivergence
    for part in scores.parts {
      let raw = part.raw.compactMap(\.self)
      values[.rewardMean(of: part.name)] = raw.mean
      values[.rewardDeviation(of: part.name)] = raw.deviation
    }
    self.values = values
  }
}

extension [Double] {
  /// `nil` for no numbers.
  fileprivate var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }

  /// √(Σ(x − mean)²/(n − 1)); 0 for one number, `nil` for none.
  fileprivate var deviation: Double? {
    guard let mean else { return nil }
    let squares = reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(Swift.max(1, count - 1))).squareRoot()
  }
}

/// Means of what is logged, over the steps since the last line.
struct MeanMetrics: Codable, Equatable {
  private var sums: [String: Double] = [:]
  private var counts: [String: Int] = [:]

  /// Adds the numbers of a step; one that a step lacks does not enter its mean.
  mutating func add(_ values: [MetricName: Double]) {
    for (name, value) in values {
      sums[name.rawValue, default: 0] += value
      counts[name.rawValue, default: 0] += 1
    }
  }

  var values: [MetricName: Double] {
    var values: [MetricName: Double] = [:]
    for (name, sum) in sums {
      values[MetricName(rawValue: name)] = sum / Double(counts[name] ?? 1)
    }
    return values
  }
}
