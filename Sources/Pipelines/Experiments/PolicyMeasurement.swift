internal import Evaluations

/// What a policy's answers to the same held-out prompts are worth, and how far it has gone.
struct PolicyMeasurement: Codable, Sendable, Hashable {
  /// A mean over prompts with its standard error.
  struct Mean: Codable, Sendable, Hashable {
    /// The mean.
    let value: Double
    /// Its standard error; of a single prompt 0.
    let error: Double

    /// The mean of values of prompts.
    init(_ values: [Double]) {
      let summary = MeanVariance(values)
      value = summary.mean ?? 0
      error = (summary.deviation(.sample) ?? 0) / Double(max(values.count, 1)).squareRoot()
    }
  }

  /// The gold score.
  let gold: Mean
  /// KL from the reference in nats a completion.
  let divergence: Mean
  /// The score of the reward model that it was trained on; `nil` where there was none.
  let proxy: Mean?
  /// Tokens of a completion.
  let length: Mean
}
