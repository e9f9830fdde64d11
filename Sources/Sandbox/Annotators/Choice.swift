/// Which of two completions an annotator takes.
public enum Choice: String, Sendable, Hashable, Codable {
  /// The first one.
  case first
  /// The second one.
  case second
  /// Neither: they are too close.
  case tie
}
