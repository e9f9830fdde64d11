/// A prompt alone, for a policy to complete.
public struct Prompt: Sendable, Hashable {
  /// What is to be completed.
  public let prompt: Passage
  /// Where the row stood.
  public let source: SourceLocation

  /// A prompt.
  ///
  /// - Parameters:
  ///   - prompt: What is to be completed.
  ///   - source: Where the row stood.
  public init(prompt: Passage, source: SourceLocation) {
    self.prompt = prompt
    self.source = source
  }
}
