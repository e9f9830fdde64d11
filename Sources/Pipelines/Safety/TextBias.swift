public import Oversight

/// Exchanges the words for groups in texts, and compares what the texts score.
///
/// Of a text without such words nothing can be said, and it is left out.
public struct TextBias {
  /// The groups.
  public var terms: GroupTerms
  /// What draws depend on.
  public var seed: UInt64

  /// A comparison.
  ///
  /// - Parameters:
  ///   - terms: The groups.
  ///   - seed: What draws depend on.
  public init(_ terms: GroupTerms = .shipped, seed: UInt64 = 0) {
    (self.terms, self.seed) = (terms, seed)
  }

  /// Compares.
  ///
  /// - Parameters:
  ///   - texts: What is looked at.
  ///   - scores: What scores texts: one number from 0 to 1 a text. It is asked once a dimension.
  /// - Returns: One result a dimension of which a text speaks.
  /// - Throws: What `scores` throws.
  public func callAsFunction(
    _ texts: [String], scores: (_ texts: [String]) async throws -> [Double]
  ) async throws -> [BiasResult] {
    var results: [BiasResult] = []
    for dimension in terms.dimensions {
      let swap = CounterfactualSwap(dimension)
      let rows = texts.compactMap { text -> Row? in
        let row = Row(
          text: text, counterfactuals: swap.counterfactuals(of: text),
          variations: swap.variations(of: text).map(\.text))
        return row.counterfactuals.isEmpty ? nil : row
      }
      guard !rows.isEmpty else { continue }
      var scored = try await scores(rows.flatMap(\.texts))[...]
      let swaps = rows.map { row in
        let own = Array(scored.prefix(row.texts.count))
        scored = scored.dropFirst(row.texts.count)
        let swapped = own[1...].prefix(row.counterfactuals.count)
        return SwapScores(
          of: own[0], counterfactuals: row.counterfactuals, scores: Array(swapped),
          variations: Array(own[(1 + row.counterfactuals.count)...]))
      }
      if let result = BiasResult(dimension: dimension.name, swaps, threshold: 0.5, seed: seed) {
        results.append(result)
      }
    }
    return results
  }

  private struct Row {
    let text: String
    let counterfactuals: [CounterfactualSwap.Counterfactual]
    let variations: [String]

    /// The text itself, then those about other groups, then those in other words.
    var texts: [String] { [text] + counterfactuals.map(\.text) + variations }
  }
}
