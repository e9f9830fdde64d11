internal import LanguageModels
internal import Objectives
internal import RunRecords

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What is measured in a step: of its rollout, and of all updates on it.
struct StepMeasurements {
  /// Numbers of the rollout as a whole, and of a method alone.
  var values: [MetricName: Double] = [:]
  /// Ratios of policy and sampling policy, over all updates.
  var ratios = RatioStatistics()
  /// Ratios of the batch at hand.
  private(set) var batchRatios = RatioStatistics()
  private(set) var updates = 0
  private var batches = 0
  private var loss = 0.0
  private var entropy = 0.0
  private var divergence = 0.0
  private var hasDivergence = false
  private var tokens = 0
  private var sampling = SamplingDifference()
  /// Sums of what a method measures a token, by name.
  private var tokenSums: [MetricName: Double] = [:]

  /// A new optimizer batch begins.
  mutating func beginBatch() {
    batchRatios = RatioStatistics()
    batches += 1
  }

  /// The weights have moved by an optimizer batch.
  mutating func endBatch() { updates += 1 }

  /// Adds a part of the loss of an optimizer batch.
  mutating func add(loss: Double) { self.loss += loss }

  /// Adds ratios of a part of an optimizer batch.
  mutating func add(_ ratios: RatioStatistics) {
    self.ratios.add(ratios)
    batchRatios.add(ratios)
  }

  /// Adds a sum over tokens of something that a method measures; its mean is logged.
  mutating func add(_ name: MetricName, sum: Double) { tokenSums[name, default: 0] += sum }

  /// Adds what the policy says about a part of an optimizer batch.
  ///
  /// - Parameters:
  ///   - scored: What the policy says.
  ///   - columns: The same beside what it said when it sampled.
  ///   - estimator: How the divergence from the reference is estimated, where there is one.
  /// - Throws: ``TrainingError/samplerDisagrees(difference:)`` where, before any update, the policy gives
  ///   a token another probability than when it was sampled.
  mutating func add(
    _ scored: ScoredBatch, _ columns: PolicyTokens, estimator: KLEstimator
  ) throws(TrainingError) {
    entropy += scored.entropies.reduce(0) { $0 + Double($1) }
    tokens += scored.entropies.count
    if let reference = columns.reference {
      hasDivergence = true
      divergence += estimator.values(policy: columns.policy, reference: reference).reduce(0, +)
    }
    if updates == 0 {
      sampling.add(columns)
      try sampling.check()
    }
  }

  /// The loss of an optimizer batch, a mean over those so far, one that is left out among them.
  var meanLoss: Double { loss / Double(max(1, batches)) }

  /// All of it, under the names of the log.
  var all: [MetricName: Double] {
    let count = Double(max(1, tokens))
    var all = values.merging(sampling.values) { own, _ in own }
    all[.loss] = meanLoss
    all[.entropy] = entropy / count
    all[.updates] = Double(updates)
    if hasDivergence { all[.divergence] = divergence / count }
    for (name, sum) in tokenSums { all[name] = sum / count }
    return all
  }
}

/// How far what the trainer says about sampled tokens is from what the sampler said: 0 but for rounding,
/// since they have the same weights.
struct SamplingDifference {
  /// The largest difference, in nats, beyond which something is broken.
  static let limit = 1e-2

  private var tokens = 0
  private var sum = 0.0
  private var largest = 0.0
  private var ratios = (smallest: Double.infinity, sum: 0.0, largest: 0.0)

  mutating func add(_ columns: PolicyTokens) {
    for (policy, behavior) in zip(columns.policy, columns.behavior) {
      let difference = abs(policy - behavior)
      tokens += 1
      sum += difference
      // NaN is the largest of all, and nothing is larger than it.
      if difference.isNaN || difference > largest { largest = difference }
      let ratio = exp(policy - behavior)
      ratios = (min(ratios.smallest, ratio), ratios.sum + ratio, max(ratios.largest, ratio))
    }
  }

  func check() throws(TrainingError) {
    guard largest <= Self.limit else { throw .samplerDisagrees(difference: largest) }
  }

  var values: [MetricName: Double] {
    guard tokens > 0 else { return [:] }
    return [
      .samplingDifferenceMean: sum / Double(tokens),
      .samplingDifferenceMaximum: largest,
      .samplingRatioMinimum: ratios.smallest,
      .samplingRatioMean: ratios.sum / Double(tokens),
      .samplingRatioMaximum: ratios.largest,
    ]
  }
}
