public import PreferenceData
internal import Sandbox

/// A prompt that all models of a comparison answer.
public struct ComparedPrompt: Sendable, Hashable {
  /// What is continued.
  public var text: String
  /// What kind of prompt it is; `nil` where nobody says.
  public var kind: String?
  /// Whether it asks for help with harm; `nil` where nobody knows.
  public var isHarmful: Bool?
  /// Where it stood.
  public var source: SourceLocation

  /// A prompt.
  ///
  /// - Parameters:
  ///   - text: What is continued.
  ///   - kind: What kind of prompt it is.
  ///   - isHarmful: Whether it asks for help with harm.
  ///   - source: Where it stood.
  public init(
    _ text: String, kind: String? = nil, isHarmful: Bool? = nil, source: SourceLocation
  ) {
    self.text = text
    self.kind = kind
    self.isHarmful = isHarmful
    self.source = source
  }

  /// Reads the prompts of files of any records.
  ///
  /// A row's field `kind` says what kind its prompt is, and `harmful`, true or false, or else a kind
  /// of the name `harmful`, whether it asks for help with harm.
  ///
  /// - Parameter paths: Files that end in `.jsonl`, `.json` or `.csv`, perhaps with `.gz`.
  /// - Returns: At least one prompt.
  /// - Throws: `DataError` for what cannot be read; ``PipelineError/messages(_:)``.
  public static func read(_ paths: [String]) throws -> [ComparedPrompt] {
    try RecordReader.promptsWithFields.read(paths).records.map { row in
      guard case .text(let text) = row.prompt else { throw PipelineError.messages(row.source) }
      let kind = row.fields.label("kind")
      var isHarmful = kind.map { $0 == PromptKind.harmful.rawValue }
      if case .boolean(let says)? = row.fields["harmful"] { isHarmful = says }
      return ComparedPrompt(text, kind: kind, isHarmful: isHarmful, source: row.source)
    }
  }
}
