import Pipelines
import PreferenceData

/// A prompt, and perhaps an answer to it, that a model looks at.
struct OverseenRow {
  let prompt: String
  /// The answer; where answers were asked for, every row has one.
  let response: String?
  let source: SourceLocation

  /// Reads the rows of a file.
  ///
  /// - Parameters:
  ///   - path: Any records that have a prompt.
  ///   - withResponses: Whether each row must have `response` or `completion`.
  /// - Returns: At least one row.
  /// - Throws: `DataError` or ``Failure`` for what cannot be used.
  static func read(_ path: String, withResponses: Bool) throws -> [OverseenRow] {
    try RecordReader.promptsWithFields.read([path]).records.map { row in
      guard case .text(let prompt) = row.prompt else {
        throw Failure(.data, PipelineError.messages(row.source).description)
      }
      let fields = ["response", "completion"].compactMap { row.fields[$0] }
      let texts = fields.compactMap { field -> String? in
        if case .string(let text) = field { text } else { nil }
      }
      if withResponses, texts.first == nil {
        throw Failure(
          .data,
          "\(row.source): has no text in response or completion; give rows with an answer to the prompt"
        )
      }
      return OverseenRow(
        prompt: prompt, response: withResponses ? texts[0] : nil, source: row.source)
    }
  }
}
