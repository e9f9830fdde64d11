internal import Oversight
internal import PreferenceData

extension HeldOutPrompts {
  /// Refuses to train on a prompt that safety is measured with.
  ///
  /// - Parameters:
  ///   - prompt: What a row has as its prompt, or the whole of its text.
  ///   - source: Where the row stands.
  /// - Throws: ``TrainingError/heldOut(_:)``.
  func check(_ prompt: Passage, at source: SourceLocation) throws(TrainingError) {
    // Messages are refused elsewhere.
    if case .text(let text) = prompt, contains(text) { throw .heldOut(source) }
  }
}
