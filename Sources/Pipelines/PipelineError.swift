public import PreferenceData

/// Why a pipeline cannot start or go on. Each case renders as a sentence that says where, what, and
/// what to do.
public enum PipelineError: Error, Sendable, Hashable {
  /// Messages need a chat template, which this version does not read.
  case messages(SourceLocation)
  /// No row has the field that was asked for.
  case missingField(String, paths: [String])
  /// Two transcripts are not replies to the same dialogue.
  case noCommonDialogue(SourceLocation)
  /// A score is NaN or infinite.
  case notANumber(SourceLocation)
  /// Every row has more tokens than are allowed.
  case allTooLong(rows: Int, maxLength: Int)
  /// The model has a length correction already.
  case corrected(path: String)
  /// No prompt has completions of different lengths, so that no slope can be fitted.
  case noLengths
  /// The reference data has too few rows to say what is usual.
  case fewReferences(rows: Int, needed: Int)
  /// There is no text of which a token could be predicted.
  case nothingToPredict(paths: [String])
}

extension PipelineError: CustomStringConvertible {
  /// A sentence without a full stop.
  public var description: String {
    switch self {
    case .messages(let source):
      "\(source): holds messages, and chat templates are not supported yet; "
        + "write the prompt and the completions as plain text"
    case .missingField(let field, let paths):
      "no usable row of \(paths.joined(separator: ", ")) has text in the field `\(field)`; "
        + "name a field that rows have"
    case .noCommonDialogue(let source):
      "\(source): `text_correct` and `text_incorrect` must be the same dialogue up to the last "
        + "\"\\n\\nAssistant:\" and differ after it; check that the file is the published one"
    case .notANumber(let source):
      "\(source): the model's score is NaN or infinite; the model may be broken: check its weights "
        + "with `attune model inspect`"
    case .allTooLong(let rows, let maxLength):
      "all \(rows) rows have more than \(maxLength) tokens; give a larger --max-length"
    case .corrected(let path):
      "\(path): holds a length correction already, which was applied to all scores; "
        + "give --overwrite to replace it"
    case .noLengths:
      "no prompt has completions of different lengths, so that no length correction can be fitted; "
        + "give other rows with --fit-data"
    case .fewReferences(let rows, let needed):
      "the reference data has \(rows) usable rows, and \(needed) are needed to say what is usual; "
        + "give more"
    case .nothingToPredict(let paths):
      "\(paths.joined(separator: ", ")): no row has a token that could be predicted; give longer "
        + "texts, or --from-end-of-sequence for texts of one token"
    }
  }
}
