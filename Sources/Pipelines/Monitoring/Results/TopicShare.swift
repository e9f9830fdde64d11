/// How much of the questions a topic makes up, before and now.
public struct TopicShare: Sendable, Hashable, Codable {
  /// Words that its questions have and others do not.
  public var name: String
  /// Its share of the baseline's questions.
  public var baseline: Double
  /// Its share of the window's questions.
  public var current: Double
  /// Whether the baseline has enough questions to compare its answers with.
  public var isCompared: Bool
}
