import PreferenceData
import Tokenization
import Trainers

/// The rows of a data file as token ids, ready to be scored.
struct ScoringInput {
  /// What the names of a row's values begin with, one for each of its sequences.
  let sides: [String]
  /// The rows in the order of the file.
  let rows: [ScoringRow]
  /// Rows that reading has left out, as they hold no judgment or no text.
  let dropped: DroppedRows

  private static let pairSides = ["chosen_", "rejected_"]

  /// Reads pairs, prompts with completions, or texts.
  ///
  /// - Parameters:
  ///   - path: The data file.
  ///   - tokenizer: The model's tokenizer.
  ///   - directory: The model directory.
  ///   - maxLength: Tokens of a sequence; what is beyond is cut off.
  /// - Throws: `DataError` or `TrainingError` for rows that cannot be read.
  init(path: String, tokenizer: Tokenizer, directory: String, maxLength: Int?) throws {
    let rules = try ScoringTokenization(
      tokenizer: tokenizer, directory: directory, maxLength: maxLength)
    switch try Self.form(of: path) {
    case .pairs:
      let pairRules = try PairTokenization(
        tokenizer: tokenizer, directory: directory, maxLength: maxLength)
      try self.init(RecordReader.preferencePairs.read([path]), sides: Self.pairSides) {
        ScoringRow(source: $0.source, content: try pairRules.content(of: $0))
      }
    case .demonstrations:
      try self.init(RecordReader.demonstrations.read([path])) {
        try rules.row(prompt: $0.prompt, completion: $0.completion, at: $0.source)
      }
    case .unpaired:
      try self.init(RecordReader.unpairedCompletions.read([path])) {
        try rules.row(prompt: $0.prompt, completion: $0.completion, at: $0.source)
      }
    case .texts:
      try self.init(RecordReader.documents.read([path])) {
        try rules.row(text: $0.text, at: $0.source)
      }
    }
  }

  private enum Form {
    case pairs, demonstrations, unpaired, texts
  }

  private static func form(of path: String) throws(DataError) -> Form {
    // Columns that say nothing are for the reader of pairs to report, row by row.
    guard let kind = try ValidationReport(path: path).kind else { return .pairs }
    switch kind {
    case .explicitPreference, .implicitPreference, .comparison: return .pairs
    case .demonstration: return .demonstrations
    case .unpaired: return .unpaired
    case .text: return .texts
    case .ranking, .prompt:
      throw .wrongKind(
        path: path, seen: kind, columns: kind.requiredFields,
        allowed: RecordKind.allCases.filter { $0 != .ranking && $0 != .prompt })
    }
  }

  private init<Record>(
    _ data: Dataset<Record>, sides: [String] = [""], row: (Record) throws -> ScoringRow
  ) throws {
    self.sides = sides
    rows = try data.records.map(row)
    dropped = data.dropped
  }
}
