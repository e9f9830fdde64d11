public import PreferenceData
public import Tokenization

/// Preference pairs that are ready to be trained on, each with the place it came from.
public struct TrainingPairs: Sendable {
  /// The pairs as token ids.
  public private(set) var pairs: [TokenizedPair] = []
  /// For each pair, its file and line.
  public private(set) var sources: [SourceLocation] = []
  /// For each pair, what it takes to compute.
  private(set) var costs: [ItemCost] = []
  /// Rows that were left out, by reason.
  public private(set) var dropped = DroppedRows()

  /// No pairs.
  public init() {}

  /// Tokenizes records, dropping and counting those that are of no use.
  ///
  /// - Parameters:
  ///   - dataset: Records and what reading them dropped.
  ///   - tokenization: The rules.
  ///   - strict: Whether a dropped row is an error.
  ///   - files: What errors call the data.
  /// - Throws: ``TrainingError`` for messages; `DataError` if nothing is left, or for dropped rows
  ///   when `strict`.
  public init(
    _ dataset: Dataset<PreferencePair>, tokenization: PairTokenization, strict: Bool,
    files: [String]
  ) throws {
    dropped = dataset.dropped
    for record in dataset.records {
      switch try tokenization.tokenize(record) {
      case .tokenized(let pair):
        pairs.append(pair)
        sources.append(record.source)
        costs.append(ItemCost(pair.sequences))
      case .dropped(let reason):
        dropped.add(reason, at: record.source)
      }
    }
    if strict && dropped.total > 0 { throw DataError.unusable(dropped) }
    if pairs.isEmpty { throw DataError.nothingLeft(paths: files, dropped: dropped) }
  }

  /// The mean number of scored tokens of the chosen sides of some pairs.
  func meanChosenTokens(of indices: [Int]) -> Double {
    let tokens = indices.reduce(0) { $0 + pairs[$1].sequences[0].scoredTokens }
    return Double(tokens) / Double(indices.count)
  }

  /// Some of the pairs, in the order given; what was dropped belongs to the whole alone.
  func subset(_ indices: [Int]) -> TrainingPairs {
    var subset = TrainingPairs()
    subset.pairs = indices.map { pairs[$0] }
    subset.sources = indices.map { sources[$0] }
    subset.costs = indices.map { costs[$0] }
    return subset
  }
}
