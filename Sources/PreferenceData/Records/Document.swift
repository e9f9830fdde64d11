/// A text or a whole conversation, all of which is to be learnt or scored.
public struct Document: Sendable, Hashable {
  /// The whole text.
  public let text: Passage
  /// Where the row stood.
  public let source: SourceLocation

  /// A document.
  ///
  /// - Parameters:
  ///   - text: The whole text.
  ///   - source: Where the row stood.
  public init(text: Passage, source: SourceLocation) {
    self.text = text
    self.source = source
  }
}
