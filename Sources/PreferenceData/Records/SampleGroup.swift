/// Several completions of one prompt that nobody has judged, as a sampler writes them.
public struct SampleGroup: Sendable, Hashable {
  /// What the completions continue.
  public let prompt: Passage
  /// One completion or more; they may be empty, and alike.
  public let completions: [Passage]
  /// Where the row stood.
  public let source: SourceLocation

  /// Completions of a prompt.
  ///
  /// - Parameters:
  ///   - prompt: What the completions continue.
  ///   - completions: One completion or more.
  ///   - source: Where the row stood.
  public init(prompt: Passage, completions: [Passage], source: SourceLocation) {
    precondition(!completions.isEmpty, "a group without completions")
    self.prompt = prompt
    self.completions = completions
    self.source = source
  }
}
