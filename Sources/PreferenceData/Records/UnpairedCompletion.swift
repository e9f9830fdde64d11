/// One completion with a verdict of its own, as KTO and BCO learn from.
public struct UnpairedCompletion: Sendable, Hashable {
  /// What the completion continues.
  public let prompt: Passage
  /// The completion that was judged.
  public let completion: Passage
  /// The row's `label`: whether the completion is a good one.
  public let isDesirable: Bool
  /// Where the row stood.
  public let source: SourceLocation

  /// A judged completion.
  ///
  /// - Parameters:
  ///   - prompt: What the completion continues.
  ///   - completion: The completion that was judged.
  ///   - isDesirable: Whether it is a good one.
  ///   - source: Where the row stood.
  public init(
    prompt: Passage, completion: Passage, isDesirable: Bool, source: SourceLocation
  ) {
    self.prompt = prompt
    self.completion = completion
    self.isDesirable = isDesirable
    self.source = source
  }
}
