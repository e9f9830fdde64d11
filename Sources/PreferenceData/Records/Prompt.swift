/// A prompt alone, for a policy to complete.
public struct Prompt: Sendable, Hashable {
  /// What is to be completed.
  public let prompt: Passage
  /// The further fields of the row, where they were asked for.
  public let fields: JSONObject
  /// Where the row stood.
  public let source: SourceLocation

  /// A prompt.
  ///
  /// - Parameters:
  ///   - prompt: What is to be completed.
  ///   - fields: The further fields of the row.
  ///   - source: Where the row stood.
  public init(prompt: Passage, fields: JSONObject = [:], source: SourceLocation) {
    self.prompt = prompt
    self.fields = fields
    self.source = source
  }
}
