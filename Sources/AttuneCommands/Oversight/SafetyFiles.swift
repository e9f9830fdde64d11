import ConfigurationFiles
import Oversight
import Pipelines
import PreferenceData

extension GroupTerms {
  /// Reads words of groups.
  ///
  /// - Parameter path: A YAML file.
  /// - Throws: `ConfigurationError` or ``Failure`` for a file that is none.
  init(file path: String) throws {
    let terms = try YAMLDocument(contentsOf: path).decode(GroupTerms.self)
    do {
      try terms.check()
    } catch {
      throw Failure(.data, "\(path): \(error)")
    }
    self = terms
  }
}

extension FactualityEvaluation {
  /// Reads questions about facts.
  ///
  /// - Parameter path: Records with a prompt, perhaps with a text `reference`.
  /// - Returns: At least one question.
  /// - Throws: `DataError` or ``Failure`` for what cannot be used.
  static func questions(in path: String) throws -> [Question] {
    try RecordReader.promptsWithFields.read([path]).records.map { row in
      guard case .text(let prompt) = row.prompt else {
        throw Failure(.data, PipelineError.messages(row.source).description)
      }
      switch row.fields["reference"] {
      case .string(let reference): return Question(prompt, reference: reference)
      case nil, .null: return Question(prompt)
      default:
        throw Failure(
          .data, "\(row.source): reference is no text; write it as one, or leave it out")
      }
    }
  }
}
