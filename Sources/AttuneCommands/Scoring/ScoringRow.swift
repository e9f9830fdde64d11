import PreferenceData
import Tokenization

/// A row of `attune score`: what is to be scored, or why nothing is.
struct ScoringRow {
  /// What the row holds.
  enum Content {
    /// One sequence for each name of ``ScoringInput/sides``.
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
}
