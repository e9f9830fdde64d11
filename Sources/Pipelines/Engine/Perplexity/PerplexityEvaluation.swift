internal import PreferenceData
public import Trainers

/// Measures how well a language model predicts texts.
public struct PerplexityEvaluation {
  private let texts: PerplexityTexts
  private let scoring: SequenceScoring

  /// Describes an evaluation.
  ///
  /// - Parameters:
  ///   - texts: The texts as token ids.
  ///   - scoring: The model.
  public init(_ texts: PerplexityTexts, scoring: SequenceScoring) {
    self.texts = texts
    self.scoring = scoring
  }

  /// Scores all texts.
  ///
  /// - Parameter progress: Told after each batch how many rows are done, and how many tokens have been
  ///   predicted; may throw to stop.
  /// - Returns: The documents by kind, kinds in order of their first document.
  /// - Throws: What `progress` throws, or `EngineError`.
  public func run(
    progress: (_ done: Int, _ tokens: Int) throws -> Void
  ) throws -> [(kind: String, documents: [ScoredDocument])] {
    var kinds: [String] = []
    var documents: [String: [ScoredDocument]] = [:]
    var tokens = 0
    let groups = texts.rows.map { $0.flatMap(\.sequences) }
    try scoring.score(groups) { range, scores in
      for (row, scores) in zip(texts.rows[range], scores) {
        var rest = scores[...]
        for document in row {
          let own = rest.prefix(document.sequences.count)
          rest = rest.dropFirst(document.sequences.count)
          let scored = ScoredDocument(
            nats: -own.reduce(0) { $0 + $1.logProbability },
            tokens: own.reduce(0) { $0 + $1.tokens }, bytes: document.bytes,
            characters: document.characters, generatorNats: document.generatorNats)
          tokens += scored.tokens
          if documents[document.kind] == nil { kinds.append(document.kind) }
          documents[document.kind, default: []].append(scored)
        }
      }
      try progress(range.upperBound, tokens)
    }
    return kinds.map { (kind: $0, documents: documents[$0] ?? []) }
  }
}
