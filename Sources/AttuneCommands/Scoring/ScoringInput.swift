import PreferenceData
import Tokenization
import Trainers

/// The rows of a data file as token ids, ready to be scored.
struct ScoringInput {
  /// What the names of a row's values begin with, one for each of its sequences: `chosen_` and
  /// `rejected_` for pairs, nothing for rows of one sequence.
  let sides: [String]
  /// The rows in the order of the file.
  let rows: [ScoringRow]
  /// Rows that reading has left out, as they hold no judgment or no text.
  let dropped: DroppedRows

  /// Reads pairs, prompts with completions, or texts.
  ///
  /// - Parameters:
  ///   - path: The data file.
  ///   - tokenizer: The model's tokenizer.
  ///   - directory: The model directory.
  ///   - maxLength: Tokens of a sequence; what is beyond is cut off.
  /// - Throws: `DataError` or `TrainingError` for rows that cannot be read.
  init(path: String, tokenizer: Tokenizer, directory: String, maxLength: Int?) throws {
    let single = try CompletionTokenization(
      tokenizer: tokenizer, directory: directory, maxLength: maxLength)
    switch try kind(of: path) {
    case .demonstration:
      let data = try RecordReader.demonstrations.read([path])
      rows = try data.records.map {
        try single.row($0.prompt, $0.completion, at: $0.source)
      }
      (sides, dropped) = ([""], data.dropped)
    case .unpaired:
      let data = try RecordReader.unpairedCompletions.read([path])
      rows = try data.records.map {
        try single.row($0.prompt, $0.completion, at: $0.source)
      }
      (sides, dropped) = ([""], data.dropped)
    case .text:
      let data = try RecordReader.documents.read([path])
      rows = try data.records.map { document in
        guard case .text(let text) = document.text else {
          throw TrainingError.messages(document.source)
        }
        return ScoringRow(source: document.source, content: single.tokenize(text: text))
      }
      (sides, dropped) = ([""], data.dropped)
    default:
      let data = try RecordReader.preferencePairs.read([path])
      let rules = try PairTokenization(
        tokenizer: tokenizer, directory: directory, maxLength: maxLength)
      rows = try data.records.map { pair in
        let content: ScoringRow.Content =
          switch try rules.tokenize(pair) {
          case .tokenized(let pair): .sequences(pair.sequences)
          case .dropped(let reason): .unusable("\(reason)")
          }
        return ScoringRow(source: pair.source, content: content)
      }
      (sides, dropped) = (["chosen_", "rejected_"], data.dropped)
    }
  }
}
