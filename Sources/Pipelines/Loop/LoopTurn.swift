/// A turn as it stands.
public struct LoopTurn: Codable, Equatable, Sendable {
  /// A stage as it stands.
  public struct Stage: Codable, Equatable, Sendable {
    /// The stage.
    public var stage: LoopStage
    /// Whether it was begun.
    public var isBegun: Bool
    /// Whether it is done.
    public var isFinished: Bool
    /// How long it took, in seconds.
    public var seconds: Double?
    /// How many there are of something.
    public var counts: [String: Int]
    /// What was measured.
    public var figures: [String: Double]
    /// What it came to, each in a few words.
    public var findings: [String]
  }

  /// The project's name.
  public var project: String
  /// The number of the turn.
  public var turn: Int
  /// The turn's folder.
  public var folder: String
  /// What joins all files of the turn; `nil` before there are data.
  public var lineage: String?
  /// All stages, in their order.
  public var stages: [Stage]
  /// Whether the gate was passed; `nil` where it was not asked yet.
  public var passed: Bool?
  /// The file that the server takes as its canary; `nil` where there is none.
  public var candidate: String?
  /// The model that it offers: the policy of the next turn, once it is promoted.
  public var model: String?

  /// A turn by its records.
  ///
  /// - Parameters:
  ///   - project: The project's name.
  ///   - layout: Where it lies.
  ///   - records: Those of the stages that were begun.
  init(project: String, layout: LoopLayout, records: [LoopStageRecord]) {
    self.project = project
    (turn, folder) = (layout.turn, layout.root)
    lineage = records.first?.lineage.description
    stages = LoopStage.allCases.map { stage in
      let record = records.first { $0.stage == stage }
      return Stage(
        stage: stage, isBegun: record != nil, isFinished: record?.isFinished ?? false,
        seconds: record?.seconds, counts: record?.counts ?? [:], figures: record?.figures ?? [:],
        findings: record?.findings ?? [])
    }
    passed = records.first { $0.stage == .gate }?.passed
    let isOffered = records.contains { $0.stage == .candidate && $0.isFinished }
    (candidate, model) = isOffered ? (layout.candidate, layout.model) : (nil, nil)
  }
}
