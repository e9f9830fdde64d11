/// What an export holds, and how judgments become records.
public struct ExportOptions: Sendable, Hashable {
  /// The form of the records.
  public enum Format: String, Sendable, Hashable, CaseIterable {
    /// `prompt`, `chosen`, `rejected`, with margin and agreement: what TRL and Attune train on.
    case preference
    /// `prompt`, `response_A`, `response_B`, `preference`, `confidence`, `reason`: one record a judgment.
    case comparison
    /// `chosen` and `rejected` as whole dialogues, as in Anthropic's HH data.
    case hh
    /// `prompt`, `completions`, `ranking`.
    case ranking
    /// `prompt`, `completion`, `label`: what KTO trains on.
    case unpaired
    /// `fields`, `responses` by question, `metadata`, `status`: Argilla's records.
    case argilla
    /// Everything, one record a judgment, doubtful and repeated ones too.
    case raw
  }

  /// The form of the records.
  public var format: Format
  /// How the judgments of a task become one.
  public var method = Aggregation.Method.dawidSkene
  /// Whether judgments of low confidence are left out, as they are doubtful.
  public var isValidOnly = true
  /// Answers that a task needs to be exported; a decided one needs none.
  public var leastAnswers = 1
  /// Whether the names of annotators are written, and not only what tells them apart.
  public var hasNames = false

  /// Options with their defaults.
  ///
  /// - Parameter format: The form of the records.
  public init(_ format: Format) { self.format = format }
}

/// What became of the tasks of an export.
public struct ExportSummary: Sendable, Hashable, Codable {
  /// Records.
  public var records = 0
  /// Tasks that became records.
  public var tasks = 0
  /// Tasks that are ties.
  public var ties = 0
  /// Tasks whose responses are all bad.
  public var bothBad = 0
  /// Tasks of which nothing is decided, as votes are even.
  public var undecided = 0
  /// Tasks with too few answers.
  public var unanswered = 0
  /// Judgments that were left out as doubtful.
  public var doubtful = 0
}
