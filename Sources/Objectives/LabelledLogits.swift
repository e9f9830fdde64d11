#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One sequence's logits and labels: the definition of its log probability, in plain arithmetic.
///
/// This is the reference that an engine is held to, not the path that training takes: it sees the
/// whole `[time, vocabulary]` table, which training never holds.
///
///     log π(y | x) = Σ_t  z_{t−1, y_t} − log Σ_v e^{z_{t−1, v}}        over t ≥ 1 with y_t ≠ −100
///
/// The logits at one position predict the label at the next; the last row of logits and the first
/// label therefore take no part.
public struct LabelledLogits: Equatable, Sendable {
  /// The label of positions that are not scored, as `transformers` and PyTorch have it.
  public static let ignoredLabel = -100

  /// The unnormalised scores of each position. Shape `[time, vocabulary]`.
  public let logits: [[Double]]
  /// The token id at each position, or ``ignoredLabel``. Shape `[time]`.
  public let labels: [Int]

  /// Joins logits and labels of one sequence.
  ///
  /// - Parameters:
  ///   - logits: The unnormalised scores of each position. Shape `[time, vocabulary]`.
  ///   - labels: The token id at each position, or ``ignoredLabel``. Shape `[time]`.
  public init(logits: [[Double]], labels: [Int]) {
    precondition(
      logits.count == labels.count, "\(logits.count) rows of logits for \(labels.count) labels")
    self.logits = logits
    self.labels = labels
  }

  /// The number of labels that are scored.
  public var tokenCount: Int {
    labels.dropFirst().count { $0 != Self.ignoredLabel }
  }

  /// The summed log probability of the scored labels, in nats.
  public var logProbability: Double {
    predictions.reduce(into: 0) { sum, prediction in
      let scores = logits[prediction.position]
      sum += scores[prediction.label] - logSumExp(scores)
    }
  }

  /// The derivative of ``logProbability`` by each logit. Shape `[time, vocabulary]`.
  ///
  ///     ∂ log π / ∂ z_{t−1, v} = 1[v = y_t] − softmax(z_{t−1})_v
  public var gradient: [[Double]] {
    var gradient = logits.map { [Double](repeating: 0, count: $0.count) }
    for (position, label) in predictions {
      let normalizer = logSumExp(logits[position])
      gradient[position] = logits[position].map { -exp($0 - normalizer) }
      // The sum of the others, not 1 − p: where p is nearly 1 the difference would have no digits.
      gradient[position][label] = 0
      gradient[position][label] = -gradient[position].reduce(0, +)
    }
    return gradient
  }

  /// The shift by one: which position predicts which label, for the labels that are scored.
  private var predictions: [(position: Int, label: Int)] {
    labels.enumerated().dropFirst().compactMap { index, label in
      label == Self.ignoredLabel ? nil : (index - 1, label)
    }
  }
}
