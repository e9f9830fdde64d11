/// What training can learn from: each type of record comes in one form or several.
public enum RecordType: String, Sendable, Hashable, Codable, CaseIterable {
  /// Two completions, one of them preferred: explicit and implicit pairs and A/B comparisons.
  case preference
  /// Several completions in order.
  case ranking
  /// A completion to imitate.
  case demonstration
  /// A completion with a verdict.
  case unpaired
  /// Several completions without a judgment.
  case samples
  /// A prompt alone.
  case prompt
  /// A text alone.
  case text
}

extension RecordType {
  /// The forms in which such records come.
  public var kinds: [RecordKind] { RecordKind.allCases.filter { $0.type == self } }

  /// What the records are, in the plural.
  public var title: String {
    switch self {
    case .preference: "preference pairs"
    case .ranking, .demonstration, .unpaired, .samples, .prompt, .text: kinds[0].title
    }
  }

  /// The form in which a file with these columns holds such records, or nil where it holds others.
  ///
  /// Prompts and texts are a column of their own in whatever file: pairs can serve as prompts.
  func kind(of columns: ColumnNames) -> RecordKind? {
    guard let seen = columns.kind else { return nil }
    if seen.type == self { return seen }
    guard self == .prompt || self == .text else { return nil }
    return kinds.first { columns.known.isSuperset(of: $0.requiredFields) }
  }

  /// Refuses a file whose columns make it something else.
  ///
  /// - Throws: ``DataError/wrongKind(path:seen:columns:allowed:)``
  func check(_ columns: ColumnNames, of path: String) throws(DataError) {
    guard let seen = columns.kind, kind(of: columns) == nil else { return }
    throw .wrongKind(path: path, seen: seen, columns: columns.all.sorted(), allowed: kinds)
  }
}

extension RecordKind {
  /// What training takes such records for.
  public var type: RecordType {
    switch self {
    case .explicitPreference, .implicitPreference, .comparison: .preference
    case .ranking: .ranking
    case .demonstration: .demonstration
    case .unpaired: .unpaired
    case .samples: .samples
    case .prompt: .prompt
    case .text: .text
    }
  }
}
