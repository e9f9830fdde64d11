/// A step of the pipeline as the page has it.
public enum PipelineStage: Int, Sendable, Hashable, CaseIterable, Comparable {
  /// A prompt is answered.
  case ask = 1
  /// Somebody chooses.
  case choose
  /// A reward model learns from the choices.
  case learn
  /// The policy learns from the reward model.
  case update

  /// Whether one stage comes before another.
  ///
  /// - Parameters:
  ///   - left: A stage.
  ///   - right: Another.
  /// - Returns: Whether the first comes before the second.
  public static func < (left: PipelineStage, right: PipelineStage) -> Bool {
    left.rawValue < right.rawValue
  }
}
