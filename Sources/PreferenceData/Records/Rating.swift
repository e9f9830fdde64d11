/// What one annotator said of one item.
public struct Rating<Value: Sendable & Hashable>: Sendable, Hashable {
  /// What was judged.
  public let item: String
  /// Who judged it.
  public let annotator: String
  /// The judgment: a number, or the name of a category.
  public let value: Value

  /// A judgment.
  ///
  /// - Parameters:
  ///   - item: What was judged.
  ///   - annotator: Who judged it.
  ///   - value: The judgment.
  public init(item: String, annotator: String, value: Value) {
    self.item = item
    self.annotator = annotator
    self.value = value
  }
}
