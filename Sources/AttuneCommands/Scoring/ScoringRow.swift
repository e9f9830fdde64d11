import PreferenceData
import Tokenization
import Trainers

/// A row of `attune score`: what is to be scored, or why nothing is.
struct ScoringRow {
  /// What the row holds.
  enum Content {
    /// One sequence for each of ``ScoringInput/sides``.
    case sequences([PackedBatch.Sequence])
    /// Nothing that can be scored, and why.
    case unusable(String)
  }

  /// Where the row stood.
  let source: SourceLocation
  /// What it holds.
  let content: Content

  /// The sequences, where there are any.
  var sequences: [PackedBatch.Sequence]? {
    switch content {
    case .sequences(let sequences): sequences
    case .unusable: nil
    }
  }

  /// The row of the output: `log_probability` and `tokens` of each side, and the line the row came
  /// from; null with a `reason` where nothing could be scored.
  ///
  /// - Parameters:
  ///   - sides: What the names begin with.
  ///   - scores: One a side, or none.
  ///   - perToken: Whether `log_probabilities` and `token_ids` are added, one entry a scored token.
  /// - Returns: The members in the order in which they are written.
  func result(
    sides: [String], scores: [SequenceScoring.Score]?, perToken: Bool
  ) -> JSONObject {
    var row: JSONObject = ["line": .number(Double(source.line))]
    for (index, side) in sides.enumerated() {
      let score = scores?[index]
      row.set("\(side)log_probability", to: score.map { .number($0.logProbability) } ?? .null)
      row.set("\(side)tokens", to: score.map { .number(Double($0.tokens)) } ?? .null)
      guard perToken else { continue }
      let values = score?.tokenLogProbabilities.map { JSONValue.number(Double($0)) }
      let ids = sequences?[index].ids.suffix(score?.tokens ?? 0)
      row.set("\(side)log_probabilities", to: values.map(JSONValue.array) ?? .null)
      row.set(
        "\(side)token_ids", to: ids.map { .array($0.map { .number(Double($0)) }) } ?? .null)
    }
    if case .unusable(let reason) = content { row.set("reason", to: .string(reason)) }
    return row
  }
}
