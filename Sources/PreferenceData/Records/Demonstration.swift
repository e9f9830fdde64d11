/// A prompt and the completion that a model should learn to give.
public struct Demonstration: Sendable, Hashable {
  /// What the completion continues.
  public let prompt: Passage
  /// The completion to imitate.
  public let completion: Passage
  /// Whatever else the row says about itself.
  public let metadata: JSONObject?
  /// Where the row stood.
  public let source: SourceLocation

  /// A demonstration.
  ///
  /// - Parameters:
  ///   - prompt: What the completion continues.
  ///   - completion: The completion to imitate.
  ///   - metadata: Whatever else the row says about itself.
  ///   - source: Where the row stood.
  public init(
    prompt: Passage, completion: Passage, metadata: JSONObject? = nil, source: SourceLocation
  ) {
    self.prompt = prompt
    self.completion = completion
    self.metadata = metadata
    self.source = source
  }
}
