internal import PreferenceData

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension SamplingParameters.Choice {
  /// Chooses a token.
  ///
  /// - Parameters:
  ///   - logits: The unnormalized log probability of each token.
  ///   - random: What a draw is made from; a greedy choice takes nothing.
  /// - Returns: The token and its log probability in nats.
  func token(
    from logits: ArraySlice<Float>, using random: inout SeededGenerator
  ) -> (token: Int, logProbability: Double) {
    let temperature: Double =
      switch self {
      case .greedy: 1
      case .temperature(let temperature): temperature
      }
    let top = logits.max() ?? 0
    let weights = logits.map { exp(Double($0 - top) / temperature) }
    let total = weights.reduce(0, +)
    func chosen(_ token: Int) -> (Int, Double) { (token, log(weights[token] / total)) }
    guard case .temperature = self else {
      return chosen((logits.firstIndex(of: top) ?? logits.startIndex) - logits.startIndex)
    }
    // Inverse of the distribution function at a uniform draw.
    var rest = Double(random.next() >> 11) * 0x1p-53 * total
    for (token, weight) in weights.enumerated() {
      rest -= weight
      if rest < 0 { return chosen(token) }
    }
    return chosen(weights.lastIndex { $0 > 0 } ?? 0)
  }
}
